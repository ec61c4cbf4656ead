/** How faithful the map is: measured when somebody looks, for the map at rest, and what it does to the selected text. */
import type { Engine } from '../../engine/contract';
import { isAbort } from '../../errors';
import { askSpace } from '../../pipeline';
import type { MapFidelity, Misplacing, Shepard } from '../../answers';
import type { MisplacedMarks } from '../../scene/marks';
import type { ItemId, MapView } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Jobs } from './jobs.svelte';
import type { Maps } from './maps.svelte';
import type { Selection } from './selection.svelte';

export interface FidelityParts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly selection: Selection;
  readonly maps: Maps;
  readonly jobs: Jobs;
}

/** Neighbours that are looked at unless it is said otherwise, as many as shape a map. */
export const usualNeighbours = 15;
export const mostNeighbours = 200;

interface Measured {
  readonly view: MapView;
  /** As it was asked for. */
  readonly k: number;
  readonly answer: MapFidelity;
  readonly shepard: Shepard;
}

export class Fidelity {
  k = $state(usualNeighbours);
  measured = $state.raw<Measured | undefined>();
  failure = $state.raw<unknown>();
  /** Whether the cloud shows what is misplaced around the selected text. */
  shows = $state(false);
  /** Of the selected text, where that is asked for. */
  misplaced = $state.raw<(Misplacing & { readonly of: ItemId }) | undefined>();
  #watchers = 0;
  #asked = 0;
  /** What is being measured. */
  #pending: { readonly view: MapView; readonly k: number } | undefined;

  /** What the cloud draws. */
  readonly marks: MisplacedMarks | undefined = $derived.by(() => {
    const { misplaced, shows } = this;
    if (!misplaced || !shows || misplaced.of !== this.#subject) return undefined;
    const idsOf = (list: Misplacing['torn']) => list.map(({ id }) => id);
    return { of: misplaced.of, torn: idsOf(misplaced.torn), intruders: idsOf(misplaced.intruders) };
  });

  /** @param isColour whether the numbers colour the cloud, so that they are needed though nobody looks at them */
  constructor(
    private readonly parts: FidelityParts,
    private readonly isColour: () => boolean,
  ) {}

  get isMeasuring(): boolean {
    return this.parts.jobs.isRunning('fidelity');
  }

  /** Whether the numbers are not those of the map on the screen, or of another k. */
  get isStale(): boolean {
    return this.measured?.view !== this.parts.maps.view || this.measured?.k !== this.k;
  }

  /** Somebody looks at the numbers until the returned function is called. */
  watch(): () => void {
    this.#watchers++;
    void this.follow();
    return () => this.#watchers--;
  }

  setK(k: number): void {
    this.k = k;
    void this.follow();
  }

  setShows(shows: boolean): void {
    this.shows = shows;
    void this.follow();
  }

  /** The text whose neighbours are looked at: one that is selected alone or first, on the map. */
  get #subject(): ItemId | undefined {
    const { first, isMany } = this.parts.selection;
    return isMany ? undefined : first;
  }

  /** Asks for what is looked at and not known: map, selection or k have changed. */
  async follow(): Promise<void> {
    await Promise.all([this.#measure(), this.#askMisplaced()]);
  }

  async #measure(): Promise<void> {
    const { jobs, maps } = this.parts;
    const { view } = maps;
    if (this.#watchers === 0 && !this.isColour()) return;
    const { k } = this;
    if (!view || maps.isRunning || !this.isStale || (this.#pending?.view === view && this.#pending.k === k)) return;
    const pending = (this.#pending = { view, k });
    this.failure = undefined;
    try {
      const found = await jobs.run('fidelity', async (signal, onProgress) => {
        const { engine, collection } = this.parts;
        const map = { ids: view.ids, positions: view.positions };
        const hooks = { signal, onProgress };
        const answer = await askSpace(engine, collection.items, view.space, { kind: 'fidelity', ...map, k }, hooks);
        const shepard = await askSpace(engine, collection.items, view.space, { kind: 'shepard', ...map }, hooks);
        return { view, k, answer, shepard };
      });
      if (found) this.measured = found;
    } catch (error) {
      if (this.#pending === pending) this.failure = error;
    } finally {
      if (this.#pending === pending) this.#pending = undefined;
    }
  }

  async #askMisplaced(): Promise<void> {
    const asked = ++this.#asked;
    const { engine, collection, maps } = this.parts;
    const { view } = maps;
    const of = this.#subject;
    const isAsked = (this.#watchers > 0 || this.shows) && view && of !== undefined && view.ids.includes(of);
    if (!isAsked) {
      this.misplaced = undefined;
      return;
    }
    if (maps.isRunning) return;
    const question = { kind: 'misplaced', of, ids: view.ids, positions: view.positions, k: this.k } as const;
    try {
      const answer = await askSpace(engine, collection.items, view.space, question);
      if (asked === this.#asked) this.misplaced = { of, ...answer };
    } catch (error) {
      if (asked !== this.#asked || isAbort(error)) return;
      this.misplaced = undefined;
      this.failure = error;
    }
  }
}
