/** The members of a JSON object as word vectors: each a list of numbers, called by its word. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { NamedVectors } from './namedVectors';

export class JsonWords {
  readonly #rows: NamedVectors;
  #count = 0;

  /** @param before members that came before the first list of numbers */
  constructor(file: string, options: ReadingOptions, before: readonly (readonly [string, unknown])[]) {
    this.#rows = new NamedVectors(file, options);
    before.every(([word, values]) => this.add(word, values));
  }

  /** Takes a member, whose value may be a `NumberList`. Whether more are wanted. */
  add(word: string, values: unknown): boolean {
    const written = () => `${JSON.stringify(word)}: ${JSON.stringify(values)}`;
    return this.#rows.add({ row: ++this.#count, word, values, written });
  }

  /** @param otherKind what is thrown where half of the members or more are no lists: the object is of another kind */
  end(otherKind: () => Error): Dataset {
    try {
      return this.#rows.end();
    } catch (error) {
      throw error instanceof InputError && error.code === 'vectorMissing' ? otherKind() : error;
    }
  }
}
