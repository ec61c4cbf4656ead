"""What others write, read by Constela: the same texts, groups and columns, and the same vectors to the bit."""

from __future__ import annotations

import datetime
import gzip
import json
import unittest
from pathlib import Path
from typing import Any

import numpy as np

from sample import COLUMNS, DIM, GROUPS, ROWS, TEXTS, FormatTest, needs, vectors

# Delimited text knows texts only: Constela takes a number out of one that writes that very number, and pandas writes 1.0 for 1.
AS_DELIMITED = {
    **COLUMNS,
    'kept': ['True' if kept else 'False' for kept in COLUMNS['kept']],
    'größe 🎻': [str(size) if size.is_integer() else size for size in COLUMNS['größe 🎻']],
    'score': [str(score) if score in (1.0, 2.0) else score for score in COLUMNS['score']],
}


def halves() -> np.ndarray:
    """float16, ROWS x DIM, the subnormal ones too."""
    made = np.random.default_rng(44).normal(size=(ROWS, DIM)).astype(np.float16)
    made[0] = [0.0, -0.0, np.finfo(np.float16).max, np.finfo(np.float16).smallest_subnormal, 1 / 3]
    return made


def frame(**others: Any) -> Any:
    import pandas

    return pandas.DataFrame({'text': TEXTS, 'group': GROUPS, **COLUMNS, **others})


class Delimited(FormatTest):
    def check(self, ending: str, whole: Any, **options: Any) -> None:
        path = self.folder / f'given{ending}'
        whole.to_csv(path, index=False, **options)
        with self.subTest(ending=ending, **{name: repr(value) for name, value in options.items()}):
            items = self.open(path)
            self.assert_items(items, AS_DELIMITED)
            self.assert_vectors(items, vectors())

    @needs('pandas')
    def test_csv_of_pandas(self) -> None:
        numbers = vectors()
        whole = frame(**{f'v{i}': numbers[:, i] for i in range(DIM)})
        self.check('.csv', whole)
        self.check('.csv', whole, quoting=1, lineterminator='\r\n')
        self.check('.csv', whole, encoding='utf-8-sig')
        self.check('.csv', whole, encoding='utf-16')
        self.check('.csv', whole, sep=';')
        self.check('.csv', whole, sep='|', quoting=2)
        self.check('.csv', whole, sep='\t')
        self.check('.tsv', whole, sep='\t', lineterminator='\r\n')
        self.check('.csv.gz', whole, compression='gzip')

    @needs('pandas')
    def test_csv_with_lists(self) -> None:
        whole = frame(embedding=[json.dumps([float(value) for value in row]) for row in vectors()])
        self.check('.csv', whole)

    def test_one_column_without_a_header(self) -> None:
        path = self.folder / 'given.csv'
        path.write_text('"olá, mundo"\r\n"say ""hi"""\r\n"two\nlines"\r\n', encoding='utf-8', newline='')
        self.assertEqual([item['text'] for item in self.open(path)], ['olá, mundo', 'say "hi"', 'two\nlines'])


class Json(FormatTest):
    def records(self) -> list[dict[str, Any]]:
        names = ['text', 'group', *COLUMNS]
        rows = zip(TEXTS, GROUPS, *COLUMNS.values(), strict=True)
        numbers = vectors().tolist()
        return [{**dict(zip(names, row, strict=True)), 'embedding': numbers[i]} for i, row in enumerate(rows)]

    def check(self, path: Path, content: str | bytes) -> None:
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding='utf-8', newline='')
        with self.subTest(name=path.name):
            items = self.open(path)
            # An own column's null is kept in JSON, and only there.
            for item in items:
                item['columns'] = {name: cell for name, cell in item['columns'].items() if cell is not None}
            self.assert_items(items)
            self.assert_vectors(items, vectors())

    def test_json_of_the_standard_library(self) -> None:
        self.check(self.folder / 'escaped.json', json.dumps(self.records()))
        self.check(self.folder / 'plain.json', json.dumps(self.records(), ensure_ascii=False, indent=2))
        lines = '\r\n'.join(json.dumps(row, ensure_ascii=False) for row in self.records())
        self.check(self.folder / 'lines.jsonl', lines)
        self.check(self.folder / 'lines.ndjson.gz', gzip.compress(lines.encode()))

    @needs('pandas')
    def test_json_of_pandas(self) -> None:
        import pandas

        whole = pandas.DataFrame(self.records())
        for name, options in [('given.json', {}), ('given.jsonl', {'lines': True}), ('given.jsonl.gz', {'lines': True})]:
            path = self.folder / name
            whole.drop(columns='score').to_json(path, orient='records', double_precision=15, **options)
            with self.subTest(name=name):
                items = self.open(path)
                self.assertEqual([item['text'] for item in items], TEXTS)
                self.assertEqual([item.get('group') for item in items], GROUPS)
                self.assertEqual([item['columns']['note'] for item in items], COLUMNS['note'])
                # pandas writes 15 decimal places, so the smallest numbers are lost by it.
                np.testing.assert_allclose([item['vector'] for item in items], vectors(), rtol=1e-6, atol=1e-15)


class Columnar(FormatTest):
    """Types of vectors and texts, by what pyarrow calls them."""

    def table(self, texts: Any = None, numbers: Any = None) -> Any:
        import pyarrow

        columns = {'text': texts if texts is not None else TEXTS, 'group': GROUPS, **COLUMNS}
        if numbers is not None:
            columns['embedding'] = numbers
        return pyarrow.table(columns)

    def types(self) -> dict[str, tuple[Any, Any, np.ndarray]]:
        """Name -> texts, vectors, and the float32 that they are."""
        import pyarrow as pa

        full, half = vectors(), halves()
        lists = pa.array(full.tolist(), pa.list_(pa.float32()))
        return {
            'list<float>': (None, lists, full),
            'list<double>': (None, pa.array(full.astype(np.float64).tolist(), pa.list_(pa.float64())), full),
            'list<halffloat>': (None, pa.array(list(half), pa.list_(pa.float16())), half.astype(np.float32)),
            'large_list<float>': (None, pa.array(full.tolist(), pa.large_list(pa.float32())), full),
            'fixed_size_list<float>': (None, pa.array(full.tolist(), pa.list_(pa.float32(), DIM)), full),
            'fixed_size_list<halffloat>': (None, pa.array(list(half), pa.list_(pa.float16(), DIM)), half.astype(np.float32)),
            'dictionary': (pa.array(TEXTS).dictionary_encode(), lists, full),
            'large_string': (pa.array(TEXTS, pa.large_string()), lists, full),
            'string_view': (pa.array(TEXTS, pa.string_view()), lists, full),
        }

    def check(self, path: Path, expected: np.ndarray | None = None) -> None:
        items = self.open(path)
        self.assert_items(items)
        if expected is not None:
            self.assert_vectors(items, expected)

    @needs('pyarrow')
    def test_parquet_types(self) -> None:
        from pyarrow import parquet

        for name, (texts, numbers, expected) in self.types().items():
            with self.subTest(type=name):
                path = self.folder / 'given.parquet'
                parquet.write_table(self.table(texts, numbers), path)
                self.check(path, expected)

    @needs('pyarrow')
    def test_parquet_compressions(self) -> None:
        from pyarrow import parquet

        for compression in ('none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'):
            with self.subTest(compression=compression):
                path = self.folder / 'given.parquet'
                parquet.write_table(self.table(None, vectors().tolist()), path, compression=compression)
                self.check(path, vectors())

    @needs('pyarrow')
    def test_parquet_layouts(self) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        numbers = pa.array(vectors().tolist(), pa.list_(pa.float32()))
        layouts: list[dict[str, Any]] = [
            {'data_page_version': '2.0'},
            {'row_group_size': 4},
            {'data_page_size': 32, 'data_page_version': '1.0'},
            {'use_dictionary': False},
            {'use_dictionary': False, 'use_byte_stream_split': True},
            {'use_dictionary': False, 'column_encoding': {'text': 'DELTA_BYTE_ARRAY', 'count': 'DELTA_BINARY_PACKED'}},
            {'use_dictionary': False, 'column_encoding': {'text': 'DELTA_LENGTH_BYTE_ARRAY'}},
            {'write_page_index': True, 'write_page_checksum': True, 'store_schema': False},
        ]
        for layout in layouts:
            with self.subTest(**layout):
                path = self.folder / 'given.parquet'
                # Byte streams can be split of numbers alone.
                whole = self.table(None, numbers)
                if 'use_byte_stream_split' in layout:
                    layout = {**layout, 'use_byte_stream_split': ['embedding.list.element', 'score']}
                parquet.write_table(whole, path, **layout)
                self.check(path, vectors())

    @needs('pandas', 'pyarrow')
    def test_parquet_of_pandas(self) -> None:
        path = self.folder / 'given.parquet'
        whole = frame(embedding=list(vectors()))
        whole.index = whole.index * 2
        whole.to_parquet(path, index=False)
        self.check(path, vectors())

    @needs('pyarrow')
    def test_cells_of_other_types(self) -> None:
        import pyarrow as pa
        from pyarrow import feather, parquet

        moment = datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)
        table = pa.table(
            {
                'text': ['a', 'b'],
                'u8': pa.array([255, None], pa.uint8()),
                'i64': pa.array([-(2**53) + 1, 2**60], pa.int64()),
                'f32': pa.array([0.5, float('nan')], pa.float32()),
                'moment': pa.array([moment, None], pa.timestamp('ms', tz='UTC')),
                'day': pa.array([moment.date(), None], pa.date32()),
                'nested': pa.array([{'a': 1}, None]),
                'nothing': pa.nulls(2),
            }
        )
        first = {'u8': 255, 'i64': -(2**53) + 1, 'f32': 0.5, 'moment': '2024-02-29T12:30:00.000Z'}
        first['day'] = '2024-02-29T00:00:00.000Z'
        parquet.write_table(table, self.folder / 'given.parquet')
        feather.write_feather(table, self.folder / 'given.feather')
        for name in ('given.parquet', 'given.feather'):
            with self.subTest(name=name):
                items = self.open(self.folder / name)
                self.assertEqual([item['columns'] for item in items], [first, {'i64': str(2**60), 'f32': 'NaN'}])

    @needs('pyarrow')
    def test_feather_types(self) -> None:
        from pyarrow import feather

        for name, (texts, numbers, expected) in self.types().items():
            with self.subTest(type=name):
                path = self.folder / 'given.feather'
                feather.write_feather(self.table(texts, numbers), path)
                self.check(path, expected)

    @needs('pyarrow')
    def test_feather_compressions(self) -> None:
        from pyarrow import feather

        for compression in ('uncompressed', 'lz4', 'zstd'):
            for chunk in (None, 4):
                with self.subTest(compression=compression, chunk=chunk):
                    path = self.folder / 'given.feather'
                    table = self.table(None, vectors().tolist())
                    feather.write_feather(table, path, compression=compression, chunksize=chunk)
                    self.check(path, vectors())

    @needs('pyarrow')
    def test_arrow_files_and_streams(self) -> None:
        import pyarrow as pa

        numbers = pa.array(vectors().tolist(), pa.list_(pa.float32()))
        # A slice shares its buffers with what it is cut from.
        longer = pa.concat_tables([self.table(None, numbers)] * 3).combine_chunks().slice(ROWS, ROWS)
        for create in (pa.ipc.new_file, pa.ipc.new_stream):
            for compression in (None, 'lz4', 'zstd'):
                with self.subTest(writer=create.__name__, compression=compression):
                    path = self.folder / 'given.arrow'
                    options = pa.ipc.IpcWriteOptions(compression=compression)
                    with pa.OSFile(str(path), 'wb') as sink, create(sink, longer.schema, options=options) as writer:
                        writer.write_table(longer, max_chunksize=8)
                    self.check(path, vectors())


class Numpy(FormatTest):
    def labels(self) -> Path:
        path = self.folder / 'labels.txt'
        path.write_text(''.join(f'word {row}\n' for row in range(ROWS)), encoding='utf-8')
        return path

    def test_npy_with_labels(self) -> None:
        full, half = vectors(), halves().astype(np.float32)
        given = {
            '<f4': (full, full),
            '>f4': (full.astype('>f4'), full),
            '<f8': (full.astype(np.float64), full),
            '<f2': (halves(), half),
            '>f2': (halves().astype('>f2'), half),
            'columns first': (np.asfortranarray(full), full),
            'int8': (np.arange(ROWS * DIM, dtype=np.int8).reshape(ROWS, DIM), None),
            'int64': (np.arange(ROWS * DIM, dtype='>i8').reshape(ROWS, DIM) - 50, None),
        }
        labels = self.labels()
        for name, (array, expected) in given.items():
            with self.subTest(type=name):
                path = self.folder / 'given.npy'
                np.save(path, array)
                items = self.open(path, labels)
                self.assertEqual([item['text'] for item in items], [f'word {row}' for row in range(ROWS)])
                self.assert_vectors(items, array.astype(np.float32) if expected is None else expected)

    def test_npz(self) -> None:
        for save in (np.savez, np.savez_compressed):
            with self.subTest(writer=save.__name__):
                path = self.folder / 'given.npz'
                groups = np.array([group or '' for group in GROUPS])
                save(path, texts=np.array(TEXTS), vectors=vectors(), groups=groups, other=np.arange(3))
                items = self.open(path)
                self.assert_items(items, {})
                self.assert_vectors(items, vectors())


class WordVectors(FormatTest):
    WORDS = ['cat', 'olá', '日本語', 'قطة', '👩🏽‍🚀', 'New_York', "it's", '=1+1', '1984', '__proto__', '</s>']

    def held(self) -> Any:
        from gensim.models import KeyedVectors

        held = KeyedVectors(12)
        made = np.random.default_rng(45).normal(size=(len(self.WORDS), 12)).astype(np.float32)
        held.add_vectors(self.WORDS, made)
        return held

    def check(self, name: str, **options: Any) -> None:
        held = self.held()
        path = self.folder / name
        held.save_word2vec_format(str(path), **options)
        with self.subTest(name=name):
            items = self.open(path)
            self.assertEqual([item['text'] for item in items], held.index_to_key)
            self.assert_vectors(items, held.vectors)

    @needs('gensim')
    def test_word2vec_of_gensim(self) -> None:
        self.check('given.vec')
        self.check('given.txt')
        self.check('given.bin', binary=True)
        self.check('given.vec.gz')
        self.check('given.bin.gz', binary=True)

    @needs('gensim')
    def test_glove_of_gensim(self) -> None:
        self.check('glove.txt', write_header=False)


if __name__ == '__main__':
    unittest.main()
