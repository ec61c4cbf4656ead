/** A linear adapter on top of a frozen model: what it makes of the model's vectors, and how it is told from others. */
import type { Adapter, TuningRecord } from '../adapters';
import { InputError } from '../errors';
import { RowProducts } from '../kernels/rowProducts';
import { nextTurn } from '../turn';
import type { Matrix, SpaceSpec } from '../types';
import { normalise } from '../vectors';
import { sha256 } from '../sha256';

/** Rows between two turns of the event loop: at 384 dimensions they take some 8 ms. */
const rowsOfTurn = 256;

/** An adapter of `weights` (dim x dim, row-major). Throws `hashingUnavailable` where the browser has no SHA-256. */
export async function createAdapter(
  base: SpaceSpec,
  weights: Float32Array<ArrayBuffer>,
  record?: TuningRecord,
): Promise<Adapter> {
  const id = await sha256(littleEndian(weights));
  return { id, base, dim: Math.sqrt(weights.length), weights, ...(record && { record }) };
}

/** The numbers as they stand in files, whatever the machine. */
export function littleEndian(numbers: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

/**
 * Replaces each row v of `matrix` (unit length) by W v, brought to unit length. Throws `adapterDimensions` with both numbers, or the
 * signal's reason.
 */
export async function applyAdapter(matrix: Matrix, { weights, dim }: Adapter, signal?: AbortSignal): Promise<void> {
  if (matrix.dim !== dim) throw new InputError('adapterDimensions', { got: dim, expected: matrix.dim });
  const { data, rows } = matrix;
  const products = new RowProducts(dim, dim);
  products.load(weights, dim, dim);
  for (let first = 0; first < rows; first += rowsOfTurn) {
    if (first > 0) await nextTurn();
    signal?.throwIfAborted();
    const block = data.subarray(first * dim, Math.min(first + rowsOfTurn, rows) * dim);
    products.multiply(block, block.length / dim, block);
    for (let at = 0; at < block.length; at += dim) normalise(block.subarray(at, at + dim));
  }
}
