"""
Records the clusters that scikit-learn's HDBSCAN finds, into clusters.json:

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/similarity/record.py

Points and labels are kept side by side. Coordinates are rounded to float32, as positions are. Where distances are equal, what
scikit-learn finds depends on the order of the points (`selfAgreement` is the least adjusted Rand index with eight other
orders); settings under which it does so by more than a hundredth are left out. The map of words is that of
the page's starter (public/starters/english-words.csv), made by

    constela map public/starters/english-words.csv -d 2 -o words.npz

and given to the script as its argument. Their vectors are recorded on the first 12 principal components, of unit length.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import HDBSCAN
from sklearn.datasets import make_blobs, make_moons
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score

HERE = pathlib.Path(__file__).parent


def blobs():
    points, _ = make_blobs(
        n_samples=[60, 80, 120, 40, 100], centers=[[0, 0, 0], [6, 0, 0], [0, 7, 1], [5, 5, 5], [-6, -4, 2]],
        cluster_std=[0.5, 1.0, 0.8, 0.3, 1.2], random_state=1)
    return points


def moons():
    points, _ = make_moons(n_samples=300, noise=0.08, random_state=2)
    noise = np.random.default_rng(3).uniform([-1.5, -1], [2.5, 1.5], (60, 2))
    return np.vstack([points, noise])


WORDS = np.load(sys.argv[1])


def word_vectors():
    components = PCA(n_components=12).fit_transform(WORDS["vectors"].astype(np.float64))
    return components / np.linalg.norm(components, axis=1, keepdims=True)


def entry(name, points, settings):
    points = np.asarray(points, dtype=np.float32)
    runs = []
    random = np.random.default_rng(0)
    for min_cluster_size, min_samples in settings:
        model = HDBSCAN(min_cluster_size=min_cluster_size, min_samples=min_samples, algorithm="brute", copy=True)
        agreement = 1.0
        for _ in range(8):
            order = random.permutation(len(points))
            other = model.fit(points[order].astype(np.float64)).labels_.copy()
            model.fit(points.astype(np.float64))
            agreement = min(agreement, adjusted_rand_score(model.labels_[order], other))
        assert agreement >= 0.99, (name, min_cluster_size, min_samples, agreement)
        runs.append({
            "selfAgreement": round(agreement, 4),
            "minClusterSize": min_cluster_size,
            "minSamples": min_samples,
            "labels": model.labels_.tolist(),
            "probabilities": [round(p, 6) for p in model.probabilities_.tolist()],
        })
    return {"name": name, "dim": points.shape[1], "points": [float(f"{x:.9g}") for x in points.ravel()], "runs": runs}


cases = [
    entry("blobs", blobs(), [(5, 5), (10, 3), (20, 10), (5, 1)]),
    entry("moons with noise", moons(), [(10, 5), (20, 5), (5, 2)]),
    entry("map of words", WORDS["positions"], [(12, 3), (10, 2), (6, 2)]),
    entry("vectors of words", word_vectors(), [(5, 2), (8, 2)]),
]
made_by = f"record.py with numpy {np.__version__}, scikit-learn {sklearn.__version__}"
(HERE / "clusters.json").write_text(json.dumps({"madeBy": made_by, "cases": cases}, separators=(",", ":")) + "\n")
