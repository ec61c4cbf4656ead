/** Plain text: one text a line. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { decodeText } from './text';
import { textKey } from './typed';

/** One item a line, trimmed and in Unicode NFC; blank lines are skipped. Throws as `decodeText` does, or when no text is left. */
export function parseTxt(file: string, bytes: Uint8Array, { encoding }: ReadingOptions = {}): Dataset {
  const lines = decodeText(file, bytes, encoding).split(/\r\n?|\n/);
  const items = lines.map((line) => ({ text: textKey(line) })).filter(({ text }) => text !== '');
  if (items.length === 0) throw new InputError('noTexts', { file });
  return { items };
}
