/** What the columns of a table mean by their names, and how own columns keep clear of those names. */
import { neighbourColumn } from './neighbourColumn';

/** Names of the text column in English and Portuguese, first choice first. `label` comes last: beside a sentence it is its class. */
const textNames = [
  ...['text', 'word', 'term', 'name', 'sentence', 'title'],
  ...['texto', 'palavra', 'termo', 'nome', 'frase', 'título', 'titulo', 'label'],
];
/** Names of the group column, first choice first. `label` is one only where it is not the text. */
const groupNames = [
  ...['group', 'category', 'class', 'topic', 'theme', 'cluster', 'label'],
  ...['grupo', 'categoria', 'classe', 'tópico', 'topico', 'tema'],
];
/** Further names that show that a first row is a header. */
const otherNames = [
  'id',
  'index',
  'x',
  'y',
  'z',
  'v0',
  'language',
  'lang',
  'url',
  'source',
  'date',
  'year',
  'count',
  'score',
];
/** Names of a column whose cells are arrays of numbers. */
const arrayNames = ['vector', 'vectors', 'embedding', 'embeddings'];
const positionNames = ['x', 'y', 'z'] as const;
/** The same as Embedding Atlas calls them. */
const projectionNames = ['projection_x', 'projection_y', 'projection_z'] as const;
const OWN_PREFIX = 'column:';

const headerNames = new Set([...textNames, ...groupNames, ...otherNames, ...arrayNames]);

/** Which column is what, by index; -1 where there is none. */
export interface NamedColumns {
  readonly text: number;
  readonly group: number;
  /** Indices of x, y and, if it is there, z, of Embedding Atlas's before any; empty without both x and y. */
  readonly position: readonly number[];
  /** Indices of v0, v1, ... without a gap. */
  readonly vector: readonly number[];
  /** A column of number arrays. */
  readonly array: number;
}

/** Finds the columns that have a meaning by their names (case and outer blanks ignored). */
export function nameColumns(names: readonly string[]): NamedColumns {
  const keys = names.map(columnKey);
  const indexOf = new Map<string, number>();
  keys.forEach((key, i) => {
    if (!indexOf.has(key)) indexOf.set(key, i);
  });
  const first = (wanted: readonly string[], not = -1): number =>
    wanted.map((key) => indexOf.get(key) ?? -1).find((index) => index >= 0 && index !== not) ?? -1;

  const text = first(textNames);
  const find = (wanted: readonly string[]) => {
    const found = wanted.map((key) => indexOf.get(key) ?? -1);
    return found[0]! < 0 || found[1]! < 0 ? [] : found.filter((index) => index >= 0);
  };
  const projection = find(projectionNames);
  const vector: number[] = [];
  for (let at = indexOf.get('v0'); at !== undefined; at = indexOf.get(`v${vector.length}`)) vector.push(at);
  return {
    text,
    group: first(groupNames, text),
    position: projection.length > 0 ? projection : find(positionNames),
    vector,
    array: first(arrayNames),
  };
}

/**
 * Whether the first of these rows names the columns: it holds a known name, or a word above a column of numbers. Cells are texts, or
 * what a spreadsheet holds.
 */
export function hasHeader([first = [], ...rest]: readonly (readonly unknown[])[]): boolean {
  if (isHeader(first.map((cell) => String(cell ?? '')))) return true;
  const whole = rest.filter((row) => row.length === first.length);
  if (whole.length === 0 || first.some(isNumber)) return false;
  return first.some((cell, column) => isWord(cell) && whole.every((row) => isNumber(row[column])));
}

function isWord(cell: unknown): boolean {
  return typeof cell === 'string' && cell.trim() !== '';
}

function isNumber(cell: unknown): boolean {
  return typeof cell === 'number' || (isWord(cell) && Number.isFinite(Number(cell)));
}

/**
 * Whether a first row with these cells is a header by its names alone. A single cell must be a name of the text column: a list of
 * words may well begin with `class` or `language`.
 */
function isHeader(cells: readonly string[]): boolean {
  if (cells.length === 1) return textNames.includes(columnKey(cells[0]!));
  return cells.some((cell) => headerNames.has(columnKey(cell)) || cell.startsWith(OWN_PREFIX));
}

/**
 * The name under which an item's own column is written: itself, or `column:` and itself where a reader would take it for the
 * text, group, positions, vectors or neighbours. `readOwnColumn` undoes that, so that nothing collides and nothing is lost.
 */
export function writeOwnColumn(name: string, hasGroups: boolean): string {
  const key = columnKey(name);
  const reserved =
    key === 'text' ||
    key === 'group' ||
    positionNames.some((position) => position === key) ||
    projectionNames.some((position) => position === key) ||
    /^v\d+$/.test(key) ||
    arrayNames.includes(key) ||
    key === neighbourColumn ||
    (!hasGroups && groupNames.includes(key)) ||
    name.startsWith(OWN_PREFIX);
  return reserved ? OWN_PREFIX + name : name;
}

/** The own column's name of a header cell. */
export function readOwnColumn(header: string): string {
  return header.startsWith(OWN_PREFIX) ? header.slice(OWN_PREFIX.length) : header;
}

/** Names made unique by `name (2)`, `name (3)`: a table with two columns of one name loses neither. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  /** Where the search goes on: a hundred thousand columns of one name would each begin it anew. */
  const next = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    let n = next.get(name) ?? 2;
    for (; seen.has(unique) || (unique !== name && taken.has(unique)); n++) unique = `${name} (${n})`;
    next.set(name, n);
    seen.add(unique);
    return unique;
  });
}

function columnKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
