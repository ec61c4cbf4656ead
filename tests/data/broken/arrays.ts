/** Broken NumPy arrays, alone and in archives, and word2vec's files. */
import { crc32 } from 'node:zlib';
import { zipSync } from 'fflate';
import { type Entry64, zip64 } from '../zip64';
import { bent, type Broken, floats, joined, lastOf, npy, npyTexts, utf8 } from './broken';

const million = 1_000_000;
const good = npy("'<f4'", '(2, 2)', floats(1, 2, 3, 4));
const matrix = (defect: string, bytes: () => Uint8Array, ends: Broken['ends'], labels = 'cat\ndog\n'): Broken => ({
  defect,
  file: 'a.npy',
  bytes,
  labels,
  ends,
});
const npz = (defect: string, files: () => Record<string, Uint8Array>, ends: Broken['ends']): Broken => ({
  defect,
  file: 'a.npz',
  bytes: () => zipSync(files(), { level: 1 }),
  ends,
});
const texts = npyTexts(['cat', 'dog']);
const words = (defect: string, file: string, bytes: () => Uint8Array, ends: Broken['ends']): Broken => ({
  defect,
  file,
  bytes,
  ends,
});
const word = (text: string, ...values: number[]) => joined(text, [0x20], floats(...values));

export const arrays: readonly Broken[] = [
  matrix('another magic', () => bent(good, 1, 0x4d, 1), 'npyHeader'),
  matrix('a version that is not known', () => bent(good, 6, 9, 1), 'npyHeader'),
  matrix('cut short in its header', () => good.slice(0, 40), 'npyHeader'),
  matrix('a header that is longer than the file', () => bent(good, 8, 0xffff, 2), 'npyHeader'),
  matrix('cut short in its numbers', () => good.slice(0, -3), 'npyTruncated'),
  matrix('a negative length', () => npy("'<f4'", '(-2, 2)', floats(1, 2, 3, 4)), 'npyHeader'),
  matrix('a huge length', () => npy("'<f4'", '(99999999999999999999, 2)', floats(1, 2)), 'npyTruncated'),
  matrix('a length beyond any number', () => npy("'<f4'", `(${'9'.repeat(400)}, 2)`, floats(1, 2)), 'npyTruncated'),
  matrix('a thousand dimensions', () => npy("'<f4'", `(${'1, '.repeat(1000)})`, floats(1), 'True'), 'npyHeader'),
  matrix('no rows', () => npy("'<f4'", '(0, 2)', floats()), 'matrixShape'),
  matrix(
    'a huge number of rows without a dimension',
    () => npy("'<f4'", '(9007199254740991, 0)', floats()),
    'matrixShape',
  ),
  matrix('one dimension', () => npy("'<f4'", '(2,)', floats(1, 2)), 'matrixShape'),
  matrix('Python objects', () => npy("'|O'", '(2, 2)', utf8('cposix\nsystem\n')), 'npyObject'),
  matrix('fields', () => npy("[('a', '<f4')]", '(2,)', floats(1, 2)), 'npyType'),
  matrix('complex numbers', () => npy("'<c8'", '(1, 1)', floats(1, 2)), 'npyType'),
  matrix('NaN', () => npy("'<f4'", '(2, 2)', floats(1, 2, NaN, 4)), 'vectorNumber'),
  matrix('infinity', () => npy("'<f4'", '(2, 2)', floats(1, 2, 3, -Infinity)), 'vectorNumber'),
  matrix(
    'beyond float32',
    () => npy("'<f8'", '(2, 1)', new Uint8Array(Float64Array.of(1, 1e300).buffer)),
    'vectorNumber',
  ),
  matrix('columns first', () => npy("'<f4'", '(2, 2)', floats(1, 3, 2, 4), 'True'), { dim: 2, data: [1, 2, 3, 4] }),
  matrix('the big end first', () => npy("'>u2'", '(2, 1)', joined([0, 5, 1, 0])), { dim: 1, data: [5, 256] }),
  matrix('fewer texts than rows', () => good, 'labelsRows', 'cat\n'),
  { defect: 'no texts', file: 'a.npy', bytes: () => good, ends: { texts: ['1', '2'] } },
  npz('no texts', () => ({ 'vectors.npy': good }), { texts: ['1', '2'] }),
  npz('no texts and no vectors', () => ({ 'a.npy': good, 'b.npy': good }), 'npzTexts'),
  npz('Python objects for texts', () => ({ 'texts.npy': npy("'|O'", '(2,)', utf8('x')) }), 'npyObject'),
  npz('fewer vectors than texts', () => ({ 'texts.npy': npyTexts(['a', 'b', 'c']), 'vectors.npy': good }), 'npzRows'),
  npz('a character that is none', () => ({ 'texts.npy': npy("'<U1'", '(1,)', joined([0, 0, 0x11, 0])) }), 'npyText'),
  npz('a width beyond the file', () => ({ 'texts.npy': npy("'<U999999999'", '(2,)', floats(1)) }), 'npyTruncated'),
  npz('NaN', () => ({ 'texts.npy': texts, 'vectors.npy': npy("'<f4'", '(2, 1)', floats(1, NaN)) }), 'vectorNumber'),
  npz(
    'own columns that are no JSON',
    () => ({ 'texts.npy': texts, 'columns_json.npy': npyTexts(['{', '{}']) }),
    'npzColumns',
  ),
  npz(
    'positions of four dimensions',
    () => ({ 'texts.npy': texts, 'positions.npy': npy("'<f4'", '(2, 4)', floats(1, 2, 3, 4, 5, 6, 7, 8)) }),
    'positionDims',
  ),
  npz('names that are paths', () => ({ '../../texts.npy': texts, '/etc/vectors.npy': good }), {
    texts: ['cat', 'dog'],
    dim: 2,
  }),
  npz('names that an object has already', () => ({ ['__proto__.npy']: good, 'texts.npy': texts }), {
    texts: ['cat', 'dog'],
    dim: 2,
  }),
  npz('other files', () => ({ 'a.pdf': utf8('x') }), 'zipContent'),
  npz(
    '120 MB of zeros',
    () => ({ 'texts.npy': npy("'<U1'", '(30000000,)', new Uint8Array(120 * million)) }),
    'zipTooLarge',
  ),
  { defect: 'text', file: 'a.npz', bytes: () => utf8('cat'), ends: 'fileNotZip' },
  {
    defect: 'cut short',
    file: 'a.npz',
    bytes: () => zipSync({ 'texts.npy': texts }).slice(0, -30),
    ends: 'zipDamaged',
  },
  // In the directory of an archive (PK 1 2): compression at 10, packed size at 20, size at 24.
  { defect: 'a size that is too small', file: 'a.npz', bytes: () => inDirectory(24, 130), ends: 'zipDamaged' },
  { defect: 'a size of 3 GB', file: 'a.npz', bytes: () => inDirectory(24, 3_000 * million), ends: 'zipTooLarge' },
  { defect: 'a compression that is not known', file: 'a.npz', bytes: () => inDirectory(10, 99, 2), ends: 'zipDamaged' },
  { defect: 'another checksum', file: 'a.npz', bytes: () => inDirectory(16, 1), ends: 'zipChecksum' },
  {
    defect: 'a byte of an array that is another',
    file: 'a.npz',
    bytes: () => bent(zipSync({ 'texts.npy': texts }, { level: 0 }), 167, 0x62, 1),
    ends: 'zipChecksum',
  },
  { defect: 'a password', file: 'a.npz', bytes: () => inDirectory(8, 1, 2), ends: 'zipEncrypted' },
  { defect: 'the last of several disks', file: 'a.npz', bytes: () => bent(zipSync({}), 4, 2, 2), ends: 'zipDisks' },
  { defect: 'nothing: it is of 64-bit form', file: 'a.npz', bytes: () => long(), ends: { texts: ['cat', 'dog'] } },
  { defect: 'a size of 64 bits', file: 'a.npz', bytes: () => long({ size: 2 ** 60 }), ends: 'zipTooLarge' },
  { defect: 'a checksum in 64-bit form', file: 'a.npz', bytes: () => long({ checksum: 1 }), ends: 'zipChecksum' },
  { defect: 'a quadrillion files', file: 'a.npz', bytes: () => long({}, 2 ** 50), ends: 'zipDamaged' },
  { defect: 'four thousand million files, by its 64-bit end', file: 'a.npz', bytes: countless, ends: 'zipDamaged' },
];

export const wordVectors: readonly Broken[] = [
  words('more words than there are', 'a.vec', () => utf8('9 2\ncat 1 2\n'), 'wordVectorsCount'),
  words('a thousand million dimensions', 'a.vec', () => utf8('1 1000000000\ncat 1 2\n'), 'vectorLength'),
  words('a shorter line', 'a.vec', () => utf8('2 2\ncat 1 2\ndog 1\n'), 'vectorLength'),
  words('a word for a number', 'a.vec', () => utf8('2 2\ncat 1 2\ndog 1 x\n'), 'vectorNumber'),
  words('NaN', 'a.vec', () => utf8('1 2\ncat 1 nan\n'), 'vectorNumber'),
  words('a word twice', 'a.vec', () => utf8('2 2\ncat 1 2\ncat 3 4\n'), { rows: 1, data: [1, 2] }),
  words('no first line', 'a.bin', () => word('cat', 1, 2), 'wordVectorsHead'),
  words('a huge number of words', 'a.bin', () => joined('4000000000 300\n', word('cat', 1, 2)), 'wordVectorsShort'),
  words('a huge number of dimensions', 'a.bin', () => joined('1 4000000000\n', word('cat', 1, 2)), 'wordVectorsShort'),
  words('no dimensions', 'a.bin', () => joined('1 0\n', 'cat '), 'noTexts'),
  words('cut short', 'a.bin', () => joined('2 2\n', word('cat', 1, 2), 'dog'), 'wordVectorsShort'),
  words(
    'a word without an end',
    'a.bin',
    () => joined('2 2\n', word('cat', 1, 2), 'dog'.repeat(9)),
    'wordVectorsCount',
  ),
  words('a word that is no UTF-8', 'a.bin', () => joined('1 2\n', [0xff], word('', 1, 2)), 'wordVectorsWord'),
  words('infinity', 'a.bin', () => joined('1 2\n', word('cat', 1, Infinity)), 'vectorNumber'),
];

/** An archive of 64-bit form. */
function long(entry: Partial<Entry64> = {}, count?: number): Uint8Array {
  return zip64([{ name: 'texts.npy', bytes: texts, checksum: crc32(texts), ...entry }], count);
}

/** An archive whose directory says something else of its file. */
function inDirectory(at: number, value: number, width: 2 | 4 = 4): Uint8Array {
  const archive = zipSync({ 'texts.npy': texts });
  return bent(archive, lastOf(archive, [0x50, 0x4b, 1, 2]) + at, value, width);
}

/** The 64-bit end of an archive says how many files there are: before the plain end (22 bytes) stands where it is. */
function countless(): Uint8Array {
  const archive = zipSync({ 'texts.npy': texts });
  const end = archive.slice(-22);
  const before = archive.slice(0, -22);
  const directory = new DataView(end.buffer).getUint32(16, true);
  const end64 = new DataView(new ArrayBuffer(56));
  end64.setUint32(0, 0x06064b50, true);
  end64.setUint32(32, 0xffffffff, true);
  end64.setUint32(48, directory, true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setUint32(8, before.length, true);
  return joined(before, new Uint8Array(end64.buffer), new Uint8Array(locator.buffer), end);
}
