"""UMAP by umap-learn, for the projection's benchmark: seeded (so single-threaded), compiled before it is timed.

    python bench/umap_learn.py VECTORS.f32 ROWS DIM OUT_A.f32 OUT_B.f32 REPEATS

VECTORS.f32 holds ROWS x DIM raw float32 numbers. The maps of seeds 42 and 43 are written the same way, and one line of
JSON says how long each run of seed 42 took, in seconds.
"""

import json
import sys
import time

import numpy
import umap

vectors_file, rows, dim, first, second, repeats = sys.argv[1:]
vectors = numpy.fromfile(vectors_file, dtype=numpy.float32, count=int(rows) * int(dim)).reshape(int(rows), int(dim))


def run(data, seed):
    model = umap.UMAP(n_components=3, n_neighbors=15, min_dist=0.1, metric="cosine", random_state=seed, n_jobs=1)
    began = time.perf_counter()
    positions = model.fit_transform(data)
    return time.perf_counter() - began, positions.astype(numpy.float32)


# Large enough for the approximate search, so that it is compiled too.
run(vectors[:4200], 1)
seconds = []
for _ in range(int(repeats)):
    taken, positions = run(vectors, 42)
    seconds.append(taken)
positions.tofile(first)
run(vectors, 43)[1].tofile(second)
print(json.dumps({"seconds": seconds, "version": umap.__version__}))
