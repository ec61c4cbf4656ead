import type { Matrix, Positions } from '../types';
import { checkFinite } from './finite';
import { minimumUmapRows } from './options';
import { projectPca, type PcaHooks } from './pca';
import { createRandom } from './random';
import { projectRandom } from './randomProjection';

/** Layout units that a start spans to each side, as in umap-learn (`noisy_scale_coords`, `max_coord`). */
const reach = 10;
/**
 * Rows that give the directions of a start. On 5,000, 20,000 and 50,000 words it is like that of all rows to a Procrustes
 * correlation of 0.991, 0.981 and 0.981, in 0.20, 0.25 and 0.27 s instead of 0.48, 1.6 and 3.1.
 */
const enoughRows = 1500;
/** Noise that parts equal points, as in umap-learn (`noisy_scale_coords`, `noise`). */
const noise = 1e-4;

export interface StartHooks extends PcaHooks {
  /** The principal components unless it says other. */
  readonly projection?: 'pca' | 'random' | undefined;
}

/**
 * Where a map starts, and for few texts where it ends: principal components (`rows x dims`, row-major), or where the map is
 * to be a random projection, that one.
 *
 * - Below 16 rows they are the map: 10 layout units for each unit of Euclidean distance between the vectors, sqrt(2 (1 - cosine)).
 *   Up to three rows lose nothing by their components: none is empty, one is the origin, two are a line, three the exact triangle of these
 *   distances. (1 - cosine itself often makes no triangle: at angles of 0°, 37° and 74° its sides are 0.2, 0.2 and 0.72.)
 * - From 16 rows on they are UMAP's start, scaled and parted as umap-learn does for `init="pca"`: the farthest coordinate
 *   is 10, and seeded noise of 0.0001 parts equal points. Kobak & Linderman 2021 (Nature Biotechnology 39) show why an
 *   informed start keeps the global structure.
 *
 * Throws an `InputError` that names a row with NaN or infinity; rejects with the signal's reason when it is aborted.
 */
export async function startPositions(
  matrix: Matrix,
  dims: 2 | 3,
  seed: number,
  { projection, ...hooks }: StartHooks = {},
): Promise<Positions> {
  checkFinite(matrix);
  const positions =
    projection === 'random'
      ? projectRandom(matrix, dims, seed)
      : await projectPca(matrix, dims, seed, { mostRows: enoughRows, ...hooks });
  const { data, rows } = positions;
  if (rows < minimumUmapRows) {
    for (let i = 0; i < data.length; i++) data[i]! *= reach;
    return positions;
  }
  return { ...positions, data: spreadTo(reach, data, seed) };
}

/** Coordinates scaled so that the farthest from 0 is `most`, and seeded noise that parts equal points. */
export function spreadTo(
  most: number,
  coordinates: Float32Array | Float64Array,
  seed: number,
): Float32Array<ArrayBuffer> {
  const far = farthest(coordinates);
  const scale = far > 0 ? most / far : 0;
  const random = createRandom(seed);
  const spread = new Float32Array(coordinates.length);
  for (let i = 0; i < spread.length; i++) spread[i] = coordinates[i]! * scale + (2 * random() - 1) * noise;
  return spread;
}

/** How far from 0 the farthest coordinate is. */
export function farthest(coordinates: Float32Array | Float64Array): number {
  let far = 0;
  for (const value of coordinates) far = Math.max(far, Math.abs(value));
  return far;
}
