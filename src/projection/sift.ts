/** Nearest neighbours of many rows: all pairs are compared by short sketches, and by their vectors only where these say so. */
import type { Crew } from '../kernels/crew';
import type { KnnGraph, Matrix } from '../types';
import { takeRows } from '../vectors';
import { cellsFor, numbersOfCells, pairByCells } from './cells';
import { topEigen } from './eigen';
import type { Pace } from '../pace';
import { columnProducts } from './pca';
import { createRandom } from './random';
import { blockRows, inParts, NeighbourSearch, siftedRows, type Comparing } from './search';

/**
 * Numbers of a sketch, and rows whose second moments say which directions they are projected on. Fewer numbers let more
 * through (84 a fifth more, 60 four times as many of 20,000 words), more cost more.
 */
const sketchNumbers = 96;
const momentRows = 400;
/** Directions are found when they are off by less than this share of the strongest: sketches forgive. */
const rough = 0.1;
/**
 * Strong directions count less than by their variance: projections are divided by its fourth root. Of the plain projection's
 * directions half as many of the rows that are no neighbours look like one, of E5's crowded vectors a seventh.
 */
const whitening = -0.25;

/** Cells in which a row looks for neighbours before the sifting: what it finds there says what it need not look at. */
const probes = 6;
/** Candidates beyond those wanted, for what int16 rounds. */
const spare = 2;

/** Rows whose true neighbours are found, by every second one of which gates are set and by the others recall is measured. */
const sampledRows = 512;
/** Share of the sample's neighbours that gates must let through, and that the measured ones must reach. */
const aimedRecall = 0.9985;
const leastRecall = 0.995;
/** Where sketches let through more than this share of the pairs, comparing all vectors is faster. */
const mostPassing = 0.15;

/** Rows and dimensions from which on sifting is faster than comparing all vectors. */
export function isSiftable({ rows, dim }: Matrix): boolean {
  return rows >= 15_000 && dim >= 2 * sketchNumbers;
}

/**
 * The `k` nearest rows of every row, of which at least 0.995 are the true ones, as measured on a sample; where that cannot be had
 * faster, the true ones, and the graph then has no recall. `report` is told which share of the work is done.
 */
export async function siftNeighbours(
  matrix: Matrix,
  k: number,
  crew: Crew,
  pace: Pace,
  report: (share: number) => void,
): Promise<KnnGraph> {
  const { rows } = matrix;
  const extra = {
    rows: cellsFor(rows) + sketchNumbers,
    numbers: sampledRows + numbersOfCells(rows, probes),
    sketch: sketchNumbers,
  };
  const search = new NeighbourSearch(matrix, Math.max(k + spare, probes), crew, extra);
  try {
    const recall = await sift(search, matrix, k, pace, report);
    const graph = await search.rank(k, () => (pace.due ? pace.rest() : undefined));
    return recall === undefined ? graph : { ...graph, recall };
  } finally {
    search.release();
  }
}

/** Fills the lists. The recall is the share of the sampled rows' true neighbours that were found; lists that are exact have none. */
async function sift(
  search: NeighbourSearch,
  matrix: Matrix,
  k: number,
  pace: Pace,
  report: (share: number) => void,
): Promise<number | undefined> {
  const { rows } = matrix;
  const rest = (from: number, to: number, items: number) => (done: number) => {
    if (!pace.due) return undefined;
    report(from + ((to - from) * done) / items);
    return pace.rest();
  };
  await sketchRows(search, matrix, pace);
  const sample = await sampleTruth(search, k, pace);
  search.clear();
  const cells = await pairByCells(search, probes, rest(0.05, 0.1, inParts(search.range(0, rows)).length));
  await search.compare(cells.length, (cell) => cells[cell]!, { both: true }, rest(0.1, 0.2, cells.length));
  if (setGates(search, k, sample)) {
    const blocks = Math.ceil(rows / siftedRows);
    await search.compare(blocks, pairsOfBlock(search, siftedRows), { both: true, by: 'gates' }, rest(0.2, 1, blocks));
    const recall = measureRecall(search, sample);
    if (recall >= leastRecall) return recall;
  }
  await compareAll(search, pace, report);
  return undefined;
}

/** Compares every pair of rows by their vectors. */
export async function compareAll(search: NeighbourSearch, pace: Pace, report: (share: number) => void): Promise<void> {
  const blocks = Math.ceil(search.rows / blockRows);
  await search.compare(blocks, pairsOfBlock(search, blockRows), { both: true }, (done) => {
    if (!pace.due) return undefined;
    // Blocks come with fewer and fewer pairs.
    report(1 - (1 - done / blocks) ** 2);
    return pace.rest();
  });
}

/** The pairs of a block's rows with those before it and its own, the last block first: it has the most. */
function pairsOfBlock(search: NeighbourSearch, size: number): (item: number) => Comparing {
  const { rows } = search;
  const blocks = Math.ceil(rows / size);
  return (item) => {
    const first = (blocks - 1 - item) * size;
    const last = Math.min(first + size, rows);
    return { queries: search.range(0, last), members: search.range(first, last) };
  };
}

async function sketchRows(search: NeighbourSearch, matrix: Matrix, pace: Pace): Promise<void> {
  const { rows, dim } = matrix;
  const products = await columnProducts(takeRows(matrix, randomRows(rows, momentRows, 1)), new Float64Array(dim), pace);
  const { values, vectors } = await topEigen(products, dim, sketchNumbers, 1, pace, rough);
  const least = Math.max(values.at(-1)!, 1e-6 * values[0]!);
  // Weights of 1 at most: coordinates stay within what int16 holds.
  values.forEach((value, i) => {
    const weight = (Math.max(value, least) / least) ** whitening;
    for (let d = i * dim; d < (i + 1) * dim; d++) vectors[d]! *= weight;
  });
  const first = rows + cellsFor(rows);
  search.setVectors(first, vectors);
  await search.sketch(search.range(first, first + sketchNumbers), () => (pace.due ? pace.rest() : undefined));
}

/** Any rows, not evenly spread: the order of a file has a rhythm more often than not. */
function randomRows(rows: number, count: number, seed: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: count }, () => Math.floor(random() * rows));
}

/** Rows, and for each its `k` true neighbours. */
interface Sample {
  readonly rows: Int32Array;
  readonly neighbours: readonly Int32Array[];
}

async function sampleTruth(search: NeighbourSearch, k: number, pace: Pace): Promise<Sample> {
  const rows = randomRows(search.rows, sampledRows, 2);
  const queries = search.list(rows);
  const parts = inParts(search.range(0, search.rows));
  const pairs = (part: number): Comparing => ({ queries, members: parts[part]! });
  await search.compare(parts.length, pairs, { both: false }, () => (pace.due ? pace.rest() : undefined));
  const { indices } = search;
  return { rows, neighbours: Array.from(rows, (row) => indices.slice(row * search.k, row * search.k + k)) };
}

/**
 * Sets every row's gate a margin below its k-th product so far: the least margin by which the sampled neighbours that are
 * missing come through. Says whether sifting by these gates is worth it.
 */
function setGates(search: NeighbourSearch, k: number, { rows, neighbours }: Sample): boolean {
  const { scores, gates, sketches } = search;
  const limit = (row: number) => scores[row * search.k + k - 1]!;
  const product = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < sketchNumbers; d++) sum += sketches[a * sketchNumbers + d]! * sketches[b * sketchNumbers + d]!;
    return sum;
  };
  const margins: number[] = [];
  let asked = 0;
  for (let i = 0; i < rows.length; i += 2) {
    const row = rows[i]!;
    asked += k;
    for (const neighbour of missing(search, row, neighbours[i]!))
      margins.push(Math.min(limit(row), limit(neighbour)) - product(row, neighbour));
  }
  margins.sort((a, b) => a - b);
  const margin = margins.at(-1 - Math.floor((1 - aimedRecall) * asked)) ?? 0;
  for (let row = 0; row < search.rows; row++) gates[row] = Math.max(-(2 ** 31), limit(row) - margin - 1);
  let passing = 0;
  let tried = 0;
  const stride = Math.ceil(search.rows / 500);
  for (let i = 0; i < rows.length; i += 4) {
    for (let other = i % stride; other < search.rows; other += stride, tried++)
      if (product(rows[i]!, other) > Math.min(gates[rows[i]!]!, gates[other]!)) passing++;
  }
  return passing <= mostPassing * tried;
}

/** Of a row's true neighbours those that its list lacks. */
function missing({ indices, k }: NeighbourSearch, row: number, neighbours: Int32Array): Int32Array {
  const found = new Set(indices.subarray(row * k, (row + 1) * k));
  return neighbours.filter((neighbour) => !found.has(neighbour));
}

/** Share of the true neighbours found, of the sampled rows by which no gate was set. */
function measureRecall(search: NeighbourSearch, { rows, neighbours }: Sample): number {
  let [asked, lacking] = [0, 0];
  for (let i = 1; i < rows.length; i += 2) {
    asked += neighbours[i]!.length;
    lacking += missing(search, rows[i]!, neighbours[i]!).length;
  }
  return 1 - lacking / asked;
}
