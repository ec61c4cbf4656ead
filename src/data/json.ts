/** JSON: arrays of texts or of objects, and the project's own export (`jsonWrite.ts`). */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Cell, Dataset, NewItem, Positions } from '../types';
import { chooseRows } from './choosing';
import { entryReaderFor, isObject, type JsonObject } from './jsonEntries';
import { findJsonError } from './jsonSyntax';
import { Rows } from './rows';
import { readSpaceFields } from './spaceFields';
import { excerpt, readJsonCell } from './table';
import { decodeText, lineAt } from './text';
import { VectorRows } from './vectorRows';

/** Of the project's own export. */
export const jsonVersion = 1;

/**
 * Reads an array of strings, an array of objects (a table: see `TableReader`; a column `vector` of number arrays gives the
 * vectors; nested values become their JSON text, but for lists of neighbours, which are left out), or what `writeJson` writes. Throws when the text is no JSON (line and column),
 * or JSON of another shape (what was found, and at which entry), and as `decodeText` and `TableReader` do.
 */
export function parseJson(file: string, bytes: Uint8Array, options: ReadingOptions = {}): Dataset {
  const value = parseJsonText(file, decodeText(file, bytes, options.encoding));
  if (isObject(value) && Array.isArray(value['items']))
    return chooseRows(file, readExport(file, value, value['items']), options);
  if (!Array.isArray(value)) return fail(file, value);
  const entries: readonly unknown[] = value;
  return readEntries(file, entries, options) ?? fail(file, value);
}

function readEntries(file: string, entries: readonly unknown[], options: ReadingOptions): Dataset | undefined {
  if (entries.length === 0) throw new InputError('noTexts', { file });
  const reader = entryReaderFor(file, entries[0], options);
  entries.every((entry, i) =>
    reader?.add(i + 1, entry, () => new InputError('jsonEntry', { file, entry: i + 1, found: excerpt(entry) })),
  );
  return reader?.end();
}

function fail(file: string, value: unknown): never {
  throw new InputError('jsonShape', { file, found: excerpt(value) });
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

/** An item of an export, and its number in the file. */
interface Kept {
  readonly entry: JsonObject;
  readonly text: string;
  readonly place: number;
}

function readExport(file: string, value: JsonObject, entries: readonly unknown[]): Dataset {
  if (value['version'] !== undefined && value['version'] !== jsonVersion) {
    throw new InputError('jsonVersion', { file, found: excerpt(value['version']), known: jsonVersion });
  }
  const rows = new Rows(file, {});
  const kept: Kept[] = [];
  const vectors = entries.some((entry) => isObject(entry) && entry['vector'] !== undefined)
    ? new VectorRows(file, entries.length)
    : undefined;
  entries.forEach((entry, i) => {
    const place = i + 1;
    if (!isObject(entry) || typeof entry['text'] !== 'string') {
      throw new InputError('jsonItem', { file, entry: place, found: excerpt(entry) });
    }
    const { text, vector } = { text: entry['text'], vector: entry['vector'] };
    rows.begin();
    const problem = text.trim() === '' ? 'noText' : vectors?.read(vector, place);
    if (problem) return rows.leaveOut(place, problem, JSON.stringify(entry));
    const slot = rows.keep();
    vectors?.put(slot);
    kept.push({ entry, text, place });
  });
  const order = rows.order();
  const hasPositions = kept.some(({ entry }) => entry['position'] !== undefined);
  const space = readSpaceFields(value);
  return {
    items: kept.map(({ entry, text }) => readItem(entry, text)),
    ...(vectors && { vectors: vectors.matrix(order) }),
    ...(hasPositions && { positions: readPositions(file, kept) }),
    ...(space && { space }),
    ...rows.told,
  };
}

/** Throws at the first entry whose position is none of finite numbers, or of other dimensions than the first. */
function readPositions(file: string, entries: readonly Kept[]): Positions {
  const first = entries[0]?.entry['position'];
  const dim = Array.isArray(first) ? first.length : 0;
  const data = new Float32Array(entries.length * dim);
  entries.forEach(({ entry, place }, i) => {
    const numbers = entry['position'];
    if (!Array.isArray(numbers) || dim === 0) throw new InputError('vectorMissing', { file, place: String(place) });
    if (numbers.length !== dim)
      throw new InputError('vectorLength', { file, place: String(place), found: numbers.length, expected: dim });
    numbers.forEach((value: unknown, j) => {
      const number = typeof value === 'number' ? Math.fround(value) : NaN;
      if (!Number.isFinite(number))
        throw new InputError('positionNumber', { file, place: String(place), column: j + 1, cell: excerpt(value) });
      data[i * dim + j] = number;
    });
  });
  if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
  return { data, rows: entries.length, dim };
}

function readItem({ group, columns }: JsonObject, text: string): NewItem {
  const cells: [string, Cell][] = [];
  for (const [name, value] of Object.entries(isObject(columns) ? columns : {})) {
    const cell = readJsonCell(value);
    if (cell !== undefined) cells.push([name, cell]);
  }
  return {
    text,
    ...(typeof group === 'string' && { group }),
    ...(cells.length > 0 && { columns: Object.fromEntries(cells) }),
  };
}
