/** What pages of a Parquet file claim, held against what there is: a file of a kilobyte may say that it unpacks to gigabytes. */
import type { ColumnMetaData, Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { mostUnpacked } from './bomb';

export type { Compressors };

const mostBytes = 2_000_000_000;

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

/** The bytes of a column's chunk. Throws where it lies outside the file. */
export function chunkOf(
  bytes: Uint8Array<ArrayBuffer>,
  chunk: ColumnMetaData,
): { start: number; size: number; reader: { view: DataView<ArrayBuffer>; offset: number } } {
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const size = Number(chunk.total_compressed_size);
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
