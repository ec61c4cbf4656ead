/** The nearest neighbours of each text, as lists of their own. */
import type { Cell, Dataset } from '../types';
import { writeTable } from './delimited';
import { formatCosine, needNeighbours } from './graph';
import { encodeLines } from './text';

const names = ['text', 'rank', 'neighbour', 'cosine'];

/** Writes CSV: `text`, `rank` (from 1), `neighbour` and `cosine`, one line a neighbour, the nearest first. Throws without neighbours. */
export function writeNeighboursCsv(
  dataset: Dataset,
  { spreadsheetSafe }: { spreadsheetSafe: boolean },
): Uint8Array<ArrayBuffer> {
  return writeTable({ names, rows: pairsOf(dataset) }, spreadsheetSafe);
}

/** Writes the same as a JSON array of objects, one a line. pandas: `pd.read_json(file)`. */
export function writeNeighboursJson(dataset: Dataset): Uint8Array<ArrayBuffer> {
  function* lines(): Generator<string> {
    yield '[';
    let line: string | undefined;
    for (const pair of pairsOf(dataset)) {
      if (line !== undefined) yield `${line},`;
      line = JSON.stringify(Object.fromEntries(names.map((name, i) => [name, pair[i]])));
    }
    if (line !== undefined) yield line;
    yield ']';
  }
  return encodeLines(lines());
}

function* pairsOf({ items, neighbours }: Dataset): Generator<Cell[]> {
  const { indices, distances, k } = needNeighbours(neighbours);
  for (let row = 0; row < items.length; row++) {
    for (let i = 0; i < k; i++) {
      const at = row * k + i;
      yield [items[row]!.text, i + 1, items[indices[at]!]!.text, Number(formatCosine(distances[at]!))];
    }
  }
}
