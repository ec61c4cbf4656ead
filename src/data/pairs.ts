/** Pairs of texts as CSV: columns a, b, and alike (0 or 1). */
import Papa from 'papaparse';
import type { TextPair } from '../adapters';
import { InputError } from '../errors';
import { writeTable } from './delimited';
import type { Pieces } from './pieces';
import { decodeText, lineAt } from './text';
import { textKey } from './typed';

const columns = ['a', 'b', 'alike'] as const;
const marks: Readonly<Record<string, boolean>> = { '1': true, '0': false, true: true, false: false };

interface Row {
  readonly cells: readonly string[];
  /** Index of its first character. */
  readonly at: number;
}

/**
 * Reads pairs; the delimiter (`,` `;` tab or `|`) is found out. A first row that names the columns a, b and alike, in any order and among
 * others, is a header; without one the first three cells are meant. Blank lines are skipped. Throws as `decodeText` does, and at the first
 * line that is no pair.
 */
export function parsePairs(file: string, bytes: Uint8Array): TextPair[] {
  if (bytes.length === 0) throw new InputError('fileEmpty', { file });
  const text = decodeText(file, bytes);
  const lineOf = ({ at }: Row) => lineAt(text, at);
  const rows = splitRows(text, (at) => new InputError('csvQuote', { file, row: lineAt(text, at) }));
  const [first] = rows;
  if (!first) throw new InputError('pairsNone', { file });
  const names = first.cells.map((cell) => cell.trim().toLowerCase());
  const places = columns.map((column) => names.indexOf(column));
  const hasHeader = !places.includes(-1);
  if (!hasHeader && readMark(first.cells[2]) === undefined)
    throw new InputError('pairsHeader', { file, line: lineOf(first), cells: first.cells.join(' | ') });
  const [a, b, alike] = hasHeader ? (places as [number, number, number]) : [0, 1, 2];
  const pairs = rows.slice(Number(hasHeader)).map((row): TextPair => {
    const { cells } = row;
    if (cells.length !== first.cells.length)
      throw new InputError('pairsCells', {
        file,
        line: lineOf(row),
        found: cells.length,
        expected: first.cells.length,
      });
    const mark = readMark(cells[alike]);
    if (mark === undefined) throw new InputError('pairsMark', { file, line: lineOf(row), cell: cells[alike] ?? '' });
    const texts = [cells[a] ?? '', cells[b] ?? ''].map(textKey);
    if (texts.includes('')) throw new InputError('pairsText', { file, line: lineOf(row) });
    return { a: texts[0]!, b: texts[1]!, alike: mark };
  });
  if (pairs.length === 0) throw new InputError('pairsNone', { file });
  return pairs;
}

/** Writes pairs as `parsePairs` reads them, with a header. */
export function writePairs(pairs: readonly TextPair[]): Pieces {
  return writeTable({ names: columns, rows: pairs.map(({ a, b, alike }) => [a, b, Number(alike)]) }, false);
}

function readMark(cell: string | undefined): boolean | undefined {
  const key = cell?.trim().toLowerCase() ?? '';
  return Object.hasOwn(marks, key) ? marks[key] : undefined;
}

/** Rows that are not blank, and where they begin. */
function splitRows(text: string, badQuote: (at: number) => InputError): Row[] {
  const rows: Row[] = [];
  let next = 0;
  Papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t', '|'],
    step: ({ data, errors, meta }) => {
      const at = next;
      next = meta.cursor;
      if (errors.some(({ type }) => type === 'Quotes')) throw badQuote(at);
      if (data.some((cell) => cell.trim() !== '')) rows.push({ cells: data, at });
    },
  });
  return rows;
}
