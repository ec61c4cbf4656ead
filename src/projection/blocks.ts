/** Edges in lists that can be taken at the same time. */
import type { FuzzyGraph } from './fuzzy';

/**
 * Blocks of rows: a fixed number, so that the map does not depend on how many threads there are. Eight blocks make four lists
 * at a time.
 */
const blocks = 8;
/**
 * Rows that stand in one line of the processor's cache: were they of two blocks, two threads would fight for the line. The kernel
 * has the same number.
 */
const together = 4;

const blockOf = (row: number): number => Math.floor(row / together) % blocks;

/** A list of edges: its first edge, its end (without it), and the two blocks whose rows they join. */
export type EdgeList = readonly [first: number, end: number, block: number, other: number];

/** Edges as three columns, list after list. Each list is filled up to a multiple of four by edges of no weight, from row 0 to itself. */
export interface EdgeLists {
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  readonly weights: Float32Array;
  /** Rounds of lists. The lists of one round share no row. */
  readonly rounds: readonly (readonly EdgeList[])[];
}

/**
 * The edges of a graph by the blocks of their rows (four rows after another, in turn): every list has the edges between two
 * blocks, and in the first round also those within them. A round pairs each block with one other, which is how Gemulla et al.
 * 2011 (KDD, "Large-scale matrix factorization with distributed stochastic gradient descent") share stochastic gradient
 * descent among machines with the result of one.
 */
export function listByBlocks({ offsets, heads, weights }: FuzzyGraph): EdgeLists {
  const rows = offsets.length - 1;
  /** Number of the list of each pair of blocks. */
  const listOf = new Int32Array(blocks * blocks);
  schedule.flat().forEach(([p, q], list) => {
    listOf[p * blocks + q] = listOf[q * blocks + p] = list;
    // The first round's lists are the first ones.
    if (list < blocks / 2) listOf[p * blocks + p] = listOf[q * blocks + q] = list;
  });
  const lists = (blocks * (blocks - 1)) / 2;
  const begins = new Int32Array(lists + 1);
  const blockOfRow = Uint8Array.from({ length: rows }, (_, row) => blockOf(row));
  /** Number of each edge's list. */
  const listOfEdge = new Uint8Array(heads.length);
  for (let row = 0; row < rows; row++) {
    const ofBlock = blockOfRow[row]! * blocks;
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
      const list = listOf[ofBlock + blockOfRow[heads[edge]!]!]!;
      listOfEdge[edge] = list;
      begins[list + 1]!++;
    }
  }
  for (let list = 0; list < lists; list++) begins[list + 1] = begins[list]! + Math.ceil(begins[list + 1]! / 4) * 4;
  const next = begins.slice();
  const room = begins[lists]!;
  const sorted = { tails: new Int32Array(room), heads: new Int32Array(room), weights: new Float32Array(room) };
  for (let row = 0; row < rows; row++) {
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
      const to = next[listOfEdge[edge]!]!++;
      sorted.tails[to] = row;
      sorted.heads[to] = heads[edge]!;
      sorted.weights[to] = weights[edge]!;
    }
  }
  let list = 0;
  const rounds = schedule.map((round) => round.map(([p, q]) => [begins[list]!, begins[++list]!, p, q] as const));
  return { ...sorted, rounds };
}

/**
 * The pairs of blocks in rounds in which everyone meets one other. Blocks stand in couples; two couples meet for two rounds,
 * so that a thread that has both finds their rows in its processor's cache for a while.
 */
const schedule: readonly (readonly (readonly [number, number])[])[] = [
  [0, 1, 2, 3].map((couple) => [2 * couple, 2 * couple + 1] as const),
  ...couplesThatMeet().flatMap((meetings) =>
    [0, 1].map((shift) =>
      meetings.flatMap(([p, q]) => [0, 1].map((i) => [2 * p + i, 2 * q + ((i + shift) % 2)] as const)),
    ),
  ),
];

/** The three ways in which four couples meet two by two. */
function couplesThatMeet(): readonly (readonly (readonly [number, number])[])[] {
  return [1, 2, 3].map((other) => {
    const rest = [1, 2, 3].filter((couple) => couple !== other);
    return [[0, other] as const, [rest[0]!, rest[1]!] as const];
  });
}

/**
 * Rows from which on an epoch begins with the only look at where the points that push stand. Fewer are spread too far by what has
 * moved since (five groups of 24 texts to 39 units instead of 26); of 20,000 the maps are as good as with a look a round, on
 * words, sentences, E5's words and synthetic vectors, and two threads need not wait for each other as often.
 */
const enoughRows = 3000;
/**
 * Rows from which on each round looks again: of 50,000 words trustworthiness is 0.901 instead of 0.898 (means of four seeds), and the layout
 * takes 3.0 instead of 3.8 s on one thread and 2.0 instead of 2.4 on two. One look more in the middle of an epoch changed nothing.
 */
const manyRows = 30_000;

/** A bit for each round before which the kernel looks again where the points that push stand. */
export function looksOf(rounds: EdgeLists['rounds'], rows: number): number {
  return rows < enoughRows || rows >= manyRows ? 2 ** rounds.length - 1 : 1;
}

/**
 * A bit for each round before which `threads` threads must wait for each other: somebody takes a block that another one had.
 * A thread takes a round's lists from its share on, as the kernel does.
 */
export function fencesOf(rounds: EdgeLists['rounds'], threads: number): number {
  let fences = 0;
  let owners: readonly number[] | undefined;
  rounds.forEach((lists, round) => {
    const own = Array.from({ length: blocks }, () => 0);
    for (let thread = 0; thread < threads; thread++)
      for (const [, , p, q] of lists.slice(share(lists, thread, threads), share(lists, thread + 1, threads)))
        own[p] = own[q] = thread;
    if (owners?.some((owner, block) => owner !== own[block])) fences |= 1 << round;
    owners = own;
  });
  return fences;
}

function share(lists: readonly EdgeList[], thread: number, threads: number): number {
  return Math.floor((lists.length * thread) / threads);
}

/** Rows by their blocks, as the kernel takes them: where each block's begin, the end, and the rows. */
export function rowsByBlock(rows: readonly number[]): Int32Array<ArrayBuffer> {
  const ofBlocks = Array.from({ length: blocks }, (_, block) => rows.filter((row) => blockOf(row) === block));
  let begin = 0;
  return Int32Array.from([0, ...ofBlocks.map((own) => (begin += own.length)), ...ofBlocks.flat()]);
}
