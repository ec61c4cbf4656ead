/** Things to say once: errors and what became of a request. The page shows them until they are dismissed. */
import { InputError } from '../../errors';
import type { MessageKey } from '../messages/catalogue';
import type { MessageParams } from '../messages/messages.svelte';

/** What a person can do, with one click. */
export interface Action {
  readonly key: MessageKey;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'info';
  /** An error of ours is translated by its code; anything else is shown as it says. */
  readonly what: InputError | { readonly key: MessageKey; readonly params?: MessageParams } | { readonly text: string };
  readonly actions: readonly Action[];
}

/** Notices of the same words replace each other; more than this many would hide the cloud. */
const limit = 4;
/** Information goes by itself; an error stays until it was read. */
const infoTime = 6000;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** The notice's id, by which it can be dismissed. */
  error(error: unknown): number {
    const what = error instanceof InputError ? error : { text: error instanceof Error ? error.message : String(error) };
    return this.#add({ kind: 'error', what, actions: [] });
  }

  say(key: MessageKey, params?: MessageParams, ...actions: readonly Action[]): void {
    const id = this.#add({ kind: 'info', what: { key, ...(params && { params }) }, actions });
    setTimeout(() => this.dismiss(id), infoTime);
  }

  /** The notice's id, by which it can be dismissed. */
  warn(key: MessageKey, params?: MessageParams, ...actions: readonly Action[]): number {
    return this.#add({ kind: 'error', what: { key, ...(params && { params }) }, actions });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): number {
    const id = this.#next++;
    const key = JSON.stringify(notice.what);
    this.list = [...this.list.filter(({ what }) => JSON.stringify(what) !== key), { id, ...notice }].slice(-limit);
    return id;
  }
}
