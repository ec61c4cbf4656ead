/**
 * Whole projections in Node, in a process of their own: how long each stage takes, how much memory, and how good the maps are.
 * The task comes as JSON in the first argument, the result as JSON.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { UMAP } from 'umap-js';
import { procrustesCorrelation } from '../src/projection/align';
import { layoutGraph } from '../src/projection/layout';
import { findNeighbours } from '../src/projection/neighbours';
import { defaultOptions } from '../src/projection/options';
import { placeRows } from '../src/projection/place';
import { createRandom } from '../src/projection/random';
import { startPositions } from '../src/projection/start';
import type { Matrix, Positions } from '../src/types';
import { createMatrix, takeRows } from '../src/vectors';
import { measureQuality, type Quality } from './quality';

export interface ProjectionTask {
  /** Raw float32 numbers, row-major, of which the first `rows` x `dim` are taken. */
  readonly file: string;
  readonly rows: number;
  readonly dim: number;
  readonly repeats: number;
  /** Whether umap-js takes its turn after each run of ours: alone, with its own neighbours and its own start. */
  readonly umapJs: boolean;
  /** Whether the map's quality is measured, and its likeness to that of another seed. */
  readonly quality: boolean;
  /** Maps of another engine to measure too, as raw float32 numbers, rows x 3: of two seeds. */
  readonly others?: readonly [string, string];
}

export interface ProjectionResult {
  /** Seconds of each run. */
  readonly ours: readonly { readonly neighbours: number; readonly start: number; readonly layout: number }[];
  readonly umapJs: readonly number[];
  /** Milliseconds that single rows took to be placed among all others. */
  readonly placing: readonly number[];
  readonly peakMemoryMB: number;
  readonly quality?: Quality & { readonly stability: number };
  readonly others?: Quality & { readonly stability: number };
}

async function measureProjection(task: ProjectionTask): Promise<ProjectionResult> {
  const matrix = readVectors(task);
  const ours: ProjectionResult['ours'][number][] = [];
  const umapJs: number[] = [];
  for (let i = 0; i < task.repeats; i++) {
    ours.push((await project(matrix, defaultOptions.seed)).seconds);
    if (task.umapJs) umapJs.push(projectPlainly(matrix));
  }
  const result = { ours, umapJs, placing: [], peakMemoryMB: peakMemory() };
  if (!task.quality) return result;
  const { positions: map } = await project(matrix, defaultOptions.seed);
  const { positions: other } = await project(matrix, defaultOptions.seed + 1);
  const { others, rows } = task;
  return {
    ...result,
    placing: await timePlacing(matrix, map),
    quality: describe(matrix, map, other),
    ...(others && { others: describe(matrix, readMap(others[0], rows), readMap(others[1], rows)) }),
  };
}

function describe(matrix: Matrix, map: Positions, other: Positions) {
  const { nNeighbors } = defaultOptions;
  return { ...measureQuality(matrix, map, nNeighbors), stability: procrustesCorrelation(map, other) };
}

async function project(matrix: Matrix, seed: number) {
  const options = { ...defaultOptions, seed };
  const began = performance.now();
  const graph = await findNeighbours(matrix, options.nNeighbors - 1);
  const found = performance.now();
  const start = await startPositions(matrix, options.dims, seed);
  const started = performance.now();
  const positions = await layoutGraph(graph, start, options);
  const ended = performance.now();
  const seconds = {
    neighbours: (found - began) / 1000,
    start: (started - found) / 1000,
    layout: (ended - started) / 1000,
  };
  return { positions, seconds };
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

/** Seconds that umap-js takes as anyone would call it; its own schedule of epochs is at most ours. */
function projectPlainly({ data, rows, dim }: Matrix): number {
  const vectors = Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * dim, (row + 1) * dim)));
  const { nNeighbors, minDist, dims, seed } = defaultOptions;
  const distanceFn = (a: number[], b: number[]) => {
    let cosine = 0;
    for (let d = 0; d < dim; d++) cosine += a[d]! * b[d]!;
    return 1 - cosine;
  };
  const began = performance.now();
  const umap = new UMAP({ nComponents: dims, nNeighbors, minDist, distanceFn, random: createRandom(seed) });
  umap.fit(vectors);
  return (performance.now() - began) / 1000;
}

function readVectors({ file, rows, dim }: ProjectionTask): Matrix {
  const data = new Float32Array(rows * dim);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, new Uint8Array(data.buffer), 0, data.byteLength, 0);
  closeSync(descriptor);
  if (read !== data.byteLength) throw new Error(`${file} has ${read} bytes, not ${rows} x ${dim} x 4`);
  return createMatrix(data, dim);
}

function readMap(file: string, rows: number): Positions {
  const bytes = readFileSync(file);
  const data = new Float32Array(rows * 3);
  new Uint8Array(data.buffer).set(bytes.subarray(0, data.byteLength));
  return { data, rows, dim: 3 };
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
