"""
Records what scikit-learn says of how far groups of vectors stand apart, and numpy of how vectors moved, into prompts.json:

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/similarity/prompts.py
"""

import json
import pathlib
import sys

import numpy as np
from sklearn.metrics import silhouette_samples
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from clustered import clustered_vectors  # noqa: E402


def crossing_labels(rows, groups, alone):
    """As in separation.test.ts: groups that cross those of the vectors here and there, and `alone` rows in groups of one."""
    return np.array([groups + i if i < alone else (i // 2 if i % 11 == 3 else i) % groups for i in range(rows)])


def nearest_decides(distances):
    """Weights that leave every majority as it is, and of equal ones prefer that of the nearest row."""
    return np.ones_like(distances) + 1e-3 * 2.0 ** -np.arange(distances.shape[1])


def separation(rows, dim, groups, noise, seed, alone, k):
    vectors = clustered_vectors(rows, dim, groups, noise, seed).astype(np.float64)
    labels = crossing_labels(rows, groups, alone)
    classifier = KNeighborsClassifier(k, metric="cosine", weights=nearest_decides)
    found = cross_val_predict(classifier, vectors, labels, cv=LeaveOneOut())
    silhouettes = silhouette_samples(vectors, labels, metric="cosine")
    return {
        "args": [rows, dim, groups, noise, seed],
        "alone": alone,
        "k": k,
        "silhouette": float(silhouettes.mean()),
        "first": silhouettes[:5].tolist(),
        "accuracy": float((found == labels).mean()),
    }


def shift(rows, dim, seed):
    a = clustered_vectors(rows, dim, 4, 0.5, seed).astype(np.float64)
    b = clustered_vectors(rows, dim, 4, 0.5, seed + 1).astype(np.float64)
    moved = b - a
    mean = moved.mean(axis=0)
    residues = np.linalg.norm(moved - mean, axis=1)
    return {
        "args": [rows, dim, seed],
        "common": float(np.linalg.norm(mean)),
        # By the variance that is left, not by the mean's own length.
        "commonShare": float(1 - (moved - mean).var(axis=0).sum() / (moved**2).sum(axis=1).mean()),
        "meanLength": float(np.linalg.norm(moved, axis=1).mean()),
        "meanResidue": float(residues.mean()),
        "residues": residues[:3].tolist(),
    }


recorded = {
    "separation": [
        separation(120, 24, 5, 0.8, 1, 0, 5),
        separation(121, 16, 7, 1.2, 2, 3, 6),
        separation(60, 8, 2, 2.0, 3, 0, 4),
        separation(40, 12, 3, 0.4, 4, 1, 1),
        separation(9, 6, 3, 0.5, 5, 0, 8),
    ],
    "sampled": separation(1500, 16, 6, 1.0, 6, 0, 5),
    "shift": [shift(50, 12, 1), shift(2, 7, 8)],
}
path = pathlib.Path(__file__).with_name("prompts.json")
path.write_text(json.dumps(recorded, indent=1) + "\n")
