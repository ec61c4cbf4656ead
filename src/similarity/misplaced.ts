/** What a map does to one text: the neighbours that it tears away, and those that it puts beside it without ground. */
import type { Misplaced } from '../answers';
import type { Matrix, Positions } from '../types';
import { cosinesTo } from '../vectors';
import { checkMap, fidelityNeighbours, rankRow } from './fidelity';

/** Another row, as the vectors and the map have it. */
export interface MisplacedRow extends Omit<Misplaced, 'id'> {
  readonly row: number;
}

export interface MisplacedRows {
  /** As in `MapFidelity`. */
  readonly k: number;
  /** Of the row's `k` nearest by cosine those that are not among its `k` nearest on the map, nearest by cosine first. */
  readonly torn: readonly MisplacedRow[];
  /** Of its `k` nearest on the map those that are not among its `k` nearest by cosine, nearest on the map first; as many. */
  readonly intruders: readonly MisplacedRow[];
}

/** The neighbours of `row` that the map at `positions` misplaces. Throws a RangeError when shapes do not fit. */
export function misplacedAround(vectors: Matrix, positions: Positions, row: number, asked: number): MisplacedRows {
  checkMap(vectors, positions);
  const k = fidelityNeighbours(vectors.rows, asked);
  const cosines = cosinesTo(vectors, vectors, row);
  const { near, onMap, ranksOf, mapRanksOf } = rankRow(cosines, positions, row, k);
  const describe = (others: readonly number[]) => {
    const [ranks, mapRanks] = [ranksOf(others), mapRanksOf(others)];
    return others.map((other, i) => ({ row: other, cosine: cosines[other]!, rank: ranks[i]!, mapRank: mapRanks[i]! }));
  };
  return {
    k,
    torn: describe(near.filter((other) => !onMap.includes(other))),
    intruders: describe(onMap.filter((other) => !near.includes(other))),
  };
}
