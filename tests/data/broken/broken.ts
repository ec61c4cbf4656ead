/** What the corpus of broken files is made of: each file has one defect, and a way in which its reading must end. */
import type { ErrorCode } from '../../../src/errors';
import type { Report } from './reader';

export interface Broken {
  /** What is wrong with it. */
  readonly defect: string;
  /** Its name; the ending chooses the reader. */
  readonly file: string;
  /** Made when it is needed: some are large. */
  readonly bytes: () => Uint8Array;
  /** The texts of a matrix, in a file beside it. */
  readonly labels?: string;
  /** The code of the error, or what is read (of which it must hold what is given here). */
  readonly ends: ErrorCode | Partial<Report>;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function joined(...parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Buffer.from(part)))),
  );
}

/** UTF-16 without a byte order mark. */
export function utf16(text: string, big = false): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.from(big ? bytes.swap16() : bytes);
}

/** A .npy file whose header says what is given, whatever follows it. */
export function npy(descr: string, shape: string, data: Uint8Array, fortran = 'False'): Uint8Array {
  const dict = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const length = Math.ceil((dict.length + 11) / 64) * 64 - 10;
  const head = [0x93, ...utf8('NUMPY'), 1, 0, length & 255, length >> 8];
  return joined(head, dict.padEnd(length - 1) + '\n', data);
}

export const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

/** Texts as NumPy keeps them, all `width` characters wide. */
export function npyTexts(texts: readonly string[], width = 4): Uint8Array {
  const codes = new Uint32Array(texts.length * width);
  texts.forEach((text, row) =>
    codes.set(
      [...text].map((char) => char.codePointAt(0)!),
      row * width,
    ),
  );
  return npy(`'<U${width}'`, `(${texts.length},)`, new Uint8Array(codes.buffer));
}

/** `value` in place of the number of `width` bytes that is found at `at`, counted from the end where it is negative. */
export function bent(bytes: Uint8Array, at: number, value: number, width: 1 | 2 | 4 = 4): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const place = at < 0 ? copy.length + at : at;
  if (width === 1) view.setUint8(place, value);
  else if (width === 2) view.setUint16(place, value, true);
  else view.setUint32(place, value, true);
  return copy;
}

/** Where `wanted` is last found in `bytes`. */
export function lastOf(bytes: Uint8Array, wanted: readonly number[]): number {
  const at = Buffer.from(bytes).lastIndexOf(Buffer.from(wanted));
  if (at < 0) throw new Error(`there is no ${wanted.join(' ')} in ${bytes.length} bytes`);
  return at;
}
