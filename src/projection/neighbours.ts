/** Exact nearest neighbours by cosine, from all pairs. */
import { InputError } from '../errors';
import { blockRows, createKernel, isKernelSupported, type Kernel } from '../kernels/projection';
import type { KnnGraph, Matrix } from '../types';
import { dotRows } from '../vectors';
import { checkFinite } from './finite';
import { Pace, type WorkHooks } from './pace';

/** Unit rows in float32 have lengths that are off by some 1e-7: closer than this, two rows are one direction. */
const distanceNoise = 1e-6;
/**
 * Candidates beyond the k that are wanted: int16 rounds a cosine of 384 dimensions by some 1e-5, so what is nearest in float32
 * stands a few places off at most, and candidates are ranked again by their exact distances.
 */
const spare = 6;
/** The largest int16, for a coordinate of 1. */
const one = 32_767;

type Area = 'vectors' | 'indices' | 'scores' | 'limits' | 'products';

/**
 * The `k` nearest rows of every row but itself, by distance (1 - cosine; the rows are of unit length), nearest first,
 * ties by lower index. `k` is cut to rows - 1. Every pair is computed once, as int16 (see kernels/assembly/neighbours.ts),
 * and the best are ranked by their float32 vectors.
 * Throws an `InputError` that names a row with NaN or infinity, or says that this browser has no SIMD; rejects with the
 * signal's reason when it is aborted.
 */
export async function findNeighbours(
  matrix: Matrix,
  k: number,
  { onProgress, signal }: WorkHooks = {},
): Promise<KnnGraph> {
  const pace = new Pace(signal);
  checkFinite(matrix);
  const { rows } = matrix;
  const graph = createGraph(rows, Math.max(0, Math.min(k, rows - 1)));
  if (graph.k === 0) return graph;
  if (!isKernelSupported()) throw new InputError('simdMissing');
  const candidates = Math.min(graph.k + spare, rows - 1);
  const search = prepareSearch(matrix, candidates);
  const blocks = Math.ceil(rows / blockRows);
  const pairs = (blocks * (blocks + 1)) / 2;
  let done = 0;
  for (let block = 0; block < blocks; block++) {
    for (let other = block; other < blocks; other++) {
      offerBlock(search, rows, candidates, block, other);
      done++;
      if (!pace.due) continue;
      onProgress?.({ stage: 'neighbours', done: Math.floor((rows * done) / pairs), total: rows });
      await pace.rest();
    }
  }
  const found = new Int32Array(search.kernel.memory, search.kernel.at.indices, rows * candidates);
  for (let row = 0; row < rows; row++) {
    for (const candidate of found.subarray(row * candidates, (row + 1) * candidates))
      offer(graph, row, candidate, toDistance(dotRows(matrix, row, matrix, candidate)));
    if (pace.due) await pace.rest();
  }
  onProgress?.({ stage: 'neighbours', done: rows, total: rows });
  return graph;
}

interface Search {
  readonly kernel: Kernel<Area>;
  readonly rowBytes: number;
}

/** A kernel that holds the vectors as int16, and empty lists of `candidates` for every row. */
function prepareSearch({ data, rows, dim }: Matrix, candidates: number): Search {
  const padded = Math.ceil(rows / blockRows) * blockRows;
  const length = Math.ceil(dim / 8) * 8;
  const rowBytes = length * Int16Array.BYTES_PER_ELEMENT;
  const word = Int32Array.BYTES_PER_ELEMENT;
  const kernel = createKernel({
    vectors: padded * rowBytes,
    indices: padded * candidates * word,
    scores: padded * candidates * word,
    limits: padded * word,
    products: blockRows * blockRows * word,
  });
  const { memory, at } = kernel;
  const vectors = new Int16Array(memory, at.vectors, padded * length);
  for (let row = 0, from = 0; row < rows; row++) {
    for (let to = row * length, end = to + dim; to < end; to++, from++) vectors[to] = Math.round(data[from]! * one);
  }
  new Int32Array(memory, at.indices, padded * candidates).fill(-1);
  new Int32Array(memory, at.scores, padded * candidates).fill(-(2 ** 31));
  new Int32Array(memory, at.limits, padded).fill(-(2 ** 31));
  return { kernel, rowBytes };
}

function offerBlock({ kernel, rowBytes }: Search, rows: number, k: number, block: number, other: number): void {
  const { vectors, indices, scores, limits, products } = kernel.at;
  const lists = [k, indices, scores, limits, products] as const;
  kernel.run.nearestInBlock(vectors, rows, rowBytes, block, other, other + 1, ...lists);
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
