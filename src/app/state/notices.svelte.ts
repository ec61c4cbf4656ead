/** Things to say once: errors and what became of a request. The page shows them until they are dismissed. */
import { InputError } from '../../errors';
import type { MessageKey } from '../messages/catalogue';
import type { MessageParams } from '../messages/messages.svelte';

export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'info';
  /** An error of ours is translated by its code; anything else is shown as it says. */
  readonly what: InputError | { readonly key: MessageKey; readonly params?: MessageParams } | { readonly text: string };
  /** What a person can do about it, with one click. */
  readonly action?: { readonly key: MessageKey; readonly run: () => void };
}

/** Notices of the same words replace each other; more than this many would hide the cloud. */
const limit = 4;
/** Information goes by itself; an error stays until it was read. */
const infoTime = 6000;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  error(error: unknown): void {
    const what = error instanceof InputError ? error : { text: error instanceof Error ? error.message : String(error) };
    this.#add({ id: this.#next++, kind: 'error', what });
  }

  say(key: MessageKey, params?: MessageParams, action?: Notice['action']): void {
    const id = this.#next++;
    this.#add({ id, kind: 'info', what: { key, ...(params && { params }) }, ...(action && { action }) });
    setTimeout(() => this.dismiss(id), infoTime);
  }

  warn(key: MessageKey, params?: MessageParams, action?: Notice['action']): void {
    this.#add({ id: this.#next++, kind: 'error', what: { key, ...(params && { params }) }, ...(action && { action }) });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #add(notice: Notice): void {
    const key = JSON.stringify(notice.what);
    this.list = [...this.list.filter(({ what }) => JSON.stringify(what) !== key), notice].slice(-limit);
  }
}
