"""
Records what scikit-learn and scipy say of the maps that the tests make, into fidelity.json:

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    python tests/similarity/fidelity.py
"""

import json
import pathlib
import sys

import numpy as np
from scipy.stats import spearmanr
from sklearn.manifold import trustworthiness
from sklearn.metrics.pairwise import cosine_distances

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from clustered import clustered_vectors  # noqa: E402


def fidelity(rows, dim, groups, noise, seed, dims, k):
    """Of the map that shows the first coordinates of the vectors."""
    vectors = clustered_vectors(rows, dim, groups, noise, seed)
    places = vectors[:, :dims].astype(np.float64)
    vectors = vectors.astype(np.float64)
    # Unit vectors: their Euclidean distances rank them as their cosines do, so that the spaces can be exchanged.
    return {
        "args": [rows, dim, groups, noise, seed],
        "dims": dims,
        "k": k,
        "trustworthiness": trustworthiness(vectors, places, n_neighbors=k, metric="cosine"),
        "continuity": trustworthiness(places, vectors, n_neighbors=k, metric="euclidean"),
    }


def shepard(rows, dim, groups, noise, seed, dims):
    vectors = clustered_vectors(rows, dim, groups, noise, seed).astype(np.float64)
    pairs = np.triu_indices(rows, 1)
    distances = np.linalg.norm(vectors[pairs[0], :dims] - vectors[pairs[1], :dims], axis=1)
    cosines = 1 - cosine_distances(vectors)[pairs]
    return {"args": [rows, dim, groups, noise, seed], "dims": dims, "correlation": spearmanr(distances, cosines).statistic}


def tied(length, a, b):
    x = [(i * a) % 7 for i in range(length)]
    y = [(i * i * b) % 5 for i in range(length)]
    return {"x": x, "y": y, "correlation": spearmanr(x, y).statistic}


recorded = {
    "fidelity": [
        fidelity(300, 24, 6, 0.6, 1, 2, 15),
        fidelity(301, 16, 9, 0.3, 2, 3, 10),
        fidelity(60, 12, 4, 0.8, 3, 2, 29),
        fidelity(61, 12, 4, 0.8, 4, 3, 1),
        fidelity(5, 8, 2, 0.5, 5, 2, 2),
        fidelity(3, 4, 2, 0.5, 6, 2, 1),
    ],
    "sampled": fidelity(2600, 16, 12, 0.5, 7, 2, 15),
    "shepard": [shepard(80, 12, 4, 0.6, 8, 2), shepard(45, 12, 5, 0.9, 9, 3)],
    "tied": [tied(40, 3, 2), tied(11, 5, 3)],
}
path = pathlib.Path(__file__).with_name("fidelity.json")
path.write_text(json.dumps(recorded, indent=1) + "\n")
