/** A collection after every layer of its model: the vectors, a map a layer, and what each layer has in common with the last. */
import type { Engine } from '../../../engine/contract';
import { findModel } from '../../../embedding/registry';
import { buildMap, extendMap, positionsFor, type PipelineHooks } from '../../../pipeline';
import { epochsFor } from '../../../projection/options';
import { isSameSpace, layerSpecs } from '../../../spaceKey';
import type { Item, ItemId, MapView, Positions, SpaceSpec } from '../../../types';
import { between, layOnto } from '../viewMorph';

/** Neighbours of each text that are looked at, as everywhere. */
export const neighbourCount = 15;

/**
 * Of the epochs of a map of its own. A run that goes on has freedoms of its own: groups drift though no layer moved them. Of the 200 words
 * of the English starter a quarter halves the way from layer to layer (0.20 of the map's extent on average, 0.33 with all epochs), and the
 * maps keep 0.612 of the neighbours (0.619 with all epochs, 0.622 when each is laid out anew).
 */
const epochsShare = 0.25;

/** What is measured of a layer, each 0 to 1; NaN where there are too few texts. */
export interface LayerMeasure {
  /** Mean share of each text's nearest that are among its nearest after the last layer too. */
  readonly overlap: number;
  /** `linearCka` with the last layer's vectors. */
  readonly cka: number;
  /** Mean share of each text's nearest after this layer that are among its nearest on this layer's map. */
  readonly kept: number;
  readonly trustworthiness: number;
  readonly continuity: number;
}

/** Texts after one layer. */
export interface FlownLayer {
  readonly spec: SpaceSpec;
  readonly map: MapView;
  /** Undefined while it is being measured. */
  readonly measure?: LayerMeasure;
}

export interface FlightHooks extends PipelineHooks {
  /** The map of this layer is made now. */
  readonly onLayer?: (layer: number) => void;
  /** Another layer was measured. */
  readonly onMeasured?: (layers: readonly FlownLayer[]) => void;
}

/** A flight, and the texts that took part in it. */
export interface Flight {
  readonly layers: readonly FlownLayer[];
  readonly held: readonly Item[];
}

/**
 * Embeds `items` after every layer in one pass, and lays each layer out by the options of `shown`, the map on the screen: the last
 * layer's map is that map, where it is one of the model's own vectors, and each of the others begins at the map of the layer after it,
 * so that a text's way through them is as short as it can be. With `before`, the same flight with other texts, those that are new or
 * have changed are only placed.
 */
export async function flyLayers(
  engine: Engine,
  items: readonly Item[],
  shown: MapView,
  hooks: FlightHooks,
  before?: Flight,
): Promise<readonly FlownLayer[]> {
  const { onProgress, signal, onLayer } = hooks;
  const specs = layerSpecs(shown.space, findModel(shown.space.modelId).layers);
  await engine.embedLayers(items, shown.space, onProgress, signal);
  const known = new Set(before?.held);
  const stay = items.filter((item) => known.has(item)).map(({ id }) => id);
  const flown: FlownLayer[] = [];
  const ids = items.map(({ id }) => id);
  const epochs = Math.ceil(epochsFor(ids.length, shown.options) * epochsShare);
  let after: MapView = { ...shown, ids, positions: positionsFor(shown, ids) };
  for (let layer = specs.length - 1; layer >= 0; layer--) {
    const spec = specs[layer]!;
    onLayer?.(layer);
    const earlier = before?.layers[layer]?.map;
    if (isSameSpace(spec, shown.space)) after = { ...after, space: spec };
    else if (earlier) {
      const kept = { ...earlier, ids: stay, positions: positionsFor(earlier, stay) };
      after = await extendMap(engine, items, kept, hooks);
    } else after = await buildMap(engine, items, spec, { ...shown.options, epochs }, hooks, after);
    flown.unshift({ spec, map: after });
  }
  return flown;
}

/**
 * Measures layer by layer, the last first, and tells of each. `all` are the texts of the last layer's space, which may be that of a map
 * of more texts than take part.
 */
export async function measureLayers(
  engine: Engine,
  { layers, held }: Flight,
  all: readonly Item[],
  { onProgress, signal, onMeasured }: FlightHooks,
): Promise<readonly FlownLayer[]> {
  const measured = [...layers];
  const last = layers.length - 1;
  const k = neighbourCount;
  const own = await engine.embed(all, layers[last]!.spec, onProgress, signal);
  for (let layer = last; layer >= 0; layer--) {
    const { spec, map } = layers[layer]!;
    const { space } = layer === last ? own : await engine.embed(held, spec, onProgress, signal);
    const itself = held.length > 1 ? 1 : NaN;
    const { mean, cka } =
      layer === last
        ? { mean: itself, cka: itself }
        : await engine.ask(space, { kind: 'overlap', other: own.space, k }, onProgress, signal);
    const fidelity = await engine.ask(space, { kind: 'fidelity', ...onMap(map), k }, onProgress, signal);
    const { trustworthiness, continuity, shares } = fidelity;
    const kept = fidelity.k === 0 ? NaN : shares.reduce((sum, share) => sum + share, 0) / shares.length;
    measured[layer] = { spec, map, measure: { overlap: mean, cka, kept, trustworthiness, continuity } };
    onMeasured?.([...measured]);
  }
  return measured;
}

/** The rows of a map that have a place: a text may be on its way to the map that is on the screen. */
function onMap(map: MapView): { readonly ids: readonly ItemId[]; readonly positions: Positions } {
  const { data, dim } = map.positions;
  const ids = map.ids.filter((_, row) => Number.isFinite(data[row * dim]));
  return { ids, positions: ids.length === map.ids.length ? map.positions : positionsFor(map, ids) };
}

/** The layers' maps laid on the one on the screen, row by row for it; a text that took no part stays where that has it. */
export function layFlight(layers: readonly FlownLayer[], shown: MapView): readonly Positions[] {
  return layers.map(({ map }) => layOnto(positionsFor(map, shown.ids), shown.positions));
}

/** Anywhere among the maps of layers, `at` from 0 to the last: between two of them on the straight way from one to the other. */
export function amongLayers(laid: readonly Positions[], at: number): Positions {
  const low = Math.min(Math.max(Math.floor(at), 0), laid.length - 1);
  const [from, to] = [laid[low]!, laid[low + 1]];
  return to && at > low ? between(from, to, at - low) : from;
}

/** The way of one row through the maps: layers x dim. */
export function pathOf(laid: readonly Positions[], row: number): Positions {
  const dim = laid[0]?.dim ?? 3;
  const data = new Float32Array(laid.length * dim);
  laid.forEach((positions, layer) => data.set(positions.data.subarray(row * dim, (row + 1) * dim), layer * dim));
  return { data, rows: laid.length, dim };
}

/** At most `most` of the items, at equal steps from the first to the last, and those of `always` among them. */
export function sampleItems(items: readonly Item[], most: number, always: ReadonlySet<ItemId>): readonly Item[] {
  if (items.length <= most) return items;
  const chosen = new Set(always);
  for (let i = 0; i < most; i++) chosen.add(items[Math.floor((i * items.length) / most)]!.id);
  return items.filter(({ id }) => chosen.has(id));
}
