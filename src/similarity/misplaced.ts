/** What a map does to one text: the neighbours that it tears away, and those that it puts beside it without ground. */
import type { Misplaced } from '../questions';
import type { Matrix, Positions } from '../types';
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
  const { near, onMap, cosines, rankOf, mapRankOf } = rankRow(vectors, positions, row, k);
  const describe = (other: number) => ({
    row: other,
    cosine: cosines[other]!,
    rank: rankOf(other),
    mapRank: mapRankOf(other),
  });
  return {
    k,
    torn: near.filter((other) => !onMap.includes(other)).map(describe),
    intruders: onMap.filter((other) => !near.includes(other)).map(describe),
  };
}
