"""Whether a folder that was made anew is the bundled one: byte for byte or, where it is not, by its vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from folder import GOLDEN, WEIGHTS, read_golden
from session import Session, pool
from upstream import RecipeError

# Two versions of a tool may add in another order; a component of a unit vector then differs by some 1e-7.
TOLERANCE = 1e-6


def compare_folders(made: Path, bundled: Path) -> Iterator[str]:
    """A line on each file of `made`. Raises RecipeError for one that is neither the same bytes nor the same vectors."""
    for path in sorted(file.relative_to(made) for file in made.rglob('*') if file.is_file()):
        if not (bundled / path).is_file():
            raise RecipeError(f'{bundled} has no {path}')
        if (made / path).read_bytes() == (bundled / path).read_bytes():
            yield f'{path}: the same bytes'
        elif str(path) == GOLDEN:
            yield f'{path}: {_compare_golden(made / path, bundled / path)}'
        elif str(path) == WEIGHTS:
            yield f'{path}: {_compare_models(made, bundled)}'
        else:
            raise RecipeError(f'{path} differs from that of {bundled}')


def _compare_golden(made: Path, bundled: Path) -> str:
    pairs = list(zip(read_golden(made), read_golden(bundled), strict=True))
    for mine, theirs in pairs:
        if (mine.text, mine.ids) != (theirs.text, theirs.ids):
            raise RecipeError(f'the golden texts differ: "{mine.text}" {mine.ids}, "{theirs.text}" {theirs.ids}')
    return _say('vectors', max(np.abs(mine.vector - theirs.vector).max() for mine, theirs in pairs))


def _compare_models(made: Path, bundled: Path) -> str:
    """Compares every output on the golden texts: hidden states as vectors, attention as it is."""
    mine, theirs = (Session((folder / WEIGHTS).read_bytes()) for folder in (made, bundled))
    if mine.outputs != theirs.outputs:
        raise RecipeError(f'the models have other outputs: {mine.outputs}, {theirs.outputs}')
    largest = 0.0
    for each in read_golden(bundled / GOLDEN):
        for one, other in zip(*(session.run([each.ids], session.outputs) for session in (mine, theirs)), strict=True):
            if one.ndim == 3:
                one, other = pool(one[0]), pool(other[0])
            largest = max(largest, float(np.abs(one - other).max()))
    return _say('vectors of every layer and attention', largest)


def _say(what: str, largest: float) -> str:
    if not largest <= TOLERANCE:
        raise RecipeError(f'{what} differ by {largest:.1e}, more than {TOLERANCE:.0e}')
    return f'other bytes; {what} differ by {largest:.1e} at most'
