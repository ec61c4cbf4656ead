/** Which points stand within an outline that was drawn over the cloud: on the processor, from the screen's own numbers. */
import type { Screen } from './screen';

/** Edges are looked up by horizontal bands, so that a point meets a few of them and not all of a long lasso. */
const mostBands = 256;

/**
 * The rows whose points lie within an outline, in order; those behind the camera and hidden ones never do. The winding
 * number decides: a lasso that crosses itself holds all that it goes around, whichever way.
 * @param path x and y in CSS pixels by turns; it is closed from its end to its beginning
 */
export function rowsWithin(screen: Screen, path: ArrayLike<number>): Int32Array<ArrayBuffer> {
  const { count, x: xs, y: ys, depth } = screen;
  const edges = path.length >> 1;
  if (edges < 3) return new Int32Array(0);
  const { left, top, right, bottom } = boundsOf(path);
  const bands = Math.min(edges, mostBands);
  const perBand = bands / Math.max(bottom - top, 1e-6);
  const bandOf = (y: number) => Math.min(Math.floor((y - top) * perBand), bands - 1);
  const { first, list } = edgesByBand(path, bands, bandOf);
  const rows = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    const x = xs[row]!;
    const y = ys[row]!;
    if (depth[row] === 0 || x < left || x > right || y < top || y > bottom) continue;
    const band = bandOf(y);
    let winding = 0;
    for (let i = first[band]!; i < first[band + 1]!; i++) {
      const a = list[i]! * 2;
      const b = a + 2 < edges * 2 ? a + 2 : 0;
      const ay = path[a + 1]!;
      const by = path[b + 1]!;
      // Half open: an edge has its upper end and not its lower one, so that none is counted twice where two meet.
      if (ay <= y === by <= y) continue;
      const side = (path[b]! - path[a]!) * (y - ay) - (x - path[a]!) * (by - ay);
      if (ay <= y && side > 0) winding++;
      else if (ay > y && side < 0) winding--;
    }
    if (winding !== 0) rows[found++] = row;
  }
  return rows.slice(0, found);
}

/** The outline of the rectangle between two corners. */
export function boxPath(x0: number, y0: number, x1: number, y1: number): number[] {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

function boundsOf(path: ArrayLike<number>): { left: number; top: number; right: number; bottom: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < path.length; i += 2) {
    left = Math.min(left, path[i]!);
    right = Math.max(right, path[i]!);
    top = Math.min(top, path[i + 1]!);
    bottom = Math.max(bottom, path[i + 1]!);
  }
  return { left, top, right, bottom };
}

/** For each band the edges that reach it, by their first corner: `list` from `first[band]` to `first[band + 1]`. */
function edgesByBand(
  path: ArrayLike<number>,
  bands: number,
  bandOf: (y: number) => number,
): { first: Int32Array; list: Int32Array } {
  const edges = path.length >> 1;
  const spans = Array.from({ length: edges }, (_, edge) => {
    const [a, b] = [bandOf(path[edge * 2 + 1]!), bandOf(path[((edge + 1) % edges) * 2 + 1]!)];
    return a < b ? ([a, b] as const) : ([b, a] as const);
  });
  const first = new Int32Array(bands + 1);
  for (const [from, to] of spans) for (let band = from; band <= to; band++) first[band + 1]!++;
  for (let band = 0; band < bands; band++) first[band + 1]! += first[band]!;
  const list = new Int32Array(first[bands]!);
  const next = first.slice(0, bands);
  spans.forEach(([from, to], edge) => {
    for (let band = from; band <= to; band++) list[next[band]!++] = edge;
  });
  return { first, list };
}
