/** The collection as a file. */
import type { Engine } from '../../engine/contract';
import { carriesVectors } from '../../exportFormats';
import { positionsFor } from '../../pipeline';
import type { StoredCollection } from '../../storage/storedCollection';
import { packSettings } from '../../storage/travelling';
import { checkPageSize, pageNeighbours } from '../../standalone';
import type { Dataset, ExportFormat, ExportOptions, Item, ItemId, MapView, SpaceSpec } from '../../types';
import type { WorkerEngine } from '../../workers/engine';
import type { CollectionState } from './collection.svelte';
import type { Maps, MapState } from './maps.svelte';

export interface ExportingParts {
  readonly engine: WorkerEngine;
  readonly collection: CollectionState;
  readonly maps: Maps;
  /** All that a reload brings back. */
  readonly snapshot: () => StoredCollection;
  /** The map of all texts: the one on the screen may leave some out. */
  readonly wholeMap: () => MapState;
}

/** What is wanted of an export besides its format. */
export interface ExportWish {
  /** These texts alone. */
  readonly only?: ReadonlySet<ItemId> | undefined;
  /** So many of the nearest of each text, among those that are taken. */
  readonly neighbours?: number | undefined;
  readonly signal?: AbortSignal;
  /** Told where not all of those neighbours are the true ones: the share that is, as in `KnnGraph`. */
  readonly onRecall?: (recall: number) => void;
}

export class Exporting {
  constructor(private readonly parts: ExportingParts) {}

  /** The collection, or some of its texts, as a file, vectors and positions with it. Rejects once it is aborted. */
  async write(format: ExportFormat, options: ExportOptions, wish: ExportWish = {}): Promise<Blob> {
    const { engine, collection, maps } = this.parts;
    const { only } = wish;
    if (format === 'html') checkPageSize(only?.size ?? collection.items.length);
    const wanted = {
      ...wish,
      vectors: carriesVectors(format, options.vectors),
      ...(format === 'html' && { neighbours: pageNeighbours }),
    };
    const dataset = await collect(engine, collection.items, maps.spec, this.#views, wanted);
    // Of some of the texts, a capsule is a new collection: what was set for all of them stays behind.
    const settings = format === 'capsule' && !only && { settings: packSettings(this.parts.snapshot()) };
    const file = await engine.writeFile(format, { ...dataset, ...settings }, options);
    wish.signal?.throwIfAborted();
    return file;
  }

  /**
   * The map's points as a file, or with `only` those of its texts.
   * @param coloursOf rows x 3 bytes of sRGB for these texts
   */
  async writeCloud(
    format: 'glb' | 'ply',
    coloursOf: ((ids: readonly ItemId[]) => Uint8Array<ArrayBuffer>) | undefined,
    only?: ReadonlySet<ItemId>,
  ): Promise<Blob> {
    const { engine, collection, maps } = this.parts;
    const items = chosenOf(collection.items, only);
    const colours = coloursOf?.(items.map(({ id }) => id));
    const dataset = { ...place(items, maps.spec, this.#views), ...(colours && { colours }) };
    return engine.writeFile(format, dataset, { vectors: false, spreadsheetSafe: false });
  }

  /** Maps whose positions a file can have: the one on the screen, and that of all texts. */
  get #views(): readonly (MapView | undefined)[] {
    return [this.parts.maps.view, this.parts.wholeMap().view];
  }
}

/**
 * Items with their positions on the first map that has all of them, if one has, and with their vectors and neighbours where they are wanted:
 * without either nothing is embedded.
 */
async function collect(
  engine: Engine,
  all: readonly Item[],
  spec: SpaceSpec,
  views: readonly (MapView | undefined)[],
  { only, vectors: isWithVectors, neighbours: k, signal, onRecall }: ExportWish & { readonly vectors: boolean },
): Promise<Dataset> {
  const items = chosenOf(all, only);
  if (!isWithVectors && k === undefined) return place(items, spec, views);
  const { space } = await engine.embed(all, spec, undefined, signal);
  const ids = items.map(({ id }) => id);
  const vectors = isWithVectors ? await engine.vectors(space, ids) : undefined;
  const neighbours =
    k === undefined ? undefined : await engine.ask(space, { kind: 'graph', ids, k }, undefined, signal);
  if (neighbours?.recall !== undefined) onRecall?.(neighbours.recall);
  return { ...place(items, spec, views), ...(vectors && { vectors }), ...(neighbours && { neighbours }) };
}

function chosenOf(all: readonly Item[], only: ReadonlySet<ItemId> | undefined): readonly Item[] {
  return only ? all.filter(({ id }) => only.has(id)) : all;
}

/** Items with their positions on the first map that has all of them, if one has. */
function place(items: readonly Item[], spec: SpaceSpec, views: readonly (MapView | undefined)[]): Dataset {
  const ids = items.map(({ id }) => id);
  const view = views.find((candidate) => {
    const mapped = new Set(candidate?.ids);
    return ids.every((id) => mapped.has(id));
  });
  return { items, ...(view && { positions: positionsFor(view, ids) }), space: spec };
}
