"""What Constela writes, read by others: the same texts, groups and columns, and the same vectors to the bit."""

from __future__ import annotations

import csv
import io
import json
import unittest
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from sample import COLUMNS, DIM, GROUPS, ROWS, TEXTS, FormatTest, is_missing, needs, positions, vectors


def shown(cell: Any) -> str:
    """A cell as delimited text has it."""
    if is_missing(cell):
        return ''
    if isinstance(cell, bool):
        return 'true' if cell else 'false'
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class Delimited(FormatTest):
    def check_texts(self, rows: list[dict[str, str]]) -> None:
        self.assertEqual([row['text'] for row in rows], TEXTS)
        self.assertEqual([row['group'] for row in rows], [group or '' for group in GROUPS])
        for name, cells in COLUMNS.items():
            self.assertEqual([row[name] for row in rows], [shown(cell) for cell in cells], name)

    def check_frame(self, frame: Any) -> None:
        self.check_texts(frame[['text', 'group', *COLUMNS]].to_dict('records'))
        self.assert_bits(frame.filter(regex=r'^v\d+$').astype('float32').to_numpy(), vectors())
        self.assert_bits(frame[['x', 'y', 'z']].astype('float32').to_numpy(), positions())

    def test_csv_by_the_standard_library(self) -> None:
        with self.write('.csv').open(encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        self.check_texts(rows)
        self.assert_bits([[np.float32(row[f'v{i}']) for i in range(DIM)] for row in rows], vectors())

    @needs('pandas')
    def test_csv_by_pandas(self) -> None:
        import pandas

        self.check_frame(pandas.read_csv(self.write('.csv'), dtype=str, keep_default_na=False))

    @needs('pandas')
    def test_tsv_by_pandas(self) -> None:
        import pandas

        self.check_frame(pandas.read_csv(self.write('.tsv'), sep='\t', dtype=str, keep_default_na=False))

    @needs('pandas')
    def test_csv_as_its_docstring_says(self) -> None:
        import pandas

        frame = pandas.read_csv(self.write('.csv'))
        self.assert_bits(frame.filter(regex=r'^v\d+$').to_numpy('float32'), vectors())

    @needs('pyarrow')
    def test_csv_by_pyarrow(self) -> None:
        from pyarrow import csv as arrow_csv

        table = arrow_csv.read_csv(
            self.write('.csv'),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(strings_can_be_null=False, column_types={'text': 'string'}),
        )
        self.assertEqual(table['text'].to_pylist(), TEXTS)
        self.assertEqual(table['count'].to_pylist(), COLUMNS['count'])
        self.assertEqual(table['score'].to_pylist(), COLUMNS['score'])
        self.assert_bits(np.column_stack([table[f'v{i}'].to_numpy() for i in range(DIM)]), vectors())


class Json(FormatTest):
    def test_json_by_the_standard_library(self) -> None:
        whole = json.loads(self.write('.json').read_text(encoding='utf-8'))
        self.assertEqual((whole['model'], whole['prompt']), ('all-MiniLM-L6-v2', '{text}'))
        self.assert_items(whole['items'])
        self.assert_vectors(whole['items'], vectors())
        self.assert_bits([item['position'] for item in whole['items']], positions())

    @needs('pandas')
    def test_json_as_its_docstring_says(self) -> None:
        import pandas

        with self.write('.json').open(encoding='utf-8') as file:
            frame = pandas.json_normalize(json.load(file)['items'])
        self.assertEqual(frame['text'].tolist(), TEXTS)
        self.assertEqual(frame['columns.count'].tolist(), COLUMNS['count'])
        self.assert_bits(np.stack(frame['vector']), vectors())

    @needs('pandas')
    def test_lines_by_pandas(self) -> None:
        import pandas

        frame = pandas.read_json(self.write('.jsonl'), lines=True, precise_float=True, dtype=False)
        self.assertEqual(frame['text'].tolist(), TEXTS)
        self.assertEqual([None if is_missing(group) else group for group in frame['group']], GROUPS)
        for name, cells in COLUMNS.items():
            self.assertEqual([None if is_missing(cell) else cell for cell in frame[name]], cells, name)
        self.assert_bits(np.stack(frame['vector']), vectors())

    def test_lines_by_the_standard_library(self) -> None:
        lines = self.write('.jsonl').read_bytes().split(b'\n')
        self.assertEqual(lines.pop(), b'')
        rows = [json.loads(line) for line in lines]
        self.assertEqual([row['text'] for row in rows], TEXTS)
        self.assert_vectors(rows, vectors())
        self.assert_bits([[row[axis] for axis in 'xyz'] for row in rows], positions())


class Columnar(FormatTest):
    def check_table(self, table: Any) -> None:
        self.check_cells(table)
        self.assert_bits(np.stack(table['vector'].to_pylist()), vectors())
        axes = [table[f'projection_{axis}'].to_numpy() for axis in 'xyz']
        self.assert_bits(np.column_stack(axes), positions())

    def check_cells(self, table: Any) -> None:
        self.assertEqual(table['text'].to_pylist(), TEXTS)
        self.assertEqual(table['group'].to_pylist(), GROUPS)
        for name, cells in COLUMNS.items():
            self.assertEqual(table[name].to_pylist(), cells, name)

    @needs('pyarrow')
    def test_parquet_by_pyarrow(self) -> None:
        from pyarrow import parquet

        table = parquet.read_table(self.write('.parquet'))
        self.check_table(table)
        said = json.loads(table.schema.metadata[b'constela'])
        self.assertEqual(said, {'model': 'all-MiniLM-L6-v2', 'prompt': '{text}'})

    @needs('pandas', 'pyarrow')
    def test_parquet_by_pandas(self) -> None:
        import pandas

        frame = pandas.read_parquet(self.write('.parquet'))
        self.assertEqual(frame['text'].tolist(), TEXTS)
        self.assertEqual(frame['count'].tolist(), COLUMNS['count'])
        self.assert_bits(np.stack(frame['vector']), vectors())

    @needs('pyarrow')
    def test_arrow_by_pyarrow(self) -> None:
        import pyarrow

        with pyarrow.memory_map(str(self.write('.arrow'))) as source:
            table = pyarrow.ipc.open_file(source).read_all()
            table.validate(full=True)
            self.check_table(table)
            self.assertTrue(pyarrow.types.is_fixed_size_list(table['vector'].type))

    @needs('pandas', 'pyarrow')
    def test_arrow_by_pandas(self) -> None:
        import pandas

        frame = pandas.read_feather(self.write('.arrow'))
        self.assertEqual(frame['text'].tolist(), TEXTS)
        self.assert_bits(np.stack(frame['vector']), vectors())

    @needs('pyarrow')
    def test_parts_of_a_capsule(self) -> None:
        from pyarrow import parquet

        with zipfile.ZipFile(self.write('.constela')) as capsule:
            self.assertIsNone(capsule.testzip())
            manifest = json.loads(capsule.read('manifest.json'))
            table = parquet.read_table(io.BytesIO(capsule.read('items.parquet')))
            held = {name: np.load(io.BytesIO(capsule.read(name))) for name in ('vectors.npy', 'positions.npy')}
        self.assertEqual((manifest['format'], manifest['rows']), ('constela-capsule', ROWS))
        self.check_cells(table)
        self.assertEqual({array.dtype for array in held.values()}, {np.dtype(np.float32)})
        self.assert_bits(held['vectors.npy'], vectors())
        self.assert_bits(held['positions.npy'], positions())


class Numpy(FormatTest):
    def test_npz(self) -> None:
        with np.load(self.write('.npz'), allow_pickle=False) as arrays:
            self.assertEqual(arrays['texts'].tolist(), TEXTS)
            self.assertEqual(arrays['groups'].tolist(), [group or '' for group in GROUPS])
            self.assertEqual((arrays['model'].item(), arrays['prompt'].item()), ('all-MiniLM-L6-v2', '{text}'))
            self.assertEqual(arrays['vectors'].dtype, np.float32)
            self.assert_bits(arrays['vectors'], vectors())
            self.assert_bits(arrays['positions'], positions())
            rows = [json.loads(row) for row in arrays['columns_json']]
        for name, cells in COLUMNS.items():
            self.assertEqual([row.get(name) for row in rows], cells, name)


class Projector(FormatTest):
    def test_tensors_and_metadata(self) -> None:
        with zipfile.ZipFile(self.write('.zip')) as bundle:
            self.assertIsNone(bundle.testzip())
            tensors, metadata = (bundle.read(name).decode() for name in ('tensors.tsv', 'metadata.tsv'))
            config = json.loads(bundle.read('projector_config.json'))
        self.assertEqual(config['embeddings'][0]['tensorShape'], [ROWS, DIM])
        self.assert_bits(np.loadtxt(io.StringIO(tensors), delimiter='\t', dtype=np.float64), vectors())
        # As the Projector's own reader does: lines at LF, cells at tabs, nothing trimmed, no quotes.
        head, *rows = [line.split('\t') for line in metadata.split('\n')[:-1]]
        self.assertEqual({len(row) for row in rows}, {len(head)})
        self.assertEqual(len(rows), ROWS)
        flat = [' '.join(text.replace('\t', '\n').replace('\r', '').split('\n')) for text in TEXTS]
        self.assertEqual([row[head.index('text')] for row in rows], flat)
        self.assertEqual([row[head.index('group')] for row in rows], [group or '' for group in GROUPS])


class WordVectors(FormatTest):
    def words(self) -> list[str]:
        return ['_'.join(text.split()) for text in TEXTS]

    def check(self, path: Path, binary: bool) -> None:
        from gensim.models import KeyedVectors

        held = KeyedVectors.load_word2vec_format(path, binary=binary)
        self.assertEqual(held.index_to_key, self.words())
        self.assert_bits(held.vectors, vectors())

    @needs('gensim')
    def test_text_by_gensim(self) -> None:
        self.check(self.write('.vec'), binary=False)

    @needs('gensim')
    def test_binary_by_gensim(self) -> None:
        self.check(self.write('.bin'), binary=True)


if __name__ == '__main__':
    unittest.main()
