/** The linear maps that are trained: a whole matrix, or the identity and a product of low rank. */
import { MatrixProducts } from '../kernels/matrixProducts';
import { createRandom } from '../projection/random';
import { Adam, type AdamOptions } from './adam';

/** Numbers that are learnt, and the loss's derivatives by them, from the last `backward`. */
export interface Parameters {
  readonly values: Float32Array<ArrayBuffer>;
  readonly slope: Float32Array<ArrayBuffer>;
}

export interface LinearMap {
  /** With room for as many rows as are mapped at once: whoever asks may use it between two calls. */
  readonly products: MatrixProducts;
  readonly parameters: readonly Parameters[];
  /** Writes W x of `count` rows x of `x` to `z`; all are rows x dim, row-major. */
  forward(x: Float32Array, count: number, z: Float32Array): void;
  /** Sets the slopes, given those by the rows of the latest `z`. */
  backward(x: Float32Array, count: number, by: Float32Array): void;
  /** Moves the parameters against their slopes, and towards the identity. */
  step(): void;
  /** dim x dim, row-major; a copy. */
  weights(): Float32Array<ArrayBuffer>;
}

/** The identity to begin with. `mostRows` are mapped at once; `rank` 0 is no limit. */
export function createMap(dim: number, rank: number, mostRows: number, seed: number, options: AdamOptions): LinearMap {
  return rank === 0 || rank >= dim
    ? new FullMap(dim, mostRows, options)
    : new LowRankMap(dim, rank, mostRows, seed, options);
}

/** W is held turned, so that its rows meet those of the texts without being turned at every step. */
class FullMap implements LinearMap {
  readonly parameters: readonly [Adam];
  readonly products: MatrixProducts;

  constructor(
    private readonly dim: number,
    mostRows: number,
    options: AdamOptions,
  ) {
    this.parameters = [new Adam(identity(dim), options, identity(dim))];
    this.products = new MatrixProducts(Math.max(dim, mostRows));
  }

  forward(x: Float32Array, count: number, z: Float32Array): void {
    this.products.multiply(x, this.parameters[0].values, count, this.dim, this.dim, z);
  }

  backward(x: Float32Array, count: number, by: Float32Array): void {
    this.products.multiplyTurned(x, by, this.dim, count, this.dim, this.parameters[0].slope);
  }

  step(): void {
    this.parameters[0].step();
  }

  weights(): Float32Array<ArrayBuffer> {
    return transpose(this.parameters[0].values, this.dim, this.dim);
  }
}

/**
 * W = I + U V, U dim x rank and V rank x dim. As in LoRA (Hu et al. 2021, https://arxiv.org/abs/2106.09685) U begins as zeros, so that W
 * begins as the identity, and V at random. Both are held turned, as W is.
 */
class LowRankMap implements LinearMap {
  readonly parameters: readonly [Adam, Adam];
  readonly products: MatrixProducts;
  /** V x of the latest rows. */
  #inner = new Float32Array(0);

  constructor(
    private readonly dim: number,
    private readonly rank: number,
    mostRows: number,
    seed: number,
    options: AdamOptions,
  ) {
    const size = dim * rank;
    const random = createRandom(seed);
    const v = Float32Array.from({ length: size }, () => (2 * random() - 1) * Math.sqrt(3 / dim));
    this.parameters = [new Adam(new Float32Array(size), options), new Adam(transpose(v, rank, dim), options)];
    this.products = new MatrixProducts(Math.max(dim, mostRows));
  }

  forward(x: Float32Array, count: number, z: Float32Array): void {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    this.#inner = new Float32Array(count * rank);
    this.products.multiply(x, v.values, count, dim, rank, this.#inner);
    this.products.multiply(this.#inner, u.values, count, rank, dim, z);
    for (let i = 0; i < count * dim; i++) z[i]! += x[i]!;
  }

  backward(x: Float32Array, count: number, by: Float32Array): void {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    this.products.multiplyTurned(this.#inner, by, rank, count, dim, u.slope);
    const byInner = new Float32Array(count * rank);
    this.products.multiply(by, transpose(u.values, rank, dim), count, dim, rank, byInner);
    this.products.multiplyTurned(x, byInner, dim, count, rank, v.slope);
  }

  step(): void {
    for (const adam of this.parameters) adam.step();
  }

  weights(): Float32Array<ArrayBuffer> {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    const turned = new Float32Array(dim * dim);
    this.products.multiply(v.values, u.values, dim, rank, dim, turned);
    for (let d = 0; d < dim; d++) turned[d * dim + d]! += 1;
    return transpose(turned, dim, dim);
  }
}

export function identity(dim: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(dim * dim);
  for (let d = 0; d < dim; d++) out[d * dim + d] = 1;
  return out;
}

/** `data` is rows x columns, row-major; the result columns x rows. */
export function transpose(data: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns);
  for (let i = 0, p = 0; i < rows; i++) for (let j = 0; j < columns; j++, p++) out[j * rows + i] = data[p]!;
  return out;
}
