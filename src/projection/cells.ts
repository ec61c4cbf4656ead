/** Rows in cells, so that rows of one cell are likely neighbours. */
import type { Rest } from '../kernels/crew';
import { createRandom } from './random';
import { inParts, one, type Comparing, type NeighbourSearch, type RowList } from './search';

/** Rows that a cell has on average: two of the kernel's blocks. */
const cellRows = 96;
/** Rows for each cell from which the centres are found, and how often they are moved. */
const sampledRows = 16;
const moves = 2;
const seed = 1;

/** How many cells so many rows have. */
export function cellsFor(rows: number): number {
  return Math.ceil(rows / cellRows);
}

/**
 * Pairs that are likely near: for each cell its rows, and the rows that have it among their `probes` nearest cells. Cells are
 * those of spherical k-means (Dhillon & Modha 2001, Machine Learning 42) over the sketches. The centres' sketches are the
 * `cellsFor(rows)` after those of the rows. Leaves the lists empty.
 */
export async function pairByCells(search: NeighbourSearch, probes: number, rest?: Rest): Promise<readonly Comparing[]> {
  const { rows } = search;
  const cells = cellsFor(rows);
  const centres = search.range(rows, rows + cells);
  await findCentres(search, cells, centres);
  search.clear();
  await assign(search, search.range(0, rows), centres, probes, rest);
  const near = search.indices.slice(0, rows * probes);
  search.clear();
  const members = listByCell(search, near, cells, probes, 1);
  const queries = listByCell(search, near, cells, probes, probes);
  return members.map((list, cell) => ({ queries: queries[cell]!, members: list }));
}

/** Fills the lists of `queries`, of length `k`, with their nearest centres. */
function assign(search: NeighbourSearch, queries: RowList, centres: RowList, k: number, rest?: Rest): Promise<void> {
  const parts = inParts(queries);
  const pairs = (part: number): Comparing => ({ queries: parts[part]!, members: centres });
  return search.compare(parts.length, pairs, { both: false, by: 'sketches', k }, rest);
}

async function findCentres(search: NeighbourSearch, cells: number, centres: RowList): Promise<void> {
  const { rows, sketches } = search;
  const size = sketches.length / search.all;
  const random = createRandom(seed);
  const sample = Int32Array.from({ length: cells * sampledRows }, () => Math.floor(random() * rows));
  const queries = search.list(sample);
  for (let cell = 0; cell < cells; cell++)
    sketches.copyWithin((rows + cell) * size, sample[cell]! * size, (sample[cell]! + 1) * size);
  for (let move = 0; move < moves; move++) {
    search.clear();
    await assign(search, queries, centres, 1);
    const { indices } = search;
    const sums = new Float64Array(cells * size);
    for (const row of sample) {
      const cell = indices[row]! - rows;
      for (let d = 0; d < size; d++) sums[cell * size + d]! += sketches[row * size + d]!;
    }
    for (let cell = 0; cell < cells; cell++) {
      const sum = sums.subarray(cell * size, (cell + 1) * size);
      const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0));
      // An empty cell keeps its centre.
      if (length > 0)
        sketches.set(
          sum.map((value) => Math.round((value / length) * one)),
          (rows + cell) * size,
        );
    }
  }
}

/** For each cell the rows that have it among the first `most` of their `probes` cells. */
function listByCell(search: NeighbourSearch, near: Int32Array, cells: number, probes: number, most: number): RowList[] {
  const { rows } = search;
  const begins = new Int32Array(cells + 1);
  for (let row = 0; row < rows; row++) for (let j = 0; j < most; j++) begins[near[row * probes + j]! - rows + 1]!++;
  for (let cell = 0; cell < cells; cell++) begins[cell + 1]! += begins[cell]!;
  const next = begins.slice();
  const sorted = new Int32Array(rows * most);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < most; j++) sorted[next[near[row * probes + j]! - rows]!++] = row;
  const { at } = search.list(sorted);
  return Array.from({ length: cells }, (_, cell) => ({
    at: at + begins[cell]! * Int32Array.BYTES_PER_ELEMENT,
    count: begins[cell + 1]! - begins[cell]!,
  }));
}

/** Row numbers that `pairByCells` keeps in the kernel's memory. */
export function numbersOfCells(rows: number, probes: number): number {
  return cellsFor(rows) * sampledRows + rows * (probes + 1);
}
