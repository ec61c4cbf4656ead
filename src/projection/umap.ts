/** UMAP by the project's own kernel. */
import { alone, mostThreads } from '../kernels/crew';
import { createKernel, pullBytes, type Kernel } from '../kernels/projection';
import type { KnnGraph, Positions } from '../types';
import { fitCurve } from './curve';
import { densityTerm, type DensityTerm } from './density';
import { fencesOf, listByBlocks, looksOf, rowsByBlock, type EdgeLists } from './blocks';
import { fuzzySimplicialSet, pruneWeak, strongest } from './fuzzy';
import { effectiveNeighbours, epochsFor, withDefaults } from './options';
import { checkStart, runEpochs, type LayoutHooks, type Schedule, type UmapOptions } from './run';
import { smoothStart } from './smooth';
import { superviseBy } from './supervised';

/** Float32 numbers of a point in the kernel: x, y, z (0 in two dimensions) and 0, one vector register. */
const padded = 4;

type Area =
  | 'points'
  | 'snapshot'
  | 'control'
  | 'lists'
  | 'tails'
  | 'heads'
  | 'periods'
  | 'due'
  | 'scratch'
  | 'pinned'
  | DensityArea;
type DensityArea = 'offsets' | 'neighbours' | 'wanted' | 'radii' | 'pulls';

/**
 * Positions by UMAP (McInnes, Healy & Melville 2018, arXiv:1802.03426) from `start` (`rows x dims`, row-major), in layout
 * units. The graph's nearest `nNeighbors - 1` columns are used, supervised by `options.labels`; `rows` must be more than 2 and equal in both. The same
 * graph, start, options and schedule give the same positions, bit for bit, in every browser and in Node.
 *
 * As in algorithm 5 of the paper a pull moves both of its points at once; points that push are read where they stood when
 * the epoch or the round began, and edges are taken in the order of their lists (`listByBlocks`), of which several can be taken at
 * a time without a trace. With a `densityWeight` above 0 the last `densityFraction` of the epochs also keep densities (densMAP;
 * kernels/assembly/density.ts). Without a schedule it is a whole run, whose start the graph smooths first (`smoothStart`).
 * Rejects with the signal's reason when it is aborted.
 */
export async function layoutUmap(
  graph: KnnGraph,
  start: Positions,
  options: UmapOptions,
  hooks: LayoutHooks = {},
  schedule?: Schedule,
): Promise<Positions> {
  hooks.signal?.throwIfAborted();
  checkStart(graph, start, options);
  const { rows } = graph;
  const { epochs, learningRate, pinned = [] } = schedule ?? { epochs: epochsFor(rows, options), learningRate: 1 };
  const { minDist, spread, negativeSampleRate, repulsionStrength, seed, ...rest } = withDefaults(options);
  const began = performance.now();
  const k = Math.min(effectiveNeighbours(rows, options.nNeighbors) - 1, graph.k);
  const supervised = superviseBy(fuzzySimplicialSet(graph, k, rest), options.labels, rest.targetWeight);
  const fuzzy = pruneWeak(supervised, epochs);
  const lists = listByBlocks(fuzzy);
  hooks.onGraph?.(performance.now() - began);
  const { crew = alone } = hooks;
  const term = densityTerm(graph, k, fuzzy, epochs, rest);
  const scratchSize = pullBytes(negativeSampleRate);
  const begun = schedule ? start : smoothStart(start, supervised, seed);
  const kernel = prepareKernel(lists, begun, pinned, term, scratchSize * crew.threads, crew.threads > 1);
  const { a, b } = fitCurve(minDist, spread);
  const { control, lists: table, points, snapshot, tails, heads, periods, due, scratch, pinned: pins } = kernel.at;
  const areas = [points, snapshot, tails, heads, periods, due, scratch, scratchSize, pins, rows] as const;
  const forces = [learningRate, a, b, repulsionStrength, negativeSampleRate, seed] as const;
  const { offsets, neighbours, wanted, radii, pulls } = kernel.at;
  const graphAreas = [offsets, neighbours, wanted, radii, pulls] as const;
  const density = [term?.from ?? epochs, ...graphAreas, term?.strength ?? 0, term?.shift ?? 0] as const;
  const order = [looksOf(lists.rounds, rows), fencesOf(lists.rounds, crew.threads)] as const;
  const rounds = [control, table, lists.rounds.length, lists.rounds[0]!.length, ...order] as const;
  const meetings = new Int32Array(kernel.buffer, control, crew.threads);
  const step = (from: number, to: number) => {
    meetings.fill(0);
    return crew.run(kernel, 'layoutEpochs', crew.threads, (thread) => {
      return [thread, crew.threads, ...rounds, from, to, epochs, ...areas, ...forces, ...density];
    });
  };
  const all = new Float32Array(kernel.buffer, points, rows * padded);
  try {
    return await runEpochs(epochs, step, () => readPositions(all, rows, start.dim), hooks);
  } finally {
    crew.release(kernel);
  }
}

/** A kernel that holds the graph and the start. The strongest edge is pulled in every epoch, weaker ones less often. */
function prepareKernel(
  { tails, heads, weights, rounds }: EdgeLists,
  start: Positions,
  pinned: readonly number[],
  density: DensityTerm | undefined,
  scratch: number,
  shared: boolean,
): Kernel<Area> {
  const lists = Int32Array.from(rounds.flat(2));
  const pins = rowsByBlock(pinned);
  const points = start.rows * padded * Float32Array.BYTES_PER_ELEMENT;
  const edges = heads.byteLength;
  const numbers = density ? start.rows * Float32Array.BYTES_PER_ELEMENT : 0;
  const kernel = createKernel(
    {
      ...{ points, snapshot: points, control: mostThreads * Int32Array.BYTES_PER_ELEMENT, lists: lists.byteLength },
      ...{ tails: edges, heads: edges, periods: edges, due: edges, scratch, pinned: pins.byteLength },
      ...{ wanted: numbers, radii: numbers, pulls: 2 * numbers },
      ...{
        offsets: density?.fuzzy.offsets.byteLength ?? 0,
        neighbours: density ? (density.fuzzy.heads.length + 3) * Int32Array.BYTES_PER_ELEMENT : 0,
      },
    },
    shared,
  );
  const { buffer, at } = kernel;
  new Int32Array(buffer, at.lists, lists.length).set(lists);
  new Int32Array(buffer, at.tails, tails.length).set(tails);
  new Int32Array(buffer, at.heads, heads.length).set(heads);
  const most = strongest(weights);
  const periods = new Float32Array(buffer, at.periods, heads.length);
  for (let edge = 0; edge < heads.length; edge++) periods[edge] = most / weights[edge]!;
  // An edge stands in its list both ways, and pulls both ends each way: half a period apart, or its rows would come too close. And
  // so that both together pull as often as their weight says: with first pulls a whole and half a period on, weak edges lose.
  const due = new Float32Array(buffer, at.due, heads.length);
  for (let edge = 0; edge < heads.length; edge++)
    due[edge] = periods[edge]! * (tails[edge]! < heads[edge]! ? 0.75 : 0.25);
  const all = new Float32Array(buffer, at.points, start.rows * padded);
  for (let row = 0; row < start.rows; row++)
    for (let d = 0; d < start.dim; d++) all[row * padded + d] = start.data[row * start.dim + d]!;
  new Float32Array(buffer, at.snapshot, all.length).set(all);
  new Int32Array(buffer, at.pinned, pins.length).set(pins);
  if (density) {
    const { fuzzy, wanted } = density;
    new Int32Array(buffer, at.offsets, fuzzy.offsets.length).set(fuzzy.offsets);
    new Int32Array(buffer, at.neighbours, fuzzy.heads.length).set(fuzzy.heads);
    new Float32Array(buffer, at.wanted, wanted.length).set(wanted);
  }
  return kernel;
}

function readPositions(points: Float32Array, rows: number, dim: 2 | 3): Positions {
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) for (let d = 0; d < dim; d++) data[row * dim + d] = points[row * padded + d]!;
  return { data, rows, dim };
}
