/** Word vectors as word2vec writes them (Mikolov et al. 2013, its distributed C code): reading binary ones. `wordVectorsWrite.ts` writes both kinds. */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { createMatrix, takeRows } from '../vectors';
import { viewOf } from './bytes';
import { Rows } from './rows';

/** The first line: how many words, and dimensions. */
export const wordVectorsHead = /^(\d+) (\d+)$/;

/**
 * Reads word2vec's binary format: the line `count D`, then for each word its bytes in UTF-8, a blank and D float32, little-endian; some
 * writers put a line feed before each word. Of equal words the first wins. Throws when the numbers of the first line do not fit the
 * file, at a word that is no UTF-8, and at a number that is not finite.
 */
export function parseWordVectorsBinary(file: string, bytes: Uint8Array): Dataset {
  const end = bytes.subarray(0, 64).indexOf(0x0a);
  const head = wordVectorsHead.exec(new TextDecoder('latin1').decode(bytes.subarray(0, Math.max(0, end))).trimEnd());
  if (!head) throw new InputError('wordVectorsHead', { file });
  const [rows, dim] = [Number(head[1]), Number(head[2])];
  const least = rows * (dim * 4 + 1);
  if (rows === 0 || dim === 0) throw new InputError('noTexts', { file });
  if (end + 1 + least > bytes.length)
    throw new InputError('wordVectorsShort', { file, rows, dim, expected: end + 1 + least, found: bytes.length });
  const view = viewOf(bytes);
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

function firstOfEach(file: string, words: readonly string[], vectors: Matrix): Dataset {
  const seen = new Set<string>();
  const kept: number[] = [];
  const rows = new Rows(file, {});
  words.forEach((word, row) => {
    rows.begin();
    if (word.trim() === '') rows.leaveOut(row + 1, 'noText', word);
    else if (seen.has(word)) rows.leaveOut(row + 1, 'repeated', word);
    else kept[rows.keep()] = row;
    seen.add(word);
  });
  rows.order();
  return { items: kept.map((row) => ({ text: words[row]! })), vectors: takeRows(vectors, kept), ...rows.told };
}
