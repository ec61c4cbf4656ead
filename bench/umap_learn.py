"""UMAP by umap-learn, for the projection's benchmark: seeded (so single-threaded), compiled before it is timed.

    python bench/umap_learn.py VECTORS.f32 ROWS DIM REPEATS OUT.f32 [OUT.f32 ...]

VECTORS.f32 holds ROWS x DIM raw float32 numbers. The maps of the seeds from 42 on, as many as there are files for them, are
written the same way, and one line of JSON says how long each run of seed 42 took, in seconds.
"""

import json
import sys
import time

import numpy
import umap

vectors_file, rows, dim, repeats, first, *others = sys.argv[1:]
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
for number, other in enumerate(others, 43):
    run(vectors, number)[1].tofile(other)
print(json.dumps({"seconds": seconds, "version": umap.__version__}))
