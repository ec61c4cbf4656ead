/** The neighbours that the page brought, of the selected text. */
import type { Selection } from '../app/state/selection.svelte';
import type { PageData } from '../standalone';
import type { ItemId } from '../types';

export interface Near {
  readonly id: ItemId;
  readonly cosine: number;
}

export class Nearness {
  /** Nearest first; undefined while nothing is selected. */
  readonly neighbours: { readonly of: ItemId; readonly list: readonly Near[] } | undefined = $derived.by(() => {
    const of = this.selection.first;
    return of === undefined ? undefined : { of, list: this.#nearTo(Number(of)) };
  });
  /** Nothing here can make the vector of a query. */
  readonly meaning = undefined;

  constructor(
    private readonly data: Pick<PageData, 'k' | 'neighbours' | 'cosines'>,
    private readonly selection: Pick<Selection, 'first'>,
  ) {}

  #nearTo(row: number): Near[] {
    const { k, neighbours, cosines } = this.data;
    return Array.from({ length: k }, (_, i) => ({
      id: String(neighbours[row * k + i]),
      cosine: cosines[row * k + i]!,
    }));
  }
}
