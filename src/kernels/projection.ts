/** The projection's kernel (assembly/projection.ts) with a memory of its own, typed. */
import bytes from './assembly/projection.ts?kernel';

/** Rows of a block of `nearestInBlock`; assembly/neighbours.ts has the same number. */
export const blockRows = 48;

interface Exports {
  /** See assembly/neighbours.ts. */
  nearestInBlock(
    vectors: number,
    rows: number,
    rowBytes: number,
    block: number,
    other: number,
    end: number,
    k: number,
    indices: number,
    scores: number,
    limits: number,
    products: number,
  ): void;
  /** See assembly/layout.ts. */
  layoutEdges(
    first: number,
    last: number,
    epoch: number,
    points: number,
    snapshot: number,
    tails: number,
    heads: number,
    periods: number,
    due: number,
    rows: number,
    rate: number,
    a: number,
    b: number,
    repulsion: number,
    negatives: number,
    seed: number,
  ): void;
}

/** A kernel and where in its memory the named areas lie, in bytes. */
export interface Kernel<Area extends string> {
  readonly run: Exports;
  readonly memory: ArrayBuffer;
  readonly at: Readonly<Record<Area, number>>;
}

const pageBytes = 65_536;
/** Areas begin where a cache line does. */
const alignment = 64;

let module: WebAssembly.Module | undefined;

/** Whether this browser has what the kernel needs: WebAssembly with its SIMD instructions, as all have since 2023. */
export function isKernelSupported(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes);
}

/** A kernel whose memory has room for `areas` (bytes by name), zeroed. Throws a RangeError where there is no such memory. */
export function createKernel<Area extends string>(areas: Readonly<Record<Area, number>>): Kernel<Area> {
  const at: Partial<Record<Area, number>> = {};
  let end = alignment;
  for (const area in areas) {
    at[area] = end;
    end += Math.ceil(areas[area] / alignment) * alignment;
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / pageBytes) });
  module ??= new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { run: exports as unknown as Exports, memory: memory.buffer, at: at as Record<Area, number> };
}
