/** Columns with one value a row, held to what hyparquet reads of them by itself. */
import fc from 'fast-check';
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { beginFlatColumns, readFlatColumns } from '../../src/data/parquetFlat';
import { boundedCompressors } from '../../src/data/parquetPages';

const encoder = new TextEncoder();
const mark = [0xef, 0xbb, 0xbf];

/** Bytes of a text: valid UTF-8 mostly, at times with a byte order mark, cut within a character, or any bytes at all. */
const bytesOfText = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => encoder.encode(text)) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary' }).map((text) => Uint8Array.of(...mark, ...encoder.encode(text))),
  },
  { weight: 1, arbitrary: fc.constantFrom(encoder.encode('🎻é').subarray(0, 3), encoder.encode('é').subarray(1)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) },
);

const files = fc.record({
  // Few of them, in a dictionary, or all different.
  values: fc.oneof(
    fc.array(fc.option(bytesOfText, { freq: 6 }), { minLength: 1, maxLength: 60 }),
    fc
      .array(fc.option(bytesOfText, { freq: 3 }), { minLength: 1, maxLength: 3 })
      .chain((few) => fc.array(fc.constantFrom(...few), { minLength: 20, maxLength: 80 })),
  ),
  codec: fc.constantFrom('UNCOMPRESSED' as const, 'SNAPPY' as const),
  rowGroupSize: fc.integer({ min: 1, max: 100 }),
  pageSize: fc.constantFrom(16, 1000),
});

/** A file with a column of those texts, and one of their numbers; both optional. */
function write({ values, codec, rowGroupSize, pageSize }: typeof files extends fc.Arbitrary<infer T> ? T : never): {
  readonly file: ArrayBuffer;
  readonly metadata: FileMetaData;
} {
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'text', data: [...values], type: 'BYTE_ARRAY' },
      { name: 'number', data: values.map((_, i) => i), type: 'INT32' },
    ],
    ...{ codec, rowGroupSize, pageSize },
  });
  const metadata = parquetMetadata(file);
  // The writer takes strings alone for texts, and makes valid UTF-8 of them.
  metadata.schema.find(({ name }) => name === 'text')!.converted_type = 'UTF8';
  return { file, metadata };
}

test('texts are those that hyparquet reads, whatever their bytes are', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const { file, metadata } = write(given);
      const rows = await parquetReadObjects({ file, metadata });
      const read = await readFlatColumns(file, metadata, ['number', 'text'], boundedCompressors(1e6));
      const [numbers = [], texts = []] = read;
      expect(texts.map((text) => text ?? null)).toEqual(rows.map((row) => row.text ?? null));
      expect(numbers).toEqual(rows.map((row) => row.number));
    }),
    { numRuns: 300 },
  );
});

test('a beginning is that of the columns, and reads no more than their chunks', async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 30 }), async (given, most) => {
      const { file, metadata } = write(given);
      const names = ['text', 'number'];
      const whole = await readFlatColumns(file, metadata, names, boundedCompressors(1e6));
      const beginning = await beginFlatColumns(file, metadata, names, boundedCompressors(1e6), most);
      beginning.forEach((values, i) => expect(values).toEqual(whole[i]!.slice(0, most)));
    }),
    { numRuns: 200 },
  );
});

test('texts that are cut short are refused', async () => {
  const values = ['a text', 'another'].map((text) => encoder.encode(text));
  const { file, metadata } = write({ values, codec: 'UNCOMPRESSED', rowGroupSize: 10, pageSize: 1000 });
  const bytes = new Uint8Array(file);
  const at = bytes.findIndex((_, i) => String.fromCharCode(...bytes.subarray(i, i + 7)) === 'another');
  // The length before it.
  bytes[at - 4] = 200;
  const read = readFlatColumns(file, metadata, ['text'], boundedCompressors(1e6));
  await expect(read).rejects.toThrow('a text ends too early');
});
