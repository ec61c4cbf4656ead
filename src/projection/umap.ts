/** UMAP by the project's own kernel. */
import { createKernel, type Kernel } from '../kernels/projection';
import type { KnnGraph, Positions, ProjectionOptions } from '../types';
import { fitCurve } from './curve';
import { listByBlocks, type EdgeLists } from './blocks';
import { fuzzySimplicialSet, pruneWeak, strongest } from './fuzzy';
import { effectiveNeighbours, epochsFor, withDefaults } from './options';
import { createRandom } from './random';
import { checkStart, runEpochs, type LayoutHooks, type Schedule } from './run';

/** Float32 numbers of a point in the kernel: x, y, z (0 in two dimensions) and 0, one vector register. */
const padded = 4;

type Area = 'points' | 'snapshot' | 'tails' | 'heads' | 'periods' | 'due';

/**
 * Positions by UMAP (McInnes, Healy & Melville 2018, arXiv:1802.03426) from `start` (`rows x dims`, row-major), in layout
 * units. The graph's nearest `nNeighbors - 1` columns are used; `rows` must be more than 2 and equal in both. The same
 * graph, start, options and schedule give the same positions, bit for bit, in every browser and in Node.
 *
 * As in algorithm 5 of the paper a pull moves both of its points at once; points that push are read where they stood when
 * the round of lists began, and edges are taken in the order of their lists (`listByBlocks`), of which several can be taken at
 * a time without a trace.
 * Rejects with the signal's reason when it is aborted.
 */
export async function layoutUmap(
  graph: KnnGraph,
  start: Positions,
  options: ProjectionOptions,
  hooks: LayoutHooks = {},
  schedule: Schedule = { epochs: epochsFor(graph.rows, options), learningRate: 1 },
): Promise<Positions> {
  hooks.signal?.throwIfAborted();
  checkStart(graph, start, options);
  const { rows } = graph;
  const { epochs, learningRate, pinned = [] } = schedule;
  const { minDist, spread, negativeSampleRate, repulsionStrength, seed, ...rest } = withDefaults(options);
  const began = performance.now();
  const k = Math.min(effectiveNeighbours(rows, options.nNeighbors) - 1, graph.k);
  const fuzzy = pruneWeak(fuzzySimplicialSet(graph, k, rest), epochs);
  const lists = listByBlocks(fuzzy);
  hooks.onGraph?.(performance.now() - began);
  const kernel = prepareKernel(lists, start);
  const { a, b } = fitCurve(minDist, spread);
  const random = createRandom(seed);
  const { points, snapshot, tails, heads, periods, due } = kernel.at;
  const columns = [points, snapshot, tails, heads, periods, due, rows] as const;
  const all = new Float32Array(kernel.memory, points, rows * padded);
  const before = new Float32Array(kernel.memory, snapshot, rows * padded);
  const step = (epoch: number): void => {
    const rate = learningRate * (1 - epoch / epochs);
    for (const round of lists.rounds) {
      before.set(all);
      for (const [first, last] of round) {
        const ofList = Math.floor(random() * 2 ** 32) | 0;
        const forces = [rate, a, b, repulsionStrength, negativeSampleRate, ofList] as const;
        kernel.run.layoutEdges(first, last, epoch, ...columns, ...forces);
      }
      // The forces moved them as well: what pushes and pulls in the next round is where they are pinned.
      for (const row of pinned) all.set(before.subarray(row * padded, (row + 1) * padded), row * padded);
    }
  };
  return runEpochs(epochs, step, () => readPositions(all, rows, start.dim), hooks);
}

/** A kernel that holds the graph and the start. The strongest edge is pulled in every epoch, weaker ones less often. */
function prepareKernel({ tails, heads, weights }: EdgeLists, start: Positions): Kernel<Area> {
  const points = start.rows * padded * Float32Array.BYTES_PER_ELEMENT;
  const edges = heads.byteLength;
  const areas = { points, snapshot: points, tails: edges, heads: edges, periods: edges, due: edges };
  const kernel = createKernel(areas);
  const { memory, at } = kernel;
  new Int32Array(memory, at.tails, tails.length).set(tails);
  new Int32Array(memory, at.heads, heads.length).set(heads);
  const most = strongest(weights);
  const periods = new Float32Array(memory, at.periods, heads.length);
  weights.forEach((weight, edge) => (periods[edge] = most / weight));
  new Float32Array(memory, at.due, heads.length).set(periods);
  const all = new Float32Array(memory, at.points, start.rows * padded);
  for (let row = 0; row < start.rows; row++)
    for (let d = 0; d < start.dim; d++) all[row * padded + d] = start.data[row * start.dim + d]!;
  return kernel;
}

function readPositions(points: Float32Array, rows: number, dim: 2 | 3): Positions {
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) for (let d = 0; d < dim; d++) data[row * dim + d] = points[row * padded + d]!;
  return { data, rows, dim };
}
