/** Pages of a Parquet file, and what they claim, held against what there is: a file of a kilobyte may say that it unpacks to gigabytes. */
import type { ColumnMetaData, Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { mostUnpacked } from './bomb';
import { viewOf } from './bytes';
import { readLevels } from './parquetLevels';

export type { Compressors };

const mostBytes = 2_000_000_000;
/** A page says how many values it has before it has them: so many are believed, and beyond them as many for each of its bytes. */
const believedValues = { page: 1 << 22, perByte: 1000 };

/** The highest levels of a column: of repetition 0 where it has one value a row, of definition 0 where none is missing. */
export interface MostLevels {
  readonly definition: number;
  readonly repetition: number;
}

export interface Page {
  readonly isDictionary: boolean;
  /** Values, and those that are missing. */
  readonly count: number;
  /** Values that are there. */
  readonly held: number;
  readonly encoding: string;
  /** 0 where a row begins; undefined where each does. */
  readonly repetition: Uint8Array | undefined;
  /** Other than 0 where a value is missing; undefined where none is. */
  readonly holes: Uint8Array | undefined;
  /** In the encoding of the page. */
  readonly values: Uint8Array;
}

/** The compressors for one file of so many bytes: all that they unpack of it together is bounded. */
export function boundedCompressors(packed: number): Compressors {
  let unpacked = 0;
  const bounded: [string, Compressors[keyof Compressors]][] = Object.entries(compressors).map(([name, unpack]) => [
    name,
    (input, size) => {
      unpacked += size;
      const limit = mostUnpacked(unpacked, packed, mostBytes);
      if (!(size >= 0) || unpacked > limit) throw new Error(`it unpacks to more than ${limit} bytes`);
      return unpack(input, size);
    },
  ]);
  return Object.fromEntries(bounded);
}

/** Where a column's chunk stands in its file, as it says. */
export function placeOf(chunk: ColumnMetaData): {
  readonly start: number;
  readonly end: number;
  readonly size: number;
} {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const size = Number(chunk.total_compressed_size);
  return { start, end: start + size, size };
}

/** The bytes of a column's chunk. Throws where it lies outside the file. */
export function chunkOf(
  bytes: Uint8Array<ArrayBuffer>,
  chunk: ColumnMetaData,
): { start: number; size: number; reader: { view: DataView<ArrayBuffer>; offset: number } } {
  const { start, size } = placeOf(chunk);
  if (!(start >= 0 && size >= 0 && start + size <= bytes.length)) throw new Error('a column lies outside the file');
  return { start, size, reader: { view: new DataView(bytes.buffer, bytes.byteOffset + start, size), offset: 0 } };
}

/** Throws unless the pages of a chunk with a value a row have as many as its row group has rows: places are made for them before they are read. */
export function checkPages(bytes: Uint8Array<ArrayBuffer>, chunk: ColumnMetaData, rows: number): void {
  const { size, reader } = chunkOf(bytes, chunk);
  let values = 0;
  let hasDictionary = false;
  while (values < rows && reader.offset < size) {
    const header = parquetHeader(reader);
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    const nulls = header.data_page_header_v2?.num_nulls ?? 0;
    // A value of a dictionary takes a byte at least.
    const inDictionary = header.dictionary_page_header?.num_values ?? 0;
    const isSound = count >= 0 && nulls >= 0 && nulls <= count && inDictionary <= header.uncompressed_page_size;
    if (!(isSound && header.compressed_page_size >= 0)) throw new Error('a page with a damaged head');
    const { encoding } = header.data_page_header ?? header.data_page_header_v2 ?? {};
    // Without one, the indices would be taken for the values.
    if (encoding?.endsWith('_DICTIONARY') && !hasDictionary) throw new Error('a page without its dictionary');
    hasDictionary ||= header.dictionary_page_header !== undefined;
    values += count;
    reader.offset += header.compressed_page_size;
  }
  if (values !== rows) throw new Error(`${values} values in pages for ${rows} rows`);
}

/** The pages of a column's chunk, unpacked one after another. Throws where they are damaged, or end too early. */
export function* pagesOf(
  bytes: Uint8Array<ArrayBuffer>,
  chunk: ColumnMetaData,
  levels: MostLevels,
  compressors: Compressors,
): Generator<Page> {
  const { start, size, reader } = chunkOf(bytes, chunk);
  for (let seen = 0; seen < Number(chunk.num_values);) {
    if (reader.offset >= size) throw new Error('a column ends too early');
    const header = parquetHeader(reader);
    const from = start + reader.offset;
    const packed = bytes.subarray(from, from + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'INDEX_PAGE') continue;
    const page = unpack(header, packed, chunk, compressors, levels);
    if (!page.isDictionary) seen += page.count;
    yield page;
  }
}

/** Levels and value bytes of a page; version 2 keeps its levels outside what is compressed. */
function unpack(
  header: ReturnType<typeof parquetHeader>,
  packed: Uint8Array,
  { codec }: ColumnMetaData,
  compressors: Compressors,
  levels: MostLevels,
): Page {
  const { data_page_header: v1, data_page_header_v2: v2 } = header;
  const count = (v1 ?? v2 ?? header.dictionary_page_header)?.num_values ?? 0;
  if (!(count >= 0 && count <= Math.max(believedValues.page, packed.length * believedValues.perByte)))
    throw new Error(`a page of ${count} values in ${packed.length} bytes`);
  const outside = v2 ? v2.repetition_levels_byte_length + v2.definition_levels_byte_length : 0;
  const inner = packed.subarray(outside);
  const isPacked = v2 ? v2.is_compressed !== false : true;
  const body = isPacked ? decompressPage(inner, header.uncompressed_page_size - outside, codec, compressors) : inner;
  if (!v1 && !v2) {
    const whole = { repetition: undefined, holes: undefined, values: body };
    return { isDictionary: header.type === 'DICTIONARY_PAGE', count, held: count, encoding: 'PLAIN', ...whole };
  }
  const reader = { view: viewOf(v2 ? packed : body), offset: 0 };
  const repetition = readLevels(reader, levels.repetition, 0, count, v2?.repetition_levels_byte_length);
  const holes = readLevels(reader, levels.definition, levels.definition, count, v2?.definition_levels_byte_length);
  return {
    isDictionary: false,
    count,
    held: holes ? holes.reduce((sum, hole) => sum + Number(hole === 0), 0) : count,
    encoding: (v1 ?? v2)?.encoding ?? 'PLAIN',
    repetition,
    holes,
    values: v2 ? body : body.subarray(reader.offset),
  };
}

export function isOfDictionary(encoding: string): boolean {
  return encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY';
}

/** Where the `count` values of a page stand in the dictionary of its column. */
export function placesInDictionary(values: Uint8Array, count: number): Uint32Array {
  const reader = { view: viewOf(values), offset: 1 };
  const [width = 0] = values;
  const places = new Uint32Array(count);
  if (width > 0) readRleBitPackedHybrid(reader, width, places, values.length - 1);
  return places;
}
