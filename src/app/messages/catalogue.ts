/** What a catalogue holds: every message of the page, and every error by its code. English says which there are. */
import type { ErrorCode } from '../../errors';
import type { en } from './en';

export type MessageKey = keyof typeof en.page;

export interface Catalogue {
  readonly page: Readonly<Record<MessageKey, string>>;
  readonly errors: Readonly<Record<ErrorCode, string>>;
}
