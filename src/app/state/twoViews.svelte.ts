/** Two views of the same texts: the map on the screen, and another model, prompt, projection or set of vectors beside it. */
import { textKey } from '../../data/typed';
import { findModel } from '../../embedding/registry';
import { InputError, isAbort } from '../../errors';
import { askSpace, buildMap, positionsFor, type PipelineHooks } from '../../pipeline';
import type { Neighbour, Overlap } from '../../answers';
import { isSameSpace, spaceAtLayer } from '../../spaceKey';
import type { Item, ItemId, MapView, Positions, ProjectionOptions, SpaceSpec } from '../../types';
import { normalise, takeRows } from '../../vectors';
import type { WorkerEngine } from '../../workers/engine';
import type { CollectionState } from './collection.svelte';
import type { Devices } from './devices.svelte';
import type { Interface } from './interface.svelte';
import type { Jobs } from './jobs.svelte';
import type { Maps } from './maps.svelte';
import { between, layOnto } from './viewMorph';

/** Neighbours of each text that are looked at, as on the command line. */
const neighbourCount = 15;

/** What the second view differs by. */
export type Second =
  | { readonly kind: 'model'; readonly modelId: string }
  | { readonly kind: 'prompt'; readonly prompt: string }
  /** The same model's, in that order from the embedding layer (0). */
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'projection'; readonly options: ProjectionOptions }
  | { readonly kind: 'file'; readonly file: File };

interface Parts {
  readonly engine: WorkerEngine;
  readonly collection: CollectionState;
  readonly devices: Devices;
  readonly interface: Interface;
  readonly jobs: Jobs;
  readonly maps: Maps;
}

interface Compared {
  readonly second: Second;
  /** The second view's own map. */
  readonly map: MapView;
  readonly overlap: Overlap;
  /** The texts of the collection that the second view has. */
  readonly held: readonly Item[];
  /** What was compared: asked again when it is another. */
  readonly items: readonly Item[];
  readonly spec: SpaceSpec;
  readonly run: number;
}

export class TwoViews {
  /** Undefined until something was compared. */
  compared = $state.raw<Compared | undefined>();
  failure = $state.raw<unknown>();
  /** Where the cloud is between the first map (0) and the second (1). */
  share = $state(0);
  /** Lines from where the first map has the texts. */
  trails = $state(true);
  /** The second map beside the first. */
  beside = $state(false);

  /** Counts the files: one of the same name may hold other vectors, of other dimensions. */
  #files = 0;

  constructor(private readonly parts: Parts) {}

  /** Makes the second view and compares; a newer call replaces an older one. */
  async compare(second: Second): Promise<void> {
    const { collection, devices, jobs, maps } = this.parts;
    const { items } = collection;
    const { spec, run } = maps;
    this.failure = undefined;
    try {
      const made = await jobs.run('views', async (signal, onProgress) => {
        const hooks = { signal, onProgress };
        return second.kind === 'projection'
          ? this.#projections(items, second.options, hooks)
          : this.#spaces(items, second, hooks);
      });
      if (!made) return;
      this.#release(made.map.space);
      this.compared = { ...made, second, items, spec, run };
      this.share = 0;
    } catch (error) {
      this.failure = error;
    } finally {
      // The next word that is typed should not wait for the first view's model.
      if (second.kind === 'model') void devices.load(maps.spec.modelId);
    }
  }

  /** Compares again where texts, model or map are others than they were. */
  async follow(): Promise<void> {
    const { collection, maps } = this.parts;
    const { compared } = this;
    if (!compared || maps.isRunning) return;
    const { second } = compared;
    if (second.kind === 'model' && second.modelId === maps.spec.modelId) return this.forget();
    const moved = second.kind === 'projection' && compared.run !== maps.run;
    if (compared.items !== collection.items || compared.spec !== maps.spec || moved) await this.compare(second);
  }

  forget(): void {
    this.parts.jobs.end('views');
    this.#release();
    this.compared = undefined;
    this.failure = undefined;
    this.share = 0;
  }

  /** The vectors of the second view are given back, unless they are those of the map, or of the `next` second view. */
  #release(next: SpaceSpec = this.parts.maps.spec): void {
    const { engine, maps } = this.parts;
    const held = this.compared?.map.space;
    if (held && !isSameSpace(held, maps.spec) && !isSameSpace(held, next))
      void engine.embed([], held).catch(() => undefined);
  }

  /** Two maps of one space: their own neighbours are compared. */
  async #projections(items: readonly Item[], options: ProjectionOptions, hooks: PipelineHooks) {
    const { engine, maps } = this.parts;
    const { spec, view, aside } = maps;
    if (!view) return undefined;
    const map = await buildMap(engine, items, spec, options, hooks, undefined, undefined, aside);
    const placed = new Set(view.ids);
    const ids = map.ids.filter((id) => placed.has(id));
    const [a, b] = [positionsFor(view, ids), positionsFor(map, ids)];
    const overlap = await askSpace(engine, items, spec, { kind: 'mapOverlap', ids, a, b, k: neighbourCount }, hooks);
    return { map, overlap, held: items };
  }

  /** Two spaces: the vectors are compared, and the second has a map of its own by the same options. */
  async #spaces(items: readonly Item[], second: Exclude<Second, { kind: 'projection' }>, hooks: PipelineHooks) {
    const { engine, maps } = this.parts;
    const { spec, options, aside } = maps;
    const { other, held } = await this.#secondSpace(items, second);
    const map = await buildMap(engine, held, other, options, hooks, undefined, undefined, aside);
    const { space } = await engine.embed(held, other, hooks.onProgress, hooks.signal);
    const question = { kind: 'overlap', other: space, k: neighbourCount } as const;
    const overlap = await askSpace(engine, items, spec, question, hooks);
    return { map, overlap, held };
  }

  async #secondSpace(
    items: readonly Item[],
    second: Exclude<Second, { kind: 'projection' }>,
  ): Promise<{ readonly other: SpaceSpec; readonly held: readonly Item[] }> {
    const { modelId } = this.parts.maps.spec;
    if (second.kind === 'model')
      return { other: { modelId: second.modelId, prompt: findModel(second.modelId).prompt }, held: items };
    if (second.kind === 'prompt') return { other: { modelId, prompt: second.prompt }, held: items };
    if (second.kind === 'layer') {
      const { layers } = findModel(modelId);
      return { other: spaceAtLayer(this.parts.maps.spec, second.layer, layers), held: items };
    }
    return this.#adopt(items, second.file);
  }

  /** The vectors of a file for the texts that it shares with the collection, in a space of their own. */
  async #adopt(items: readonly Item[], file: File) {
    const { collection, engine } = this.parts;
    const dataset = await engine.openFile(file);
    if (!dataset.vectors) throw new InputError('viewVectorsMissing', { file: file.name });
    const rowOf = new Map<string, number>();
    dataset.items.forEach(({ text }, row) => {
      if (!rowOf.has(textKey(text))) rowOf.set(textKey(text), row);
    });
    const held = items.filter(({ text }) => rowOf.has(textKey(text)));
    if (held.length === 0) throw new InputError('compareDisjoint', { a: collection.name, b: file.name });
    const vectors = takeRows(
      dataset.vectors,
      held.map(({ text }) => rowOf.get(textKey(text))!),
    );
    for (let at = 0; at < vectors.data.length; at += vectors.dim)
      normalise(vectors.data.subarray(at, at + vectors.dim));
    const other: SpaceSpec = { modelId: `file ${++this.#files}: ${file.name}`, prompt: '{text}' };
    await engine.adopt(held, other, vectors);
    return { other, held };
  }

  /** The second map laid on the first, row by row for the map on the screen. */
  readonly laid: Positions | undefined = $derived.by(() => {
    const { view } = this.parts.maps;
    return this.compared && view && layOnto(positionsFor(this.compared.map, view.ids), view.positions);
  });

  /** Nearest to the first selected text in the second view; undefined while it is looked for. */
  neighbours = $state.raw<{ readonly of: ItemId; readonly list: readonly Neighbour[] } | undefined>();
  #asked = 0;

  /** Asks for the neighbours that are shown beside; a newer call drops the older one's answer. */
  async ask(of: ItemId | undefined): Promise<void> {
    const asked = ++this.#asked;
    const { compared } = this;
    this.neighbours = undefined;
    if (of === undefined || !compared?.held.some(({ id }) => id === of)) return;
    const question = { kind: 'neighbours', of: { id: of }, k: neighbourCount } as const;
    try {
      const list = await askSpace(this.parts.engine, compared.held, compared.map.space, question);
      if (asked === this.#asked) this.neighbours = { of, list };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }

  readonly #isOpen: boolean = $derived.by(() => this.parts.interface.instrument === 'twoViews');

  /** What the cloud shows instead of the map, while the panel is open and the second view has any part in it. */
  readonly shown = $derived.by(() => {
    const { laid, share } = this;
    const { view, run, fit } = this.parts.maps;
    if (!this.#isOpen || share === 0 || !laid || !view) return undefined;
    const positions = between(view.positions, laid, share);
    return { view: { ids: view.ids, positions }, run, fit, trailsFrom: this.trails ? view.positions : undefined };
  });

  /** What stands beside the cloud. */
  readonly besideIt: Pick<MapView, 'ids' | 'positions'> | undefined = $derived.by(() => {
    const { laid } = this;
    const { view } = this.parts.maps;
    return this.#isOpen && this.beside && laid && view ? { ids: view.ids, positions: laid } : undefined;
  });
}
