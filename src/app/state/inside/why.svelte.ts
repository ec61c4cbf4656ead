/** Why the selected text and a second one are close. */
import { textKey } from '../../../data/typed';
import type { Explanation } from '../../../inspections';
import { askSpace } from '../../../pipeline';
import type { Neighbour, Variants } from '../../../answers';
import type { Subject } from '../../../questions';
import { removable, type Word, withoutWord, wordsOf } from '../../../similarity/words';
import type { ItemId, OnProgress } from '../../../types';
import type { InsideParts } from './parts';

/** Texts that are offered as the second one, and neighbours whose change is counted. */
const nearestCount = 10;
/** So many words are left out unasked: two sentences take a second, a page would take a minute. */
const mostUnasked = 64;

/** What stands beside the first text: an item, or a text that is only typed. */
export type Second = { readonly id: ItemId } | { readonly text: string };

export interface Explained {
  readonly of: ItemId;
  readonly second: Second;
  readonly texts: readonly [string, string];
  readonly explanation: Explanation;
  /** Of the two vectors, as the space has them. */
  readonly cosine: number;
}

/** What becomes of a text without each of its words. */
export interface WordsOut {
  /** Those that were left out. */
  readonly words: readonly Word[];
  /** How many the text has. */
  readonly all: number;
  /** By word. */
  readonly variants: Variants;
}

export class WhyLens {
  /** What was chosen beside a text, and beside which; else it is the nearest one. */
  chosen = $state.raw<{ readonly of: ItemId; readonly second: Second } | undefined>();
  typed = $state('');
  nearest = $state.raw<{ readonly of: ItemId; readonly list: readonly Neighbour[] } | undefined>();
  found = $state.raw<Explained | undefined>();
  words = $state.raw<{ readonly of: Explained; readonly sides: readonly [WordsOut, WordsOut] } | undefined>();
  failure = $state.raw<unknown>();

  constructor(private readonly parts: InsideParts) {}

  /** Sets what was typed beside the selected text: a text of the collection where it is one. */
  submit(): void {
    const { collection, selection } = this.parts;
    const { first: of } = selection;
    const text = textKey(this.typed);
    if (of === undefined || text === '') return;
    const item = collection.items.find((other) => other.id !== of && textKey(other.text) === text);
    this.chosen = { of, second: item ? { id: item.id } : { text } };
  }

  /** Explains the selected text and the second one; a newer call ends the older one. */
  async ask(): Promise<void> {
    const { collection, jobs, selection } = this.parts;
    const first = selection.first === undefined ? undefined : collection.byId.get(selection.first);
    this.failure = undefined;
    if (!first) return void (this.found = this.words = undefined);
    try {
      const found = await jobs.run('inside', (signal, onProgress) => this.#explain(first.id, signal, onProgress));
      if (!found) return;
      this.found = found === 'alone' ? undefined : found;
      if (found !== 'alone' && found.texts.reduce((sum, text) => sum + removable(text).length, 0) <= mostUnasked)
        await this.leaveOut();
    } catch (error) {
      this.failure = error;
    }
  }

  /** Embeds both texts without each of their words. */
  async leaveOut(): Promise<void> {
    const { found } = this;
    if (!found) return;
    this.failure = undefined;
    try {
      const sides = await this.parts.jobs.run('inside', async (signal, onProgress) => {
        const a = await this.#without(found.texts[0], { id: found.of }, found.second, signal, onProgress);
        return [a, await this.#without(found.texts[1], found.second, { id: found.of }, signal, onProgress)] as const;
      });
      if (sides && this.found === found) this.words = { of: found, sides };
    } catch (error) {
      this.failure = error;
    }
  }

  /** The lens is closed: nothing of it goes on. */
  stop(): void {
    this.parts.jobs.end('inside');
  }

  async #explain(of: ItemId, signal: AbortSignal, onProgress: OnProgress): Promise<Explained | 'alone'> {
    const { collection, engine, maps, selection } = this.parts;
    const { items, byId } = collection;
    const { spec } = maps;
    const hooks = { signal, onProgress };
    const list = await askSpace(engine, items, spec, { kind: 'neighbours', of: { id: of }, k: nearestCount }, hooks);
    this.nearest = { of, list };
    const chosen = this.chosen?.of === of ? this.chosen.second : undefined;
    const other = selection.second ?? list[0]?.id;
    const second = chosen ?? (other === undefined ? undefined : { id: other });
    const text = second && ('id' in second ? byId.get(second.id)?.text : second.text);
    if (!second || text === undefined) return 'alone';
    const texts = [byId.get(of)!.text, text] as const;
    const explanation = await engine.inspect(spec, { kind: 'explain', a: texts[0], b: texts[1] }, onProgress, signal);
    const [pair] = await askSpace(engine, items, spec, { kind: 'neighbours', of: second, k: 1, among: [of] }, hooks);
    return { of, second, texts, explanation, cosine: pair?.cosine ?? NaN };
  }

  async #without(
    text: string,
    of: Subject,
    beside: Subject,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<WordsOut> {
    const { collection, engine, maps } = this.parts;
    const words = removable(text);
    const variants = await askSpace(
      engine,
      collection.items,
      maps.spec,
      { kind: 'variants', of, texts: words.map((word) => withoutWord(text, word)), beside, k: nearestCount },
      { signal, onProgress },
    );
    return { words, all: wordsOf(text).length, variants };
  }
}
