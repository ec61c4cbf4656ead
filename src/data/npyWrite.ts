/** Writing NumPy's .npy format, which `npy.ts` reads. */
import { InputError } from '../errors';
import type { Dataset } from '../types';
import { npyMagic } from './npy';
import { littleEndian, pieceBytes, type Bytes, type Pieces } from './pieces';

/** numpy pads the header so that the data starts at a multiple of this. */
const ALIGNMENT = 64;
/** Fixed-width texts take 4 bytes for each character of the longest: more than this is refused rather than tried. */
const MAX_TEXT_BYTES = 1_000_000_000;

/** Writes float32 numbers, row-major, as version 1.0 and little-endian. */
export function writeNpyNumbers(data: Float32Array<ArrayBuffer>, shape: readonly number[]): Pieces {
  return [writeHeader('<f4', shape), littleEndian(data)];
}

/** Texts of one width, to be written as `<U`. */
export interface NpyTexts {
  /** Code points of the longest. */
  readonly width: number;
  /** Of the texts, without the header. */
  readonly bytes: number;
  readonly texts: readonly string[];
}

/** Texts as wide as the longest has code points. Throws when that would take more than 1 GB. */
export function measureNpyTexts(texts: readonly string[]): NpyTexts {
  const width = texts.reduce((longest, text) => Math.max(longest, countCodePoints(text)), 1);
  const bytes = texts.length * width * 4;
  if (bytes > MAX_TEXT_BYTES) throw new InputError('npyTextsTooLong', { longest: width, bytes, limit: MAX_TEXT_BYTES });
  return { width, bytes, texts };
}

/** Writes texts; `shape` is `[texts.length]`, or `[]` for one text. NumPy drops U+0000 at the end of a text. */
export function* writeNpyTexts({ width, texts }: NpyTexts, shape: readonly number[]): Generator<Bytes> {
  yield writeHeader(`<U${width}`, shape);
  const rowBytes = width * 4;
  const together = Math.max(1, Math.min(texts.length, Math.floor(pieceBytes / rowBytes)));
  const bytes = new Uint8Array(together * rowBytes);
  const view = new DataView(bytes.buffer);
  for (let first = 0; first < texts.length; first += together) {
    const rows = texts.slice(first, first + together);
    bytes.fill(0);
    rows.forEach((text, row) => writeCodePoints(view, row * rowBytes, text));
    yield bytes.subarray(0, rows.length * rowBytes);
  }
}

/** Writes the vectors alone, rows x dim of float32; the texts need a file of their own. Throws without vectors. */
export function writeMatrix({ vectors }: Dataset): Pieces {
  if (!vectors) throw new InputError('exportNeedsVectors');
  return writeNpyNumbers(vectors.data, [vectors.rows, vectors.dim]);
}

function writeCodePoints(view: DataView, at: number, text: string): void {
  for (let i = 0; i < text.length; at += 4) {
    const code = text.codePointAt(i)!;
    view.setUint32(at, code, true);
    i += code > 0xffff ? 2 : 1;
  }
}

function countCodePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; count++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return count;
}

function writeHeader(descr: string, shape: readonly number[]): Bytes {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = npyMagic.length + 4;
  const bytes = new Uint8Array(Math.ceil((before + dict.length + 1) / ALIGNMENT) * ALIGNMENT);
  const length = bytes.length - before;
  bytes.set([...npyMagic, 1, 0, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(dict.padEnd(length - 1) + '\n'), before);
  return bytes;
}
