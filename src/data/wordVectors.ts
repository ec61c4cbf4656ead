/** Word vectors as word2vec writes them (Mikolov et al. 2013, its distributed C code): reading binary ones. `wordVectorsWrite.ts` writes both kinds. */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { areFinite, createMatrix, takeRows } from '../vectors';
import type { RangedBytes } from './bytes';
import { Rows } from './rows';

/** The first line: how many words, and dimensions. */
export const wordVectorsHead = /^(\d+) (\d+)$/;

/**
 * Reads word2vec's binary format: the line `count D`, then for each word its bytes in UTF-8, a blank and D float32, little-endian; some
 * writers put a line feed before each word. Of equal words the first wins. Throws when the numbers of the first line do not fit the
 * file, at a word that is no UTF-8, and at a number that is not finite.
 */
export function parseWordVectorsBinary(file: string, bytes: RangedBytes): Dataset {
  const first = bytes.subarray(0, 64);
  const end = first.indexOf(0x0a);
  const head = wordVectorsHead.exec(new TextDecoder('latin1').decode(first.subarray(0, Math.max(0, end))).trimEnd());
  if (!head) throw new InputError('wordVectorsHead', { file });
  const [rows, dim] = [Number(head[1]), Number(head[2])];
  const least = rows * (dim * 4 + 1);
  if (rows === 0 || dim === 0) throw new InputError('noTexts', { file });
  if (end + 1 + least > bytes.length)
    throw new InputError('wordVectorsShort', { file, rows, dim, expected: end + 1 + least, found: bytes.length });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const entries = new Entries(bytes, end + 1, dim * 4);
  const words: string[] = [];
  const data = new Float32Array(rows * dim);
  const dataBytes = new Uint8Array(data.buffer);
  for (let row = 0; row < rows; row++) {
    const entry = entries.next();
    if (!entry) throw new InputError('wordVectorsCount', { file, expected: rows, found: row });
    const place = String(row + 1);
    try {
      words.push(decoder.decode(entry.word));
    } catch {
      throw new InputError('wordVectorsWord', { file, place });
    }
    dataBytes.set(entry.numbers, row * dim * 4);
    const vector = data.subarray(row * dim, (row + 1) * dim);
    if (areFinite(vector)) continue;
    const column = vector.findIndex((value) => !Number.isFinite(value));
    throw new InputError('vectorNumber', { file, place, column: column + 1, cell: String(vector[column]) });
  }
  return firstOfEach(file, words, createMatrix(data, dim));
}

/** Bytes that are read at once, at least. */
const blockBytes = 1 << 22;
/** Of a word with its numbers, beyond these: most words are shorter. */
const usualWord = 256;

/** The words of a file with the bytes of their numbers, one after another. */
class Entries {
  #block: Uint8Array = new Uint8Array(0);
  /** Where the block begins in the file. */
  #start = 0;

  constructor(
    private readonly bytes: RangedBytes,
    private at: number,
    private readonly numberBytes: number,
  ) {}

  /** Undefined where the file ends within it. */
  next(): { readonly word: Uint8Array; readonly numbers: Uint8Array } | undefined {
    const { bytes, numberBytes } = this;
    for (let wanted = numberBytes + usualWord; ; wanted *= 2) {
      this.#hold(wanted);
      const block = this.#block;
      let begin = this.at - this.#start;
      while (block[begin] === 0x0a) begin++;
      const blank = block.indexOf(0x20, begin);
      const end = blank + 1 + numberBytes;
      if (blank >= 0 && end <= block.length) {
        this.at = this.#start + end;
        return { word: block.subarray(begin, blank), numbers: block.subarray(blank + 1, end) };
      }
      if (this.#start + block.length >= bytes.length) return undefined;
    }
  }

  /** Has so many bytes of what comes in the block, or those that there are. */
  #hold(count: number): void {
    const { bytes, at } = this;
    const held = this.#start + this.#block.length;
    if (at + count <= held || held >= bytes.length) return;
    this.#block = bytes.subarray(at, at + Math.max(count, blockBytes));
    this.#start = at;
  }
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
  const found = kept.length === words.length ? vectors : takeRows(vectors, kept);
  return { items: kept.map((row) => ({ text: words[row]! })), vectors: found, ...rows.told };
}
