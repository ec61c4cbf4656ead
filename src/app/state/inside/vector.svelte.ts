/** The vector of the selected text. */
import { isAbort } from '../../../errors';
import type { ItemId } from '../../../types';
import type { InsideParts } from './parts';

export class VectorLens {
  /** Of unit length; undefined until it is known. */
  found = $state.raw<{ readonly of: ItemId; readonly values: Float32Array<ArrayBuffer> } | undefined>();
  failure = $state.raw<unknown>();

  #asked = 0;

  constructor(private readonly parts: InsideParts) {}

  /** Looks it up; a newer call drops the older one's answer. */
  async ask(of: ItemId | undefined): Promise<void> {
    const { engine, collection, maps } = this.parts;
    const asked = ++this.#asked;
    this.failure = undefined;
    if (of === undefined || !collection.byId.has(of)) return void (this.found = undefined);
    try {
      const { space } = await engine.embed(collection.items, maps.spec);
      const { data } = await engine.vectors(space, [of]);
      if (asked === this.#asked) this.found = { of, values: data };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }
}
