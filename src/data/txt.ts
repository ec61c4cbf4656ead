/** Plain text: one text a line. */
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { Lines } from './lines';
import type { TextReader } from './reader';
import { detach, Rows, testOf } from './rows';
import { InputError } from '../errors';
import { textKey } from './typed';

/** The one column, for a filter. */
const column = 'text';

/** One item a line, trimmed and in Unicode NFC; blank lines are skipped. Throws when no text is left, or a column is asked for. */
export class TxtReader implements TextReader {
  readonly #lines: Lines;
  readonly #rows: Rows;
  readonly #texts: string[] = [];

  constructor(file: string, options: ReadingOptions) {
    checkTextColumns(file, options);
    const rows = (this.#rows = new Rows(file, options));
    const passes = options.filter ? testOf(options.filter) : () => true;
    this.#lines = new Lines(file, (line) => {
      const text = textKey(line);
      if (text === '') return true;
      if (!rows.begin()) return false;
      if (!passes(text)) rows.passOver();
      else {
        const slot = rows.keep();
        if (slot >= 0) this.#texts[slot] = rows.isSparse ? detach(text) : text;
      }
      return true;
    });
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): Dataset {
    this.#lines.end();
    const items = this.#rows.order().map((slot) => ({ text: this.#texts[slot]! }));
    return { items, ...this.#rows.told };
  }
}

/** Throws where a format that has nothing but texts is asked for another column. */
export function checkTextColumns(file: string, { filter, keep = [], textColumn, groupColumn }: ReadingOptions): void {
  const asked = [filter?.column, ...keep, textColumn, groupColumn];
  const missing = asked.find((name) => name !== undefined && name !== null && name !== column);
  if (missing !== undefined && missing !== null)
    throw new InputError('columnMissing', { file, column: missing, columns: column });
}
