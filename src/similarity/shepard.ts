/** Distances on a map beside similarities: a Shepard diagram (Shepard 1962, The analysis of proximities), counted in cells. */
import { Pace, type WorkHooks } from '../pace';
import type { Shepard } from '../answers';
import type { Matrix, Positions } from '../types';
import { dotRows } from '../vectors';
import { checkMap } from './fidelity';
import { countPairs, pairsInTurns } from './pairs';
import { spearman } from './spearman';

/** All pairs of 2,000 texts; of more texts, a sample. */
const visited = { all: (2000 * 1999) / 2, sampled: 200_000 };

/** Cells of the diagram: so many that single pairs look like dots in a panel, so few that they are soon drawn. */
const columns = 96;
const lines = 64;

/**
 * Counts the pairs of rows by their distance on the map and their cosine: all pairs up to 2,000 rows, else an evenly spread sample of
 * 200,000. Throws a RangeError when shapes do not fit; rejects with the signal's reason when it is aborted.
 */
export async function shepardDiagram(
  vectors: Matrix,
  positions: Positions,
  { signal }: Pick<WorkHooks, 'signal'> = {},
): Promise<Shepard> {
  const { rows } = vectors;
  checkMap(vectors, positions);
  const pace = new Pace(signal);
  const pairs = countPairs(rows, visited);
  const sampled = pairs < (rows * (rows - 1)) / 2;
  const distances = new Float32Array(pairs);
  const cosines = new Float32Array(pairs);
  const turns = pairsInTurns(rows, visited, (a, b, at) => {
    distances[at] = distanceOf(positions, a, b);
    cosines[at] = dotRows(vectors, a, vectors, b);
  });
  while (!turns.next().done) if (pace.due) await pace.rest();
  const farthest = distances.reduce((most, each) => Math.max(most, each), 0);
  const low = cosines.reduce((least, each) => Math.min(least, each), Infinity);
  const high = cosines.reduce((most, each) => Math.max(most, each), -Infinity);
  const counts = new Uint32Array(columns * lines);
  for (let at = 0; at < pairs; at++) {
    const column = cellOf(distances[at]!, 0, farthest, columns);
    const line = cellOf(cosines[at]!, low, high, lines);
    counts[line * columns + column]!++;
  }
  const correlation = spearman(distances, cosines);
  return { correlation, pairs, sampled, counts, columns, lines, farthest, cosines: { low, high } };
}

function distanceOf({ data, dim }: Positions, a: number, b: number): number {
  let square = 0;
  for (let d = 0; d < dim; d++) square += (data[a * dim + d]! - data[b * dim + d]!) ** 2;
  return Math.sqrt(square);
}

function cellOf(value: number, low: number, high: number, cells: number): number {
  return high > low ? Math.min(cells - 1, Math.floor(((value - low) / (high - low)) * cells)) : 0;
}
