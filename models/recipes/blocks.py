"""Weights as int8 values with one fp32 scale for each block of them: a quarter of the size, and fp32 again when they are used."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]


def block_length(length: int, most: int) -> int:
    """The largest divisor of `length` that is at most `most`."""
    return next(size for size in range(min(length, most), 0, -1) if length % size == 0)


def compress(weights: Floats, axis: int) -> tuple[Bytes, Floats]:
    """Rounds each block along `axis` to 127 steps either way, the largest of its absolute values being 127.

    Gives the values, of the shape of `weights`, and the scales, whose `axis` has length 1; weights are about values x
    scales, each within half a scale.
    """
    largest = np.abs(weights).max(axis=axis, keepdims=True)
    scales = np.maximum(largest, np.float32(1e-8)) / np.float32(127)
    values = np.clip(np.rint(weights / scales), -127, 127).astype(np.int8)
    return values, scales
