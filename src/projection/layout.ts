/** A graph to a map: the one way in, whatever the number of texts and wherever the map starts. */
import type { KnnGraph, LayoutRequest, Positions } from '../types';
import { alignTo, finiteRows } from './align';
import { epochsFor, minimumUmapRows, usesNeighbours, withDefaults } from './options';
import { createRandom } from './random';
import type { LayoutHooks, Schedule } from './run';
import { layoutUmap } from './umap';
import { layoutUmapJs } from './umapJs';

/**
 * A run from the positions on the screen needs less: of shares 0.1 to 1 and rates 0.25 to 1 these gave the neighbour
 * recall of a whole run (0.377 to 0.370 on 1,500 words, 0.339 to 0.331 on 20 synthetic groups, with a tenth of the texts
 * new) in about half its time, and moved the old points least (0.5 and 1.6 units, where a whole run moves 0.65 and 6.2).
 */
const rerunShare = 0.4;
const rerunRate = 0.25;
/** How far from the mean of its neighbours a row is put that the screen does not show yet, so that no two coincide. */
const spreadOfNew = 0.1;

/**
 * The map of a graph, `rows x request.dims`. `start` is what `startPositions` gives for the same rows; below 16 rows, and
 * by an engine that only projects, it is the map. With `request.start`, the positions on the screen, the run goes on from them, and the result is turned and
 * moved, never scaled, to lie on them; rows with NaN there are not on the screen yet, and begin at the mean of their
 * neighbours. Options are trusted: `checkOptions` is for the door.
 *
 * Throws a RangeError when shapes differ (a map of other dims is no start). Rejects with the signal's reason when it is
 * aborted.
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
  if (graph.rows < minimumUmapRows || !usesNeighbours(engine)) return shown ? alignTo(start, shown) : start;
  const layoutBy = engine === 'umap' ? layoutUmap : layoutUmapJs;
  if (!shown || finiteRows(shown).length === 0) return layoutBy(graph, start, request, hooks);
  const filled = fillRows(shown, alignTo(start, shown), graph, request.seed);
  const { onFrame } = hooks;
  const aligned = onFrame && {
    onFrame: (frame: Parameters<typeof onFrame>[0]) =>
      onFrame({ ...frame, positions: alignTo(frame.positions, shown) }),
  };
  const rerun: Schedule = {
    epochs: Math.ceil(epochsFor(graph.rows, request) * rerunShare),
    learningRate: rerunRate,
  };
  const positions = await layoutBy(graph, filled, request, { ...hooks, ...aligned }, rerun);
  return alignTo(positions, shown);
}

/** `shown` with its missing rows at the mean of their neighbours that are there, or of `fallback` where none is. */
function fillRows(shown: Positions, fallback: Positions, { indices, k }: KnnGraph, seed: number): Positions {
  const { dim } = shown;
  const data = fallback.data.slice();
  const there = new Set(finiteRows(shown));
  for (const row of there) data.set(shown.data.subarray(row * dim, (row + 1) * dim), row * dim);
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
