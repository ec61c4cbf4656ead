/** UMAP by umap-js, the reference implementation of Google PAIR, behind the shapes of this project. */
import { UMAP } from 'umap-js';
import type { KnnGraph, LayoutFrame, Positions, ProjectionOptions } from '../types';
import { effectiveNeighbours, epochsFor } from './options';
import { Pace, type WorkHooks } from './pace';
import { createRandom } from './random';

export interface LayoutHooks extends WorkHooks {
  /** Called with the start, then about 20 times a second, and with the end. Each frame owns its positions. */
  readonly onFrame?: ((frame: LayoutFrame) => void) | undefined;
}

/** How a run differs from one that starts at the principal components. */
export interface Schedule {
  readonly epochs: number;
  /** Step size of the first epoch; it falls to zero in a line. 1 in the paper. */
  readonly learningRate: number;
}

/** 20 frames a second look fluent and leave the thread to the layout. */
const frameMs = 50;
/** Stands in for zero in a row whose neighbours are all equal to it: umap-js averages every distance anew for such a row. */
const equalDistance = 1e-12;

/**
 * Positions by UMAP (McInnes, Healy & Melville 2018, arXiv:1802.03426) from `start` (`rows x dims`, row-major), in layout
 * units. The graph's nearest `nNeighbors - 1` columns are used; `rows` must be more than 2 and equal in both. The same
 * graph, start, options and schedule give the same positions, bit for bit.
 *
 * umap-js builds its graph in one piece and steps by whole epochs: 2.4 s and some 35 ms at 5,000 texts, when a cancel waits.
 * Rejects with the signal's reason when it is aborted.
 */
export async function layoutUmap(
  graph: KnnGraph,
  start: Positions,
  options: ProjectionOptions,
  { onFrame, onProgress, signal }: LayoutHooks = {},
  schedule: Schedule = { epochs: epochsFor(graph.rows), learningRate: 1 },
): Promise<Positions> {
  const pace = new Pace(signal);
  checkStart(graph, start, options);
  const { epochs } = schedule;
  const umap = createUmap(graph, options, schedule);
  const points = umap.getEmbedding();
  points.forEach((point, row) => {
    for (let d = 0; d < options.dims; d++) point[d] = start.data[row * options.dims + d]!;
  });
  onFrame?.({ epoch: 0, epochs, positions: toPositions(points, options.dims) });
  let frameTime = performance.now();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    if (epoch < epochs && performance.now() - frameTime >= frameMs) {
      onFrame?.({ epoch, epochs, positions: toPositions(points, options.dims) });
      frameTime = performance.now();
    }
    if (!pace.due) continue;
    onProgress?.({ stage: 'layout', done: epoch, total: epochs });
    await pace.rest();
  }
  const positions = toPositions(points, options.dims);
  onFrame?.({ epoch: epochs, epochs, positions: { ...positions, data: positions.data.slice() } });
  onProgress?.({ stage: 'layout', done: epochs, total: epochs });
  return positions;
}

/** Shapes that do not fit are a mistake of the caller's, not of the person's. */
function checkStart({ rows, k }: KnnGraph, start: Positions, { dims }: ProjectionOptions): void {
  if (rows < 3 || k < 1) throw new RangeError(`UMAP needs 3 rows and 1 neighbour; the graph has ${rows} and ${k}`);
  if (start.rows !== rows || start.dim !== dims)
    throw new RangeError(`a start of ${start.rows} x ${start.dim} for a layout of ${rows} x ${dims}`);
  const bad = start.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`row ${Math.floor(bad / dims)} of the start is not finite`);
}

/** A umap-js that is ready to step; its own random start is there to be overwritten in place. */
function createUmap(graph: KnnGraph, options: ProjectionOptions, { epochs, learningRate }: Schedule): UMAP {
  const { indices, distances, rows, k } = graph;
  const nNeighbors = Math.min(effectiveNeighbours(rows, options.nNeighbors), k + 1);
  const columns: number[][] = [];
  const lengths: number[][] = [];
  for (let row = 0; row < rows; row++) {
    const from = row * k;
    const to = from + nNeighbors - 1;
    const near = Array.from(distances.subarray(from, to));
    // The farthest of them is last: when it is zero, all are.
    if (near.at(-1) === 0) near.fill(equalDistance);
    // The point itself comes back as column 0: umap-js leaves that one out when it fits sigma.
    columns.push([row, ...indices.subarray(from, to)]);
    lengths.push([0, ...near]);
  }
  const umap = new UMAP({
    nComponents: options.dims,
    nEpochs: epochs,
    nNeighbors,
    minDist: options.minDist,
    learningRate,
    random: createRandom(options.seed),
  });
  umap.setPrecomputedKNN(columns, lengths);
  // With neighbours given, umap-js asks the vectors for nothing but their number.
  umap.initializeFit(columns);
  return umap;
}

/** A copy as float32. Throws when a coordinate has run away. */
function toPositions(points: readonly (readonly number[])[], dims: 2 | 3): Positions {
  const data = new Float32Array(points.length * dims);
  points.forEach((point, row) => data.set(point, row * dims));
  if (!data.every(Number.isFinite)) throw new Error('the layout has left the finite numbers');
  return { data, rows: points.length, dim: dims };
}
