/** Kernels as they are started: compiled once, each time with a memory of its own. */

const pageBytes = 65_536;
/** Areas begin where a cache line does. */
const alignment = 64;

/** A kernel and where in its memory the named areas lie, in bytes. */
export interface Started<Exports, Area extends string> {
  readonly run: Exports;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The memory's bytes; shared between threads, or not. */
  readonly buffer: ArrayBuffer;
  readonly at: Readonly<Record<Area, number>>;
}

/** By the bytes of which they were compiled, when first needed. */
const modules = new Map<Uint8Array, WebAssembly.Module>();

/**
 * The kernel of `bytes`, whose functions are `Exports`, with memory that has room for `areas` (bytes by name), zeroed, and is shared between
 * threads if it is said so. Throws a RangeError where there is no such memory.
 */
export function startKernel<Exports, Area extends string>(
  bytes: Uint8Array<ArrayBuffer>,
  areas: Readonly<Record<Area, number>>,
  shared = false,
): Started<Exports, Area> {
  const at: Partial<Record<Area, number>> = {};
  let end = alignment;
  for (const area in areas) {
    at[area] = end;
    end += Math.ceil(areas[area] / alignment) * alignment;
  }
  const pages = Math.ceil(end / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, ...(shared && { maximum: pages, shared }) });
  let module = modules.get(bytes);
  if (!module) modules.set(bytes, (module = new WebAssembly.Module(bytes)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = exports as unknown as Exports;
  return { run, module, memory, buffer: memory.buffer, at: at as Record<Area, number> };
}
