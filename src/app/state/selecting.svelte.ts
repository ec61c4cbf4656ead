/** Choosing many texts: by lasso and box, all, the inverse, what was found, a neighbourhood, a group. */
import type { AreaShape, Combination } from '../../scene/areaTool';
import type { ItemId } from '../../types';
import type { CollectionState } from './collection.svelte';
import { combine } from './combine';
import type { Interface } from './interface.svelte';
import type { Listing } from './listing.svelte';
import type { Questions } from './questions.svelte';
import type { Selection } from './selection.svelte';

export interface SelectingParts {
  readonly collection: CollectionState;
  readonly selection: Selection;
  readonly questions: Questions;
  readonly listing: Listing;
  readonly interface: Interface;
  /** Whether a text is neither hidden nor on another map than the one on the screen. */
  readonly isShown: (id: ItemId) => boolean;
  /** The selection is another one. */
  readonly onChosen: () => void;
}

export class Selecting {
  /** What a drag over the cloud draws; undefined while it turns the view. */
  tool = $state.raw<AreaShape | undefined>();

  constructor(private readonly parts: SelectingParts) {}

  /** Takes a tool up, or lays it down again. */
  take(tool: AreaShape): void {
    this.tool = this.tool === tool ? undefined : tool;
  }

  /** Chooses texts beside, or instead of, those that are chosen. */
  choose(ids: readonly ItemId[], how: Combination): void {
    const { selection, onChosen } = this.parts;
    selection.set(combine(selection.ids, ids, how));
    this.parts.interface.comparing = false;
    onChosen();
  }

  /** Chooses one more, or lets it go. */
  toggle(id: ItemId): void {
    this.choose([id], this.parts.selection.ids.includes(id) ? 'subtract' : 'add');
  }

  /** All that are shown. */
  all(): void {
    this.choose(this.#shown(), 'replace');
  }

  /** Those that are shown and not chosen, instead of those that are. */
  inverse(): void {
    const chosen = new Set(this.parts.selection.ids);
    this.choose(
      this.#shown().filter((id) => !chosen.has(id)),
      'replace',
    );
  }

  /** What the search found: by meaning where that is listed, else by spelling; undefined while nothing is looked for. */
  get found(): readonly ItemId[] | undefined {
    const { questions, listing, interface: ui } = this.parts;
    const found = questions.meaning ? questions.meaning.found : ui.filter.trim() ? listing.shown : undefined;
    return found?.map(({ id }) => id).filter((id) => this.parts.isShown(id));
  }

  /** The text whose neighbours are listed, and those; undefined while none are. */
  get neighbourhood(): readonly ItemId[] | undefined {
    const { neighbours } = this.parts.questions;
    return neighbours && [neighbours.of, ...neighbours.list.map(({ id }) => id).filter((id) => this.parts.isShown(id))];
  }

  /** The texts of a group that are shown. */
  group(name: string): readonly ItemId[] {
    const { collection, isShown } = this.parts;
    return collection.items.filter(({ id, group }) => group === name && isShown(id)).map(({ id }) => id);
  }

  #shown(): ItemId[] {
    const { collection, isShown } = this.parts;
    return collection.items.map(({ id }) => id).filter(isShown);
  }
}
