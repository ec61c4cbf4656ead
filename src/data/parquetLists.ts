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
import { InputError } from '../errors';
import { viewOf } from './bytes';
import { float16 } from './float16';
import { readLevels } from './parquetLevels';
import { chunkOf } from './parquetPages';
import { Lists, type Numbers, type ReadVectors } from './parquetRows';

/** A page says how many values it has before it has them: so many are believed, and beyond them as many for each of its bytes. */
const believedValues = { page: 1 << 22, perByte: 1000 };

type Page = ReturnType<typeof parquetHeader>;

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
  const floats = new Floats();
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
    const { count, holes } = page;
    seen += count;
    const held = holes ? holes.reduce((sum, hole) => sum + Number(hole === 0), 0) : count;
    const isFloats = page.encoding === 'PLAIN' && chunk.type === 'FLOAT';
    const values = isFloats
      ? floats.of(page.values, held)
      : decode({ ...page, count: held }, chunk, element, dictionary, half);
    lists.take(page.repetition, holes, values);
  }
}

/** Plain floats of one page after another. hyparquet has new memory for each page whose bytes do not stand as numbers do. */
class Floats {
  #data = new Float32Array(0);

  /** Until the next ones. Throws where there are fewer. */
  of(bytes: Uint8Array, count: number): Float32Array {
    const size = count * 4;
    if (size > bytes.length) throw new Error(`${bytes.length} bytes for ${count} numbers`);
    if (this.#data.length < count) this.#data = new Float32Array(count);
    new Uint8Array(this.#data.buffer).set(bytes.subarray(0, size));
    return this.#data.subarray(0, count);
  }
}

interface Unpacked {
  readonly count: number;
  readonly encoding: string;
  /** See `Lists.take`. */
  readonly repetition: Uint8Array;
  readonly holes: Uint8Array | undefined;
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
  const outside = v2 ? v2.repetition_levels_byte_length + v2.definition_levels_byte_length : 0;
  const inner = packed.subarray(outside);
  const isPacked = v2 ? v2.is_compressed !== false : true;
  const body = isPacked ? decompressPage(inner, header.uncompressed_page_size - outside, codec, compressors) : inner;
  if (!v1 && !v2) return { count: 0, encoding: 'PLAIN', repetition: new Uint8Array(0), holes: undefined, values: body };
  const reader = { view: viewOf(v2 ? packed : body), offset: 0 };
  const repetition = readLevels(reader, levels.repetition, 0, count, v2?.repetition_levels_byte_length);
  const holes = readLevels(reader, levels.definition, levels.definition, count, v2?.definition_levels_byte_length);
  return {
    count,
    encoding: (v1 ?? v2)?.encoding ?? 'PLAIN',
    repetition: repetition ?? new Uint8Array(count),
    holes,
    values: v2 ? body : body.subarray(reader.offset),
  };
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
