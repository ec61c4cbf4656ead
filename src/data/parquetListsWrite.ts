/** Columns of number lists in Parquet, all lists of one length, written from one typed array (`parquetLists.ts` reads them). */
import type { ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import type { PartWriter } from './parquetParts';
import { littleEndian } from './pieces';

/** Numbers of a page: 4 MB. */
const pageValues = 1 << 20;

/**
 * Writes a row group's column of lists behind its other columns, to `out`, which is the writer's own: `data` is rows x k, row-major, floats or 32-bit integers; the leaf is
 * `path`, three deep and optional at each level that Parquet's own LIST has (`numberListSchema`). Not compressed: float32 hardly shrinks.
 */
export function writeListColumn(
  writer: ParquetWriter,
  out: PartWriter,
  path: readonly string[],
  data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  rows: number,
  k: number,
): void {
  const group = writer.row_groups.at(-1);
  if (!group) throw new Error('there is no row group to write a column into');
  const start = out.offset;
  const step = Math.max(1, Math.floor(pageValues / k));
  const row = Uint8Array.from([...varint(2), 0, ...(k > 1 ? [...varint((k - 1) << 1), 1] : [])]);
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    const repetition = new Uint8Array(row.length * count);
    for (let i = 0; i < count; i++) repetition.set(row, i * row.length);
    const definition = Uint8Array.from([...varint((count * k) << 1), 3]);
    const values = littleEndian(data.subarray(first * k, (first + count) * k));
    const size = repetition.length + definition.length + values.length;
    writePageHeader(out, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: size,
      compressed_page_size: size,
      data_page_header_v2: {
        num_values: count * k,
        num_nulls: 0,
        num_rows: count,
        encoding: 'PLAIN',
        definition_levels_byte_length: definition.length,
        repetition_levels_byte_length: repetition.length,
        is_compressed: false,
      },
    });
    for (const part of [repetition, definition]) out.appendBytes(part);
    out.appendPart(values);
  }
  const size = BigInt(out.offset - start);
  group.columns.push({
    file_offset: BigInt(start),
    meta_data: {
      type: data instanceof Float32Array ? 'FLOAT' : 'INT32',
      encodings: ['PLAIN', 'RLE'],
      path_in_schema: [...path],
      codec: 'UNCOMPRESSED',
      num_values: BigInt(rows * k),
      total_uncompressed_size: size,
      total_compressed_size: size,
      data_page_offset: BigInt(start),
    },
  });
  group.total_byte_size += size;
}

/** The schema of such a column. */
export function numberListSchema(name: string, type: 'FLOAT' | 'INT32') {
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'OPTIONAL' },
  ] as const;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
