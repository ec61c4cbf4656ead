/**
 * Read this first: how typed words become a map.
 *
 *   items  --embed-->  space  --neighbours, layout-->  map        (buildMap)
 *   items that a map lacks  --embed, place-->  the same map, more   (extendMap)
 *
 * The engine does the work: the page hands in one made of workers, the command line one that works in place.
 */
import { categoriesOf } from './categories';
import type { Engine } from './engine/contract';
import type { Answer, QuestionKind, QuestionOf } from './questions';
import type {
  EmbedReport,
  Item,
  ItemId,
  LayoutFrame,
  MapView,
  OnProgress,
  Positions,
  ProjectionOptions,
  SpaceSpec,
  Supervision,
} from './types';

export interface PipelineHooks {
  readonly onProgress?: OnProgress;
  /** Layout frames as they come, row by row for the items. */
  readonly onFrame?: (frame: LayoutFrame) => void;
  /** What embedding found out, before the layout begins. */
  readonly onEmbedded?: (report: EmbedReport) => void;
  /** That no text has what should supervise the map, which is laid out without it. */
  readonly onUnsupervised?: (supervision: Supervision) => void;
  readonly signal?: AbortSignal;
}

/** Where texts are pinned, by id, in layout units: as many numbers as the map has dimensions. */
export type Places = ReadonlyMap<ItemId, readonly number[]>;

/**
 * Embeds `items` and lays them out anew; with `from`, starting at that map's positions and aligned to them. Texts of
 * `pins` stay exactly there, and nothing is aligned; none may be given for an engine that only projects. Texts of `aside` are
 * embedded too, so that they can be asked about, and take no part in the map.
 */
export async function buildMap(
  engine: Engine,
  items: readonly Item[],
  space: SpaceSpec,
  options: ProjectionOptions,
  hooks: PipelineHooks = {},
  from?: MapView,
  pins: Places = new Map(),
  aside: ReadonlySet<ItemId> = new Set(),
): Promise<MapView> {
  const { onProgress, onFrame, onEmbedded, onUnsupervised, signal } = hooks;
  const mapped = items.filter(({ id }) => !aside.has(id));
  const ids = mapped.map(({ id }) => id);
  const report = await engine.embed(items, space, onProgress, signal);
  onEmbedded?.(report);
  const shown = from && from.options.dims === options.dims ? positionsFor(from, ids) : undefined;
  const pinned = Uint8Array.from(ids, (id) => Number(pins.has(id)));
  const start = shown || pinned.includes(1) ? { start: pinAt(pins, ids, options.dims, shown), pinned } : {};
  const { supervision = 'none' } = options;
  const { labels, labelled } = categoriesOf(mapped, supervision);
  if (labelled === 0 && supervision !== 'none') onUnsupervised?.(supervision);
  const isolated = mapped.length < items.length;
  const request = { ...options, ...start, ...(labelled > 0 && { labels }), ...(isolated && { isolated }) };
  const laidOut = await engine.layout(report.space, ids, request, onFrame, onProgress, signal);
  return { space, options, ids, ...laidOut };
}

/** A copy of `shown`, or NaN where there is none, with the pinned texts in their places; row by row for `ids`. */
export function pinAt(pins: Places, ids: readonly ItemId[], dim: 2 | 3, shown?: Positions): Positions {
  const data = shown ? shown.data.slice() : new Float32Array(ids.length * dim).fill(NaN);
  ids.forEach((id, row) => data.set(pins.get(id) ?? [], row * dim));
  return { data, rows: ids.length, dim };
}

/** Embeds the items that `map` lacks and places them, but for those of `aside`; what is on the map stays where it is. */
export async function extendMap(
  engine: Engine,
  items: readonly Item[],
  map: MapView,
  hooks: PipelineHooks = {},
  aside: ReadonlySet<ItemId> = new Set(),
): Promise<MapView> {
  const { onProgress, onEmbedded, signal } = hooks;
  const report = await engine.embed(items, map.space, onProgress, signal);
  onEmbedded?.(report);
  const ids = items.map(({ id }) => id).filter((id) => !aside.has(id));
  const wanted = new Set(ids);
  const mapped = new Set(map.ids);
  const kept = map.ids.filter((id) => wanted.has(id));
  const fresh = ids.filter((id) => !mapped.has(id));
  const stayed: MapView = { ...map, ids: kept, positions: positionsFor(map, kept) };
  const placed = await engine.place(report.space, fresh, kept, stayed.positions, map.options);
  const all = joinMaps(stayed, { ...map, ids: fresh, positions: placed }, fresh);
  return { ...all, ids, positions: positionsFor(all, ids) };
}

/** The positions of `ids` on a map, row by row; NaN for what it lacks. */
export function positionsFor({ ids: mapped, positions }: MapView, ids: readonly ItemId[]): Positions {
  const { data, dim } = positions;
  const rowOf = new Map(mapped.map((id, row) => [id, row]));
  const out = new Float32Array(ids.length * dim).fill(NaN);
  ids.forEach((id, i) => {
    const row = rowOf.get(id);
    if (row !== undefined) out.set(data.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return { data: out, rows: ids.length, dim };
}

/** `map`, and after its rows those of `other` that are named. Both are of equal dimensions. */
export function joinMaps(map: MapView, other: MapView, ids: readonly ItemId[]): MapView {
  const { data, rows, dim } = map.positions;
  const more = positionsFor(other, ids);
  const joined = new Float32Array(data.length + more.data.length);
  joined.set(data);
  joined.set(more.data, data.length);
  return { ...map, ids: [...map.ids, ...ids], positions: { data: joined, rows: rows + more.rows, dim } };
}

/** Asks about `items` in the model's space; a space that lost them (a worker that died) is filled again first. */
export async function askSpace<K extends QuestionKind>(
  engine: Engine,
  items: readonly Item[],
  space: SpaceSpec,
  question: QuestionOf<K>,
  hooks: PipelineHooks = {},
): Promise<Answer<K>> {
  const report = await engine.embed(items, space, hooks.onProgress, hooks.signal);
  return engine.ask(report.space, question, hooks.onProgress, hooks.signal);
}
