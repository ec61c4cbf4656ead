/** Rows' lists of their nearest others, in the kernel's memory. */
import type { Crew, Rest } from '../kernels/crew';
import { createKernel, scratchBytes, type Exports, type Kernel } from '../kernels/projection';
import type { KnnGraph, Matrix } from '../types';

/** The largest int16, for a coordinate of 1 and the length of a sketch; the kernel has the same number. */
export const one = 32_767;
/** No product yet. */
const none = -(2 ** 31);
/** Rows are padded to whole multiples of this many numbers. */
const padding = 16;
const word = Int32Array.BYTES_PER_ELEMENT;
const halfWord = Int16Array.BYTES_PER_ELEMENT;

/** Rows of a part: 20 of the kernel's blocks, some milliseconds of work. */
const partRows = 960;

/**
 * Rows of vectors that are compared with at once, and of sketches: as columns they stay in the second cache. Where a sketch has let
 * something through, the row's vector is loaded, once a block; with 192 sketches at once the search among 20,000 and 50,000 words took 1.92 and
 * 7.5 s instead of 1.78 and 7.2, with 48 still more.
 */
export const blockRows = 48;
export const siftedRows = 384;

/** A list in parts, which threads share. */
export function inParts({ at, count }: RowList): readonly RowList[] {
  return Array.from({ length: Math.ceil(count / partRows) }, (_, part) => ({
    at: at + part * partRows * word,
    count: Math.min(partRows, count - part * partRows),
  }));
}

/** Rows whose lists a thread merges at a time, and those whose lists it ranks: some milliseconds of work each. */
const mergedRows = 4096;
const rankedRows = 1024;

type Area = 'floats' | 'vectors' | 'sketches' | 'gates' | 'numbers' | 'indices' | 'scores' | 'scratch';

/** Row numbers in the kernel's memory: where they begin, and how many. */
export interface RowList {
  readonly at: number;
  readonly count: number;
}

/** What is compared with what: every row of the one with every row of the other, but itself. */
export interface Comparing {
  readonly queries: RowList;
  readonly members: RowList;
}

export interface ComparingRules {
  /** Whether members are offered the products as well as queries. */
  readonly both: boolean;
  /** Compare sketches. With gates they only sift, and vectors are compared where one passes. */
  readonly by?: 'sketches' | 'gates';
  /** Length of the lists; that of the search unless said otherwise, and at most that. */
  readonly k?: number;
}

/** Room besides that for the rows. */
export interface ExtraRoom {
  /** More rows, after those of the matrix, which are compared like them. */
  readonly rows: number;
  /** Row numbers in lists of one's own. */
  readonly numbers: number;
  /** Numbers of a sketch, a multiple of 12. */
  readonly sketch: number;
}

/**
 * The vectors of a matrix as int16 and, for every row, a list of the `k` best by dot product of what it was compared with, and by
 * lower number where products are equal. Each thread of the crew has lists of its own until they are merged, so that the lists
 * are the same for any number of threads.
 */
export class NeighbourSearch {
  readonly kernel: Kernel<Area>;
  readonly rows: number;
  readonly dim: number;
  /** Numbers of a row of int16, with its padding. */
  readonly length: number;
  /** Rows of the matrix, and those that were added. */
  readonly all: number;
  readonly #listBytes: number;
  readonly #scratchBytes: number;
  #numbersUsed = 0;

  constructor(
    matrix: Matrix,
    readonly k: number,
    private readonly crew: Crew,
    private readonly extra: ExtraRoom = { rows: 0, numbers: 0, sketch: 0 },
  ) {
    const { data, rows, dim } = matrix;
    const { threads } = crew;
    this.dim = dim;
    this.rows = rows;
    this.length = Math.ceil(dim / padding) * padding;
    this.all = rows + extra.rows;
    this.#listBytes = this.all * k * word;
    const rowBytes = this.length * halfWord;
    this.#scratchBytes = Math.max(
      scratchBytes(Math.max(blockRows, extra.sketch), rowBytes),
      scratchBytes(siftedRows, extra.sketch * halfWord),
    );
    this.kernel = createKernel(
      {
        floats: this.all * dim * word,
        vectors: this.all * this.length * halfWord,
        sketches: extra.sketch > 0 ? this.all * extra.sketch * halfWord : 0,
        gates: extra.sketch > 0 ? rows * word : 0,
        numbers: (this.all + extra.numbers) * word,
        indices: this.#listBytes * threads,
        scores: this.#listBytes * threads,
        scratch: this.#scratchBytes * threads,
      },
      threads > 1,
    );
    this.setVectors(0, data);
    this.list(Int32Array.from({ length: this.all }, (_, row) => row));
    this.clear();
  }

  /** Sets the vectors of `first` and the rows after it (row-major); their coordinates are within -1 to 1. */
  setVectors(first: number, data: Float32Array | Float64Array): void {
    const { run, buffer, at } = this.kernel;
    new Float32Array(buffer, at.floats, this.all * this.dim).set(data, first * this.dim);
    const last = first + data.length / this.dim;
    run.quantiseRows(at.floats, this.dim, first, last, at.vectors, this.length * halfWord);
  }

  /** Keeps row numbers in the kernel's memory. */
  list(numbers: Int32Array): RowList {
    const { buffer, at } = this.kernel;
    const kept = { at: at.numbers + this.#numbersUsed, count: numbers.length };
    new Int32Array(buffer, kept.at, numbers.length).set(numbers);
    this.#numbersUsed += numbers.byteLength;
    return kept;
  }

  /** The rows `first` to `last` (without it). */
  range(first: number, last: number): RowList {
    return { at: this.kernel.at.numbers + first * word, count: last - first };
  }

  /** Empties all lists. */
  clear(): void {
    const { buffer, at } = this.kernel;
    const numbers = this.all * this.k * this.crew.threads;
    new Int32Array(buffer, at.indices, numbers).fill(-1);
    new Int32Array(buffer, at.scores, numbers).fill(none);
  }

  /** All rows x k: the lists' row numbers, -1 where there is none yet. */
  get indices(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.kernel.buffer, this.kernel.at.indices, this.all * this.k);
  }

  /** All rows x k: their products. */
  get scores(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.kernel.buffer, this.kernel.at.scores, this.all * this.k);
  }

  /** All rows x sketch, of length 32,767. */
  get sketches(): Int16Array<ArrayBuffer> {
    return new Int16Array(this.kernel.buffer, this.kernel.at.sketches, this.all * this.extra.sketch);
  }

  /** Rows: what the product of two sketches must exceed for one of them. */
  get gates(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.kernel.buffer, this.kernel.at.gates, this.rows);
  }

  /** Does `items` comparisons, whatever thread is free each, and merges the threads' lists. */
  async compare(
    items: number,
    comparing: (item: number) => Comparing,
    rules: ComparingRules,
    rest?: Rest,
  ): Promise<void> {
    const { vectors, sketches, gates, indices, scores, scratch } = this.kernel.at;
    const { both, by, k = this.k } = rules;
    const rowBytes = this.length * halfWord;
    const compared = by ? ([sketches, this.extra.sketch * halfWord] as const) : ([vectors, rowBytes] as const);
    const block = by ? siftedRows : blockRows;
    const pairs = (item: number) => {
      const { queries, members } = comparing(item);
      return [block, ...compared, queries.at, queries.count, members.at, members.count] as const;
    };
    const lists = (thread: number) => {
      const ofThread = thread * this.#listBytes;
      return [k, indices + ofThread, scores + ofThread, scratch + thread * this.#scratchBytes] as const;
    };
    if (by === 'gates') {
      const sieve = [gates, vectors, rowBytes] as const;
      const call = (item: number, thread: number): Parameters<Exports['siftRows']> => [
        ...pairs(item),
        ...sieve,
        ...lists(thread),
      ];
      await this.crew.run(this.kernel, 'siftRows', items, call, rest);
    } else {
      const call = (item: number, thread: number): Parameters<Exports['compareRows']> => [
        ...pairs(item),
        both ? 1 : 0,
        ...lists(thread),
      ];
      await this.crew.run(this.kernel, 'compareRows', items, call, rest);
    }
    const parts = Math.ceil(this.all / mergedRows);
    for (let thread = 1; thread < this.crew.threads; thread++) {
      const others = [indices + thread * this.#listBytes, scores + thread * this.#listBytes] as const;
      await this.crew.run(this.kernel, 'mergeLists', parts, (part) => {
        const first = part * mergedRows;
        return [first, Math.min(first + mergedRows, this.all), k, indices, scores, ...others];
      });
    }
  }

  /** Sketches all rows of the matrix by their projections on the rows `directions`, as many as the numbers of a sketch. */
  async sketch(directions: RowList, rest?: Rest): Promise<void> {
    const { vectors, sketches, scratch } = this.kernel.at;
    const parts = Math.ceil(this.rows / mergedRows);
    const { sketch } = this.extra;
    await this.crew.run(
      this.kernel,
      'sketchRows',
      parts,
      (part, thread) => {
        const first = part * mergedRows;
        const own = scratch + thread * this.#scratchBytes;
        const rows = [first, Math.min(first + mergedRows, this.rows)] as const;
        return [vectors, this.length * halfWord, directions.at, sketch, ...rows, sketches, own];
      },
      rest,
    );
  }

  /**
   * The `k` nearest of each row's list, by their vectors of float32: their numbers and their distances, 1 - the dot product,
   * nearest first and by lower number where distances are equal. The search is over with it: the lists hold no products any more.
   * Lists that are shorter end in -1 and Infinity.
   */
  async rank(k: number, rest?: Rest): Promise<KnnGraph> {
    const { floats, indices, scores } = this.kernel.at;
    const parts = Math.ceil(this.rows / rankedRows);
    await this.crew.run(
      this.kernel,
      'rankLists',
      parts,
      (part) => {
        const first = part * rankedRows;
        return [first, Math.min(first + rankedRows, this.rows), floats, this.dim, this.k, indices, scores];
      },
      rest,
    );
    const found = this.indices;
    const distances = new Float32Array(this.kernel.buffer, scores, this.all * this.k);
    const graph = {
      indices: new Int32Array(this.rows * k),
      distances: new Float32Array(this.rows * k),
      rows: this.rows,
      k,
    };
    for (let row = 0; row < this.rows; row++) {
      const from = row * this.k;
      graph.indices.set(found.subarray(from, from + k), row * k);
      graph.distances.set(distances.subarray(from, from + k), row * k);
    }
    return graph;
  }

  /** The search is over: the crew lets go of the memory. */
  release(): void {
    this.crew.release(this.kernel);
  }
}
