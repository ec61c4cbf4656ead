"""
Records what scikit-learn and scipy say of the maps that the tests make, into fidelity.json:

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    python tests/similarity/fidelity.py
"""

import json
import math
import pathlib

import numpy as np
from scipy.stats import spearmanr
from sklearn.manifold import trustworthiness
from sklearn.metrics.pairwise import cosine_distances

MASK = 0xFFFFFFFF


def create_random(seed):
    """sfc32, as src/projection/random.ts."""
    state = [0, 0, seed & MASK, 1]

    def following():
        a, b, c, counter = state
        out = (a + b + counter) & MASK
        state[:] = [b ^ (b >> 9), (c + (c << 3)) & MASK, ((((c << 21) | (c >> 11)) & MASK) + out) & MASK, (counter + 1) & MASK]
        return out / 2**32

    for _ in range(12):
        following()
    return following


def clustered_vectors(rows, dim, groups, noise, seed):
    """As tests/projection/clusters.ts."""
    random = create_random(seed)

    def gauss():
        radius = math.sqrt(-2 * math.log(1 - random()))
        return radius * math.cos(2 * math.pi * random())

    centres = np.array([gauss() for _ in range(groups * dim)]).reshape(groups, dim)
    data = np.empty((rows, dim), dtype=np.float32)
    for i in range(rows):
        data[i] = centres[i % groups] + noise * np.array([gauss() for _ in range(dim)])
        data[i] /= np.linalg.norm(data[i])
    return data


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
