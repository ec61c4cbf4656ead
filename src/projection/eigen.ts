/** Eigenvectors of symmetric matrices: all of a tiny one, or the first few of a large one. */
import { DoubleProducts } from '../kernels/doubleProducts';
import type { Pace } from '../pace';
import { createRandom } from './random';

/** Eigenvalues, largest first, and their unit eigenvectors, `values.length x order`, row-major. */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Vectors iterated beyond those asked for: they take up the near-ties that slow the last one down. */
const oversampling = 8;
/** A pair is found when |Av - λv| is below this share of the largest eigenvalue: a picture shows no smaller change. */
const exact = 1e-6;
const maximumIterations = 500;

/**
 * All eigenpairs of a small symmetric matrix (`order x order`), by cyclic Jacobi rotations (Golub & Van Loan, Matrix
 * Computations, section 8.5). The argument is left as it is.
 */
export function symmetricEigen(matrix: Float64Array, order: number): Eigenpairs {
  const a = matrix.slice();
  const vectors = new Float64Array(order * order);
  for (let i = 0; i < order; i++) vectors[i * order + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  // Each sweep squares what is left off the diagonal: some 6 sweeps reach the last bit, 60 are a stop for the impossible.
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < order; p++) for (let q = p + 1; q < order; q++) off += a[p * order + q]! ** 2;
    if (off <= 1e-30 * scale) break;
    for (let p = 0; p < order; p++) for (let q = p + 1; q < order; q++) rotate(a, vectors, order, p, q);
  }
  const ranks = Array.from({ length: order }, (_, i) => i).sort((i, j) => a[j * order + j]! - a[i * order + i]!);
  const sorted = new Float64Array(order * order);
  ranks.forEach((i, rank) => sorted.set(vectors.subarray(i * order, (i + 1) * order), rank * order));
  return { values: Float64Array.from(ranks, (i) => a[i * order + i]!), vectors: sorted };
}

/** The Jacobi rotation that zeroes the element (p, q). The rows of `vectors` turn with it. */
function rotate(a: Float64Array, vectors: Float64Array, order: number, p: number, q: number): void {
  const apq = a[p * order + q]!;
  if (apq === 0) return;
  const theta = (a[q * order + q]! - a[p * order + p]!) / (2 * apq);
  const tan = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(tan * tan + 1);
  const sin = tan * cos;
  for (let i = 0; i < order; i++) turn(a, i * order + p, i * order + q, cos, sin);
  for (let i = 0; i < order; i++) turn(a, p * order + i, q * order + i, cos, sin);
  for (let i = 0; i < order; i++) turn(vectors, p * order + i, q * order + i, cos, sin);
}

function turn(values: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const x = values[i]!;
  const y = values[j]!;
  values[i] = cos * x - sin * y;
  values[j] = sin * x + cos * y;
}

/**
 * The `count` largest eigenpairs of a positive semidefinite matrix (`order x order`), by subspace iteration with
 * Rayleigh-Ritz projection (Halko, Martinsson & Tropp 2011, SIAM Review 53, on a few vectors more than asked for). The
 * same seed gives the same pairs, bit for bit. At most `order` pairs.
 */
export async function topEigen(
  matrix: Float64Array,
  order: number,
  count: number,
  seed: number,
  pace: Pace,
  residualShare = exact,
): Promise<Eigenpairs> {
  const kept = Math.min(count, order);
  const size = Math.min(order, count + oversampling);
  if (size === order) {
    const all = symmetricEigen(matrix, order);
    return { values: all.values.slice(0, kept), vectors: all.vectors.slice(0, kept * order) };
  }
  const random = createRandom(seed);
  const any = Float64Array.from({ length: size * order }, () => random() - 0.5);
  const products = new DoubleProducts(order, order);
  // A step without looking: no pair is found after one.
  let basis = products.multiply(any, size, matrix, order, order);
  for (let iteration = 1; ; iteration++) {
    orthonormalise(basis, size, order);
    const image = products.multiply(basis, size, matrix, order, order);
    const small = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) small[i * size + j] = dot(basis, i * order, image, j * order, order);
    const { values, vectors } = symmetricEigen(small, size);
    const turned = products.multiply(vectors, size, image, size, order);
    const ritz = products.multiply(vectors, size, basis, size, order);
    if (
      iteration === maximumIterations ||
      largestResidual(turned, ritz, values, kept, order) <= residualShare * values[0]!
    )
      return { values: values.slice(0, kept), vectors: ritz.slice(0, kept * order) };
    basis = turned;
    if (pace.due) await pace.rest();
  }
}

/** The longest |Av - λv| of the first `count` pairs, from the images `turned` = Av. */
function largestResidual(turned: Float64Array, ritz: Float64Array, values: Float64Array, count: number, order: number) {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = i * order; j < (i + 1) * order; j++) sum += (turned[j]! - values[i]! * ritz[j]!) ** 2;
    largest = Math.max(largest, Math.sqrt(sum));
  }
  return largest;
}

function dot(x: Float64Array, p: number, y: Float64Array, q: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[p + i]! * y[q + i]!;
  return sum;
}

/** Makes the rows orthonormal in place, by Gram-Schmidt done twice; a row that depends on those before becomes zero. */
function orthonormalise(basis: Float64Array, size: number, order: number): void {
  for (let i = 0; i < size; i++) {
    const p = i * order;
    const before = Math.sqrt(dot(basis, p, basis, p, order));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const share = dot(basis, p, basis, j * order, order);
        for (let d = 0; d < order; d++) basis[p + d]! -= share * basis[j * order + d]!;
      }
    }
    const length = Math.sqrt(dot(basis, p, basis, p, order));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let d = 0; d < order; d++) basis[p + d]! *= scale;
  }
}
