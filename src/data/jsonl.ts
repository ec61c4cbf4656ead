/** JSON Lines (jsonlines.org): one JSON value a line, objects with columns or texts. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { parseJsonText } from './json';
import { type EntryReader, entryReaderFor } from './jsonEntries';
import { ByteLines } from './byteLines';
import type { ByteReader } from './reader';
import { excerpt } from './table';
import { DirectReader } from './vectorField';

/**
 * Reads lines of objects as a table (see `TableReader`), lines of texts, or lines of number arrays, whichever the first line has; blank lines
 * are skipped. Lines of another kind are left out. Throws with the line of the first such where they are half of all or more.
 */
export class JsonlReader implements ByteReader {
  readonly #lines: ByteLines;
  #entries: EntryReader | undefined;
  readonly #direct = new DirectReader();

  constructor(
    private readonly file: string,
    private readonly options: ReadingOptions,
  ) {
    this.#lines = new ByteLines(file, (line, number) => this.#take(line, number));
  }

  pushBytes(bytes: Uint8Array): boolean {
    return this.#lines.push(bytes);
  }

  end(): Dataset {
    this.#lines.end();
    if (!this.#entries) throw new InputError('noTexts', { file: this.file });
    return this.#entries.end();
  }

  #take(bytes: Uint8Array, number: number): boolean {
    const read = this.#direct.read(bytes, this.#entries?.vectors);
    if (read) return this.#add(number, read);
    const line = this.#lines.decode(bytes);
    return line.trim() === '' || this.#add(number, parseJsonLine(line), line);
  }

  /** @param line where `value` may be anything, undefined for what is no JSON */
  #add(number: number, value: unknown, line?: string): boolean {
    const { file, options } = this;
    if (!this.#entries) {
      const reader = entryReaderFor(file, value, options);
      if (!reader) {
        // Says what is wrong with it as JSON, if that is so.
        const found = value === undefined ? parseJsonText(file, line ?? '', number) : value;
        throw new InputError('jsonShape', { file, found: excerpt(found) });
      }
      this.#entries = reader;
    }
    const error = () => {
      if (value === undefined) parseJsonText(file, line ?? '', number);
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
