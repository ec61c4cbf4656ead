/** Pairs of rows: all of them, or where they are many a fixed sample. */

/** A Weyl sequence over the pairs: evenly spread, the same at every call, no generator of random numbers needed. */
const step = 0.6180339887498949;
/** Pairs of a sample that are visited in one turn. */
const pairsOfTurn = 1000;

export interface PairChoice {
  /** Up to so many pairs, all are visited. */
  readonly all: number;
  /** Of more, so many are. */
  readonly sampled: number;
}

type Visit = (a: number, b: number, at: number) => void;

/** How many pairs of `rows` are visited. */
export function countPairs(rows: number, { all, sampled }: PairChoice): number {
  const pairs = Math.max(0, (rows * (rows - 1)) / 2);
  return pairs <= all ? pairs : sampled;
}

/** Visits each pair of different rows once, or a sample of them in which each row is about as often as any other. */
export function visitPairs(rows: number, choice: PairChoice, visit: Visit): void {
  const turns = pairsInTurns(rows, choice, visit);
  while (!turns.next().done);
}

/** As `visitPairs`, a little at a time: between two turns the caller may do something else. */
export function* pairsInTurns(rows: number, choice: PairChoice, visit: Visit): Generator<undefined, void> {
  const count = countPairs(rows, choice);
  if (count === (rows * (rows - 1)) / 2) {
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = i + 1; j < rows; j++) visit(i, j, at++);
      yield;
    }
    return;
  }
  for (let at = 0, i = 0; at < count; at++) {
    i = (i + 1) % rows;
    const offset = 1 + Math.floor((((at + 1) * step) % 1) * (rows - 1));
    visit(i, (i + offset) % rows, at);
    if (at % pairsOfTurn === 0) yield;
  }
}
