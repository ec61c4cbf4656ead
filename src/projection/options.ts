/** What a person may set of the projection, and how it bends to the number of texts. Plain data: the page reads it too. */
import { InputError } from '../errors';
import type { ProjectionOptions } from '../types';

/**
 * 15 neighbours and a minimum distance of 0.1 are the defaults of umap-learn, from the study of both in section 5 of
 * McInnes, Healy & Melville, "UMAP: Uniform Manifold Approximation and Projection" (2018, arXiv:1802.03426). Three
 * dimensions, because the map is a cloud to fly through. The seed is arbitrary, but shown and kept.
 */
export const defaultOptions: ProjectionOptions = { nNeighbors: 15, minDist: 0.1, dims: 3, seed: 42 };

/** Allowed values, both ends included. `whole` ones take whole numbers only. */
export const optionRanges = {
  nNeighbors: { min: 2, max: 200, whole: true },
  minDist: { min: 0, max: 1, whole: false },
  dims: { min: 2, max: 3, whole: true },
  seed: { min: 0, max: 2 ** 32 - 1, whole: true },
} as const satisfies Record<keyof ProjectionOptions, { min: number; max: number; whole: boolean }>;

/** Below this many texts the map is their principal components: fewer neighbours than the default 15 make no manifold. */
export const minimumUmapRows = 16;

/** Throws an `InputError` that names the first option outside its range, with its value and the range. */
export function checkOptions(options: ProjectionOptions): void {
  for (const name of ['nNeighbors', 'minDist', 'dims', 'seed'] as const) {
    const { min, max, whole } = optionRanges[name];
    const value = options[name];
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) continue;
    throw new InputError(whole ? 'projectionOptionWhole' : 'projectionOptionRange', { name, value, min, max });
  }
}

/**
 * The neighbours, counting the point itself, that `rows` texts can have: umap-js throws unless there are more texts than
 * neighbours. The graph then has one fewer, since it leaves the point itself out. Zero when there is no neighbour at all.
 */
export function effectiveNeighbours(rows: number, nNeighbors: number): number {
  return Math.max(0, Math.min(nNeighbors, rows - 1));
}

/** Epochs of a layout from the principal components: the schedule of umap-js 1.4 (its `getNEpochs`), large maps get fewer. */
export function epochsFor(rows: number): number {
  if (rows <= 2500) return 500;
  if (rows <= 5000) return 400;
  return rows <= 7500 ? 300 : 200;
}
