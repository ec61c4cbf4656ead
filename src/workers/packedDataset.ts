/** Datasets on their way between the page and a worker. */
import { transfer } from 'comlink';
import { type PackedItems, packItems, unpackItems } from '../packedItems';
import type { Dataset } from '../types';

export interface PackedDataset extends Omit<Dataset, 'items'> {
  readonly items: PackedItems;
}

/** For a message that hands vectors and positions over: the sender's are gone afterwards. */
export function packDataset(dataset: Dataset): PackedDataset {
  const { items, vectors, positions } = dataset;
  const buffers = [vectors, positions].flatMap((rows) => (rows ? [rows.data.buffer] : []));
  return transfer({ ...dataset, items: packItems(items) }, [...new Set(buffers)]);
}

export function unpackDataset({ items, ...rest }: PackedDataset): Dataset {
  return { ...rest, items: unpackItems(items) };
}
