/** How well a map keeps neighbours, by brute force: for tests of a few hundred rows. */
import type { Matrix, Positions } from '../../src/types';

/** Other rows in order of distance from `row`, ties by index. */
function order(rows: number, row: number, distance: (other: number) => number): number[] {
  const distances = Array.from({ length: rows }, (_, other) => distance(other));
  const others = [...distances.keys()].filter((other) => other !== row);
  return others.sort((a, b) => distances[a]! - distances[b]! || a - b);
}

export function vectorOrder({ data, rows, dim }: Matrix, row: number): number[] {
  return order(rows, row, (other) => {
    let cosine = 0;
    for (let d = 0; d < dim; d++) cosine += data[row * dim + d]! * data[other * dim + d]!;
    return 1 - cosine;
  });
}

export function mapOrder({ data, rows, dim }: Positions, row: number): number[] {
  return order(rows, row, (other) => {
    let square = 0;
    for (let d = 0; d < dim; d++) square += (data[row * dim + d]! - data[other * dim + d]!) ** 2;
    return square;
  });
}

/** Trustworthiness of Venna & Kaski 2001: 1 less a penalty for map neighbours by their rank among the vectors. */
export function trustworthiness(matrix: Matrix, map: Positions, k: number): number {
  const { rows } = matrix;
  let penalty = 0;
  for (let row = 0; row < rows; row++) {
    const rankOf = new Map(vectorOrder(matrix, row).map((other, rank) => [other, rank + 1]));
    for (const other of mapOrder(map, row).slice(0, k)) penalty += Math.max(0, rankOf.get(other)! - k);
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * penalty;
}

/** Share of the `k` nearest vectors of `asked` that are among their `k` nearest on the map. */
export function neighbourRecall(matrix: Matrix, map: Positions, asked: readonly number[], k: number): number {
  let hits = 0;
  for (const row of asked) {
    const wanted = new Set(vectorOrder(matrix, row).slice(0, k));
    hits += mapOrder(map, row)
      .slice(0, k)
      .filter((other) => wanted.has(other)).length;
  }
  return hits / (asked.length * k);
}
