/** A whole projection in Node: how long each stage takes, how much memory, and how good the map is. */
import { readFileSync } from 'node:fs';
import { parseNpz } from '../src/data/npz';
import { procrustesCorrelation } from '../src/projection/align';
import { layoutGraph } from '../src/projection/layout';
import { findNeighbours } from '../src/projection/neighbours';
import { defaultOptions } from '../src/projection/options';
import { startPositions } from '../src/projection/start';
import type { Matrix, Positions, ProjectionOptions } from '../src/types';
import { createMatrix } from '../src/vectors';
import { measureQuality, type Quality } from './quality';

export interface ProjectionTask {
  /** An `.npz` with vectors, of which the first `rows` are taken. */
  readonly file: string;
  readonly rows: number;
  readonly options: Partial<ProjectionOptions>;
  readonly repeats: number;
  /** Whether the map's quality is measured, and its likeness to that of another seed. */
  readonly quality: boolean;
  /** Maps of others to measure, as raw float32 numbers, rows x 3: two seeds each. */
  readonly others?: readonly [string, string];
}

export interface ProjectionResult {
  /** Seconds of each run. */
  readonly runs: readonly { readonly neighbours: number; readonly start: number; readonly layout: number }[];
  readonly peakMemoryMB: number;
  /** Before the first run: Node itself and the vectors. */
  readonly memoryBeforeMB: number;
  readonly quality?: Quality & { readonly stability: number };
  readonly others?: Quality & { readonly stability: number };
}

export async function measureProjection(task: ProjectionTask): Promise<ProjectionResult> {
  const matrix = readVectors(task.file, task.rows);
  const options = { ...defaultOptions, ...task.options };
  const memoryBeforeMB = peakMemory();
  const runs: ProjectionResult['runs'][number][] = [];
  for (let i = 0; i < task.repeats; i++) runs.push((await project(matrix, options)).seconds);
  const peakMemoryMB = peakMemory();
  const result = { runs, memoryBeforeMB, peakMemoryMB };
  if (!task.quality) return result;
  const map = (await project(matrix, options)).positions;
  const other = (await project(matrix, { ...options, seed: options.seed + 1 })).positions;
  const { others } = task;
  return {
    ...result,
    quality: describe(matrix, map, other),
    ...(others && { others: describe(matrix, readMap(others[0], task.rows), readMap(others[1], task.rows)) }),
  };
}

function describe(matrix: Matrix, map: Positions, other: Positions) {
  const { nNeighbors } = defaultOptions;
  return { ...measureQuality(matrix, map, nNeighbors), stability: procrustesCorrelation(map, other) };
}

async function project(matrix: Matrix, options: ProjectionOptions) {
  const began = performance.now();
  const graph = await findNeighbours(matrix, options.nNeighbors - 1);
  const found = performance.now();
  const start = await startPositions(matrix, options.dims, options.seed);
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

function readVectors(file: string, rows: number): Matrix {
  const { vectors } = parseNpz(file, new Uint8Array(readFileSync(file)));
  if (!vectors || vectors.rows < rows) throw new Error(`${file} has ${vectors?.rows ?? 0} vectors, not ${rows}`);
  return createMatrix(vectors.data.slice(0, rows * vectors.dim), vectors.dim);
}

function readMap(file: string, rows: number): Positions {
  const bytes = readFileSync(file);
  const data = new Float32Array(rows * 3);
  new Uint8Array(data.buffer).set(bytes.subarray(0, data.byteLength));
  return { data, rows, dim: 3 };
}

/** Megabytes; libuv gives kilobytes on every system. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
