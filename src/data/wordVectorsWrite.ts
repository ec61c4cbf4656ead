/** Writing word vectors as word2vec does (Mikolov et al. 2013, its distributed C code), as text and in binary. */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { rowOf } from '../vectors';
import { encodeLines, type Line } from './encodeLines';
import { littleEndian, type Bytes, type Pieces } from './pieces';

/** Writes word2vec's text format. Its words have no blanks: those of a text become `_`, as in word2vec's own phrases. */
export function writeWordVectors({ items, vectors }: Dataset): Pieces {
  const matrix = needVectors(vectors);
  function* lines(): Generator<Line> {
    yield `${matrix.rows} ${matrix.dim}`;
    for (let row = 0; row < matrix.rows; row++)
      yield [`${wordOf(items[row]!.text)} `, { numbers: rowOf(matrix, row), separator: ' ' }];
  }
  return encodeLines(lines());
}

/** Writes word2vec's binary format, words as in `writeWordVectors`; no line feed before them, as Google's files have none. */
export function writeWordVectorsBinary({ items, vectors }: Dataset): Pieces {
  const matrix = needVectors(vectors);
  const encoder = new TextEncoder();
  function* parts(): Generator<Bytes> {
    yield encoder.encode(`${matrix.rows} ${matrix.dim}\n`);
    for (let row = 0; row < matrix.rows; row++) {
      yield encoder.encode(`${wordOf(items[row]!.text)} `);
      yield littleEndian(rowOf(matrix, row));
    }
  }
  return parts();
}

function wordOf(text: string): string {
  return text.trim().replace(/\s+/g, '_') || '_';
}

function needVectors(vectors: Matrix | undefined): Matrix {
  if (!vectors) throw new InputError('exportNeedsVectors');
  return vectors;
}
