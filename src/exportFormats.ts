/** What the formats of exports can hold, for whoever offers or writes them. */
import type { ExportFormat } from './types';

/** Formats that carry the vectors always. */
export const alwaysWithVectors: readonly ExportFormat[] = ['npz', 'npy', 'projector', 'vec', 'bin', 'capsule'];
/** Formats that carry them only when asked. */
export const withOrWithoutVectors: readonly ExportFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'arrow'];
/** Whether a file has the vectors in it, where they are `wanted` or not. */
export function carriesVectors(format: ExportFormat, wanted: boolean): boolean {
  return wanted || alwaysWithVectors.includes(format);
}

/** Formats that carry each text's neighbours when asked. */
export const withOrWithoutNeighbours: readonly ExportFormat[] = ['json', 'jsonl', 'parquet', 'arrow'];
/** Formats that are made of them. */
export const madeOfNeighbours: readonly ExportFormat[] = ['graphml', 'gexf', 'neighboursCsv', 'neighboursJson'];
/** Formats whose columns can be chosen. */
export const withColumns: readonly ExportFormat[] = [...withOrWithoutVectors, 'graphml', 'gexf'];
/** Formats whose points have colours. */
export const withColours: readonly ExportFormat[] = ['glb', 'ply'];
/** Formats that a spreadsheet opens. */
export const forSpreadsheets: readonly ExportFormat[] = ['csv', 'tsv', 'neighboursCsv'];

/** Neighbours of each text that an export carries: as many as shape a map by default. */
export const defaultNeighbours = 15;
export const neighbourRange = { min: 1, max: 200, whole: true } as const;
