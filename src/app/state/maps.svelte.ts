/** The map on the screen: when it is laid out anew, when a text is only placed on it, and what is provisional. */
import type { Engine } from '../../engine/contract';
import { buildMap, extendMap, joinMaps, pinAt, positionsFor, type PipelineHooks, type Places } from '../../pipeline';
import { defaultOptions } from '../../projection/options';
import type {
  EmbedReport,
  Item,
  ItemId,
  LayoutFrame,
  MapView,
  Positions,
  ProjectionOptions,
  SpaceSpec,
  Supervision,
} from '../../types';
import { Departed } from './departed';
import type { FollowedMap } from './following';
import type { Jobs } from './jobs.svelte';
import type { Pins } from './pins.svelte';

/** Below this many texts the layout re-runs by itself once placed texts exceed a tenth; above, the page offers it. */
const selfRunning = 2000;
const provisionalShare = 0.1;
/**
 * Epochs of the options for a short run, of which a run from the screen takes 0.4. The step after a drag by 2 % of the map's breadth
 * moved the others by 0.004 to 0.06 units of some 14 on average; with 50 by 0.02 to 0.7, and they shivered.
 */
const shortEpochs = 13;

/** What is on the screen, as an undo brings it back. */
export interface MapState {
  readonly view: MapView | undefined;
  readonly provisional: ReadonlySet<ItemId>;
}

export class Maps implements FollowedMap {
  view = $state.raw<MapView | undefined>();
  /** Placed since the last layout. */
  provisional = $state.raw<ReadonlySet<ItemId>>(new Set());
  report = $state.raw<EmbedReport | undefined>();
  options = $state.raw<ProjectionOptions>(defaultOptions);
  spec: SpaceSpec;
  /** Texts of the collection that the map leaves out: it is one of the others only. */
  aside = $state.raw<ReadonlySet<ItemId>>(new Set());
  /** Counts the layouts that began, and the maps that were brought: trails lead from where texts stood before. */
  run = $state.raw(0);
  /** Counts what the scene fits its view to: those, and the end of each layout, which has grown since. */
  fit = $state.raw(0);
  followed = $state(false);

  readonly #ids = $derived(this.view?.ids);
  readonly #mapped = $derived(new Set(this.#ids));
  /** Placements under way. */
  #placing = $state(0);
  #items = $state.raw<readonly Item[]>([]);
  /** Those that belong on the map. */
  readonly #here = $derived(this.#among(this.#items));
  /** The texts that the rows of the view stand for: an edited text has to move. */
  #textOf = new Map<ItemId, string>();
  readonly #departed = new Departed();
  /** Placing follows placing: each begins with the map that the one before left. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    private readonly jobs: Jobs,
    private readonly pins: Pins,
    spec: SpaceSpec,
    private readonly on: {
      readonly failed: (error: unknown) => void;
      /** The map, or what stands for it, is as it will be until something changes; `laidOut` if all of it is new. */
      readonly settled: (laidOut: boolean) => void;
      /** No text has what the options name, so the layout goes on without it. */
      readonly unsupervised: (supervision: Supervision) => void;
    },
  ) {
    this.spec = $state.raw(spec);
  }

  /** Whether texts are on their way to the map, at work or in line. */
  get isPlacing(): boolean {
    return this.#placing > 0;
  }

  /** Whether a text is about to land on the map. */
  isLanding(id: ItemId): boolean {
    return this.isPlacing && !this.#mapped.has(id);
  }

  /** Whether a re-run would take provisional texts in. */
  get offersRun(): boolean {
    return this.#crowded && this.#here.length >= selfRunning && !this.jobs.isRunning('map');
  }

  /** Texts that the map lacks: their embedding was cancelled, or failed. */
  get missing(): number {
    return this.jobs.busy || this.isPlacing ? 0 : this.#here.length - (this.view?.ids.length ?? 0);
  }

  get isRunning(): boolean {
    return this.followed || this.jobs.isRunning('map');
  }

  get state(): MapState {
    return { view: this.view, provisional: this.provisional };
  }

  /** Brings an earlier map back, without what is gone by now and with what came since; a layout under way ends. */
  bring({ view, provisional }: MapState): void {
    this.jobs.end('map');
    if (view) {
      if (view.positions.dim !== this.view?.positions.dim) this.#begin();
      this.spec = view.space;
      this.options = view.options;
      this.#land(view, this.#items);
    }
    this.provisional = provisional;
    void this.follow(this.#items);
  }

  /** Leaves `aside` out from now on, and shows a map of the other texts that was made earlier, or makes one. */
  async leaveOut(aside: ReadonlySet<ItemId>, items: readonly Item[], made?: MapState): Promise<void> {
    this.jobs.end('map');
    this.#setAside(aside);
    this.#items = items;
    const { view } = this;
    if (made) {
      // Nothing is carried over: a place on a map of other texts means nothing here.
      this.view = undefined;
      return this.bring(made);
    }
    const stay = view?.ids.filter((id) => !aside.has(id)) ?? [];
    if (view) this.view = { ...view, ids: stay, positions: positionsFor(view, stay) };
    this.provisional = new Set([...this.provisional].filter((id) => !aside.has(id)));
    await this.build();
  }

  /** Shows a map that was made earlier (a starter, storage, a file). */
  show(items: readonly Item[], view: MapView | undefined, provisional: ReadonlySet<ItemId> = new Set()): void {
    this.jobs.cancelAll();
    this.#setAside(new Set());
    this.#items = items;
    this.#departed.clear();
    this.report = undefined;
    this.provisional = provisional;
    this.view = view;
    this.#textOf = new Map(view ? items.map(({ id, text }) => [id, text]) : []);
    if (view) {
      this.spec = view.space;
      this.options = view.options;
    }
    this.#begin();
  }

  /** Follows the collection: drops rows that are gone, places what is new, and lays out where that is due. */
  async follow(items: readonly Item[]): Promise<void> {
    const here = this.#among(items);
    const alive = new Map(here.map(({ id, text }) => [id, text]));
    const lost = this.#drop((id) => alive.get(id) !== this.#textOf.get(id));
    this.#items = items;
    this.#restore(here);
    const interrupted = this.jobs.isRunning('map') && (lost || this.jobs.stageOf('map') !== 'layout');
    if (items.length === 0) {
      this.jobs.cancelAll();
      this.view = undefined;
      this.on.settled(false);
    } else if (!this.view || interrupted) await this.build(interrupted);
    else {
      const known = new Set(this.view.ids);
      if (here.some(({ id }) => !known.has(id))) await this.#place();
      else await this.#embed();
      this.on.settled(false);
      if (this.#crowded && this.#here.length < selfRunning && !this.jobs.isRunning('map')) await this.build(true);
    }
  }

  /** Lays all texts out, and says when that has come to an end, whatever it was. */
  async build(fromScreen = false): Promise<void> {
    await this.#layOut(fromScreen ? this.#ownView : undefined);
    this.on.settled(true);
  }

  /** Lays all texts out from where they stand, or stood, in the same view: one of them was moved by hand. */
  async goOn(from = this.#ownView): Promise<void> {
    await this.#layOut(from, false);
    this.on.settled(true);
  }

  /** See `FollowedMap`. No job: a person who drags sees how far it is. */
  async settleAround(view: MapView, pins: Places): Promise<Positions> {
    const options = { ...view.options, epochs: shortEpochs };
    const map = await buildMap(this.engine, this.#items, view.space, options, {}, view, pins, this.aside);
    return positionsFor(map, view.ids);
  }

  /** Lays all texts out in another space from where they stand: the cloud moves from the one to the other. */
  async morphTo(spec: SpaceSpec): Promise<void> {
    this.spec = spec;
    await this.#layOut(this.view);
    this.on.settled(true);
  }

  /** Anew, so that the seed gives the same map again, or from where they stand on a map; pinned texts stay. */
  async #layOut(from: MapView | undefined, refit = true): Promise<void> {
    const items = this.#items;
    const ids = this.#here.map(({ id }) => id);
    if (ids.length === 0) return;
    const { spec, options, aside } = this;
    let begun = false;
    let done = false;
    const map = await this.#guard(() =>
      this.jobs.run('map', (signal, onProgress) => {
        const onFrame = ({ positions }: LayoutFrame) => {
          // Frames come by a port of their own: the last may arrive after the map, which says more than a frame.
          if (signal.aborted || done) return;
          if (!begun && refit) this.#begin();
          begun = true;
          this.#land({ space: spec, options, ids, positions }, items);
        };
        const hooks = { ...this.#hooks(signal), onProgress, onFrame };
        return buildMap(this.engine, items, spec, options, hooks, from, this.pins.on(options), aside);
      }),
    );
    if (!map) {
      // Cancelled or failed, and not replaced by a newer one: what is on the screen says what it is made of.
      if (this.view && !this.jobs.isRunning('map')) {
        this.spec = this.view.space;
        this.options = this.view.options;
      }
      return;
    }
    done = true;
    if (refit && !begun) this.run++;
    if (refit) this.fit++;
    this.#departed.clear();
    this.#land(map, items);
    const included = new Set(ids);
    this.provisional = new Set(this.#here.map(({ id }) => id).filter((id) => !included.has(id)));
  }

  /** Changes what the map is made of and with, and makes it anew. */
  async change(change: { readonly spec?: SpaceSpec; readonly options?: ProjectionOptions }): Promise<void> {
    if (change.spec) this.spec = change.spec;
    if (change.options) this.options = change.options;
    await this.build();
  }

  /** The view, if it is of the space that texts are laid out in. */
  get #ownView(): MapView | undefined {
    return this.view?.space === this.spec ? this.view : undefined;
  }

  #begin(): void {
    this.run++;
    this.fit++;
  }

  get #crowded(): boolean {
    return this.provisional.size > this.#here.length * provisionalShare;
  }

  #among(items: readonly Item[]): readonly Item[] {
    return this.aside.size === 0 ? items : items.filter(({ id }) => !this.aside.has(id));
  }

  #setAside(aside: ReadonlySet<ItemId>): void {
    this.aside = aside;
    this.pins.waiting = aside.size > 0;
  }

  #hooks(signal: AbortSignal): PipelineHooks {
    return { signal, onEmbedded: (report) => (this.report = report), onUnsupervised: this.on.unsupervised };
  }

  /** A run's positions, with the texts that were placed, and those that were pinned, while it ran. */
  #land(made: MapView, items: readonly Item[]): void {
    const previous = this.view;
    const { ids, positions, options } = made;
    const map = { ...made, positions: pinAt(this.pins.on(options), ids, positions.dim, positions) };
    for (const { id, text } of items) this.#textOf.set(id, text);
    if (previous && previous.ids !== map.ids && previous.space === map.space) {
      const mapped = new Set(map.ids);
      const later = previous.ids.filter((id) => !mapped.has(id));
      if (later.length > 0 && previous.positions.dim === map.positions.dim) {
        this.view = joinMaps(map, previous, later);
        return;
      }
    }
    this.view = map;
  }

  async #place(): Promise<void> {
    this.#placing++;
    const place = this.#turn.then(() =>
      this.#guard(async () => {
        const items = this.#items;
        const base = this.view;
        if (!base) return;
        const { aside } = this;
        const grown = await this.jobs.run('words', (signal, onProgress) =>
          extendMap(this.engine, items, base, { ...this.#hooks(signal), onProgress }, aside),
        );
        if (!grown || !this.view || this.view.space !== base.space || this.aside !== aside) return;
        const known = new Set(this.view.ids);
        const alive = new Set(this.#here.map(({ id }) => id));
        const fresh = items.filter(({ id }) => !known.has(id) && alive.has(id));
        if (fresh.length === 0 || grown.positions.dim !== this.view.positions.dim) return;
        this.view = joinMaps(
          this.view,
          grown,
          fresh.map(({ id }) => id),
        );
        this.provisional = new Set([...this.provisional, ...fresh.map(({ id }) => id)]);
        for (const { id, text } of fresh) this.#textOf.set(id, text);
      }),
    );
    this.#turn = place;
    await place;
    this.#placing--;
  }

  /** Brings the space to the items where the map already shows them all. */
  async #embed(): Promise<void> {
    await this.#guard(() =>
      this.jobs.run('words', async (signal, onProgress) => {
        this.report = await this.engine.embed(this.#items, this.spec, onProgress, signal);
      }),
    );
  }

  /** Takes rows off the map and remembers where they stood. */
  #drop(isGone: (id: ItemId) => boolean): boolean {
    const { view } = this;
    const stay = view?.ids.filter((id) => !isGone(id));
    if (!view || !stay || stay.length === view.ids.length) return false;
    const staying = new Set(stay);
    const { dim, data } = view.positions;
    view.ids.forEach((id, row) => {
      if (staying.has(id)) return;
      this.#departed.note(id, this.#textOf.get(id) ?? '', [...data.subarray(row * dim, (row + 1) * dim)]);
      this.#textOf.delete(id);
    });
    this.provisional = new Set([...this.provisional].filter((id) => staying.has(id)));
    this.view = { ...view, ids: stay, positions: positionsFor(view, stay) };
    return true;
  }

  /** Puts texts that came back by undo where they stood, and pinned ones, edited too, where they are pinned. */
  #restore(items: readonly Item[]): void {
    const { view } = this;
    if (!view) return;
    const { dim } = view.positions;
    const known = new Set(view.ids);
    const away = items.filter(({ id }) => !known.has(id));
    const places = new Map([...this.#departed.placesOf(away, dim), ...this.pins.on(view.options)]);
    const back = away.filter(({ id }) => places.has(id));
    if (back.length === 0) return;
    const ids = back.map(({ id }) => id);
    this.view = joinMaps(view, { ...view, ids, positions: pinAt(places, ids, dim) }, ids);
    for (const { id, text } of back) {
      this.#departed.forget(id);
      this.#textOf.set(id, text);
    }
  }

  async #guard<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.on.failed(error);
      return undefined;
    }
  }
}
