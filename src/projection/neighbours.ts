/** Nearest neighbours by cosine. */
import { InputError } from '../errors';
import { alone, type Crew } from '../kernels/crew';
import { isKernelSupported } from '../kernels/projection';
import type { KnnGraph, Matrix } from '../types';
import { dotRows } from '../vectors';
import { checkFinite } from './finite';
import { Pace, type WorkHooks } from '../pace';
import { NeighbourSearch } from './search';
import { compareAll, isSiftable, siftNeighbours } from './sift';

/** Unit rows in float32 have lengths that are off by some 1e-7: closer than this, two rows are one direction. The kernel has the same number. */
const distanceNoise = 1e-6;
/**
 * Candidates beyond the k that are wanted: int16 rounds a cosine of 384 dimensions by some 1e-5, so what is nearest in float32
 * stands a few places off at most, and candidates are ranked again by their exact distances.
 */
const spare = 6;

export interface NeighbourHooks extends WorkHooks {
  /** Threads that share the work; the neighbours are the same for any number of them. */
  readonly crew?: Crew | undefined;
}

/**
 * The `k` nearest rows of every row but itself, by distance (1 - cosine; the rows are of unit length), nearest first,
 * ties by lower index. `k` is cut to rows - 1. Pairs are compared as int16 (see kernels/assembly/neighbours.ts), all of them
 * or, where rows are many, those that sketches leave (see sift.ts; the graph then says with what recall), and the best
 * are ranked by their float32 vectors.
 * Throws an `InputError` that names a row with NaN or infinity, or says that this browser has no SIMD; rejects with the
 * signal's reason when it is aborted.
 */
export async function findNeighbours(
  matrix: Matrix,
  k: number,
  { onProgress, signal, crew = alone }: NeighbourHooks = {},
): Promise<KnnGraph> {
  const pace = new Pace(signal);
  checkFinite(matrix);
  const { rows } = matrix;
  const most = Math.max(0, Math.min(k, rows - 1));
  if (most === 0) return createGraph(rows, 0);
  if (!isKernelSupported()) throw new InputError('simdMissing');
  const report = (share: number) => onProgress?.({ stage: 'neighbours', done: Math.floor(rows * share), total: rows });
  const graph = await searchNeighbours(matrix, most, crew, pace, report);
  onProgress?.({ stage: 'neighbours', done: rows, total: rows });
  return graph;
}

async function searchNeighbours(
  matrix: Matrix,
  k: number,
  crew: Crew,
  pace: Pace,
  report: (share: number) => void,
): Promise<KnnGraph> {
  if (isSiftable(matrix)) return siftNeighbours(matrix, k, crew, pace, report);
  const search = new NeighbourSearch(matrix, Math.min(k + spare, matrix.rows - 1), crew);
  try {
    await compareAll(search, pace, report);
    return await search.rank(k, () => (pace.due ? pace.rest() : undefined));
  } finally {
    search.release();
  }
}

/**
 * For each of `rows` its `k` nearest among `candidates` (both index rows of `matrix`), itself left out, nearest first,
 * ties by order of the candidates. The graph's rows are in the order of `rows`, and its indices count **candidates**, not
 * rows of the matrix. `k` is cut to the candidates that every row has.
 */
export async function nearestRows(
  matrix: Matrix,
  rows: ArrayLike<number>,
  candidates: ArrayLike<number>,
  k: number,
  { signal }: WorkHooks = {},
): Promise<KnnGraph> {
  const pace = new Pace(signal);
  const asked = new Set(Array.from(rows));
  const overlap = Array.from(candidates).some((candidate) => asked.has(candidate)) ? 1 : 0;
  const graph = createGraph(rows.length, Math.max(0, Math.min(k, candidates.length - overlap)));
  if (graph.k === 0) return graph;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (let c = 0; c < candidates.length; c++) {
      const candidate = candidates[c]!;
      if (candidate !== row) offer(graph, i, c, toDistance(dotRows(matrix, row, matrix, candidate)));
    }
    if (pace.due) await pace.rest();
  }
  return graph;
}

/** A graph that any real distance improves. */
function createGraph(rows: number, k: number): KnnGraph {
  const indices = new Int32Array(rows * k).fill(-1);
  const distances = new Float32Array(rows * k).fill(Infinity);
  return { indices, distances, rows, k };
}

/** Distance as the graph holds it, so that what compares equal is equal. */
function toDistance(cosine: number): number {
  const distance = 1 - cosine;
  return distance < distanceNoise ? 0 : Math.fround(distance);
}

/** Takes `candidate` into the row's list, sorted by distance and then by index, if it belongs there. */
function offer({ indices, distances, k }: KnnGraph, row: number, candidate: number, distance: number): void {
  const first = row * k;
  let at = first + k - 1;
  if (distance > distances[at]! || (distance === distances[at] && candidate > indices[at]!)) return;
  for (; at > first; at--) {
    const before = distances[at - 1]!;
    if (before < distance || (before === distance && indices[at - 1]! < candidate)) break;
    distances[at] = before;
    indices[at] = indices[at - 1]!;
  }
  distances[at] = distance;
  indices[at] = candidate;
}
