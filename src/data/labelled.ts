/** A matrix without labels (.npy), and the file of texts that belongs to it. */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { createMatrix } from '../vectors';
import { parseNpy } from './npy';

/** The texts of a matrix's rows, and the file they are from. */
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

/** The texts with the rows as their vectors. Throws without labels, and with both counts where there are more or fewer than rows. */
export function joinLabels(file: string, vectors: Matrix, labels: LabelledBy | undefined): Dataset {
  const { rows } = vectors;
  if (!labels) throw new InputError('labelsMissing', { file, rows });
  const { dataset, file: beside } = labels;
  if (dataset.items.length !== rows)
    throw new InputError('labelsRows', { file, rows, labels: beside, found: dataset.items.length });
  return { ...dataset, vectors };
}
