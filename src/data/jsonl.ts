/** JSON Lines (jsonlines.org): one JSON value a line, objects with columns or texts. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { writeOwnColumn } from './columns';
import { formatRow } from './float32';
import { parseJsonText, readEntries } from './json';
import { formatNeighbours, neighbourColumn } from './neighbourColumn';
import { excerpt } from './table';
import { decodeText, encodeLines } from './text';

/** Reads lines of objects as a table, lines of strings as texts; blank lines are skipped. Throws with the line of what is neither. */
export function parseJsonl(file: string, bytes: Uint8Array, options: ReadingOptions = {}): Dataset {
  const entries: unknown[] = [];
  decodeText(file, bytes)
    .split(/\r\n?|\n/)
    .forEach((text, i) => {
      if (text.trim() !== '') entries.push(parseJsonText(file, text, i + 1));
    });
  const dataset = readEntries(file, entries, options);
  if (!dataset) throw new InputError('jsonShape', { file, found: excerpt(entries[0]) });
  return dataset;
}

/**
 * Writes one object a line: `text`, `group`, `x`, `y`, `z`, the items' own columns (named as in `writeDelimited`), `neighbors` where
 * there are any, and with `vectors` `vector`. Model and prompt are not in it. pandas: `pd.read_json(file, lines=True)`.
 */
export function writeJsonl(dataset: Dataset, { vectors }: { vectors: boolean }): Uint8Array<ArrayBuffer> {
  const { items, positions, neighbours } = dataset;
  const matrix = vectors ? dataset.vectors : undefined;
  const hasGroups = items.some(({ group }) => group !== undefined);
  function* lines(): Generator<string> {
    for (let i = 0; i < items.length; i++) {
      const { text, group, columns = {} } = items[i]!;
      const at = positions ? formatRow(positions.data, positions.dim, i) : [];
      const parts = [
        ['text', JSON.stringify(text)],
        ...(group === undefined ? [] : [['group', JSON.stringify(group)]]),
        ...at.map((number, axis) => ['xyz'[axis]!, number]),
        ...Object.entries(columns).map(([name, cell]) => [writeOwnColumn(name, hasGroups), JSON.stringify(cell)]),
        ...(neighbours ? [[neighbourColumn, formatNeighbours(neighbours, i)]] : []),
        ...(matrix ? [['vector', `[${formatRow(matrix.data, matrix.dim, i).join(',')}]`]] : []),
      ];
      yield `{${parts.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
    }
  }
  return encodeLines(lines());
}
