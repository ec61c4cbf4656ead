/**
 * Columns of number lists in Parquet, all lists of one length, read as one typed array. hyparquet makes an array of each
 * list and a number of each level: 100,000 lists of 384 take 16 s and 2.2 GB so, on a busy machine on which this takes 0.5 s.
 */
import type { ColumnMetaData, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { byteStreamSplit, readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { type ErrorCode, type ErrorParams, InputError } from '../errors';
import { createMatrix } from '../vectors';
import { float16 } from './float16';
import { chunkOf } from './parquetPages';
import type { Problem } from './rows';
import type { TableShape } from './tableColumns';

/** A page says how many values it has before it has them: so many are believed, and beyond them as many for each of its bytes. */
const believedValues = { page: 1 << 22, perByte: 1000 };

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
 * that is not finite in float32. `onRows` takes how many more have been read. Throws an InputError where no row has a list, and what the decoders throw of a damaged file.
 */
export function readListColumn(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  metadata: FileMetaData,
  root: SchemaTree,
  path: readonly string[],
  compressors: Compressors,
  onRows: (count: number) => void,
): ReadVectors {
  const schemaPath = getTreePath(root, [...path]);
  const levels = { definition: getMaxDefinitionLevel(schemaPath), repetition: getMaxRepetitionLevel(schemaPath) };
  const rows = Number(metadata.num_rows);
  if (levels.repetition !== 1) throw new InputError('vectorMissing', { file, place: '1' });
  const lists = new Lists(file, rows, onRows);
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
    private readonly onRows: (count: number) => void,
  ) {}

  /**
   * @param repetition 0 where a row begins
   * @param definition less than `most` where there is no value: of no list, an empty one, or a hole in one
   * @param values one for each other level
   */
  take(repetition: Uint8Array, definition: Uint8Array, most: number, values: Numbers): void {
    if (this.dim === 0) this.begin(repetition, definition, most);
    const { data, dim, row } = this;
    for (let i = 0, next = 0; i < repetition.length; i++) {
      if (values instanceof Float32Array && this.isWhole(repetition, definition, most, values, i, next)) {
        data.set(values.subarray(next, next + dim), ++this.row * dim);
        this.filled = dim;
        i += dim - 1;
        next += dim;
        continue;
      }
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
    this.onRows(this.row - row);
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

  /** Whether a whole row of finite numbers begins at level `i` and value `next`: it is taken at once. */
  private isWhole(
    repetition: Uint8Array,
    definition: Uint8Array,
    most: number,
    values: Float32Array,
    i: number,
    next: number,
  ): boolean {
    const { dim } = this;
    const isNext = repetition[i] === 0 && this.row + 1 < this.rows && (this.row < 0 || this.filled === dim);
    if (!isNext || dim === 0 || i + dim > repetition.length) return false;
    for (let j = i + 1; j < i + dim; j++) if (repetition[j] === 0) return false;
    for (let j = i; j < i + dim; j++) if (definition[j] !== most) return false;
    for (let j = next; j < next + dim; j++) if (!Number.isFinite(values[j])) return false;
    return true;
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
  const { start, size, reader } = chunkOf(bytes, chunk);
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
  if (!(count >= 0 && count <= Math.max(believedValues.page, packed.length * believedValues.perByte)))
    throw new Error(`a page of ${count} values in ${packed.length} bytes`);
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
