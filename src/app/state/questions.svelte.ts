/** What is being asked of the space, and the answers: neighbours of the selection, its comparison, a search by meaning. */
import type { Engine } from '../../engine/contract';
import { isAbort } from '../../errors';
import { askSpace } from '../../pipeline';
import type { Comparison, Neighbour } from '../../answers';
import type { Subject } from '../../questions';
import type { Item, ItemId, SpaceSpec } from '../../types';
import { afterFrame } from '../../afterFrame';
import { Glimpse } from './glimpse';
import type { Jobs } from './jobs.svelte';
import type { Wishes } from './wishes.svelte';

/** Texts that a search by meaning lists unless more or fewer are wished for. */
export const foundCount = 20;
/** Milliseconds that the page waits for an answer: less than a person notices, and most answers come sooner. */
const briefly = 50;
/** Texts that are lit while one types: more than these say nothing at a glance. */
const mostGlimpsed = 8;

export interface Meaning {
  readonly query: string;
  /** Undefined while it is looked for. */
  readonly found: readonly Neighbour[] | undefined;
}

export class Questions {
  /** Of the first selected text; undefined while nothing is selected or the answer is on its way. */
  neighbours = $state.raw<{ readonly of: ItemId; readonly list: readonly Neighbour[] } | undefined>();
  /** Of the middle of many selected texts. */
  centroid = $state.raw<{ readonly of: readonly ItemId[]; readonly list: readonly Neighbour[] } | undefined>();
  comparison = $state.raw<{ readonly a: ItemId; readonly b: ItemId; readonly result: Comparison } | undefined>();
  meaning = $state.raw<Meaning | undefined>();
  /** What is near in meaning to the words in the search box, before anything is searched for; nearest first. */
  glimpsed = $state.raw<readonly ItemId[]>([]);
  /**
   * The answer about the selection is about to come: what was chosen before stays on the screen, and both change in one frame. A
   * frame between costs time that the answer would wait for.
   */
  expected = $state(false);
  /**
   * The answer has not been on the screen yet: what else tells of the selection, the cloud and the list of texts, changes one frame after
   * it. Drawing the cloud is what takes longest where graphics are software.
   */
  isAhead = $state(false);
  /** Why there is no answer about the selection. */
  failure = $state.raw<unknown>();

  readonly glimpse = new Glimpse({
    ask: async (query) => {
      if (!(await this.ground().prepare())) return undefined;
      const { items, spec } = this.ground();
      const question = { ...this.wishes.question(this.ground().subjectFor(query)), k: mostGlimpsed };
      return (await askSpace(this.engine, items, spec, question)).map(({ id }) => id);
    },
    isPossible: () => !this.jobs.busy && !this.ground().failed,
    show: (ids) => (this.glimpsed = ids),
  });

  #asked = 0;
  #shown = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly jobs: Jobs,
    private readonly wishes: Wishes,
    private readonly ground: () => {
      readonly items: readonly Item[];
      readonly spec: SpaceSpec;
      /** Loads the model, where it is not; false where that was cancelled or failed. */
      readonly prepare: () => Promise<boolean>;
      /** Whether the page says that the model cannot be loaded, and offers another try. */
      readonly failed: boolean;
      /** Throws where nothing here can make the vector of a query. */
      readonly subjectFor: (query: string) => Subject;
    },
  ) {}

  /** Asks anew about the selected texts, of more than two about their middle; a newer call drops the older one's answer. */
  async about(ids: readonly ItemId[]): Promise<void> {
    const asked = ++this.#asked;
    const isMany = ids.length > 2;
    const [first, second] = isMany ? [] : ids;
    this.failure = undefined;
    this.#expect(ids);
    if (ids.length === 0) return;
    const { items, spec } = this.ground();
    try {
      if (first === undefined) {
        const question = this.wishes.question({ terms: ids.map((id) => ({ weight: 1, id })) });
        const list = await askSpace(this.engine, items, spec, question);
        if (asked === this.#asked) this.centroid = { of: ids, list };
      } else if (second === undefined) {
        const list = await askSpace(this.engine, items, spec, this.wishes.question({ id: first }));
        if (asked === this.#asked) this.neighbours = { of: first, list };
      } else {
        const question = { kind: 'compare', a: first, b: second, ...this.wishes.listed() } as const;
        const result = await askSpace(this.engine, items, spec, question);
        if (asked !== this.#asked) return;
        this.comparison = { a: first, b: second, result };
        this.neighbours = { of: first, list: result.a };
      }
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    } finally {
      if (asked === this.#asked) this.#settle(ids);
    }
  }

  /** Leaves earlier answers where they are for a moment. */
  #expect(ids: readonly ItemId[]): void {
    if (ids.length === 0) return this.#settle(ids);
    clearTimeout(this.#patience);
    this.expected = this.isAhead = true;
    this.#patience = setTimeout(() => this.#settle(ids), briefly);
  }

  /** Drops answers that are about something else than `ids`. */
  #settle(ids: readonly ItemId[]): void {
    clearTimeout(this.#patience);
    this.expected = false;
    const isMany = ids.length > 2;
    const [first, second] = isMany ? [] : ids;
    if (!isMany || this.centroid?.of !== ids) this.centroid = undefined;
    if (this.neighbours?.of !== first) this.neighbours = undefined;
    if (this.comparison?.a !== first || this.comparison?.b !== second) this.comparison = undefined;
    void this.#follow(ids);
  }

  /** Lets the rest of the page follow what is told of `ids`. */
  async #follow(ids: readonly ItemId[]): Promise<void> {
    const shown = ++this.#shown;
    this.isAhead = ids.length > 0;
    await afterFrame();
    if (shown === this.#shown) this.isAhead = this.expected;
  }

  /** Lists the texts whose meaning is nearest to `query`, which is not added. Throws what embedding throws. */
  async search(query: string): Promise<void> {
    this.meaning = { query, found: undefined };
    try {
      const found = await this.jobs.run('search', async (signal, onProgress) => {
        const { items, spec } = this.ground();
        const question = this.wishes.question(this.ground().subjectFor(query), foundCount);
        return askSpace(this.engine, items, spec, question, { signal, onProgress });
      });
      if (this.meaning?.query === query) this.meaning = found && { query, found };
    } catch (error) {
      if (this.meaning?.query === query) this.meaning = undefined;
      throw error;
    }
  }

  forget(): void {
    this.#asked++;
    this.#settle([]);
    this.meaning = undefined;
    this.failure = undefined;
  }
}
