/**
 * Trains a linear map of vectors on pairs: Adam on a loss of their cosines, drawn towards the identity, until the loss of the pairs that
 * were held out has stopped falling (Prechelt 1998, Early stopping - but when?, https://doi.org/10.1007/978-3-642-35289-8_5).
 */
import type { PairScore, RowPair, TunedMap, TuningEpoch, TuningOptions } from '../adapters';
import { RowProducts } from '../kernels/rowProducts';
import { Pace, type WorkHooks } from '../pace';
import { createRandom } from '../projection/random';
import type { Matrix } from '../types';
import { dotRows, takeRows } from '../vectors';
import { bestThreshold, scorePairs, type Judged } from './evaluate';
import { batchLoss, type Batch } from './loss';
import { createMap, identity, type LinearMap } from './maps';
import { joinedRows } from './pairs';
import { batchPairs, splitPairs } from './split';

/** Pairs of a step. */
const batchSize = 64;
/** Passes without a lower loss of the held-out pairs after which training stops. */
const patience = 5;

export interface TrainingHooks extends Pick<WorkHooks, 'signal'> {
  readonly onEpoch?: ((epoch: TuningEpoch) => void) | undefined;
}

/** What a loss and its slopes are computed from. */
export interface PreparedBatch extends Batch {
  /** Rows x dim of the batch's texts, each once. */
  readonly x: Matrix;
}

/** What a pass over pairs found: the mean loss, and how the pairs stood. */
interface Passed {
  readonly loss: number;
  readonly judged: Judged;
}

/**
 * `vectors` (rows x dim, unit length) are those of the pairs' texts. Pairs of both kinds are needed (`preparePairs`). Where too few pairs
 * are given to hold any out, all passes are made and no score is given. Rejects with the signal's reason.
 */
export async function trainMap(
  vectors: Matrix,
  pairs: readonly RowPair[],
  options: TuningOptions,
  { onEpoch, signal }: TrainingHooks = {},
): Promise<TunedMap> {
  const { loss: kind, rank, seed, epochs: most } = options;
  const random = createRandom(seed);
  const { training, heldOut } = splitPairs(pairs, options.heldOut, random);
  const joined = joinedRows(pairs, vectors.rows);
  const map = createMap(vectors.dim, rank, 2 * batchSize, seed, options);
  const pace = new Pace(signal);

  /** One pass over batches, with a step after each or none. */
  const pass = async (batches: readonly RowPair[][], learns = false): Promise<Passed> => {
    const cosines: number[] = [];
    const alike: number[] = [];
    let loss = 0;
    for (const some of batches) {
      if (pace.due) await pace.rest();
      const batch = prepareBatch(vectors, some, joined);
      const found = lossOf(map, kind, batch, learns);
      if (learns) map.step();
      loss += (found.loss * some.length) / batches.reduce((sum, { length }) => sum + length, 0);
      cosines.push(...found.cosines);
      alike.push(...batch.alike);
    }
    return { loss, judged: { cosines, alike } };
  };

  const epochs: TuningEpoch[] = [];
  const report = async ({ loss, judged }: Passed): Promise<TuningEpoch> => {
    const held = heldOut.length > 0 && (await pass(batchPairs(heldOut, batchSize)));
    const epoch: TuningEpoch = {
      epoch: epochs.length,
      loss,
      ...(held && { heldOut: { loss: held.loss, ...scorePairs(held.judged, bestThreshold(judged)) } }),
    };
    epochs.push(epoch);
    onEpoch?.(epoch);
    return epoch;
  };

  let best = { epoch: await report(await pass(batchPairs(training, batchSize))), weights: map.weights() };
  for (let epoch = 1; epoch <= most; epoch++) {
    const now = await report(await pass(batchPairs(training, batchSize, random), true));
    if (!now.heldOut || now.heldOut.loss < (best.epoch.heldOut?.loss ?? Infinity))
      best = { epoch: now, weights: map.weights() };
    else if (epoch - best.epoch.epoch >= patience) break;
  }
  const scores = heldOut.length > 0 && {
    before: scoreUnder(identity(vectors.dim), vectors, training, heldOut),
    after: scoreUnder(best.weights, vectors, training, heldOut),
  };
  const counts = { trained: training.length, heldOut: heldOut.length };
  return { weights: best.weights, epochs, best: best.epoch.epoch, ...counts, ...scores };
}

/** How the pairs held out are told apart by the threshold of the training pairs, all under the same `weights`. */
function scoreUnder(
  weights: Float32Array,
  { data, rows, dim }: Matrix,
  training: readonly RowPair[],
  heldOut: readonly RowPair[],
): PairScore {
  const products = new RowProducts(dim, dim);
  products.load(weights, dim, dim);
  const mapped: Matrix = { data: new Float32Array(rows * dim), rows, dim };
  products.multiply(data, rows, mapped.data);
  scaleRows(mapped.data, dim);
  const judged = (pairs: readonly RowPair[]): Judged => ({
    cosines: pairs.map(({ a, b }) => dotRows(mapped, a, mapped, b)),
    alike: pairs.map(({ alike }) => Number(alike)),
  });
  return scorePairs(judged(heldOut), bestThreshold(judged(training)));
}

/** The texts of `pairs`, each once, and the pairs among them. */
export function prepareBatch(vectors: Matrix, pairs: readonly RowPair[], joined: Int32Array): PreparedBatch {
  const rows = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const places = (pick: (pair: RowPair) => number) => Int32Array.from(pairs, (pair) => placeOf.get(pick(pair))!);
  return {
    x: takeRows(vectors, rows),
    a: places(({ a }) => a),
    b: places(({ b }) => b),
    alike: Uint8Array.from(pairs, ({ alike }) => Number(alike)),
    joined: Int32Array.from(rows, (row) => joined[row]!),
  };
}

/** The loss of a batch as `map` has its texts; with `slopes`, those of the map are set. */
export function lossOf(map: LinearMap, kind: TuningOptions['loss'], batch: PreparedBatch, slopes = false) {
  const { data, rows, dim } = batch.x;
  const units = new Float32Array(rows * dim);
  map.forward(data, rows, units);
  const lengths = scaleRows(units, dim);
  if (!slopes) return batchLoss(kind, units, dim, batch, map.products);
  const by = new Float32Array(rows * dim);
  const result = batchLoss(kind, units, dim, batch, map.products, by);
  // By the vectors before they were brought to unit length: what would only lengthen them has no effect.
  for (let row = 0, p = 0; row < rows; row++, p += dim) {
    let along = 0;
    for (let d = 0; d < dim; d++) along += by[p + d]! * units[p + d]!;
    const scale = lengths[row]! > 0 ? 1 / lengths[row]! : 0;
    for (let d = 0; d < dim; d++) by[p + d] = scale * (by[p + d]! - along * units[p + d]!);
  }
  map.backward(data, rows, by);
  return result;
}

/** Brings rows to unit length in place, and gives the lengths that they had; zeros stay zeros. */
function scaleRows(rows: Float32Array, dim: number): Float32Array {
  const lengths = new Float32Array(rows.length / dim);
  for (let row = 0, from = 0; row < lengths.length; row++, from += dim) {
    let squares = 0;
    for (let d = from; d < from + dim; d++) squares += rows[d]! * rows[d]!;
    const length = Math.sqrt(squares);
    lengths[row] = length;
    if (length > 0) for (let d = from; d < from + dim; d++) rows[d]! /= length;
  }
  return lengths;
}
