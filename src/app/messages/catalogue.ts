/** What a catalogue holds: every message of the page, every error by its code, and names of models by their ids. */
import type { ErrorCode } from '../../errors';
import type { en } from './en';

export type MessageKey = keyof typeof en.page;

export interface Catalogue {
  readonly page: Readonly<Record<MessageKey, string>>;
  readonly errors: Readonly<Record<ErrorCode, string>>;
  readonly models: Readonly<Record<string, string>>;
}
