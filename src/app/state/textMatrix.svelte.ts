/** Two to six selected texts beside each other: what the space says of them, and each one's neighbourhood in its colour. */
import type { Engine } from '../../engine/contract';
import { isAbort } from '../../errors';
import { askSpace } from '../../pipeline';
import type { TextMatrix } from '../../answers';
import type { Rgb } from '../../scene/colour';
import type { NeighbourLink } from '../../scene/marks';
import { categoricalPalette } from '../../scene/palette';
import type { ItemId } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Maps } from './maps.svelte';
import type { Selection } from './selection.svelte';
import type { Theme } from './theme.svelte';
import type { Wishes } from './wishes.svelte';

/** More than these have no room beside each other, and no colours that are told apart at a glance. */
export const mostCompared = 6;
/** Neighbours of each at most: beyond that their lines hide what they join. */
export const mostNeighbours = 50;

interface Parts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly maps: Maps;
  readonly selection: Selection;
  readonly theme: Theme;
  readonly wishes: Wishes;
}

export interface Found {
  readonly of: readonly ItemId[];
  /** Neighbours of each: as asked for, or as many as there are. */
  readonly k: number;
  /** Whether fewer were looked for than are wished for. */
  readonly capped: boolean;
  readonly matrix: TextMatrix;
}

export class TextComparison {
  failure = $state.raw<unknown>();
  #last = $state.raw<Found | undefined>();
  #asked = 0;

  constructor(private readonly parts: Parts) {}

  /** Whether the selected texts can be set beside each other. */
  get isPossible(): boolean {
    const { length } = this.parts.selection.ids;
    return length >= 2 && length <= mostCompared;
  }

  /** Of the texts that are selected now; undefined while it is looked for. */
  readonly found: Found | undefined = $derived.by(() =>
    this.#last?.of === this.parts.selection.ids && this.isPossible ? this.#last : undefined,
  );

  /** By text, the colour of its neighbourhood. */
  readonly colours: readonly Rgb[] = $derived.by(() =>
    categoricalPalette(this.parts.theme.scene).slice(0, mostCompared),
  );

  /** From each text to its neighbours, in its colour. */
  readonly links: readonly NeighbourLink[] | undefined = $derived.by(() => {
    const { colours, found } = this;
    return found?.of.flatMap((from, i) =>
      found.matrix.neighbours[i]!.map(({ id, percentile }): NeighbourLink => ({
        from,
        to: id,
        strength: percentile,
        tint: colours[i]!,
      })),
    );
  });

  /** Asks about the selected texts; a newer call drops the older one's answer. */
  async ask(): Promise<void> {
    const { collection, engine, maps, selection, wishes } = this.parts;
    const asked = ++this.#asked;
    this.failure = undefined;
    if (!this.isPossible) return;
    const of = selection.ids;
    const listed = wishes.listed();
    const k = Math.min(listed.k, mostNeighbours);
    try {
      const matrix = await askSpace(engine, collection.items, maps.spec, { kind: 'matrix', ids: of, ...listed, k });
      const found = matrix.neighbours[0]?.length ?? 0;
      if (asked === this.#asked) this.#last = { of, k: found, capped: found === k && k < listed.k, matrix };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }
}
