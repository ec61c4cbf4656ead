/** The projection's kernel (assembly/projection.ts) with a memory of its own, typed. */
import { startKernel, type Started } from './start';
import bytes from './assembly/projection.ts?kernel';
import sharedBytes from './assembly/projection.ts?kernel-shared';

/** The kernel's functions, as the files of assembly/ describe them. Addresses and sizes are in bytes. */
export interface Exports {
  cosinesOfRows(vectors: number, dim: number, rows: number, queries: number, cosines: number): void;
  compareRows(
    block: number,
    compared: number,
    comparedBytes: number,
    queries: number,
    asked: number,
    members: number,
    count: number,
    both: number,
    k: number,
    indices: number,
    scores: number,
    scratch: number,
  ): void;
  siftRows(
    block: number,
    compared: number,
    comparedBytes: number,
    queries: number,
    asked: number,
    members: number,
    count: number,
    gates: number,
    vectors: number,
    rowBytes: number,
    k: number,
    indices: number,
    scores: number,
    scratch: number,
  ): void;
  sketchRows(
    vectors: number,
    rowBytes: number,
    directions: number,
    count: number,
    first: number,
    last: number,
    sketches: number,
    scratch: number,
  ): void;
  mergeLists(
    first: number,
    last: number,
    k: number,
    indices: number,
    scores: number,
    otherIndices: number,
    otherScores: number,
  ): void;
  quantiseRows(floats: number, dim: number, first: number, last: number, vectors: number, rowBytes: number): void;
  rankLists(first: number, last: number, floats: number, dim: number, k: number, indices: number, scores: number): void;
  layoutEpochs(
    thread: number,
    threads: number,
    control: number,
    lists: number,
    rounds: number,
    width: number,
    looks: number,
    fences: number,
    first: number,
    last: number,
    epochs: number,
    points: number,
    snapshot: number,
    tails: number,
    heads: number,
    periods: number,
    due: number,
    scratch: number,
    scratchSize: number,
    pinned: number,
    rows: number,
    rate: number,
    a: number,
    b: number,
    repulsion: number,
    negatives: number,
    seed: number,
    densityFrom: number,
    offsets: number,
    neighbours: number,
    wanted: number,
    radii: number,
    pulls: number,
    density: number,
    shift: number,
  ): void;
}

/**
 * Bytes that `compareRows` and `siftRows` need for themselves for blocks of `block` rows of `rowBytes`; `sketchRows` needs as many for as
 * many directions.
 */
export function scratchBytes(block: number, rowBytes: number): number {
  return 144 + block * (16 + rowBytes);
}

/**
 * Bytes that `layoutEpochs` needs for each thread: the numbers of due edges, and for two edges the forces, a pull and so many pushes each, by
 * four; in whole lines of the cache, which no two threads share.
 */
export function pullBytes(negatives: number): number {
  return Math.ceil((260 * 4 + Math.floor((negatives + 2) / 2) * 80) / 64) * 64;
}

/** The kernel with a memory of its own. */
export type Kernel<Area extends string> = Started<Exports, Area>;

/** Whether this browser has what the kernel needs: WebAssembly with its SIMD instructions, as all have since 2023. */
export function isKernelSupported(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes);
}

/**
 * A kernel whose memory has room for `areas` (bytes by name), zeroed, and can be shared between threads if it is said so.
 * Throws a RangeError where there is no such memory.
 */
export function createKernel<Area extends string>(areas: Readonly<Record<Area, number>>, shared = false): Kernel<Area> {
  return startKernel(shared ? sharedBytes : bytes, areas, shared);
}
