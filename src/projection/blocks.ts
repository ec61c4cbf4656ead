/** Edges in lists that can be taken at the same time. */
import type { FuzzyGraph } from './fuzzy';

/**
 * Blocks of rows: a fixed number, so that the map does not depend on how many threads there are. Eight blocks make four lists
 * at a time.
 */
const blocks = 8;
/** Rows that stand in one line of the processor's cache: were they of two blocks, two threads would fight for the line. */
const together = 4;

const blockOf = (row: number): number => Math.floor(row / together) % blocks;

/** Edges as three columns, list after list. */
export interface EdgeLists {
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  readonly weights: Float32Array;
  /** Rounds of lists, each from its first edge to its last (without it). The lists of one round share no row. */
  readonly rounds: readonly (readonly (readonly [first: number, last: number])[])[];
}

/**
 * The edges of a graph by the blocks of their rows (four rows after another, in turn): every list has the edges between two blocks, and in the
 * first round also those within them. A round pairs each block with one other, as in a tournament (the circle method), which
 * is how Gemulla et al. 2011 (KDD, "Large-scale matrix factorization with distributed stochastic gradient descent") share
 * stochastic gradient descent among machines with the result of one.
 */
export function listByBlocks({ offsets, heads, weights }: FuzzyGraph): EdgeLists {
  const rows = offsets.length - 1;
  const pairs = tournament(blocks);
  /** Number of the list of each pair of blocks. */
  const listOf = new Int32Array(blocks * blocks);
  pairs.flat().forEach(([p, q], list) => {
    listOf[p * blocks + q] = listOf[q * blocks + p] = list;
    // The first round's lists are the first ones.
    if (list < blocks / 2) listOf[p * blocks + p] = listOf[q * blocks + q] = list;
  });
  const lists = (blocks * (blocks - 1)) / 2;
  const begins = new Int32Array(lists + 1);
  const listAt = (row: number, head: number) => listOf[blockOf(row) * blocks + blockOf(head)]!;
  for (let row = 0; row < rows; row++)
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) begins[listAt(row, heads[edge]!) + 1]!++;
  for (let list = 0; list < lists; list++) begins[list + 1]! += begins[list]!;
  const next = begins.slice();
  const sorted = {
    tails: new Int32Array(heads.length),
    heads: new Int32Array(heads.length),
    weights: new Float32Array(heads.length),
  };
  for (let row = 0; row < rows; row++) {
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
      const to = next[listAt(row, heads[edge]!)]!++;
      sorted.tails[to] = row;
      sorted.heads[to] = heads[edge]!;
      sorted.weights[to] = weights[edge]!;
    }
  }
  let list = 0;
  const rounds = pairs.map((round) => round.map(() => [begins[list]!, begins[++list]!] as const));
  return { ...sorted, rounds };
}

/** Rounds in which an even number of players meets, everyone everyone else once. */
function tournament(players: number): [number, number][][] {
  const others = Array.from({ length: players - 1 }, (_, i) => i);
  return others.map((round) => {
    const seat = (place: number) => (round + place) % (players - 1);
    const pairs = Array.from({ length: players / 2 - 1 }, (_, i): [number, number] => [
      seat(i + 1),
      seat(players - 2 - i),
    ]);
    return [[players - 1, seat(0)], ...pairs];
  });
}
