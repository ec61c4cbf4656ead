/** Word vectors as word2vec (Mikolov et al. 2013, its distributed C code), fastText and GloVe write them, in text and in binary. */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { createMatrix } from '../vectors';
import { formatRow } from './float32';
import { excerpt } from './table';
import { decodeText, encodeLines } from './text';

/** Lines that are looked at to tell word vectors from plain text, and how many dimensions they have. */
const looked = 20;
const lookedBytes = 1 << 16;
/** Fewer numbers at the end of each line may well belong to a text. */
const fewestDimensions = 10;

const header = /^(\d+) (\d+)$/;

/** Whether a text file holds word vectors: each of its first lines is a word and as many numbers as in the others. */
export function isWordVectors(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, lookedBytes));
  const lines = text.split('\n').slice(0, looked);
  // The last may be cut.
  if (bytes.length > lookedBytes || lines.at(-1) === '') lines.pop();
  const rest = header.test(lines[0]?.trimEnd() ?? '') ? lines.slice(1) : lines;
  const counts = rest.map((line) => line.trimEnd().split(' ').length - 1);
  const dim = Math.min(...counts);
  return (
    dim >= fewestDimensions &&
    Number.isFinite(dim) &&
    rest.every((line) =>
      fieldsOf(line)
        .slice(-dim)
        .every((field) => field !== '' && Number.isFinite(Number(field))),
    )
  );
}

/**
 * Reads `word v1 ... vD`, one a line, with word2vec's first line `count D` or without it (GloVe). The last D fields are the numbers:
 * words may contain blanks. Of equal words the first wins, as in word2vec's own readers. Throws at the first line of another length,
 * or with a number that is not finite, and where the first line counts other lines than there are.
 */
export function parseWordVectors(file: string, bytes: Uint8Array): Dataset {
  const lines = decodeText(file, bytes).split('\n');
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const head = header.exec(lines[0]?.trimEnd() ?? '');
  const first = head ? 1 : 0;
  const rows = lines.length - first;
  if (head && Number(head[1]) !== rows)
    throw new InputError('wordVectorsCount', { file, expected: Number(head[1]), found: rows });
  const shortest = lines.slice(first, first + looked).map((line) => fieldsOf(line).length - 1);
  const dim = head ? Number(head[2]) : Math.min(...shortest);
  if (rows === 0 || !(dim > 0)) throw new InputError('noTexts', { file });
  // The first line may say any number: nothing is made of it before a line has so many.
  const found = fieldsOf(lines[first]!).length - 1;
  if (found < dim) throw new InputError('vectorLength', { file, place: String(first + 1), found, expected: dim });
  const words: string[] = [];
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const place = String(row + first + 1);
    const fields = fieldsOf(lines[row + first]!);
    const from = fields.length - dim;
    if (from < 1) throw new InputError('vectorLength', { file, place, found: fields.length - 1, expected: dim });
    for (let column = 0; column < dim; column++) {
      const field = fields[from + column]!;
      const value = field === '' ? NaN : Math.fround(Number(field));
      if (!Number.isFinite(value))
        throw new InputError('vectorNumber', { file, place, column: column + 1, cell: excerpt(field) });
      data[row * dim + column] = value;
    }
    words.push(fields.slice(0, from).join(' '));
  }
  return firstOfEach(file, words, createMatrix(data, dim));
}

/**
 * Reads word2vec's binary format: the line `count D`, then for each word its bytes in UTF-8, a blank and D float32, little-endian; some
 * writers put a line feed before each word. Of equal words the first wins. Throws when the numbers of the first line do not fit the
 * file, at a word that is no UTF-8, and at a number that is not finite.
 */
export function parseWordVectorsBinary(file: string, bytes: Uint8Array): Dataset {
  const end = bytes.subarray(0, 64).indexOf(0x0a);
  const head = header.exec(new TextDecoder('latin1').decode(bytes.subarray(0, Math.max(0, end))).trimEnd());
  if (!head) throw new InputError('wordVectorsHead', { file });
  const [rows, dim] = [Number(head[1]), Number(head[2])];
  const least = rows * (dim * 4 + 1);
  if (rows === 0 || dim === 0) throw new InputError('noTexts', { file });
  if (end + 1 + least > bytes.length)
    throw new InputError('wordVectorsShort', { file, rows, dim, expected: end + 1 + least, found: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const words: string[] = [];
  const data = new Float32Array(rows * dim);
  let at = end + 1;
  for (let row = 0; row < rows; row++) {
    while (bytes[at] === 0x0a) at++;
    const blank = bytes.indexOf(0x20, at);
    const place = String(row + 1);
    if (blank < 0 || blank + 1 + dim * 4 > bytes.length)
      throw new InputError('wordVectorsCount', { file, expected: rows, found: row });
    try {
      words.push(decoder.decode(bytes.subarray(at, blank)));
    } catch {
      throw new InputError('wordVectorsWord', { file, place });
    }
    at = blank + 1;
    for (let column = 0; column < dim; column++, at += 4) {
      const value = view.getFloat32(at, true);
      if (!Number.isFinite(value))
        throw new InputError('vectorNumber', { file, place, column: column + 1, cell: String(value) });
      data[row * dim + column] = value;
    }
  }
  return firstOfEach(file, words, createMatrix(data, dim));
}

/** Writes word2vec's text format. Its words have no blanks: those of a text become `_`, as in word2vec's own phrases. */
export function writeWordVectors({ items, vectors }: Dataset): Uint8Array<ArrayBuffer> {
  const { data, rows, dim } = needVectors(vectors);
  function* lines(): Generator<string> {
    yield `${rows} ${dim}`;
    for (let row = 0; row < rows; row++) yield [wordOf(items[row]!.text), ...formatRow(data, dim, row)].join(' ');
  }
  return encodeLines(lines());
}

/** Writes word2vec's binary format, words as in `writeWordVectors`; no line feed before them, as Google's files have none. */
export function writeWordVectorsBinary({ items, vectors }: Dataset): Uint8Array<ArrayBuffer> {
  const { data, rows, dim } = needVectors(vectors);
  const encoder = new TextEncoder();
  const head = encoder.encode(`${rows} ${dim}\n`);
  const words = items.map(({ text }) => encoder.encode(`${wordOf(text)} `));
  const bytes = new Uint8Array(words.reduce((sum, { length }) => sum + length, head.length + rows * dim * 4));
  const view = new DataView(bytes.buffer);
  bytes.set(head);
  let at = head.length;
  words.forEach((word, row) => {
    bytes.set(word, at);
    at += word.length;
    for (let column = 0; column < dim; column++, at += 4) view.setFloat32(at, data[row * dim + column]!, true);
  });
  return bytes;
}

function fieldsOf(line: string): string[] {
  return line.trimEnd().split(' ');
}

function wordOf(text: string): string {
  return text.trim().replace(/\s+/g, '_') || '_';
}

function needVectors(vectors: Matrix | undefined): Matrix {
  if (!vectors) throw new InputError('exportNeedsVectors');
  return vectors;
}

function firstOfEach(file: string, words: readonly string[], vectors: Matrix): Dataset {
  const seen = new Set<string>();
  const kept: number[] = [];
  words.forEach((word, row) => {
    if (word.trim() === '' || seen.has(word)) return;
    seen.add(word);
    kept.push(row);
  });
  if (kept.length === 0) throw new InputError('noTexts', { file });
  const { data, dim } = vectors;
  const rows = new Float32Array(kept.length * dim);
  kept.forEach((row, i) => rows.set(data.subarray(row * dim, (row + 1) * dim), i * dim));
  return { items: kept.map((row) => ({ text: words[row]! })), vectors: createMatrix(rows, dim) };
}
