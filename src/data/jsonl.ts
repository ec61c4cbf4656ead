/** JSON Lines (jsonlines.org): one JSON value a line, objects with columns or texts. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { parseJsonText } from './json';
import { type EntryReader, entryReaderFor } from './jsonEntries';
import { Lines } from './lines';
import type { TextReader } from './reader';
import { excerpt } from './table';

/**
 * Reads lines of objects as a table (see `TableReader`), or lines of texts, whichever the first line has; blank lines are skipped. Lines
 * that are neither are left out. Throws with the line of the first such where they are half of all or more.
 */
export class JsonlReader implements TextReader {
  readonly #lines: Lines;
  #entries: EntryReader | undefined;

  constructor(
    private readonly file: string,
    private readonly options: ReadingOptions,
  ) {
    this.#lines = new Lines(file, (line, number) => line.trim() === '' || this.#take(line, number));
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): Dataset {
    this.#lines.end();
    if (!this.#entries) throw new InputError('noTexts', { file: this.file });
    return this.#entries.end();
  }

  #take(line: string, number: number): boolean {
    const { file, options } = this;
    const value = parseJsonLine(line);
    if (!this.#entries) {
      const reader = entryReaderFor(file, value, options);
      if (!reader) {
        // Says what is wrong with it as JSON, if that is so.
        const found = value === undefined ? parseJsonText(file, line, number) : value;
        throw new InputError('jsonShape', { file, found: excerpt(found) });
      }
      this.#entries = reader;
    }
    const error = () => {
      if (value === undefined) parseJsonText(file, line, number);
      return new InputError('jsonEntry', { file, entry: number, found: excerpt(value) });
    };
    return this.#entries.add(number, value, error, line);
  }
}

/** Undefined where it is no JSON. */
function parseJsonLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
