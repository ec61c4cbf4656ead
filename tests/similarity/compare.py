"""
Records linear CKA as numpy computes it, of the rows that cka.test.ts makes, into compare.json:

    pip install numpy==2.4.6
    python tests/similarity/compare.py
"""

import json
import pathlib

import numpy as np


def rows_of(rows, dim, seed):
    """As in cka.test.ts: numbers that float32 holds exactly the same way in both."""
    i, j = np.meshgrid(np.arange(rows), np.arange(dim), indexing="ij")
    return (((i * 31 + j * 17 + i * j * 13 + i * i * seed) % 101) / 101 - 0.5).astype(np.float32).astype(np.float64)


def linear_cka(x, y):
    x = x - x.mean(axis=0)
    y = y - y.mean(axis=0)
    cross = np.linalg.norm(y.T @ x) ** 2
    return cross / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y))


cases = [
    {"rows": 150, "a": {"dim": 12, "seed": 3}, "b": {"dim": 12, "seed": 5}},
    {"rows": 80, "a": {"dim": 7, "seed": 1}, "b": {"dim": 33, "seed": 2}},
    {"rows": 20, "a": {"dim": 50, "seed": 4}, "b": {"dim": 50, "seed": 9}},
]
for case in cases:
    case["cka"] = linear_cka(*(rows_of(case["rows"], case[side]["dim"], case[side]["seed"]) for side in "ab"))

path = pathlib.Path(__file__).parent / "compare.json"
path.write_text(json.dumps(cases, indent=2) + "\n")
