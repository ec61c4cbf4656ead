/** Clusters of the texts: found, renamed, merged, and used as groups; each change can be undone. */
import { greySlots } from '../../groupColours';
import type { Engine } from '../../engine/contract';
import { askSpace, positionsFor } from '../../pipeline';
import type { Region } from '../../scene/regionLabels';
import { defaultClusterOptions, type ClusterOptions } from '../../similarity/clusterOptions';
import type { Clusters, ItemId, MapView } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Editing } from './editing.svelte';
import type { History } from './history.svelte';
import type { Jobs } from './jobs.svelte';
import type { Maps } from './maps.svelte';

export interface ClusteringParts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly maps: Maps;
  readonly jobs: Jobs;
  readonly history: History;
  readonly editing: () => Editing;
  readonly save: () => void;
}

/** A cluster as it is listed: its texts are those that are still there. */
export interface ListedCluster {
  readonly label: number;
  readonly name: string;
  readonly ids: readonly ItemId[];
}

/** Clusters, and the layout on whose map they were found; undefined where that is not known any more. */
interface Found {
  readonly clusters: Clusters;
  readonly run: number | undefined;
}

export class Clustering {
  on = $state<Clusters['on']>('map');
  /** Undefined for the default of as many texts as there are. */
  wanted = $state.raw<Partial<ClusterOptions>>({});
  /** Why none were found. */
  failure = $state.raw<unknown>();

  #found = $state.raw<Found | undefined>();
  readonly #labelOf: ReadonlyMap<ItemId, number> = $derived.by(() => {
    const { ids = [], labels } = this.#found?.clusters ?? {};
    return new Map(ids.map((id, row) => [id, labels?.[row] ?? -1]));
  });
  /** A value of its own: every report of every job would else look for the middles again. */
  readonly #isLayingOut: boolean = $derived.by(() => this.parts.maps.isRunning);
  /** The largest first. */
  readonly list: readonly ListedCluster[] = $derived.by(() => {
    const names = this.#found?.clusters.names ?? [];
    const members = names.map((): ItemId[] => []);
    for (const { id } of this.parts.collection.items) members[this.labelOf(id)]?.push(id);
    const listed = names.map((name, label) => ({ label, name, ids: members[label]! }));
    return listed.filter(({ ids }) => ids.length > 0).sort((a, b) => b.ids.length - a.ids.length);
  });
  /** Names on the map of those that have a colour of their own, each over the text nearest to the middle of its cluster there; none while a layout runs. */
  readonly regions: readonly Region[] = $derived.by(() => {
    const { view } = this.parts.maps;
    if (!view || this.list.length === 0 || this.#isLayingOut) return [];
    const middles = middlesOf(view, (id) => this.labelOf(id), this.#found?.clusters.names.length ?? 0);
    return this.list.slice(0, greySlots.rest).flatMap(({ label, name }) => {
      const id = middles[label];
      return id === undefined ? [] : [{ id, text: name }];
    });
  });

  constructor(private readonly parts: ClusteringParts) {}

  get clusters(): Clusters | undefined {
    const found = this.#found;
    return found && { ...found.clusters, earlier: this.isEarlier };
  }

  /** Whether they were found on a map that has been laid out anew since. */
  get isEarlier(): boolean {
    return this.#found?.clusters.on === 'map' && this.#found.run !== this.parts.maps.run;
  }

  /** What is asked for. */
  get options(): ClusterOptions {
    return { ...this.usual, ...this.wanted };
  }

  get usual(): ClusterOptions {
    return defaultClusterOptions(this.parts.collection.items.length, this.on);
  }

  /** Texts in no cluster, also those that came later. */
  get noise(): number {
    return this.parts.collection.items.length - this.list.reduce((sum, { ids }) => sum + ids.length, 0);
  }

  /** A text's cluster; -1 where it has none. */
  labelOf(id: ItemId): number {
    return this.#labelOf.get(id) ?? -1;
  }

  nameOf(id: ItemId): string | undefined {
    return this.#found?.clusters.names[this.labelOf(id)];
  }

  /** What a collection was kept with. Called once its map is shown. */
  restore(clusters: Clusters | undefined): void {
    this.parts.jobs.end('clusters');
    this.failure = undefined;
    this.#found = clusters && { clusters, run: clusters.earlier ? undefined : this.parts.maps.run };
  }

  /** Finds them anew; a newer search replaces an older one. Resolves to whether that came to an end. */
  async find(): Promise<boolean> {
    const { engine, collection, maps, jobs } = this.parts;
    const { view, run, spec } = maps;
    const { items, byId, id: asked } = collection;
    const { on, options } = this;
    if (!view) return false;
    this.failure = undefined;
    const ids = view.ids.filter((id) => byId.has(id));
    const positions = on === 'map' ? { positions: positionsFor(view, ids) } : {};
    const texts = ids.map((id) => byId.get(id)?.text ?? '');
    const question = { kind: 'clusters', ids, texts, ...options, ...positions } as const;
    try {
      const found = await jobs.run('clusters', (signal, onProgress) =>
        askSpace(engine, items, spec, question, { signal, onProgress }),
      );
      if (!found || collection.id !== asked) return false;
      const { labels, names } = found;
      this.#change({ clusters: { on, ids, labels, names, earlier: false }, run });
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  rename(label: number, name: string): void {
    const found = this.#found;
    if (!found || name === '' || found.clusters.names[label] === name) return;
    const names = found.clusters.names.with(label, name);
    this.#change({ ...found, clusters: { ...found.clusters, names } });
  }

  /** Makes one of several: it keeps the name of the largest. */
  merge(labels: ReadonlySet<number>): void {
    const found = this.#found;
    const first = this.list.find(({ label }) => labels.has(label));
    if (!found || !first || labels.size < 2) return;
    const merged = found.clusters.labels.map((label) => (labels.has(label) ? first.label : label));
    this.#change({ ...found, clusters: { ...found.clusters, labels: merged } });
  }

  /** Makes a group of each cluster; texts that were found to be noise have no group then. */
  useAsGroups(): void {
    const found = this.#found?.clusters;
    if (found) this.parts.editing().regroupEach(new Map(found.ids.map((id) => [id, this.nameOf(id)])));
  }

  #change(after: Found): void {
    const before = this.#found;
    const apply = (found: Found | undefined) => {
      this.#found = found;
      this.parts.save();
    };
    apply(after);
    this.parts.history.push({ undo: () => apply(before), redo: () => apply(after) });
  }
}

/** By cluster, the text that is nearest to the middle of its texts on the map; undefined for those that have none there. */
function middlesOf(
  { ids, positions }: MapView,
  labelOf: (id: ItemId) => number,
  count: number,
): (ItemId | undefined)[] {
  const { data, dim } = positions;
  const labels = Int32Array.from(ids, labelOf);
  const sums = new Float64Array(count * dim);
  const sizes = new Float64Array(count);
  labels.forEach((label, row) => {
    if (label < 0) return;
    sizes[label]!++;
    for (let d = 0; d < dim; d++) sums[label * dim + d]! += data[row * dim + d]!;
  });
  const nearest = new Float64Array(count).fill(Infinity);
  const middles = new Array<ItemId | undefined>(count);
  labels.forEach((label, row) => {
    if (label < 0) return;
    let away = 0;
    for (let d = 0; d < dim; d++) away += (sums[label * dim + d]! / sizes[label]! - data[row * dim + d]!) ** 2;
    if (away >= nearest[label]!) return;
    nearest[label] = away;
    middles[label] = ids[row];
  });
  return middles;
}
