/** What a person may set of the projection, and how it bends to the number of texts. Plain data: the page reads it too. */
import { InputError } from '../errors';
import type { ProjectionEngine, ProjectionOptions, Supervision } from '../types';

/**
 * 15 neighbours and a minimum distance of 0.1 are the defaults of umap-learn, from the study of both in section 5 of
 * McInnes, Healy & Melville, "UMAP: Uniform Manifold Approximation and Projection" (2018, arXiv:1802.03426). Three
 * dimensions, because the map is a cloud to fly through. The seed is arbitrary, but shown and kept.
 */
export const defaultOptions: Required<ProjectionOptions> = {
  engine: 'umap',
  nNeighbors: 15,
  minDist: 0.1,
  dims: 3,
  seed: 42,
  spread: 1,
  epochs: 0,
  negativeSampleRate: 5,
  repulsionStrength: 1,
  setOperationRatio: 1,
  localConnectivity: 1,
  supervision: 'none',
  targetWeight: 0.5,
  densityWeight: 0,
  densityFraction: 0.3,
  densityShift: 0.1,
};

export const projectionEngines: readonly ProjectionEngine[] = ['umap', 'umap-js', 'pca', 'random'];

/**
 * Whether an engine lays out a graph of neighbours, which can be supervised; the others project the vectors, and their map is
 * their start.
 */
export function usesNeighbours(engine: ProjectionEngine = defaultOptions.engine): boolean {
  return engine === 'umap' || engine === 'umap-js';
}

/** Whether an engine can keep densities: the project's own alone. */
export function keepsDensities(engine: ProjectionEngine = defaultOptions.engine): boolean {
  return engine === 'umap';
}

/** Allowed values, both ends included. `whole` ones take whole numbers only. */
export const optionRanges = {
  nNeighbors: { min: 2, max: 200, whole: true },
  minDist: { min: 0, max: 1, whole: false },
  dims: { min: 2, max: 3, whole: true },
  seed: { min: 0, max: 2 ** 32 - 1, whole: true },
  spread: { min: 0.1, max: 10, whole: false },
  epochs: { min: 0, max: 2000, whole: true },
  negativeSampleRate: { min: 1, max: 30, whole: true },
  repulsionStrength: { min: 0, max: 10, whole: false },
  setOperationRatio: { min: 0, max: 1, whole: false },
  localConnectivity: { min: 1, max: 10, whole: false },
  targetWeight: { min: 0, max: 1, whole: false },
  densityWeight: { min: 0, max: 10, whole: false },
  densityFraction: { min: 0, max: 1, whole: false },
  densityShift: { min: 0.001, max: 10, whole: false },
} as const satisfies Record<
  Exclude<keyof ProjectionOptions, 'engine' | 'supervision'>,
  { min: number; max: number; whole: boolean }
>;

type NumberOption = keyof typeof optionRanges;
const numberOptions = Object.keys(optionRanges) as NumberOption[];

/** The options with the defaults of what they leave out. */
export function withDefaults(options: ProjectionOptions): Required<ProjectionOptions> {
  return { ...defaultOptions, ...options };
}

/** Below this many texts the map is their principal components: fewer neighbours than the default 15 make no manifold. */
export const minimumUmapRows = 16;

export function isSupervision(value: unknown): value is Supervision {
  return value === 'none' || value === 'group' || (typeof value === 'string' && value.startsWith('column:'));
}

/**
 * Throws an `InputError` that names the first option outside its range, with its value and the range, or says that the engine
 * cannot be supervised or cannot keep densities.
 */
export function checkOptions(options: ProjectionOptions): void {
  const all = withDefaults(options);
  for (const name of numberOptions) {
    const { min, max, whole } = optionRanges[name];
    const value = all[name];
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) continue;
    throw new InputError(whole ? 'projectionOptionWhole' : 'projectionOptionRange', { name, value, min, max });
  }
  if (all.minDist > all.spread)
    throw new InputError('projectionOptionRange', { name: 'minDist', value: all.minDist, min: 0, max: all.spread });
  if (all.supervision !== 'none' && !usesNeighbours(all.engine)) {
    const known = projectionEngines.filter(usesNeighbours).join(', ');
    throw new InputError('engineUnsupervised', { engine: all.engine, known });
  }
  if (all.densityWeight > 0 && !keepsDensities(all.engine)) {
    const known = projectionEngines.filter(keepsDensities).join(', ');
    throw new InputError('engineWithoutDensities', { engine: all.engine, known });
  }
}

/**
 * The neighbours, counting the point itself, that `rows` texts can have: umap-js throws unless there are more texts than
 * neighbours. The graph then has one fewer, since it leaves the point itself out. Zero when there is no neighbour at all.
 */
export function effectiveNeighbours(rows: number, nNeighbors: number): number {
  return Math.max(0, Math.min(nNeighbors, rows - 1));
}

/**
 * Epochs of a layout from the principal components: those of the options, or umap-learn's (`simplicial_set_embedding`), by
 * which large maps get fewer.
 */
export function epochsFor(rows: number, { epochs = 0 }: Pick<ProjectionOptions, 'epochs'> = {}): number {
  if (epochs > 0) return epochs;
  return rows <= 10_000 ? 500 : 200;
}
