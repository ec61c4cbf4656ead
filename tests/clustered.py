"""Vectors that the tests make too, by the same random numbers (tests/projection/clusters.ts)."""

import math

import numpy as np

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


def clustered_vectors(rows, dim, groups, noise, seed, growth=1):
    """As tests/projection/clusters.ts."""
    random = create_random(seed)

    def gauss():
        radius = math.sqrt(-2 * math.log(1 - random()))
        return radius * math.cos(2 * math.pi * random())

    centres = np.array([gauss() for _ in range(groups * dim)]).reshape(groups, dim)
    data = np.empty((rows, dim), dtype=np.float32)
    for i in range(rows):
        data[i] = centres[i % groups] + noise * growth ** (i % groups) * np.array([gauss() for _ in range(dim)])
        data[i] /= np.linalg.norm(data[i])
    return data
