/**
 * Columns of number lists in Parquet, all lists of one length: read and written as one typed array. hyparquet makes an array of each
 * list and a number of each level: 100,000 lists of 384 take 16 s and 2.2 GB so, on a busy machine on which this takes 0.5 s.
 */
import type { ColumnMetaData, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { byteStreamSplit, readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import type { ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { type ErrorCode, type ErrorParams, InputError } from '../errors';
import { createMatrix } from '../vectors';
import { float16 } from './float16';
import type { Problem } from './rows';
import type { TableShape } from './tableColumns';

/** A page says how many values it has before it has them: more are not believed. */
const mostPageValues = 100_000_000;
/** Numbers of a page that is written: 4 MB. */
const pageValues = 1 << 20;

type Page = ReturnType<typeof parquetHeader>;
type Numbers = ArrayLike<number>;

/** The leaf of a column that is a list of floating-point numbers; undefined where it is anything else. */
export function numberList(column: SchemaTree): readonly string[] | undefined {
  let node = column;
  while (node.children.length === 1) node = node.children[0]!;
  if (node === column || node.children.length > 0) return undefined;
  const { type, logical_type: logical, type_length: length } = node.element;
  const isHalf = logical?.type === 'FLOAT16' && length === 2;
  return type === 'FLOAT' || type === 'DOUBLE' || isHalf ? node.path : undefined;
}

/**
 * The lists of the column whose leaf is `path`, rows x dim, and which rows have no list, one of another length than the first, or a number
 * that is not finite in float32. Throws an InputError where no row has a list, and what the decoders throw of a damaged file.
 */
export function readListColumn(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  root: SchemaTree,
  path: readonly string[],
  compressors: Compressors,
): ReadVectors {
  const schemaPath = getTreePath(root, [...path]);
  const levels = { definition: getMaxDefinitionLevel(schemaPath), repetition: getMaxRepetitionLevel(schemaPath) };
  const rows = Number(metadata.num_rows);
  if (levels.repetition !== 1) throw new InputError('vectorMissing', { file, place: '1' });
  const lists = new Lists(file, rows);
  for (const { columns } of metadata.row_groups) {
    const chunk = columns.find(({ meta_data: meta }) => meta?.path_in_schema.join('\0') === path.join('\0'))?.meta_data;
    if (!chunk) throw new Error(`a row group lacks the column ${path.join('.')}`);
    const { element } = schemaPath.at(-1)!;
    readChunk(bytes, chunk, levels, element, compressors, lists);
  }
  return lists.finish();
}

/** The rows' vectors, and what is wrong with those that are none of the length of the first. */
export type ReadVectors = Pick<Required<TableShape>, 'vectors' | 'problemOf'>;

/** Collects values row by row, and notes the rows that are not of one length, have a hole, or a number that is not finite. */
class Lists {
  private data = new Float32Array(0);
  private dim = 0;
  private row = -1;
  private filled = 0;
  private readonly problems = new Map<number, Problem>();

  constructor(
    private readonly file: string,
    private readonly rows: number,
  ) {}

  /**
   * @param repetition 0 where a row begins
   * @param definition less than `most` where there is no value: of no list, an empty one, or a hole in one
   * @param values one for each other level
   */
  take(repetition: Uint8Array, definition: Uint8Array, most: number, values: Numbers): void {
    if (this.dim === 0) this.begin(repetition, definition, most);
    const { data, dim } = this;
    for (let i = 0, next = 0; i < repetition.length; i++) {
      if (repetition[i] === 0) {
        this.endRow();
        this.row++;
        this.filled = 0;
        if (this.row >= this.rows) throw new Error(`more rows than the ${this.rows} that were told`);
      }
      if (definition[i] !== most) {
        this.note('noVector', 'vectorMissing', {});
        continue;
      }
      const value = Math.fround(values[next]!);
      if (!Number.isFinite(value))
        this.note('vectorNumber', 'vectorNumber', { column: this.filled + 1, cell: String(values[next]) });
      next++;
      if (this.filled < dim) data[this.row * dim + this.filled] = value;
      this.filled++;
    }
  }

  finish(): ReadVectors {
    this.endRow();
    if (this.dim === 0) throw new InputError('vectorMissing', { file: this.file, place: '1' });
    if (this.row + 1 !== this.rows) throw new Error(`${this.row + 1} rows of the ${this.rows} that were told`);
    return { vectors: createMatrix(this.data, this.dim), problemOf: (row) => this.problems.get(row) };
  }

  /** The length is that of the first row without a hole; where it ends is known once the next begins. */
  private begin(repetition: Uint8Array, definition: Uint8Array, most: number): void {
    for (let from = 0; from < repetition.length;) {
      const begun = repetition.indexOf(0, from + 1);
      const end = begun < 0 ? repetition.length : begun;
      if (definition.subarray(from, end).every((level) => level === most)) {
        this.dim = end - from;
        this.data = new Float32Array(this.rows * this.dim);
        return;
      }
      from = end;
    }
  }

  private endRow(): void {
    const { dim, filled } = this;
    if (this.row >= 0 && filled !== dim) this.note('vectorLength', 'vectorLength', { found: filled, expected: dim });
  }

  /** Of a row, what is found first. */
  private note(reason: Problem['reason'], code: ErrorCode, params: ErrorParams): void {
    const { file, row } = this;
    if (this.problems.has(row)) return;
    this.problems.set(row, { reason, error: () => new InputError(code, { file, place: String(row + 1), ...params }) });
  }
}

function readChunk(
  bytes: Uint8Array<ArrayBuffer>,
  chunk: ColumnMetaData,
  levels: { readonly definition: number; readonly repetition: number },
  element: SchemaTree['element'],
  compressors: Compressors,
  lists: Lists,
): void {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const size = Number(chunk.total_compressed_size);
  if (!(start >= 0 && size >= 0 && start + size <= bytes.length)) throw new Error('a column lies outside the file');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, size), offset: 0 };
  const half = element.logical_type?.type === 'FLOAT16';
  let dictionary: Numbers = [];
  for (let seen = 0; seen < Number(chunk.num_values);) {
    if (reader.offset >= size) throw new Error('a column ends too early');
    const header = parquetHeader(reader);
    const from = start + reader.offset;
    const packed = bytes.subarray(from, from + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'INDEX_PAGE') continue;
    const page = unpack(header, packed, chunk, compressors, levels);
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = numbersOf(plain(page.values, chunk, element, header.dictionary_page_header?.num_values ?? 0), half);
      continue;
    }
    seen += page.count;
    let held = 0;
    for (let i = 0; i < page.count; i++) if (page.definition[i] === levels.definition) held++;
    const values = decode({ ...page, count: held }, chunk, element, dictionary, half);
    lists.take(page.repetition, page.definition, levels.definition, values);
  }
}

interface Unpacked {
  readonly count: number;
  readonly encoding: string;
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  readonly values: Uint8Array;
}

/** Levels and value bytes of a page; version 2 keeps its levels outside what is compressed. */
function unpack(
  header: Page,
  packed: Uint8Array,
  { codec }: ColumnMetaData,
  compressors: Compressors,
  levels: { readonly definition: number; readonly repetition: number },
): Unpacked {
  const { data_page_header: v1, data_page_header_v2: v2 } = header;
  const count = (v1 ?? v2)?.num_values ?? 0;
  if (!(count >= 0 && count <= mostPageValues)) throw new Error(`a page of ${count} values`);
  const empty = new Uint8Array(0);
  const outside = v2 ? v2.repetition_levels_byte_length + v2.definition_levels_byte_length : 0;
  const inner = packed.subarray(outside);
  const isPacked = v2 ? v2.is_compressed !== false : true;
  const body = isPacked ? decompressPage(inner, header.uncompressed_page_size - outside, codec, compressors) : inner;
  if (!v1 && !v2) return { count: 0, encoding: 'PLAIN', repetition: empty, definition: empty, values: body };
  const reader = { view: viewOf(v2 ? packed : body), offset: 0 };
  const read = (most: number, length: number | undefined) => {
    const out = new Uint8Array(count);
    if (most > 0) readRleBitPackedHybrid(reader, 32 - Math.clz32(most), out, length);
    return out;
  };
  const repetition = read(levels.repetition, v2?.repetition_levels_byte_length);
  const definition = read(levels.definition, v2?.definition_levels_byte_length);
  const values = v2 ? body : body.subarray(reader.offset);
  return { count, encoding: (v1 ?? v2)?.encoding ?? 'PLAIN', repetition, definition, values };
}

function decode(
  { count, encoding, values }: Unpacked,
  chunk: ColumnMetaData,
  element: SchemaTree['element'],
  dictionary: Numbers,
  half: boolean,
): Numbers {
  if (encoding === 'PLAIN') return numbersOf(plain(values, chunk, element, count), half);
  const reader = { view: viewOf(values), offset: 0 };
  if (encoding === 'BYTE_STREAM_SPLIT')
    return numbersOf(byteStreamSplit(reader, count, chunk.type, element.type_length), half);
  if (encoding !== 'RLE_DICTIONARY' && encoding !== 'PLAIN_DICTIONARY')
    throw new Error(`the encoding ${encoding} of numbers is not known`);
  const width = values[reader.offset++] ?? 0;
  const indices = new Uint32Array(count);
  if (width > 0) readRleBitPackedHybrid(reader, width, indices, values.length - 1);
  return Float64Array.from(indices, (index) => dictionary[index] ?? NaN);
}

function plain(values: Uint8Array, chunk: ColumnMetaData, element: SchemaTree['element'], count: number) {
  return readPlain({ view: viewOf(values), offset: 0 }, chunk.type, count, element.type_length);
}

/** What a decoder gave, as numbers: halves come as their two bytes. */
function numbersOf(decoded: ArrayLike<unknown>, half: boolean): Numbers {
  if (decoded instanceof Float32Array || decoded instanceof Float64Array) return decoded;
  return Float64Array.from(decoded, (value) => {
    if (typeof value === 'number') return value;
    return half && value instanceof Uint8Array ? float16(viewOf(value).getUint16(0, true)) : NaN;
  });
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

/**
 * Writes a row group's column of lists behind its other columns: `data` is rows x k, row-major, floats or 32-bit integers; the leaf is
 * `path`, three deep and optional at each level that Parquet's own LIST has (`numberListSchema`). Not compressed: float32 hardly shrinks.
 */
export function writeListColumn(
  writer: ParquetWriter,
  path: readonly string[],
  data: Float32Array | Int32Array,
  rows: number,
  k: number,
): void {
  const group = writer.row_groups.at(-1);
  if (!group) throw new Error('there is no row group to write a column into');
  const out = writer.writer;
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
    for (const part of [repetition, definition, values]) out.appendBytes(part);
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

const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function littleEndian(data: Float32Array | Int32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isLittle) return bytes;
  const swapped = bytes.slice();
  for (let i = 0; i < swapped.length; i += 4) swapped.subarray(i, i + 4).reverse();
  return swapped;
}
