/** A graph to a map: the one way in, whatever the number of texts and wherever the map starts. */
import type { KnnGraph, LayoutRequest, Positions } from '../types';
import { alignTo, finiteRows } from './align';
import { carryNeighbours } from './carry';
import { effectiveNeighbours, epochsFor, minimumUmapRows, usesNeighbours, withDefaults } from './options';
import { fuzzySimplicialSet } from './fuzzy';
import { createRandom } from './random';
import type { LayoutHooks, Schedule } from './run';
import { superviseBy } from './supervised';
import { layoutUmap } from './umap';
import { layoutUmapJs } from './umapJs';

/**
 * A run from the positions on the screen needs less: of shares 0.1 to 1 and rates 0.25 to 1 these gave the neighbour
 * recall of a whole run (0.377 to 0.370 on 1,500 words, 0.339 to 0.331 on 20 synthetic groups, with a tenth of the texts
 * new) in about half its time, and moved the old points least (0.5 and 1.6 units, where a whole run moves 0.65 and 6.2).
 */
const rerunShare = 0.4;
const rerunRate = 0.25;
/**
 * A run that goes on keeps densities in all its epochs: in the last 0.3 alone it first lost them, and moved points of a map that had
 * kept them twice as far (0.86 units instead of 0.46 on 2,000 words, 1.44 instead of 0.91 on ten Gaussian groups) to be as good.
 */
const rerunDensityFraction = 1;
/** How far from the mean of its neighbours a row is put that the screen does not show yet, so that no two coincide. */
const spreadOfNew = 0.1;

/**
 * The map of a graph, `rows x request.dims`. `start` is what `startPositions` gives for the same rows; below 16 rows, and
 * by an engine that only projects, it is the map. With `request.start`, the positions on the screen, the run goes on from them, and the result is turned and
 * moved, never scaled, to lie on them; rows with NaN there are not on the screen yet, and begin at the mean of their
 * neighbours. Options are trusted: `checkOptions` is for the door.
 *
 * Rows of `request.pinned` keep their bytes of `request.start`, and those that belong with them come along
 * (`carryNeighbours`). They hold the map in place, so the result is not turned onto the screen's. Where they alone are on
 * the screen, the run is a whole one, its start turned and moved onto them. Below 16 rows the others lie as they would
 * without pins.
 *
 * Throws a RangeError when shapes differ (a map of other dims is no start), when a pinned row has no place to stay at, and
 * when rows are pinned for an engine that has no forces. Rejects with the signal's reason when it is aborted.
 */
export async function layoutGraph(
  graph: KnnGraph,
  start: Positions,
  request: LayoutRequest,
  hooks: LayoutHooks = {},
): Promise<Positions> {
  hooks.signal?.throwIfAborted();
  const shown = request.start;
  const { engine } = withDefaults(request);
  const pinned = pinnedRows(request, graph.rows);
  const known = shown ? finiteRows(shown) : [];
  if (graph.rows < minimumUmapRows || !usesNeighbours(engine)) {
    if (!shown) return start;
    const free = known.filter((row) => !request.pinned?.[row]);
    return putBack(alignTo(start, shown, free.length > 0 ? free : known), shown, pinned);
  }
  const layoutBy = engine === 'umap' ? layoutUmap : layoutUmapJs;
  if (!shown || known.length === 0) return layoutBy(graph, start, request, hooks);
  const epochs = epochsFor(graph.rows, request);
  const { densityFraction } = withDefaults(request);
  const onward = { ...request, densityFraction: densityFraction > 0 ? rerunDensityFraction : 0 };
  const rerun: Schedule = { epochs: Math.ceil(epochs * rerunShare), learningRate: rerunRate, pinned };
  const turned = alignTo(start, shown);
  if (pinned.length > 0) {
    const onlyPins = known.length === pinned.length;
    const filled = onlyPins ? putBack(turned, shown, pinned) : fillRows(shown, turned, graph, request.seed);
    const k = Math.min(effectiveNeighbours(graph.rows, request.nNeighbors) - 1, graph.k);
    const { targetWeight, ...options } = withDefaults(request);
    const fuzzy = superviseBy(fuzzySimplicialSet(graph, k, options), request.labels, targetWeight);
    const carried = carryNeighbours(filled, fuzzy, pinned);
    if (onlyPins) return layoutBy(graph, carried, request, hooks, { ...rerun, epochs, learningRate: 1 });
    return layoutBy(graph, carried, onward, hooks, rerun);
  }
  const filled = fillRows(shown, turned, graph, request.seed);
  const { onFrame } = hooks;
  const aligned = onFrame && {
    onFrame: (frame: Parameters<typeof onFrame>[0]) =>
      onFrame({ ...frame, positions: alignTo(frame.positions, shown) }),
  };
  const positions = await layoutBy(graph, filled, onward, { ...hooks, ...aligned }, rerun);
  return alignTo(positions, shown);
}

/** The rows that are pinned. What does not fit is a mistake of the caller's, not of the person's. */
function pinnedRows({ pinned, start, engine }: LayoutRequest, count: number): number[] {
  if (!pinned) return [];
  if (pinned.length !== count) throw new RangeError(`${pinned.length} marks of pinned rows for ${count} rows`);
  const rows = Array.from(pinned.keys()).filter((row) => pinned[row] !== 0);
  if (rows.length === 0) return rows;
  if (!usesNeighbours(engine)) throw new RangeError(`the engine ${engine} leaves no row free to be pinned`);
  const there = new Set(start && finiteRows(start));
  const lost = rows.find((row) => !there.has(row));
  if (lost !== undefined) throw new RangeError(`row ${lost} is pinned, and the start has no place for it`);
  return rows;
}

/** `positions` with `rows` of `shown` in their place. */
function putBack(positions: Positions, shown: Positions, rows: readonly number[]): Positions {
  const { dim } = positions;
  const data = positions.data.slice();
  for (const row of rows) data.set(shown.data.subarray(row * dim, (row + 1) * dim), row * dim);
  return { ...positions, data };
}

/** `shown` with its missing rows at the mean of their neighbours that are there, or of `fallback` where none is. */
function fillRows(shown: Positions, fallback: Positions, { indices, k }: KnnGraph, seed: number): Positions {
  const { dim } = shown;
  const known = finiteRows(shown);
  const { data } = putBack(fallback, shown, known);
  const there = new Set(known);
  const random = createRandom(seed);
  for (let row = 0; row < shown.rows; row++) {
    if (there.has(row)) continue;
    const near = indices.subarray(row * k, (row + 1) * k).filter((neighbour) => there.has(neighbour));
    for (let d = 0; d < dim; d++) {
      let sum = 0;
      for (const neighbour of near) sum += shown.data[neighbour * dim + d]!;
      const place = near.length > 0 ? sum / near.length : data[row * dim + d]!;
      data[row * dim + d] = place + (2 * random() - 1) * spreadOfNew;
    }
  }
  return { data, rows: shown.rows, dim };
}
