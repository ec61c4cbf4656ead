/**
 * Whole projections in Node, in a process of their own: how long each stage takes, how much memory, and how good the maps are.
 * The task comes as JSON in the first argument, the result as JSON.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { startCrew } from '../src/cli/crew';
import type { Crew } from '../src/kernels/crew';
import { procrustesCorrelation } from '../src/projection/align';
import { layoutGraph } from '../src/projection/layout';
import { findNeighbours } from '../src/projection/neighbours';
import { defaultOptions } from '../src/projection/options';
import { placeRows } from '../src/projection/place';
import { startPositions } from '../src/projection/start';
import type { KnnGraph, Matrix, Positions } from '../src/types';
import { createMatrix, takeRows } from '../src/vectors';
import { projectByAtlas, projectByUmapJs, readMap, type Timed } from './others';
import { measureQuality, measureRecall, type Quality } from './quality';

export interface ProjectionTask {
  /** Raw float32 numbers, row-major, of which the first `rows` x `dim` are taken. */
  readonly file: string;
  readonly rows: number;
  readonly dim: number;
  readonly repeats: number;
  /** After how many of our runs umap-js takes its turn. */
  readonly umapJs: number;
  /** The file of Embedding Atlas's UMAP, and after how many of our runs it takes its turn. */
  readonly atlas?: { readonly file: string; readonly repeats: number };
  /** Whether the search and the maps are measured too, and the likeness of maps of several seeds. */
  readonly quality: boolean;
  /** How many seeds, from the default one on. */
  readonly seeds: number;
  /** Maps of umap-learn to measure too, as raw float32 numbers, rows x 3: of as many seeds. */
  readonly umapLearn?: readonly string[];
}

/** The mean of several seeds' maps; stability is the mean Procrustes correlation of every two of them. */
export type MapQuality = Quality & { readonly stability: number };

export interface ProjectionResult {
  /** Seconds of each run: what is made of the vectors, which are neighbours and start, and the layout. */
  readonly ours: readonly { readonly vectors: number; readonly layout: number }[];
  /** Seconds of each run on two threads, with the same bytes as on one. */
  readonly shared: readonly number[];
  readonly umapJs: readonly number[];
  readonly atlas: readonly number[];
  readonly peakMemoryMB: number;
  readonly quality?: {
    /** Milliseconds that single rows took to be placed among all others. */
    readonly placing: readonly number[];
    /** Share of the true neighbours that the search found. */
    readonly searchRecall: number;
    readonly atlasSearchRecall?: number;
    readonly ours: MapQuality;
    readonly atlas?: MapQuality;
    readonly umapLearn?: MapQuality;
  };
}

async function measureProjection(task: ProjectionTask): Promise<ProjectionResult> {
  const matrix = readVectors(task);
  const { seed } = defaultOptions;
  const crew = await startCrew(2);
  const ours: Projected[] = [];
  const shared: number[] = [];
  const umapJs: number[] = [];
  const atlas: Timed[] = [];
  for (let i = 0; i < task.repeats; i++) {
    ours.push(await project(matrix, seed));
    if (task.quality) shared.push(await timeShared(matrix, seed, crew, ours[0]!));
    if (i < task.umapJs) umapJs.push(projectByUmapJs(matrix));
    if (task.atlas && i < task.atlas.repeats) atlas.push(await projectByAtlas(task.atlas.file, matrix, seed));
  }
  return {
    ours: ours.map(({ seconds }) => seconds),
    shared,
    umapJs,
    atlas: atlas.map(({ seconds }) => seconds),
    peakMemoryMB: peakMemory(),
    ...(task.quality && { quality: await measureMaps(matrix, task, ours[0]!, atlas[0]) }),
  };
}

/** Of maps that were timed, each beside those of other seeds. */
async function measureMaps(matrix: Matrix, task: ProjectionTask, ours: Projected, atlas?: Timed) {
  const { rows, umapLearn } = task;
  const seeds = Array.from({ length: task.seeds - 1 }, (_, i) => defaultOptions.seed + 1 + i);
  const others: Positions[] = [];
  const othersOfAtlas: Positions[] = [];
  for (const seed of seeds) {
    others.push((await project(matrix, seed)).positions);
    if (task.atlas) othersOfAtlas.push((await projectByAtlas(task.atlas.file, matrix, seed)).positions);
  }
  return {
    placing: await timePlacing(matrix, ours.positions),
    searchRecall: measureRecall(matrix, ours.graph),
    ours: describe(matrix, [ours.positions, ...others]),
    ...(atlas && {
      atlasSearchRecall: measureRecall(matrix, atlas.graph),
      atlas: describe(matrix, [atlas.positions, ...othersOfAtlas]),
    }),
    ...(umapLearn && {
      umapLearn: describe(
        matrix,
        umapLearn.map((file) => readMap(file, rows)),
      ),
    }),
  };
}

function describe(matrix: Matrix, maps: readonly Positions[]): MapQuality {
  const { nNeighbors } = defaultOptions;
  const pairs = maps.flatMap((map, i) => maps.slice(i + 1).map((other) => procrustesCorrelation(map, other)));
  const stability = pairs.reduce((sum, correlation) => sum + correlation, 0) / pairs.length;
  return { ...measureQuality(matrix, maps, nNeighbors), stability };
}

interface Projected {
  readonly graph: KnnGraph;
  readonly positions: Positions;
  readonly seconds: ProjectionResult['ours'][number];
}

/** Whole seconds on the crew's threads. Throws when its map is not that of one thread, to the byte. */
async function timeShared(matrix: Matrix, seed: number, crew: Crew, alone: Projected): Promise<number> {
  const { positions, seconds } = await project(matrix, seed, crew);
  if (positions.data.some((value, i) => value !== alone.positions.data[i]))
    throw new Error(`${crew.threads} threads made another map than one`);
  return seconds.vectors + seconds.layout;
}

/** As the engine does it: neighbours and start are asked for at once, so that a second thread compares rows while one makes the start. */
async function project(matrix: Matrix, seed: number, crew?: Crew): Promise<Projected> {
  const options = { ...defaultOptions, seed };
  const began = performance.now();
  const [graph, start] = await Promise.all([
    findNeighbours(matrix, options.nNeighbors - 1, { crew }),
    startPositions(matrix, options.dims, seed),
  ]);
  const started = performance.now();
  const positions = await layoutGraph(graph, start, options, { crew });
  const ended = performance.now();
  return { graph, positions, seconds: { vectors: (started - began) / 1000, layout: (ended - started) / 1000 } };
}

/** Ten rows, each among all others, which stay where they are. */
async function timePlacing(matrix: Matrix, map: Positions): Promise<number[]> {
  const taken: number[] = [];
  for (let row = 0; row < 10; row++) {
    const others = Array.from({ length: matrix.rows - 1 }, (_, i) => (i < row ? i : i + 1));
    const positions = takeRows(map, others);
    const began = performance.now();
    await placeRows(matrix, [row], others, positions);
    taken.push(performance.now() - began);
  }
  return taken;
}

function readVectors({ file, rows, dim }: ProjectionTask): Matrix {
  const data = new Float32Array(rows * dim);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, new Uint8Array(data.buffer), 0, data.byteLength, 0);
  closeSync(descriptor);
  if (read !== data.byteLength) throw new Error(`${file} has ${read} bytes, not ${rows} x ${dim} x 4`);
  return createMatrix(data, dim);
}

/**
 * Megabytes of the whole process. Linux counts in `maxRSS` also what the process was before it became Node, a copy of the
 * large one that started it; VmHWM begins anew.
 */
function peakMemory(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(status) ?? [];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024;
}

const task: ProjectionTask = JSON.parse(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(await measureProjection(task)));
