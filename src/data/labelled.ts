/** Vectors without texts, and the file of texts that belongs to them. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, Matrix, NewItem } from '../types';
import { createMatrix, takeRows } from '../vectors';
import { chooseRows } from './choosing';
import { parseNpy } from './npy';
import { mostRows } from './rows';

/** The texts of vectors, and the file they are from. */
export interface LabelledBy {
  readonly file: string;
  readonly dataset: Dataset;
}

/** The vectors of a bare matrix, rows x dim. Throws unless it is one of finite numbers, and as `parseNpy` does. */
export function parseMatrix(file: string, bytes: Uint8Array): Matrix {
  const array = parseNpy(file, bytes);
  const [rows = 0, dim = 0] = array.shape;
  if (array.kind !== 'numbers' || array.shape.length !== 2 || rows === 0 || dim === 0)
    throw new InputError('matrixShape', { file, kind: array.kind, shape: array.shape.join(' x ') || '0-d' });
  const { data } = array;
  let wrong = 0;
  while (wrong < data.length && Number.isFinite(data[wrong])) wrong++;
  if (wrong < data.length)
    throw new InputError('vectorNumber', {
      file,
      place: String(Math.floor(wrong / dim) + 1),
      column: (wrong % dim) + 1,
      cell: String(data[wrong]),
    });
  return createMatrix(data, dim);
}

/** A bare matrix, its rows named by their number. Throws as `parseMatrix` does, and where there are too many. */
export function parseNumbered(file: string, bytes: Uint8Array): Dataset {
  const vectors = parseMatrix(file, bytes);
  return { items: numberedItems(file, vectors.rows), vectors, numbered: true };
}

/** Texts for vectors that have none: the numbers of the rows, 1 for the first. Throws where there are too many. */
export function numberedItems(file: string, rows: number): NewItem[] {
  if (rows > mostRows) throw new InputError('rowsTooMany', { file, limit: mostRows });
  return Array.from({ length: rows }, (_, row) => ({ text: String(row + 1) }));
}

/**
 * The vectors with the texts of another file, and what else that has, in the places of their numbers; of rows that were left out the texts
 * go too. Rows are chosen by `options` once each has its text. Throws with both counts where there are more or fewer texts than rows.
 */
export function joinLabels(file: string, numbered: Dataset, labels: LabelledBy, options: ReadingOptions): Dataset {
  const { items, vectors, reading } = numbered;
  const { dataset, file: beside } = labels;
  const rows = reading?.rows ?? items.length;
  if (dataset.items.length !== rows)
    throw new InputError('labelsRows', { file, rows, labels: beside, found: dataset.items.length });
  const places = items.map(({ text }) => Number(text) - 1);
  const positions = dataset.positions && takeRows(dataset.positions, places);
  const { numbered: _, ...rest } = numbered;
  return chooseRows(
    file,
    {
      ...dataset,
      ...rest,
      items: items.map((item, i) => ({ ...item, ...dataset.items[places[i]!]! })),
      ...(vectors && { vectors }),
      ...(positions && !numbered.positions && { positions }),
    },
    options,
  );
}
