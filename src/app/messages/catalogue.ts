/** What a catalogue holds: every message of the page, every error by its code, and names of models by their ids. */
import type { ErrorCode } from '../../errors';
import type { en } from './en';

export type MessageKey = keyof typeof en.page;

export interface Catalogue {
  readonly page: Readonly<Record<MessageKey, string>>;
  readonly errors: Readonly<Record<ErrorCode, string>>;
  readonly models: Readonly<Record<string, string>>;
}

/** The message called `key`; where it counts one, its singular, if there is one: its key ends in `One`. */
export function pageMessage(page: Catalogue['page'], key: MessageKey, count?: string | number): string {
  const messages: Readonly<Record<string, string>> = page;
  return (count === 1 ? messages[`${key}One`] : undefined) ?? page[key];
}
