/** Memory of a kernel: what lies where. */

const pageBytes = 65_536;
/** Areas begin where a cache line does. */
const alignment = 64;

export interface Areas<Area extends string> {
  readonly memory: WebAssembly.Memory;
  /** Where the named areas lie in its memory, in bytes. */
  readonly at: Readonly<Record<Area, number>>;
}

/**
 * Memory with room for `areas` (bytes by name), zeroed, and shared between threads if it is said so. Throws a RangeError where
 * there is no such memory.
 */
export function createAreas<Area extends string>(areas: Readonly<Record<Area, number>>, shared = false): Areas<Area> {
  const at: Partial<Record<Area, number>> = {};
  let end = alignment;
  for (const area in areas) {
    at[area] = end;
    end += Math.ceil(areas[area] / alignment) * alignment;
  }
  const pages = Math.ceil(end / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, ...(shared && { maximum: pages, shared }) });
  return { memory, at: at as Record<Area, number> };
}
