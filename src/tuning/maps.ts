/** The linear maps that are trained: a whole matrix, or the identity and a product of low rank. */
import { RowProducts } from '../kernels/rowProducts';
import { createRandom } from '../projection/random';
import { Adam, type AdamOptions } from './adam';

/** Numbers that are learnt, and the loss's derivatives by them, from the last `backward`. */
export interface Parameters {
  readonly values: Float32Array<ArrayBuffer>;
  readonly slope: Float32Array<ArrayBuffer>;
}

export interface LinearMap {
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

class FullMap implements LinearMap {
  readonly parameters: readonly [Parameters];
  readonly #products: RowProducts;
  readonly #adam: Adam;
  readonly #identity: Float32Array<ArrayBuffer>;

  constructor(
    private readonly dim: number,
    mostRows: number,
    options: AdamOptions,
  ) {
    this.#identity = identity(dim);
    this.parameters = [{ values: this.#identity.slice(), slope: new Float32Array(dim * dim) }];
    this.#products = new RowProducts(dim, Math.max(dim, mostRows));
    this.#adam = new Adam(dim * dim, options);
  }

  forward(x: Float32Array, count: number, z: Float32Array): void {
    this.#products.load(this.parameters[0].values, this.dim, this.dim);
    this.#products.multiply(x, count, z);
  }

  backward(x: Float32Array, count: number, by: Float32Array): void {
    this.#products.load(transpose(x, count, this.dim), this.dim, count);
    this.#products.multiply(transpose(by, count, this.dim), this.dim, this.parameters[0].slope);
  }

  step(): void {
    const [{ values, slope }] = this.parameters;
    this.#adam.step(values, slope, this.#identity);
  }

  weights(): Float32Array<ArrayBuffer> {
    return this.parameters[0].values.slice();
  }
}

/**
 * W = I + U V, U dim x rank and V rank x dim. As in LoRA (Hu et al. 2021, https://arxiv.org/abs/2106.09685) U begins as zeros, so that W
 * begins as the identity, and V at random.
 */
class LowRankMap implements LinearMap {
  readonly parameters: readonly [Parameters, Parameters];
  readonly #products: RowProducts;
  readonly #adams: readonly [Adam, Adam];
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
    this.parameters = [
      { values: new Float32Array(size), slope: new Float32Array(size) },
      { values: v, slope: new Float32Array(size) },
    ];
    this.#products = new RowProducts(dim, Math.max(dim, mostRows));
    this.#adams = [new Adam(size, options), new Adam(size, options)];
  }

  forward(x: Float32Array, count: number, z: Float32Array): void {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    this.#inner = new Float32Array(count * rank);
    this.#products.load(v.values, rank, dim);
    this.#products.multiply(x, count, this.#inner);
    this.#products.load(u.values, dim, rank);
    this.#products.multiply(this.#inner, count, z);
    for (let i = 0; i < count * dim; i++) z[i]! += x[i]!;
  }

  backward(x: Float32Array, count: number, by: Float32Array): void {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    this.#products.load(transpose(this.#inner, count, rank), rank, count);
    this.#products.multiply(transpose(by, count, dim), dim, u.slope);
    const byInner = new Float32Array(count * rank);
    this.#products.load(transpose(u.values, dim, rank), rank, dim);
    this.#products.multiply(by, count, byInner);
    this.#products.load(transpose(x, count, dim), dim, count);
    this.#products.multiply(transpose(byInner, count, rank), rank, v.slope);
  }

  step(): void {
    this.parameters.forEach(({ values, slope }, i) => this.#adams[i]!.step(values, slope));
  }

  weights(): Float32Array<ArrayBuffer> {
    const { dim, rank } = this;
    const [u, v] = this.parameters;
    const out = new Float32Array(dim * dim);
    this.#products.load(transpose(v.values, rank, dim), dim, rank);
    this.#products.multiply(u.values, dim, out);
    for (let d = 0; d < dim; d++) out[d * dim + d]! += 1;
    return out;
  }
}

export function identity(dim: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(dim * dim);
  for (let d = 0; d < dim; d++) out[d * dim + d] = 1;
  return out;
}

/** `data` is rows x columns, row-major; the result columns x rows. */
function transpose(data: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns);
  for (let i = 0, p = 0; i < rows; i++) for (let j = 0; j < columns; j++, p++) out[j * rows + i] = data[p]!;
  return out;
}
