/** A walk through the texts of the cloud by keys: across the screen, or along the list of neighbours. */
import type { Cloud } from '../../scene/cloud';
import type { Direction } from '../../scene/walk';
import type { Neighbour } from '../../answers';
import type { ItemId } from '../../types';
import type { Interface } from './interface.svelte';
import type { Selection } from './selection.svelte';

type Near = Pick<Neighbour, 'id' | 'cosine'>;

/** Of the page, or of the standalone one, which has less. */
interface Parts {
  readonly interface: Pick<Interface, 'hovered' | 'comparing'>;
  readonly selection: Pick<Selection, 'first'>;
  readonly questions: {
    readonly neighbours: { readonly of: ItemId; readonly list: readonly Near[] } | undefined;
    readonly meaning: { readonly found: readonly Near[] | undefined } | undefined;
  };
  readonly cloud: Pick<Cloud, 'reading' | 'flyTo'> | undefined;
  choose(id: ItemId, additive: boolean): void;
  reveal(id: ItemId): void;
}

/** Where a walk along a list has come to. */
export interface Rank {
  /** What the list holds: neighbours of the selected text, or what a search by meaning found. */
  readonly of: 'neighbours' | 'found';
  /** From 1. */
  readonly rank: number;
  readonly total: number;
  readonly cosine: number;
}

export class Walking {
  /** The text that was walked to, until the cloud loses the focus. */
  at = $state.raw<{ readonly id: ItemId; readonly rank: Rank | undefined } | undefined>();
  /** The last key found nothing to walk to: no text that way, or no list. */
  stopped = $state.raw<'end' | 'noList' | undefined>();

  constructor(private readonly parts: Parts) {}

  /** Goes to the nearest text in a direction, from the hovered text or else the selected one. */
  step(direction: Direction): void {
    const { cloud, interface: ui, selection } = this.parts;
    const next = cloud?.reading.walker.step(ui.hovered ?? selection.first, direction);
    if (next === undefined) this.stopped = 'end';
    else this.#goTo(next, undefined);
  }

  /** Goes on (1) or back (-1) along the list that stands beside the cloud; after its end comes its beginning. */
  along(step: 1 | -1): void {
    const { cloud, interface: ui } = this.parts;
    const { of, list } = this.#list;
    const total = list.length;
    if (total === 0) {
      this.stopped = 'noList';
      return;
    }
    const before = list.findIndex(({ id }) => id === ui.hovered);
    const index = before < 0 && step < 0 ? total - 1 : (before + step + total) % total;
    const { id, cosine } = list[index]!;
    this.#goTo(id, { of, rank: index + 1, total, cosine });
    if (!cloud?.reading.walker.isInSight(id)) cloud?.flyTo(id);
  }

  /** Selects the text that was walked to, or is under the pointer; `additive` compares it with the selected one. */
  choose(additive: boolean): void {
    const { interface: ui } = this.parts;
    if (ui.hovered === undefined) return;
    this.parts.choose(ui.hovered, additive || ui.comparing);
    this.parts.reveal(ui.hovered);
  }

  leave(): void {
    const { interface: ui } = this.parts;
    if (this.at && ui.hovered === this.at.id) ui.hovered = undefined;
    this.at = this.stopped = undefined;
  }

  get #list(): { of: Rank['of']; list: readonly Near[] } {
    const { questions, selection } = this.parts;
    if (selection.first === undefined) return { of: 'found', list: questions.meaning?.found ?? [] };
    const { neighbours } = questions;
    return { of: 'neighbours', list: neighbours?.of === selection.first ? neighbours.list : [] };
  }

  #goTo(id: ItemId, rank: Rank | undefined): void {
    this.parts.interface.hovered = id;
    this.at = { id, rank };
    this.stopped = undefined;
  }
}
