"""
Records what the references say of the data that the tests make, into recorded.json:

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 umap-learn==0.5.12
    python tests/projection/record.py
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import sklearn
import umap
from scipy.linalg import orthogonal_procrustes
from scipy.spatial import procrustes
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from clustered import clustered_vectors, create_random  # noqa: E402


def recorded_pca(rows, dim, groups, noise, seed):
    scores = PCA(3, svd_solver="full").fit_transform(clustered_vectors(rows, dim, groups, noise, seed).astype(np.float64))
    return {"args": [rows, dim, groups, noise, seed], "scores": scores[:8].tolist()}


def recorded_procrustes(dim):
    random = create_random(5)
    a = np.array([random() for _ in range(10 * dim)], dtype=np.float32).reshape(10, dim)
    b = np.array([random() for _ in range(10 * dim)], dtype=np.float32).reshape(10, dim)
    moved, reference = a.astype(float), b.astype(float)
    turn, _ = orthogonal_procrustes(moved - moved.mean(0), reference - reference.mean(0))
    aligned = (moved - moved.mean(0)) @ turn + reference.mean(0)
    return {"dim": dim, "aligned": aligned.tolist(), "disparity": procrustes(reference, moved)[2]}


def recorded_umap(rows, dim, groups, noise, seed):
    data = clustered_vectors(rows, dim, groups, noise, seed)
    values = []
    for run in range(5):
        model = umap.UMAP(n_neighbors=15, min_dist=0.1, n_components=3, metric="cosine", random_state=run, n_jobs=1)
        values.append(float(trustworthiness(data, model.fit_transform(data), n_neighbors=15, metric="cosine")))
    return {"args": [rows, dim, groups, noise, seed], "trustworthiness": values}


def exact_neighbours(data, k):
    """Neighbours and distances are exact and in float32, the point itself first, as umap-learn takes them."""
    data = data.astype(np.float64)
    distances = np.maximum(1 - data @ data.T, 0)
    distances[distances < 1e-6] = 0
    np.fill_diagonal(distances, -1)
    near = np.argsort(distances, axis=1, kind="stable")[:, : k + 1]
    lengths = np.take_along_axis(distances, near, axis=1).astype(np.float32)
    lengths[:, 0] = 0
    return near, lengths


def fuzzy_graph(near, lengths, k, connectivity, ratio):
    graph, _, _ = umap.umap_.fuzzy_simplicial_set(
        lengths, k + 1, np.random.RandomState(1), "cosine", knn_indices=near, knn_dists=lengths,
        local_connectivity=connectivity, set_op_mix_ratio=ratio,
    )
    return graph


def recorded_fuzzy(rows, dim, groups, noise, seed, k, connectivity, ratio):
    near, lengths = exact_neighbours(clustered_vectors(rows, dim, groups, noise, seed), k)
    sigmas, rhos = umap.umap_.smooth_knn_dist(lengths, float(k + 1), local_connectivity=connectivity)
    graph = fuzzy_graph(near, lengths, k, connectivity, ratio)
    graph = graph.tocsr()
    graph.sort_indices()
    row = graph[7]
    return {
        "args": [rows, dim, groups, noise, seed], "k": k, "localConnectivity": connectivity, "setOperationRatio": ratio,
        "sigmas": sigmas[:12].tolist(), "rhos": rhos[:12].tolist(),
        "edges": int(graph.nnz), "sum": float(graph.data.astype(np.float64).sum()),
        "heads": row.indices.tolist(), "weights": row.data.tolist(),
    }


def recorded_radii(rows, dim, groups, noise, seed, growth, k, epochs):
    """densMAP's log radii of the vectors."""
    data = clustered_vectors(rows, dim, groups, noise, seed, growth)
    near, lengths = exact_neighbours(data, k)
    random = np.random.RandomState(1)
    graph, _, _, distances = umap.umap_.fuzzy_simplicial_set(
        lengths, k + 1, random, "cosine", knn_indices=near, knn_dists=lengths, return_dists=True
    )
    kwds = {"lambda": 2.0, "frac": 0.3, "var_shift": 0.1, "n_neighbors": k + 1, "graph_dists": distances}
    _, found = umap.umap_.simplicial_set_embedding(
        data, graph, 2, 1.0, 1.577, 0.895, 1.0, 5, epochs, "random", random, "cosine", {}, True, kwds, True
    )
    return {"args": [rows, dim, groups, noise, seed, growth], "k": k, "epochs": epochs, "radii": found["rad_orig"].tolist()}


def log_radii(near, lengths):
    """densMAP's log radii by the fuzzy simplicial set of neighbours, the point itself first: what its term correlates."""
    lengths = lengths.astype(np.float32)
    graph, _, _, distances = umap.umap_.fuzzy_simplicial_set(
        lengths, near.shape[1], np.random.RandomState(1), "precomputed", knn_indices=near, knn_dists=lengths, return_dists=True
    )
    edges = graph.tocoo()
    squares = np.asarray(distances.tocsr()[edges.row, edges.col]).ravel() ** 2
    sums = np.bincount(edges.row, edges.data * squares, graph.shape[0])
    return np.log(1e-8 + sums / np.bincount(edges.row, edges.data, graph.shape[0]))


def recorded_densities(rows, dim, groups, noise, seed, growth, dims):
    """What densMAP keeps of the densities, for what trustworthiness; three seeds."""
    data = clustered_vectors(rows, dim, groups, noise, seed, growth)
    among_vectors = log_radii(*exact_neighbours(data, 14))
    correlations, values = [], []
    for run in range(3):
        model = umap.UMAP(
            n_neighbors=15, min_dist=0.1, n_components=dims, metric="cosine", random_state=run, n_jobs=1, densmap=True
        )
        positions = model.fit_transform(data)
        apart, near = NearestNeighbors(n_neighbors=15).fit(positions).kneighbors()
        itself = np.arange(rows)[:, None]
        near, apart = np.hstack([itself, near[:, :14]]), np.hstack([np.zeros((rows, 1)), apart[:, :14]])
        correlations.append(float(np.corrcoef(among_vectors, log_radii(near, apart))[0, 1]))
        values.append(float(trustworthiness(data, positions, n_neighbors=15, metric="cosine")))
    return {
        "args": [rows, dim, groups, noise, seed, growth], "dims": dims,
        "correlations": correlations, "trustworthiness": values,
    }


def crossing_labels(rows):
    """As tests/projection/clusters.ts."""
    return np.array([-1 if i % 11 == 5 else (i // 3) % 4 for i in range(rows)])


def far_distance(weight):
    """As umap-learn's fit turns target_weight into far_dist."""
    return 2.5 / (1 - weight) if weight < 1 else 1e12


def recorded_supervised(rows, dim, groups, noise, seed, k, weight):
    """What the categories make of the fuzzy simplicial set."""
    graph = umap.umap_.discrete_metric_simplicial_set_intersection(
        fuzzy_graph(*exact_neighbours(clustered_vectors(rows, dim, groups, noise, seed), k), k, 1, 1),
        crossing_labels(rows), far_dist=far_distance(weight),
    ).tocsr()
    graph.sort_indices()
    # Row 7 has a category, row 5 has none.
    chosen = [{"row": row, "heads": graph[row].indices.tolist(), "weights": graph[row].data.tolist()} for row in (7, 5)]
    return {
        "args": [rows, dim, groups, noise, seed], "k": k, "weight": weight,
        "edges": int(graph.nnz), "sum": float(graph.data.astype(np.float64).sum()), "rows": chosen,
    }


def recorded_separation(rows, dim, groups, noise, seed):
    """Share of the 15 nearest on the map that are of the point's own category, among those that have one; five seeds."""
    data = clustered_vectors(rows, dim, groups, noise, seed)
    labels = crossing_labels(rows)
    known = np.flatnonzero(labels >= 0)
    shares = []
    for run in range(5):
        model = umap.UMAP(n_neighbors=15, min_dist=0.1, n_components=3, metric="cosine", random_state=run, n_jobs=1)
        positions = model.fit_transform(data, labels)[known]
        squares = ((positions[:, None] - positions[None]) ** 2).sum(2)
        np.fill_diagonal(squares, np.inf)
        near = np.argsort(squares, axis=1, kind="stable")[:, :15]
        shares.append(float((labels[known][near] == labels[known][:, None]).mean()))
    return {"args": [rows, dim, groups, noise, seed], "shares": shares}


recorded = {
    "madeBy": f"record.py with numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, umap-learn {umap.__version__}",
    "random": (lambda following: [following() for _ in range(4)])(create_random(42)),
    "pca": [recorded_pca(200, 12, 5, 0.5, 1), recorded_pca(30, 64, 5, 0.5, 2)],
    "procrustes": [recorded_procrustes(2), recorded_procrustes(3)],
    "umap": recorded_umap(400, 48, 16, 0.8, 3),
    "curves": [
        [min_dist, spread, *map(float, umap.umap_.find_ab_params(spread, min_dist))]
        for min_dist, spread in [(0, 1), (0.1, 1), (0.5, 1), (1, 1), (0.25, 2), (0.01, 0.5)]
    ],
    "fuzzy": [
        recorded_fuzzy(60, 12, 5, 0.5, 1, 9, 1, 1),
        recorded_fuzzy(60, 12, 5, 0.5, 1, 14, 2.5, 0.25),
    ],
    "supervised": [recorded_supervised(60, 12, 5, 0.5, 1, 9, weight) for weight in (0, 0.5, 0.9, 1)],
    "separation": recorded_separation(400, 48, 5, 0.8, 3),
    "radii": [recorded_radii(60, 12, 5, 0.1, 1, 1.5, 9, 500), recorded_radii(60, 12, 5, 0.1, 1, 1.5, 14, 20)],
    "densities": [recorded_densities(500, 24, 5, 0.05, 7, 1.8, dims) for dims in (2, 3)],
}
pathlib.Path(__file__).with_name("recorded.json").write_text(json.dumps(recorded, indent=1) + "\n")
