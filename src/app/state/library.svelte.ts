/** Collections as wholes: opened from files or storage, begun, switched. */
import { splitDuplicates, textKey } from '../../data/typed';
import { lookUpModel } from '../../embedding/registry';
import { readImported } from '../../imported';
import { defaultOptions } from '../../projection/options';
import type { StoredCollection } from '../../storage/storedCollection';
import { unpackSettings } from '../../storage/travelling';
import type { StoredTuning } from '../../storage/storedTuning';
import type { CameraPose, Dataset, Item, MapView, ProjectionOptions, SpaceSpec } from '../../types';
import { takeRows } from '../../vectors';
import type { WorkerEngine } from '../../workers/engine';
import type { Clustering } from './clusters.svelte';
import type { Colouring } from './colouring.svelte';
import { createItems, newId, type CollectionState } from './collection.svelte';
import type { History } from './history.svelte';
import { takeVectors, type Origin, type Remark } from './importing';
import type { Jobs } from './jobs.svelte';
import type { Keeping } from './keeping.svelte';
import type { Maps, MapState } from './maps.svelte';
import type { Pins } from './pins.svelte';
import type { Poses } from './poses.svelte';
import type { Selection } from './selection.svelte';
import type { Wishes } from './wishes.svelte';

export interface LibraryParts {
  readonly engine: WorkerEngine;
  readonly jobs: Jobs;
  readonly collection: CollectionState;
  readonly selection: Selection;
  readonly maps: Maps;
  readonly pins: Pins;
  readonly clustering: Clustering;
  readonly colouring: Colouring;
  readonly poses: Poses;
  readonly wishes: Wishes;
  readonly tuning: { kept(): StoredTuning; restore(stored: StoredTuning): void };
  readonly history: History;
  readonly keeping: () => Keeping | undefined;
  /** The space for new texts. */
  readonly newSpace: () => SpaceSpec;
  /** The map of all texts: the one on the screen may leave some out. */
  readonly wholeMap: () => MapState;
  /** Called when another collection is on the screen. */
  readonly onShown: () => void;
}

export class Library {
  /** Where the camera stands; the cloud writes it, and takes it where `restoredCamera` changes. */
  camera: CameraPose | undefined;
  restoredCamera = $state.raw<CameraPose | undefined>();

  constructor(private readonly parts: LibraryParts) {}

  /** All that a reload brings back. */
  snapshot(): StoredCollection {
    const { collection, selection, maps, pins, clustering, colouring, poses, tuning, wishes } = this.parts;
    const { clusters } = clustering;
    const { view, provisional } = this.parts.wholeMap();
    return {
      id: collection.id,
      name: collection.name,
      items: collection.items,
      space: maps.spec,
      options: maps.options,
      ...(view && { map: { ...view, provisional: [...provisional] } }),
      ...(pins.list.length > 0 && { pins: pins.list }),
      selection: selection.ids.filter((id) => collection.byId.has(id)),
      colourBy: colouring.by,
      sizeBy: colouring.sizeBy,
      // A camera belongs to the map that it looks at.
      ...(this.camera && view === maps.view && { camera: this.camera }),
      ...(clusters && { clusters }),
      ...(poses.list.length > 0 && { poses: poses.list }),
      ...(wishes.means.length > 0 && { means: wishes.means }),
      ...tuning.kept(),
      updated: Date.now(),
    };
  }

  /** Puts a collection on the screen. What it lacks (a map, vectors) is made in the background. */
  show(stored: StoredCollection): void {
    const { collection, selection, maps, pins, clustering, colouring, poses, tuning, wishes, keeping } = this.parts;
    // What waits is saved of what is still on the screen.
    void keeping()?.flush();
    collection.id = stored.id;
    collection.name = stored.name;
    collection.items = stored.items;
    pins.list = stored.pins ?? [];
    poses.list = stored.poses ?? [];
    wishes.restore(stored.means);
    tuning.restore(stored);
    maps.spec = stored.space;
    maps.options = stored.options;
    maps.show(stored.items, stored.map, new Set(stored.map?.provisional));
    clustering.restore(stored.clusters);
    selection.set(stored.selection);
    colouring.restore(stored.colourBy, stored.sizeBy);
    this.camera = stored.camera;
    this.restoredCamera = stored.camera;
    this.parts.onShown();
    void maps.follow(stored.items);
  }

  /** A new collection of what a file holds, in the space of its vectors: without them, in that of the model it names, or for new texts. */
  async create(
    name: string,
    dataset: Dataset,
    origin: Origin,
  ): Promise<{ stored: StoredCollection; duplicates: number; remarks: readonly Remark[] }> {
    const { distinct, duplicates } = withoutDuplicates(dataset);
    const items = createItems(distinct.items);
    const brought = await takeVectors(this.parts, items, distinct, origin);
    const named = distinct.space && lookUpModel(distinct.space.modelId) ? distinct.space : undefined;
    const space = brought?.space ?? named ?? this.parts.newSpace();
    const remarks = [...(brought?.remarks ?? []), ...(await this.#remarkOnKeeping(space, items.length))];
    const positions = distinct.positions ?? brought?.positions;
    const map = positions && mapOf(items, space, positions);
    const stored: StoredCollection = {
      id: newId(),
      name,
      items,
      space,
      options: map?.options ?? this.#newOptions,
      ...(map && { map: { ...map, provisional: [] } }),
      selection: [],
      updated: Date.now(),
    };
    if (!dataset.settings) return { stored, duplicates, remarks };
    const idOf = new Map(items.map(({ id, text }) => [textKey(text), id]));
    const ids = dataset.items.map(({ text }) => idOf.get(textKey(text)));
    return { stored: unpackSettings(dataset.settings, ids, stored), duplicates, remarks };
  }

  /** Vectors that nothing here can make again, and that are too many to be kept. */
  async #remarkOnKeeping({ modelId }: SpaceSpec, rows: number): Promise<readonly Remark[]> {
    const imported = readImported(modelId);
    const vectors = this.parts.keeping()?.storage.vectors;
    if (!imported || (await vectors?.fits(rows, imported.dim))) return [];
    return [{ key: 'importedNotKept', params: { file: imported.file } }];
  }

  /** Shows a new collection; undo brings the one before back. */
  begin(stored: StoredCollection): void {
    const before = this.snapshot();
    let after = stored;
    this.show(after);
    this.save();
    this.parts.history.push({
      undo: async () => {
        after = this.snapshot();
        this.show(before);
        this.save();
        await this.parts.keeping()?.remove(after.id);
      },
      redo: () => {
        this.show(after);
        this.save();
      },
    });
  }

  /** Another kept collection, as it was left. Undo does not reach across. */
  async switchTo(id: string): Promise<void> {
    const keeping = this.parts.keeping();
    await keeping?.flush();
    const stored = await keeping?.load(id);
    if (!stored) return;
    this.parts.history.clear();
    this.show(stored);
    await keeping?.storage.settings.save({ lastCollection: id });
  }

  /** Deletes the open collection and shows the latest of the others, or an empty one. */
  async remove(nameOfEmpty: string): Promise<void> {
    const { history } = this.parts;
    const before = this.snapshot();
    const other = this.parts.keeping()?.list.find(({ id }) => id !== before.id);
    const next = (other && (await this.parts.keeping()?.load(other.id))) ?? this.empty(nameOfEmpty);
    const apply = async () => {
      this.show(next);
      this.save();
      await this.parts.keeping()?.remove(before.id);
    };
    await apply();
    history.push({
      undo: () => {
        this.show(before);
        this.save();
      },
      redo: apply,
    });
  }

  empty(name: string): StoredCollection {
    return {
      id: newId(),
      name,
      items: [],
      space: this.parts.newSpace(),
      options: this.#newOptions,
      selection: [],
      updated: Date.now(),
    };
  }

  /** Of a new collection: those of the one on the screen, but for what supervises, which is of its own texts. */
  get #newOptions(): ProjectionOptions {
    return { ...this.parts.maps.options, supervision: defaultOptions.supervision };
  }

  rename(name: string): void {
    const { collection, history } = this.parts;
    const before = collection.name;
    const apply = (value: string) => {
      collection.name = value;
      this.save();
    };
    apply(name);
    history.push({ undo: () => apply(before), redo: () => apply(name) });
  }

  save(): void {
    this.parts.keeping()?.save(() => this.snapshot());
  }

  /** For what changes at every frame, or can be made again. */
  saveLater(): void {
    this.parts.keeping()?.saveLater(() => this.snapshot());
  }
}

function mapOf(items: readonly Item[], space: SpaceSpec, positions: MapView['positions']): MapView {
  return { space, options: { ...defaultOptions, dims: positions.dim }, ids: items.map(({ id }) => id), positions };
}

/** The first of equal texts stays, with its own row of vectors and positions. */
function withoutDuplicates(dataset: Dataset): { distinct: Dataset; duplicates: number } {
  const { fresh } = splitDuplicates(dataset.items, new Set());
  const duplicates = dataset.items.length - fresh.length;
  if (duplicates === 0) return { distinct: dataset, duplicates };
  const stay = new Set(fresh);
  const rows = dataset.items.flatMap((item, row) => (stay.has(item) ? [row] : []));
  const { items, vectors, positions, space } = dataset;
  const distinct: Dataset = {
    items: rows.map((row) => items[row]!),
    ...(vectors && { vectors: takeRows(vectors, rows) }),
    ...(positions && { positions: takeRows(positions, rows) }),
    ...(space && { space }),
  };
  return { distinct, duplicates };
}
