/**
 * Columns of number lists in Parquet, all lists of one length, read as one typed array. hyparquet makes an array of each
 * list and a number of each level: 100,000 lists of 384 take 16 s and 2.2 GB so, on a busy machine on which this takes 0.5 s.
 */
import type { ColumnMetaData, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { InputError } from '../errors';
import { viewOf } from './bytes';
import { float16 } from './float16';
import { isOfDictionary, type MostLevels, type Page, pagesOf, placesInDictionary } from './parquetPages';
import { Lists, type Numbers, type ReadVectors } from './parquetRows';

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
  levels: MostLevels,
  element: SchemaTree['element'],
  compressors: Compressors,
  lists: Lists,
): void {
  const half = element.logical_type?.type === 'FLOAT16';
  const floats = new Floats();
  let dictionary: Numbers = [];
  for (const page of pagesOf(bytes, chunk, levels, compressors)) {
    if (page.isDictionary) {
      dictionary = numbersOf(plain(page.values, chunk, element, page.held), half);
      continue;
    }
    const isFloats = page.encoding === 'PLAIN' && chunk.type === 'FLOAT';
    const values = isFloats ? floats.of(page.values, page.held) : decode(page, chunk, element, dictionary, half);
    lists.take(page.repetition ?? new Uint8Array(page.count), page.holes, values);
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

function decode(
  { held, encoding, values }: Page,
  chunk: ColumnMetaData,
  element: SchemaTree['element'],
  dictionary: Numbers,
  half: boolean,
): Numbers {
  if (encoding === 'PLAIN') return numbersOf(plain(values, chunk, element, held), half);
  if (encoding === 'BYTE_STREAM_SPLIT') {
    const reader = { view: viewOf(values), offset: 0 };
    return numbersOf(byteStreamSplit(reader, held, chunk.type, element.type_length), half);
  }
  if (!isOfDictionary(encoding)) throw new Error(`the encoding ${encoding} of numbers is not known`);
  return Float64Array.from(placesInDictionary(values, held), (place) => dictionary[place] ?? NaN);
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
