/** What a file is by its first bytes, whatever its name says. */
import type { RangedBytes } from './bytes';

const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

/** First bytes of formats that are no text, by the name that a person knows. None of them begins a text file by chance. */
const signatures: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['ZIP (.zip, .npz, .xlsx, .docx)', [0x50, 0x4b, 0x03, 0x04]],
  ['ZIP (.zip)', [0x50, 0x4b, 0x05, 0x06]],
  ['NumPy (.npy)', [0x93, ...ascii('NUMPY')]],
  ['PDF', ascii('%PDF-')],
  ['PNG', [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', ascii('GIF8')],
  ['gzip (.gz)', [0x1f, 0x8b]],
  ['bzip2 (.bz2)', [...ascii('BZh'), 0x31]],
  ['xz', [0xfd, ...ascii('7zXZ'), 0x00]],
  ['7z', [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c]],
  ['Parquet', ascii('PAR1')],
  ['Arrow', ascii('ARROW1')],
  ['HDF5', [0x89, ...ascii('HDF'), 0x0d, 0x0a, 0x1a, 0x0a]],
  ['SQLite', [...ascii('SQLite format 3'), 0x00]],
  ['Excel or Word (.xls, .doc)', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['pickle', [0x80, 0x03]],
  ['pickle', [0x80, 0x04, 0x95]],
  ['pickle', [0x80, 0x05, 0x95]],
  ['ELF', [0x7f, ...ascii('ELF')]],
];

const longest = Math.max(...signatures.map(([, { length }]) => length));

/** Name of the binary format that `bytes` begin like, if any. */
export function looksLike(bytes: RangedBytes): string | undefined {
  const head = bytes.subarray(0, longest);
  return signatures.find(([, signature]) => signature.every((byte, i) => head[i] === byte))?.[0];
}

/** Whether `bytes` begin like a zip archive; an empty one begins with its end record. */
export function looksLikeZip(bytes: RangedBytes): boolean {
  return looksLike(bytes)?.startsWith('ZIP') ?? false;
}
