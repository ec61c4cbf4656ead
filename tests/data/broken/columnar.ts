/** Broken Parquet and Arrow files. */
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { writeArrow } from '../../../src/data/arrowWrite';
import { writeParquet } from '../../../src/data/parquetWrite';
import { joinPieces } from '../../../src/data/pieces';
import type { Dataset } from '../../../src/types';
import { createMatrix } from '../../../src/vectors';
import { bent, type Broken, joined, lastOf, utf8 } from './broken';

const magic = 0x31524150;
/** As many rows as no other number in the file. */
const rows = 777;
const dataset: Dataset = {
  items: Array.from({ length: rows }, (_, i) => ({ text: `text ${i}`, columns: { n: i } })),
  vectors: createMatrix(
    Float32Array.from({ length: rows * 2 }, (_, i) => i),
    2,
  ),
};
const whole = joinPieces(writeParquet(dataset, { vectors: true }));
const plain = joinPieces(writeParquet({ items: [{ text: 'cat', columns: { a: 1, b: 2 } }] }, { vectors: false }));

const parquet = (defect: string, bytes: () => Uint8Array, ends: Broken['ends'] = 'parquetDamaged'): Broken => ({
  defect,
  file: 'a.parquet',
  bytes,
  ends,
});

/** The file with another footer. */
function footed(bytes: Uint8Array, bend: (metadata: FileMetaData) => void): Uint8Array {
  const metadata = parquetMetadata(bytes.slice().buffer);
  // Statistics of texts fit no other type.
  for (const { columns } of metadata.row_groups) for (const { meta_data: chunk } of columns) delete chunk?.statistics;
  bend(metadata);
  const footer = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true);
  const out = new ByteWriter();
  out.appendBytes(bytes.subarray(0, bytes.length - 8 - footer));
  return close(out, metadata);
}

function close(out: ByteWriter, { metadata_length: _, ...metadata }: FileMetaData): Uint8Array {
  // The writer writes the length itself.
  writeMetadata(out, metadata as FileMetaData);
  out.appendUint32(magic);
  return new Uint8Array(out.getBytes());
}

type PageHeader = Parameters<typeof writePageHeader>[1];

/** A file of one column of texts, whose only page has the head `header`. */
function paged(
  told: number,
  header: PageHeader,
  body: Uint8Array,
  codec: 'UNCOMPRESSED' | 'ZSTD' = 'UNCOMPRESSED',
): Uint8Array {
  const out = new ByteWriter();
  out.appendUint32(magic);
  writePageHeader(out, header);
  out.appendBytes(body);
  const size = BigInt(out.offset - 4);
  const meta = {
    type: 'BYTE_ARRAY',
    encodings: ['PLAIN'],
    path_in_schema: ['text'],
    codec,
    num_values: BigInt(told),
    total_uncompressed_size: size,
    total_compressed_size: size,
    data_page_offset: 4n,
  } as const;
  return close(out, {
    version: 2,
    schema: [
      { name: 'root', num_children: 1 },
      { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
    ],
    num_rows: BigInt(told),
    row_groups: [
      {
        columns: [
          { file_offset: 4n, meta_data: { ...meta, encodings: [...meta.encodings], path_in_schema: ['text'] } },
        ],
        num_rows: BigInt(told),
        total_byte_size: size,
      },
    ],
    metadata_length: 0,
  });
}

const page = (
  values: number,
  size: number,
  unpacked = size,
  encoding: 'PLAIN' | 'RLE_DICTIONARY' = 'PLAIN',
): PageHeader => ({
  type: 'DATA_PAGE',
  uncompressed_page_size: unpacked,
  compressed_page_size: size,
  data_page_header: {
    num_values: values,
    encoding,
    definition_level_encoding: 'RLE',
    repetition_level_encoding: 'RLE',
  },
});

/** Rows that a footer tells, and its row group with it. */
const told = (count: bigint) => (metadata: FileMetaData) => {
  metadata.num_rows = count;
  for (const group of metadata.row_groups) group.num_rows = count;
};
const chunks =
  (bend: (chunk: NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>) => void) =>
  (metadata: FileMetaData) => {
    for (const { meta_data: chunk } of metadata.row_groups[0]!.columns) if (chunk) bend(chunk);
  };

/** A file of so many columns, without a row. */
function wide(columns: number): Uint8Array {
  return footed(plain, (metadata) => {
    const [root = { name: 'root' }, text = { name: 'text' }] = metadata.schema;
    metadata.schema = [
      { ...root, num_children: columns },
      ...Array.from({ length: columns }, (_, i) => ({ ...text, name: `c${i}` })),
    ];
    metadata.num_rows = 0n;
    metadata.row_groups = [];
  });
}

export const parquets: readonly Broken[] = [
  parquet('another magic', () => bent(whole, -4, 0)),
  parquet('text', () => utf8('PAR1 cat')),
  parquet('cut short', () => whole.slice(0, whole.length / 2)),
  parquet('a footer longer than the file', () => bent(whole, -8, 0x7fffffff)),
  parquet('a footer of no length', () => bent(whole, -8, 0)),
  parquet('more rows than its row groups', () => footed(whole, (metadata) => (metadata.num_rows = 778n))),
  parquet('more rows than its pages', () => footed(whole, told(778n))),
  parquet('a million rows more than its pages', () => footed(whole, told(1_000_000n))),
  parquet('negative rows', () => footed(whole, told(-777n))),
  parquet('sixty million rows', () => footed(whole, told(60_000_000n)), 'parquetTooLarge'),
  parquet('a column outside the file', () =>
    footed(
      whole,
      chunks((chunk) => (chunk.data_page_offset = 1n << 40n)),
    ),
  ),
  parquet('a column of negative size', () =>
    footed(
      whole,
      chunks((chunk) => (chunk.total_compressed_size = -5n)),
    ),
  ),
  parquet('another compression than its pages', () =>
    footed(
      whole,
      chunks((chunk) => (chunk.codec = 'ZSTD')),
    ),
  ),
  parquet(
    'gigabytes, it says',
    () => footed(whole, (metadata) => (metadata.row_groups[0]!.total_byte_size = 1n << 40n)),
    'fileTooLarge',
  ),
  parquet('a page of two thousand million values', () => paged(2, page(0x7fffffff, 8), new Uint8Array(8))),
  parquet('a page of negative values', () => paged(2, page(-2, 8), new Uint8Array(8))),
  parquet('a page that unpacks to two gigabytes', () => paged(1, page(1, 8, 0x7fffffff), new Uint8Array(8), 'ZSTD')),
  parquet('a text longer than its page', () => paged(1, page(1, 8), joined([255, 255, 255, 127, 1, 2, 3, 4]))),
  parquet('a dictionary that is not there', () => paged(1, page(1, 3, 3, 'RLE_DICTIONARY'), joined([1, 2, 0]))),
  parquet('twenty-five thousand columns', () => wide(25_000), 'parquetTooLarge'),
  parquet('no rows', () => wide(3), 'noTexts'),
  parquet('equal names', () => footed(plain, named('a')), {
    columns: [
      [
        ['a', 1],
        ['a (2)', 2],
      ],
    ],
  }),
  parquet('a name that an object has already', () => footed(plain, named('__proto__')), {
    columns: [
      [
        ['a', 1],
        ['__proto__', 2],
      ],
    ],
  }),
  parquet(
    'NaN',
    () =>
      joinPieces(
        writeParquet({ items: [{ text: 'a' }], vectors: createMatrix(Float32Array.of(1, NaN), 2) }, { vectors: true }),
      ),
    'vectorNumber',
  ),
];

/** Gives the last column the name `name`. */
function named(name: string) {
  return (metadata: FileMetaData) => {
    metadata.schema.at(-1)!.name = name;
    metadata.row_groups[0]!.columns.at(-1)!.meta_data!.path_in_schema = [name];
  };
}

const arrow = (defect: string, bytes: () => Uint8Array, ends: Broken['ends'] = 'arrowDamaged'): Broken => ({
  defect,
  file: 'a.arrow',
  bytes,
  ends,
});
const table: Uint8Array = joinPieces(writeArrow(dataset, { vectors: true }));
/** 777 as a 64-bit number: rows, of the batch and of each of its columns. */
const count = [0x09, 0x03, 0, 0, 0, 0, 0, 0];

/** The file in which each column and the batch tell another number of rows. */
function tell(value: number, high = 0): Uint8Array {
  let bytes = table;
  const places = [];
  for (
    let at = Buffer.from(table).indexOf(Buffer.from(count));
    at >= 0;
    at = Buffer.from(table).indexOf(Buffer.from(count), at + 8)
  )
    places.push(at);
  if (places.length === 0) throw new Error('no batch tells its rows');
  for (const at of places) bytes = bent(bent(bytes, at, value), at + 4, high);
  return bytes;
}

export const arrows: readonly Broken[] = [
  arrow('another magic', () => bent(table, 0, 0)),
  arrow('text', () => utf8('ARROW1 cat')),
  arrow('cut short', () => table.slice(0, table.length / 2)),
  arrow('a footer longer than the file', () => bent(table, -10, 0x7fffffff)),
  arrow('a footer of negative length', () => bent(table, -10, 0xfffffff0)),
  arrow('a batch and columns of a thousand million rows', () => tell(1_000_000_000)),
  arrow('a batch and columns of 2^40 rows', () => tell(0, 256)),
  arrow('a batch and columns of negative rows', () => tell(0xffffffff, 0xffffffff)),
  arrow('a column of more rows than the others', () => bent(table, lastOf(table, count), 778)),
  arrow(
    'NaN',
    () =>
      joinPieces(
        writeArrow({ items: [{ text: 'a' }], vectors: createMatrix(Float32Array.of(1, NaN), 2) }, { vectors: true }),
      ),
    'vectorNumber',
  ),
];
