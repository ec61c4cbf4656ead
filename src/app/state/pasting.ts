/** What is pasted: a table asks what its columns mean, and lines become texts. */
import { isTable, splitCells, textsOf } from '../../data/pasted';
import type { NewItem } from '../../types';
import type { Messages } from '../messages/messages.svelte';
import type { Asked } from './choosing.svelte';
import type { History } from './history.svelte';
import type { Notices } from './notices.svelte';

interface Parts {
  readonly collection: { readonly items: readonly unknown[] };
  readonly history: History;
  readonly messages: Messages;
  readonly notices: Notices;
  readonly opening: { readonly choosing: { ask(asked: Asked): void } };
  readonly readOnly: boolean;
  addItems(items: readonly NewItem[]): boolean;
}

export class Pasting {
  constructor(private readonly parts: Parts) {}

  /** Takes a table of at least two columns, and asks. Says whether it was one: other text goes where it was pasted. */
  takeTable(text: string): boolean {
    if (this.parts.readOnly || !text.includes('\t') || !isTable(splitCells(text))) return false;
    const { messages, opening } = this.parts;
    const file = new File([text], `${messages.t('pastedTable')}.tsv`);
    opening.choosing.ask({ file, options: {}, pasted: true });
    return true;
  }

  /** Text that was pasted outside any field: what is no table is added, line by line. */
  take(text: string): void {
    if (!this.takeTable(text)) this.add(textsOf(splitCells(text)));
  }

  /** Adds what was pasted to the collection on the screen, and says how many texts that were. */
  add(items: readonly NewItem[]): void {
    const { collection, history, notices } = this.parts;
    const before = collection.items.length;
    if (items.length === 0 || !this.parts.addItems(items)) return;
    const count = collection.items.length - before;
    if (count > 0) notices.say('pastedTexts', { count }, history.offer);
  }
}
