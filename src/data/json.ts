/** JSON: arrays of texts, of objects or of vectors, objects of vectors, and the project's own export (`jsonWrite.ts`). */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, NewItem } from '../types';
import { joinBytes } from './bytes';
import { chooseRows, filterOf } from './choosing';
import { type EntryReader, entryReaderFor, isNumbers, isObject, type JsonObject } from './jsonEntries';
import { checkJsonVersion, exportKeys, ExportReader } from './jsonExport';
import { JsonSplitter, Unsplittable } from './jsonSplitter';
import { findJsonError } from './jsonSyntax';
import type { ByteReader } from './reader';
import { excerpt } from './table';
import { decodeText, lineAt, mostTextBytes } from './text';
import { DirectReader, type VectorPlace } from './vectorField';
import { JsonWords } from './jsonWords';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads an array of strings, an array of objects (a table: see `TableReader`; a column `vector` of number arrays gives the
 * vectors; nested values become their JSON text, but for lists of neighbours, which are left out), an array of number arrays, an object
 * whose members are number arrays called by words, or what `writeJson` writes, entry by entry. Where it is none of these (or no JSON), the whole of it says why: see `WholeJson`. Throws as `TableReader` does.
 */
export class JsonReader implements ByteReader {
  readonly #splitter: JsonSplitter;
  #entries: EntryReader | undefined;
  #export: ExportReader | undefined;
  #words: JsonWords | undefined;
  readonly #direct = new DirectReader();
  /** Whether the items of an export have vectors. */
  #hasVectors = false;
  #count = 0;
  /** Of an export's items, those that pass the filter. */
  readonly #passes: (item: NewItem) => boolean;
  #passed = 0;

  constructor(
    private readonly file: string,
    private readonly options: ReadingOptions,
  ) {
    this.#passes = filterOf(options);
    this.#splitter = new JsonSplitter(
      exportKeys.entries,
      (json) => this.#take(json, ++this.#count),
      (word, json) => this.#takeWord(word, json),
    );
  }

  pushBytes(bytes: Uint8Array): boolean {
    return this.#splitter.push(bytes);
  }

  end(): Dataset {
    const { file, options } = this;
    this.#splitter.end();
    if (this.#export) {
      const around = this.#around();
      checkJsonVersion(file, around);
      return chooseRows(file, this.#export.end(around), options);
    }
    if (this.#words) return this.#words.end(() => new Unsplittable());
    if (!this.#entries) throw new Unsplittable();
    return this.#entries.end();
  }

  again(error: unknown): ByteReader | undefined {
    return error instanceof Unsplittable ? new WholeJson(this.file, this.options) : undefined;
  }

  #take(json: Uint8Array, place: number): boolean {
    const value = this.#direct.read(json, this.#vectorPlace) ?? parseEntry(json);
    return this.#splitter.isMember ? this.#addItem(value, place) : this.#addEntry(value, place);
  }

  get #vectorPlace(): VectorPlace | undefined {
    if (!this.#export) return this.#entries?.vectors;
    return this.#hasVectors ? exportKeys.vector : undefined;
  }

  #takeWord(word: string, json: Uint8Array): boolean {
    this.#words ??= new JsonWords(this.file, this.options, Object.entries(this.#around()));
    return this.#words.add(word, this.#direct.read(json, null) ?? parseEntry(json));
  }

  #addEntry(value: unknown, place: number): boolean {
    const { file } = this;
    this.#entries ??= entryReaderFor(file, value, this.options);
    if (!this.#entries) throw new Unsplittable();
    return this.#entries.add(place, value, () => notAnEntry(file, place, value));
  }

  #addItem(value: unknown, place: number): boolean {
    const { file, options } = this;
    const hasVector = isObject(value) && value[exportKeys.vector] !== undefined;
    if (!this.#export) {
      checkJsonVersion(file, this.#around());
      this.#export = new ExportReader(file, hasVector, 0);
      this.#hasVectors = hasVector;
    }
    // The first entries had none, and would have to be left out.
    if (hasVector && !this.#hasVectors) throw new Unsplittable();
    const item = this.#export.add(place, value);
    if (item && this.#passes(item)) this.#passed++;
    // One more than are wanted says that there are more.
    return options.limit?.take !== 'first' || this.#passed <= options.limit.count;
  }

  #around(): JsonObject {
    const around = this.#splitter.around();
    if (!isObject(around)) throw new Unsplittable();
    return around;
  }
}

/** The entry; where it is no JSON, the whole file says where. */
function parseEntry(json: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(json));
  } catch {
    throw new Unsplittable();
  }
}

/**
 * Reads all of a file before any of it, to say what is wrong. Throws when the text is no JSON (line and column), or JSON of another shape
 * (what was found, and at which entry), and as `decodeText` does.
 */
class WholeJson implements ByteReader {
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(
    private readonly file: string,
    private readonly options: ReadingOptions,
  ) {}

  pushBytes(bytes: Uint8Array): boolean {
    this.#bytes += bytes.length;
    if (this.#bytes <= mostTextBytes) this.#parts.push(bytes);
    else this.#parts = [];
    return true;
  }

  end(): Dataset {
    const { file, options } = this;
    const bytes = this.#bytes;
    if (bytes > mostTextBytes) throw new InputError('fileTooLarge', { file, bytes, limit: mostTextBytes });
    const value = parseJsonText(file, decodeText(file, joinBytes(this.#parts), 'utf-8'));
    if (!isObject(value)) return readEntries(file, value, options);
    const entries: unknown = value[exportKeys.entries];
    if (!Array.isArray(entries) || isNumbers(entries)) return readWords(file, value, options);
    checkJsonVersion(file, value);
    const hasVectors = entries.some((entry) => isObject(entry) && entry[exportKeys.vector] !== undefined);
    const reader = new ExportReader(file, hasVectors, entries.length);
    entries.forEach((entry, i) => reader.add(i + 1, entry));
    return chooseRows(file, reader.end(value), options);
  }
}

function readEntries(file: string, entries: unknown, options: ReadingOptions): Dataset {
  if (!Array.isArray(entries)) throw notTexts(file, entries);
  if (entries.length === 0) throw new InputError('noTexts', { file });
  const reader = entryReaderFor(file, entries[0], options);
  if (!reader) throw notTexts(file, entries);
  entries.every((entry: unknown, i) => reader.add(i + 1, entry, () => notAnEntry(file, i + 1, entry)));
  return reader.end();
}

/** An object of vectors. Throws where it is another object. */
function readWords(file: string, value: JsonObject, options: ReadingOptions): Dataset {
  const members = Object.entries(value);
  const first = members.findIndex(([, member]) => isNumbers(member));
  if (first < 0) throw notTexts(file, value);
  const words = new JsonWords(file, options, members.slice(0, first));
  members.slice(first).every(([word, member]) => words.add(word, member));
  return words.end(() => notTexts(file, value));
}

function notTexts(file: string, value: unknown): InputError {
  return new InputError('jsonShape', { file, found: excerpt(value) });
}

function notAnEntry(file: string, place: number, entry: unknown): InputError {
  return new InputError('jsonEntry', { file, entry: place, found: excerpt(entry) });
}

/** What `text` is as JSON; it begins on line `firstLine` of its file. Throws an InputError that says where it is none. */
export function parseJsonText(file: string, text: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = Math.max(0, findJsonError(text));
    const column = at - (text.lastIndexOf('\n', at - 1) + 1) + 1;
    const near = text.slice(at, at + 20).split('\n')[0]!;
    throw new InputError('jsonSyntax', { file, line: firstLine - 1 + lineAt(text, at), column, near });
  }
}
