/** The nearest neighbours of each text, as lists of their own. */
import type { Dataset } from '../types';
import { csvCell } from './delimited';
import { encodeLines } from './encodeLines';
import { formatCosine, needNeighbours } from './graph';
import type { Pieces } from './pieces';

/** Writes CSV: `text`, `rank` (from 1), `neighbour` and `cosine`, one line a neighbour, the nearest first. Throws without neighbours. */
export function writeNeighboursCsv(dataset: Dataset, { spreadsheetSafe }: { spreadsheetSafe: boolean }): Pieces {
  function* lines(): Generator<string> {
    yield 'text,rank,neighbour,cosine';
    for (const cells of pairsOf(dataset, (text) => csvCell(text, spreadsheetSafe))) yield cells.join(',');
  }
  return encodeLines(lines());
}

/** Writes the same as a JSON array of objects, one a line. pandas: `pd.read_json(file)`. */
export function writeNeighboursJson(dataset: Dataset): Pieces {
  function* lines(): Generator<string> {
    let before = '[';
    for (const [text, rank, neighbour, cosine] of pairsOf(dataset, (text) => JSON.stringify(text))) {
      yield before;
      before = `{"text":${text},"rank":${rank},"neighbour":${neighbour},"cosine":${cosine}},`;
    }
    // The last one has no comma.
    yield before === '[' ? before : before.slice(0, -1);
    yield ']';
  }
  return encodeLines(lines());
}

/** Text, rank, neighbour and cosine as they are written. A text is written often, and is encoded once. */
function* pairsOf(
  { items, neighbours }: Dataset,
  encode: (text: string) => string,
): Generator<readonly [string, number, string, string]> {
  const { indices, distances, k } = needNeighbours(neighbours);
  const texts = items.map(({ text }) => encode(text));
  for (let row = 0; row < items.length; row++) {
    for (let i = 0; i < k; i++) {
      const at = row * k + i;
      yield [texts[row]!, i + 1, texts[indices[at]!]!, formatCosine(distances[at]!)];
    }
  }
}
