/**
 * What is made small: a number that says how far the cosines of a batch's pairs are from where they should be, and its slope.
 *
 * `contrastive`: each alike pair competes with the pairs that its two texts make with the other side of every other alike pair of the batch
 * (in-batch negatives: Henderson et al. 2017, https://arxiv.org/abs/1705.00652; InfoNCE: van den Oord, Li & Vinyals 2018,
 * https://arxiv.org/abs/1807.03748), and with the batch's unlike pairs. Texts that alike pairs join, directly or through others, are no
 * negatives of each other.
 *
 * `cosine`: 1 - cosine for an alike pair, and what its cosine exceeds the margin by for an unlike one, in the mean (PyTorch's
 * CosineEmbeddingLoss).
 */
import type { TuningLoss } from '../adapters';
import type { MatrixProducts } from '../kernels/matrixProducts';
import { transpose } from './maps';

/** Cosines are multiplied by this before they compete: the inverse temperature, 20 as in Sentence-Transformers. */
export const scale = 20;
/** Unlike pairs below this cosine are far enough apart. */
export const margin = 0.2;

/** A batch: pairs of rows of `vectors`. */
export interface Batch {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** 1 where they should be alike, else 0. */
  readonly alike: Uint8Array;
  /** By row of the vectors: equal where alike pairs join two texts. */
  readonly joined: Int32Array;
}

export interface BatchLoss {
  readonly loss: number;
  /** Of the pairs, in order. */
  readonly cosines: Float32Array;
}

/**
 * The loss of a batch. `units` are the vectors (rows x dim, row-major, unit length); where `slope` is given (as large), the loss's
 * derivatives by them are added to it. `products` has room for rows and dim.
 */
export function batchLoss(
  kind: TuningLoss,
  units: Float32Array,
  dim: number,
  batch: Batch,
  products: MatrixProducts,
  slope?: Float32Array,
): BatchLoss {
  const { a, b } = batch;
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let d = 0, p = i * dim, q = j * dim; d < dim; d++) sum += units[p + d]! * units[q + d]!;
    return sum;
  };
  /** The cosine of rows i and j counts `weight` times. */
  const add = (i: number, j: number, weight: number): void => {
    if (!slope || weight === 0) return;
    for (let d = 0, p = i * dim, q = j * dim; d < dim; d++) {
      slope[p + d]! += weight * units[q + d]!;
      slope[q + d]! += weight * units[p + d]!;
    }
  };
  const cosines = Float32Array.from(a, (row, i) => dot(row, b[i]!));
  const loss =
    kind === 'cosine'
      ? cosineLoss(batch, cosines, add)
      : contrastiveLoss(batch, cosines, new Across(batch, units, dim, products), add, slope);
  return { loss, cosines };
}

/** Alike pairs of a batch: the first text of each with the second of every other. */
class Across {
  readonly positives: readonly number[];
  /** Row i, column j: the cosine of the first text of alike pair i and the second of alike pair j. */
  readonly cosines: Float32Array;
  readonly #firsts: Float32Array;
  readonly #seconds: Float32Array;

  constructor(
    private readonly batch: Batch,
    units: Float32Array,
    private readonly dim: number,
    private readonly products: MatrixProducts,
  ) {
    const { a, b, alike } = batch;
    this.positives = Array.from(a.keys()).filter((i) => alike[i]);
    const count = this.positives.length;
    this.#firsts = this.#take(units, a);
    this.#seconds = this.#take(units, b);
    this.cosines = new Float32Array(count * count);
    products.multiply(this.#firsts, transpose(this.#seconds, count, dim), count, dim, count, this.cosines);
  }

  /** Adds to the vectors' slopes what `weights` (as the cosines) times the cosines' slopes are. */
  addTo(slope: Float32Array, weights: Float32Array): void {
    const { batch, dim, products } = this;
    const count = this.positives.length;
    const by = new Float32Array(count * dim);
    products.multiply(weights, this.#seconds, count, count, dim, by);
    this.#put(by, batch.a, slope);
    products.multiplyTurned(weights, this.#firsts, count, count, dim, by);
    this.#put(by, batch.b, slope);
  }

  #take(units: Float32Array, rows: Int32Array): Float32Array {
    const { dim, positives } = this;
    const taken = new Float32Array(positives.length * dim);
    positives.forEach((i, place) => taken.set(units.subarray(rows[i]! * dim, (rows[i]! + 1) * dim), place * dim));
    return taken;
  }

  #put(by: Float32Array, rows: Int32Array, slope: Float32Array): void {
    const { dim, positives } = this;
    positives.forEach((i, place) => {
      for (let d = 0, p = rows[i]! * dim, q = place * dim; d < dim; d++) slope[p + d]! += by[q + d]!;
    });
  }
}

type Add = (i: number, j: number, weight: number) => void;

function cosineLoss({ a, b, alike }: Batch, cosines: Float32Array, add: Add): number {
  const count = cosines.length;
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const over = alike[i] ? 1 - cosines[i]! : Math.max(0, cosines[i]! - margin);
    loss += over / count;
    if (alike[i]) add(a[i]!, b[i]!, -1 / count);
    else if (over > 0) add(a[i]!, b[i]!, 1 / count);
  }
  return loss;
}

function contrastiveLoss(
  { a, b, alike, joined }: Batch,
  cosines: Float32Array,
  across: Across,
  add: Add,
  slope: Float32Array | undefined,
): number {
  const { positives } = across;
  const unlike = Array.from(a.keys()).filter((i) => !alike[i]);
  const count = positives.length;
  if (count === 0) return 0;
  // Cosines are at most 1: no exponent is above 0.
  const power = (cosine: number) => Math.exp(scale * (cosine - 1));
  /** As the cosines across; 0 where that is no wrong pair. */
  const powers = new Float64Array(count * count);
  for (let i = 0, at = 0; i < count; i++)
    for (let j = 0; j < count; j++, at++) {
      const isWrong = joined[a[positives[i]!]!] !== joined[b[positives[j]!]!];
      if (i === j) powers[at] = power(cosines[positives[i]!]!);
      else if (isWrong) powers[at] = power(across.cosines[at]!);
    }
  const unlikePowers = Float64Array.from(unlike, (k) => power(cosines[k]!));
  const unlikeSum = unlikePowers.reduce((sum, value) => sum + value, 0);
  const slopes = new Float32Array(count * count);
  const share = scale / (2 * count);
  let unlikeShare = 0;
  let loss = 0;
  // Along the rows each first text looks for its second, along the columns each second text for its first.
  for (const [from, step] of [
    [count, 1],
    [1, count],
  ] as const)
    for (let i = 0; i < count; i++) {
      let sum = unlikeSum;
      for (let j = 0; j < count; j++) sum += powers[i * from + j * step]!;
      loss += (Math.log(sum) - scale * (cosines[positives[i]!]! - 1)) / (2 * count);
      slopes[i * count + i]! -= share;
      for (let j = 0; j < count; j++) slopes[i * from + j * step]! += (share * powers[i * from + j * step]!) / sum;
      unlikeShare += share / sum;
    }
  if (slope) across.addTo(slope, slopes);
  unlike.forEach((k, u) => add(a[k]!, b[k]!, unlikeShare * unlikePowers[u]!));
  return loss;
}
