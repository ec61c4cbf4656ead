/** JSON: arrays of texts or of objects, and the project's own export. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Cell, Dataset, Matrix, NewItem, Positions } from '../types';
import { formatRow } from './float32';
import { findJsonError } from './jsonSyntax';
import { readSpaceFields, writeSpaceFields } from './spaceFields';
import { datasetOfTable, excerpt, readJsonCell, readVectors } from './table';
import { decodeText, encodeLines, lineAt } from './text';

const FORMAT = 'constela';
const VERSION = 1;
/** Rows x columns: a few megabytes of objects that share no key would need billions of cells. */
const mostCells = 50_000_000;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads an array of strings, an array of objects (a table: see `datasetOfTable`; a column `vector` of number arrays gives the
 * vectors; nested values become their JSON text), or what `writeJson` writes. Throws when the text is no JSON (line and column),
 * or JSON of another shape (what was found, and at which entry), and as `decodeText` and `datasetOfTable` do.
 */
export function parseJson(file: string, bytes: Uint8Array, options: ReadingOptions = {}): Dataset {
  const value = parseJsonText(file, decodeText(file, bytes));
  if (isObject(value) && Array.isArray(value['items'])) return readExport(file, value, value['items']);
  if (!Array.isArray(value)) return fail(file, value);
  const entries: readonly unknown[] = value;
  return readEntries(file, entries, options) ?? fail(file, value);
}

/** A table, or a list of texts, of JSON values that are all of one kind; undefined where the first is neither. */
export function readEntries(file: string, entries: readonly unknown[], options: ReadingOptions): Dataset | undefined {
  if (entries.length === 0) throw new InputError('noTexts', { file });
  if (typeof entries[0] === 'string') return readStrings(file, entries);
  return isObject(entries[0]) ? readObjects(file, entries, options) : undefined;
}

function fail(file: string, value: unknown): never {
  throw new InputError('jsonShape', { file, found: excerpt(value) });
}

/**
 * Writes one object: `format`, `version`, `model`, `prompt`, `layer` and `adapter` where the space is known, and `items`, one a line: `text`, `group`,
 * `columns` (the item's own), `position`, and with `vectors` `vector`. pandas: `pd.json_normalize(json.load(file)['items'])`.
 */
export function writeJson(dataset: Dataset, { vectors }: { vectors: boolean }): Uint8Array<ArrayBuffer> {
  const { items, positions, space } = dataset;
  const head = { format: FORMAT, version: VERSION, ...(space && writeSpaceFields(space)) };
  const matrix = vectors ? dataset.vectors : undefined;
  const numbers = (key: string, rows: Matrix | Positions | undefined, i: number): string =>
    rows ? `,"${key}":[${formatRow(rows.data, rows.dim, i).join(',')}]` : '';
  function* lines(): Generator<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
    for (let i = 0; i < items.length; i++) {
      const { text, group, columns } = items[i]!;
      const item = JSON.stringify({ text, group, columns }).slice(0, -1);
      const end = i + 1 < items.length ? '},' : '}';
      yield item + numbers('position', positions, i) + numbers('vector', matrix, i) + end;
    }
    yield ']}';
  }
  return encodeLines(lines());
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

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readStrings(file: string, entries: readonly unknown[]): Dataset {
  const items: NewItem[] = [];
  entries.forEach((text, i) => {
    if (typeof text !== 'string') throw new InputError('jsonEntry', { file, entry: i + 1, found: excerpt(text) });
    if (text.trim() !== '') items.push({ text });
  });
  if (items.length === 0) throw new InputError('noTexts', { file });
  return { items };
}

function readObjects(file: string, entries: readonly unknown[], options: ReadingOptions): Dataset {
  const objects = entries.map((entry, i) => {
    if (!isObject(entry)) throw new InputError('jsonEntry', { file, entry: i + 1, found: excerpt(entry) });
    return entry;
  });
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  if (objects.length * names.length > mostCells)
    throw new InputError('tableTooLarge', { file, rows: objects.length, columns: names.length });
  const rows = objects.map((object) => names.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined)));
  return datasetOfTable(file, { names, rows, firstRow: 1, readCell: readJsonCell }, options);
}

function readExport(file: string, value: JsonObject, entries: readonly unknown[]): Dataset {
  if (value['version'] !== undefined && value['version'] !== VERSION) {
    throw new InputError('jsonVersion', { file, found: excerpt(value['version']), known: VERSION });
  }
  const kept: JsonObject[] = [];
  const places: number[] = [];
  const items: NewItem[] = [];
  entries.forEach((entry, i) => {
    if (!isObject(entry) || typeof entry['text'] !== 'string') {
      throw new InputError('jsonItem', { file, entry: i + 1, found: excerpt(entry) });
    }
    if (entry['text'].trim() === '') return;
    kept.push(entry);
    places.push(i + 1);
    items.push(readItem(entry, entry['text']));
  });
  if (items.length === 0) throw new InputError('noTexts', { file });
  const column = (key: 'vector' | 'position'): Matrix | undefined =>
    kept.some((entry) => entry[key] !== undefined)
      ? readVectors(
          file,
          kept.map((entry) => entry[key]),
          (i) => String(places[i]),
          `${key}Number`,
        )
      : undefined;
  const vectors = column('vector');
  const space = readSpaceFields(value);
  return {
    items,
    ...(vectors && { vectors }),
    ...asPositions(file, column('position')),
    ...(space && { space }),
  };
}

function asPositions(file: string, rows: Matrix | undefined): { positions?: Positions } {
  if (!rows) return {};
  const { data, dim } = rows;
  if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
  return { positions: { data, rows: rows.rows, dim } };
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
