/** The layer flight: the cloud after each layer of the model, and the way of the selected text through them. */
import { findModel } from '../../../embedding/registry';
import { isAbort } from '../../../errors';
import { askSpace } from '../../../pipeline';
import type { Neighbour } from '../../../answers';
import { isSameSpace, layerSpecs } from '../../../spaceKey';
import type { Item, ItemId, MapView, Positions, SpaceSpec } from '../../../types';
import {
  amongLayers,
  flyLayers,
  layFlight,
  measureLayers,
  neighbourCount,
  pathOf,
  sampleItems,
  type Flight,
  type FlownLayer,
} from './flight';
import type { InsideParts } from './parts';

/** So many texts are flown as soon as the lens is opened; more wait for a word. */
export const flownAtOnce = 500;
/** Of more, so many take part: their vectors after 13 layers of 384 dimensions are 40 MB, and their maps take some seconds. */
export const mostFlown = 2000;
/** Milliseconds from one layer to the next. */
const pace = 1100;

interface Flown extends Flight {
  /** What it was made of: another flight is due when they are others. */
  readonly items: readonly Item[];
  readonly spec: SpaceSpec;
  readonly run: number;
}

export class LayerFlight {
  /** Undefined until the maps of all layers are there. */
  flown = $state.raw<Flown | undefined>();
  failure = $state.raw<unknown>();
  /** Where the cloud is among the layers, from 0 to the last. */
  at = $state(0);
  playing = $state(false);
  /** The layer whose map is being made. */
  making = $state<number | undefined>();
  /** Nearest to the selected text after a layer: the one that the slider is nearest to, or was, while those of another are looked for. */
  neighbours = $state.raw<
    { readonly of: ItemId; readonly layer: number; readonly list: readonly Neighbour[] } | undefined
  >();
  /** The spaces that the engine holds for it. */
  #spaces: readonly SpaceSpec[] = [];
  #asked = 0;
  /** The lens was opened, and nothing has been flown since. */
  #awaited = false;

  constructor(private readonly parts: InsideParts) {}

  get isFlying(): boolean {
    return this.parts.jobs.isRunning('layers');
  }

  /** The last layer. */
  readonly last: number = $derived(this.flown ? this.flown.layers.length - 1 : 0);
  /** The layer that the slider is nearest to. */
  readonly layer: number = $derived(Math.round(this.at));
  /** Texts that could take part. */
  readonly count: number = $derived.by(() => this.#here.length);

  get #here(): readonly Item[] {
    const { collection, maps } = this.parts;
    return maps.aside.size === 0 ? collection.items : collection.items.filter(({ id }) => !maps.aside.has(id));
  }

  /** The lens is opened: a few texts are flown at once, or as soon as the map is at rest. */
  open(): void {
    this.#awaited = true;
    void this.follow();
  }

  /** Makes the flight, or with `onward` takes new texts along in the one that there is; a newer call replaces an older one. */
  async fly(onward = false): Promise<void> {
    const { collection, engine, jobs, maps } = this.parts;
    const { view, spec, run } = maps;
    if (!view || view.ids.length === 0) return this.forget();
    const { items } = collection;
    const before = onward ? this.flown : undefined;
    const held = this.#whoFlies(before);
    this.#awaited = false;
    this.failure = undefined;
    try {
      await jobs.run('layers', async (signal, onProgress) => {
        const specs = layerSpecs(view.space, findModel(view.space.modelId).layers);
        if (!specs.some((other) => this.#spaces[0] && isSameSpace(other, this.#spaces[0]))) this.#release();
        this.#spaces = specs;
        const hooks = { signal, onProgress, onLayer: (layer: number) => void (this.making = layer) };
        const layers = await flyLayers(engine, held, view, hooks, before);
        signal.throwIfAborted();
        if (!before) this.at = layers.length - 1;
        this.making = undefined;
        const flight = (this.flown = { layers, held, items, spec, run });
        const onMeasured = (measured: readonly FlownLayer[]) => {
          if (!signal.aborted) this.flown = { ...flight, layers: measured };
        };
        await measureLayers(engine, flight, this.#textsOf(specs.at(-1)!, flight), { signal, onProgress, onMeasured });
      });
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      if (!jobs.isRunning('layers')) this.making = undefined;
    }
  }

  /** Those of `before`, and what came since; else all, or of many a sample that has the selected ones. */
  #whoFlies(before: Flown | undefined): readonly Item[] {
    if (!before) return sampleItems(this.#here, mostFlown, new Set(this.parts.selection.ids));
    const known = new Set(before.items);
    const fresh = this.#here.filter((item) => !known.has(item));
    return sampleItems(this.#here, 0, new Set([...before.held, ...fresh].map(({ id }) => id)));
  }

  /** What a layer's space holds: the map's own has all texts, not only those that take part. */
  #textsOf(spec: SpaceSpec, { held }: Flight): readonly Item[] {
    return isSameSpace(spec, this.parts.maps.spec) ? this.parts.collection.items : held;
  }

  /** Flies again where texts, model or map are others than they were. */
  async follow(): Promise<void> {
    const { collection, maps } = this.parts;
    const { flown } = this;
    if (maps.isRunning || maps.isPlacing || !maps.view) return;
    const isMany = this.count > flownAtOnce;
    if (!flown) {
      if (this.#awaited && !isMany) await this.fly();
    } else if (!isSameSpace(flown.spec, maps.spec) || flown.run !== maps.run) {
      if (isMany) this.forget();
      else await this.fly();
    } else if (flown.items !== collection.items) await this.fly(true);
  }

  /** Ends the flight, and gives the vectors back. */
  forget(): void {
    this.parts.jobs.end('layers');
    this.#awaited = false;
    this.playing = false;
    this.#release();
    this.flown = undefined;
    this.neighbours = undefined;
    this.failure = undefined;
    this.making = undefined;
  }

  #release(): void {
    const { engine, maps } = this.parts;
    for (const held of this.#spaces)
      if (!isSameSpace(held, maps.spec)) void engine.embed([], held).catch(() => undefined);
    this.#spaces = [];
  }

  /** Asks for the neighbours of `of` after the layer that the slider is nearest to; a newer call drops the older one's answer. */
  async ask(of: ItemId | undefined): Promise<void> {
    const asked = ++this.#asked;
    const { flown, layer } = this;
    const text = of === undefined ? undefined : this.parts.collection.byId.get(of)?.text;
    const there = flown?.layers[layer];
    if (!there || of === undefined || text === undefined) return void (this.neighbours = undefined);
    const ids = flown.held.map(({ id }) => id);
    const subject = this.#held.has(of) ? { id: of } : { text };
    const among = flown.held.length < flown.items.length ? ids : undefined;
    const question = { kind: 'neighbours', of: subject, k: neighbourCount, among } as const;
    try {
      const list = await askSpace(this.parts.engine, this.#textsOf(there.spec, flown), there.spec, question);
      if (asked === this.#asked) this.neighbours = { of, layer, list };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }

  /**
   * Goes on to the last layer, or from the first where it is there; a second call stops. With `stepwise` it goes from layer to layer
   * without what lies between.
   */
  play(stepwise: boolean): void {
    this.playing = !this.playing;
    if (!this.playing) return;
    const from = this.at >= this.last ? 0 : this.at;
    this.at = from;
    const begun = performance.now();
    const step = (now: number): void => {
      if (!this.playing) return;
      const at = Math.min(from + Math.max(now - begun, 0) / pace, this.last);
      this.at = stepwise ? Math.floor(at) : at;
      if (at < this.last) requestAnimationFrame(step);
      else this.playing = false;
    };
    requestAnimationFrame(step);
  }

  readonly #laid: readonly Positions[] | undefined = $derived.by(() => {
    const { maps, interface: ui } = this.parts;
    const { flown } = this;
    if (ui.lens !== 'layers' || !flown || !maps.view || maps.isRunning) return undefined;
    // Of another model: the flight is on its way.
    return isSameSpace(flown.spec, maps.spec) ? layFlight(flown.layers, maps.view) : undefined;
  });

  /** What the cloud shows instead of the map, while the lens is open and another layer than the map's is looked at. */
  readonly shown = $derived.by(() => {
    const { view, run, fit, spec } = this.parts.maps;
    const laid = this.#laid;
    if (!laid || !view) return undefined;
    if (this.at >= this.last && this.flown && isSameSpace(this.flown.layers[this.last]!.spec, spec)) return undefined;
    const shown: Pick<MapView, 'ids' | 'positions'> = { ids: view.ids, positions: amongLayers(laid, this.at) };
    return { view: shown, run, fit };
  });

  /** The way of the selected text through all layers. */
  readonly path: Positions | undefined = $derived.by(() => {
    const { maps, selection } = this.parts;
    const row = selection.first === undefined ? -1 : (maps.view?.ids.indexOf(selection.first) ?? -1);
    return this.#laid && row >= 0 && this.#held.has(selection.first!) ? pathOf(this.#laid, row) : undefined;
  });

  readonly #held: ReadonlySet<ItemId> = $derived(new Set(this.flown?.held.map(({ id }) => id)));

  /** Texts that take no part, and would stand still among those that move. */
  readonly absent: readonly ItemId[] = $derived.by(() =>
    this.shown ? this.shown.view.ids.filter((id) => !this.#held.has(id)) : [],
  );
}
