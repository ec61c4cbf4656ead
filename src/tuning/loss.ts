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
 * derivatives by them are added to it.
 */
export function batchLoss(
  kind: TuningLoss,
  units: Float32Array,
  dim: number,
  batch: Batch,
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
  const loss = kind === 'cosine' ? cosineLoss(batch, cosines, add) : contrastiveLoss(batch, cosines, dot, add);
  return { loss, cosines };
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
  dot: (i: number, j: number) => number,
  add: Add,
): number {
  const pairs = Array.from(a.keys());
  const positives = pairs.filter((i) => alike[i]);
  const unlike = pairs.filter((i) => !alike[i]);
  const count = positives.length;
  if (count === 0) return 0;
  // Row i, column j: the first text of alike pair i and the second of alike pair j; -Infinity where that is no wrong pair.
  const across = new Float64Array(count * count);
  positives.forEach((one, i) =>
    positives.forEach((other, j) => {
      const isWrong = joined[a[one]!] !== joined[b[other]!];
      across[i * count + j] = i === j ? cosines[one]! : isWrong ? dot(a[one]!, b[other]!) : -Infinity;
    }),
  );
  const slopes = new Float64Array(count * count);
  const unlikeSlopes = new Float64Array(unlike.length);
  const share = scale / (2 * count);
  let loss = 0;
  // Along the rows each first text looks for its second, along the columns each second text for its first.
  for (const [from, step] of [
    [count, 1],
    [1, count],
  ] as const)
    for (let i = 0; i < count; i++) {
      // Cosines are at most 1: no exponent is above 0.
      const power = (cosine: number) => Math.exp(scale * (cosine - 1));
      let sum = 0;
      for (let j = 0; j < count; j++) sum += power(across[i * from + j * step]!);
      for (const k of unlike) sum += power(cosines[k]!);
      const own = across[i * count + i]!;
      loss += (Math.log(sum) - scale * (own - 1)) / (2 * count);
      slopes[i * count + i]! -= share;
      for (let j = 0; j < count; j++) {
        const at = i * from + j * step;
        slopes[at]! += (share * power(across[at]!)) / sum;
      }
      unlike.forEach((k, u) => (unlikeSlopes[u]! += (share * power(cosines[k]!)) / sum));
    }
  positives.forEach((one, i) => positives.forEach((other, j) => add(a[one]!, b[other]!, slopes[i * count + j]!)));
  unlike.forEach((k, u) => add(a[k]!, b[k]!, unlikeSlopes[u]!));
  return loss;
}
