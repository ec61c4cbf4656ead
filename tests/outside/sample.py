"""What the tests of the formats write and expect, and how the command line is run. Nothing here uses a package but numpy."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [os.environ.get('NODE', 'node'), str(ROOT / 'bin' / 'constela.js')]
SECONDS = 60

# Real trouble: other scripts and directions, joined emoji, line ends, quotes, formulas, blanks, what looks like other types.
TEXTS = [
    'cat',
    'olá, mundo',
    '日本語のテキスト',
    'مرحبا بالعالم',
    'שלום \u200fעולם',
    '👩🏽‍🚀 🇧🇷 🎻',
    'line\nbreak',
    'carriage\r\nreturn',
    'a\ttab',
    'say "hi"',
    '"quoted"',
    "it's; 1|2",
    '=1+1',
    '<b>&amp;</b>',
    'e\u0301 is not é',
    '007',
    'null',
    'NaN',
    '__proto__',
    '\u2028 separates lines',
    '𝒳 beyond the BMP',
]
ROWS = len(TEXTS)
DIM = 5
GROUPS = [('animals', 'línguas "vivas"', None)[row % 3] for row in range(ROWS)]
COLUMNS: dict[str, list[Any]] = {
    'count': [row - 3 for row in range(ROWS)],
    'score': [None if row % 4 == 0 else row / 7 for row in range(ROWS)],
    'kept': [row % 2 == 0 for row in range(ROWS)],
    'note': [None if row % 5 == 0 else f'linha {row}\n"fim", ок' for row in range(ROWS)],
    'constructor': [f'c{row}' for row in range(ROWS)],
    'größe 🎻': [row * 1.5 for row in range(ROWS)],
}


def vectors() -> np.ndarray:
    """float32, ROWS x DIM: ordinary numbers, and the ends of the type."""
    made = np.random.default_rng(42).normal(size=(ROWS, DIM)).astype(np.float32)
    info = np.finfo(np.float32)
    made[0] = [0.0, -0.0, info.max, info.tiny, info.smallest_subnormal]
    made[1] = [-info.max, 1 / 3, 1e-7, 16777217, -1.0000001]
    return made


def positions() -> np.ndarray:
    """float32, ROWS x 3."""
    return np.random.default_rng(43).uniform(-4, 4, size=(ROWS, 3)).astype(np.float32)


def export() -> dict[str, Any]:
    """The sample as Constela's own JSON, written by Python."""
    items = []
    for row, text in enumerate(TEXTS):
        columns = {name: cells[row] for name, cells in COLUMNS.items() if cells[row] is not None}
        item: dict[str, Any] = {'text': text, 'columns': columns}
        if GROUPS[row] is not None:
            item['group'] = GROUPS[row]
        item['position'] = [float(value) for value in positions()[row]]
        item['vector'] = [float(value) for value in vectors()[row]]
        items.append(item)
    return {'format': 'constela', 'version': 1, 'model': 'all-MiniLM-L6-v2', 'prompt': '{text}', 'items': items}


def needs(*packages: str) -> Any:
    """Skips a test whose packages are not installed."""
    absent = [name for name in packages if importlib.util.find_spec(name) is None]
    return unittest.skipIf(absent, f'not installed: {", ".join(absent)}')


class FormatTest(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = 2000

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def convert(self, *files: Path, options: tuple[str, ...] = ()) -> Path:
        """Has the command line write the last of `files` from the others."""
        done = subprocess.run(
            [*COMMAND, 'convert', *map(str, files), *options], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return files[-1]

    def write(self, ending: str) -> Path:
        """The sample in the format of `ending`, by the command line."""
        source = self.folder / 'source.json'
        source.write_text(json.dumps(export()), encoding='utf-8')
        return self.convert(source, self.folder / f'written{ending}')

    def open(self, *files: Path) -> list[dict[str, Any]]:
        """The items that the command line reads of `files`."""
        out = self.convert(*files, self.folder / 'opened.json')
        return json.loads(out.read_text(encoding='utf-8'))['items']

    def assert_bits(self, found: Any, expected: np.ndarray) -> None:
        """float32 that are the same to the bit: -0 is not 0."""
        held = np.ascontiguousarray(found, dtype=np.float32)
        self.assertEqual(held.shape, expected.shape)
        np.testing.assert_array_equal(held.view(np.uint32), np.ascontiguousarray(expected).view(np.uint32))

    def assert_items(self, items: list[dict[str, Any]], columns: dict[str, list[Any]] | None = None) -> None:
        """The sample's texts and groups, and the own columns (all of the sample's, unless others are given)."""
        self.assertEqual([item['text'] for item in items], TEXTS)
        self.assertEqual([item.get('group') for item in items], GROUPS)
        expected = COLUMNS if columns is None else columns
        for row, item in enumerate(items):
            wanted = {name: cells[row] for name, cells in expected.items() if not is_missing(cells[row])}
            self.assertEqual(item.get('columns', {}), wanted, f'row {row}')

    def assert_vectors(self, items: list[dict[str, Any]], expected: np.ndarray) -> None:
        self.assert_bits([item['vector'] for item in items], expected)


def is_missing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))
