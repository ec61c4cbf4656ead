/** The vector of the selected text, beside those of its collection. */
import { isAbort } from '../../../errors';
import { askSpace } from '../../../pipeline';
import type { DimensionsAnswer } from '../../../answers';
import type { ItemId } from '../../../types';
import type { InsideParts } from './parts';
import { WordContexts } from './wordContexts.svelte';

/** Dimensions that are listed. */
const listed = 8;

export class VectorLens {
  /** Undefined until it is known. */
  found = $state.raw<(DimensionsAnswer & { readonly of: ItemId }) | undefined>();
  failure = $state.raw<unknown>();
  readonly contexts: WordContexts;

  #asked = 0;

  constructor(private readonly parts: InsideParts) {
    this.contexts = new WordContexts(parts);
  }

  /** Looks it up; a newer call drops the older one's answer. */
  async ask(of: ItemId | undefined): Promise<void> {
    const { engine, collection, maps } = this.parts;
    const asked = ++this.#asked;
    this.failure = undefined;
    if (of === undefined || !collection.byId.has(of)) return void (this.found = undefined);
    try {
      const question = { kind: 'dimensions', of: { id: of }, most: listed } as const;
      const answer = await askSpace(engine, collection.items, maps.spec, question);
      if (asked === this.#asked) this.found = { ...answer, of };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }
}
