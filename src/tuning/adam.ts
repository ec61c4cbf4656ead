/**
 * Adam (Kingma & Ba 2015, https://arxiv.org/abs/1412.6980) with decoupled weight decay (Loshchilov & Hutter 2019,
 * https://arxiv.org/abs/1711.05101), here towards given values instead of zero.
 */

export interface AdamOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Those of the paper. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

export class Adam {
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  #steps = 0;

  constructor(
    size: number,
    private readonly options: AdamOptions,
  ) {
    this.#mean = new Float32Array(size);
    this.#square = new Float32Array(size);
  }

  /** One step against `slope`, in place; the decay draws `values` towards `home`, or zero without it. */
  step(values: Float32Array, slope: Float32Array, home?: Float32Array): void {
    const { learningRate, weightDecay } = this.options;
    const [mean, square] = [this.#mean, this.#square];
    this.#steps++;
    const rate = learningRate / (1 - beta1 ** this.#steps);
    const correction = 1 / (1 - beta2 ** this.#steps);
    // A decay of more than all would swing past home.
    const decay = Math.min(1, learningRate * weightDecay);
    for (let i = 0; i < values.length; i++) {
      const s = slope[i]!;
      const m = (mean[i] = beta1 * mean[i]! + (1 - beta1) * s);
      const v = (square[i] = beta2 * square[i]! + (1 - beta2) * s * s);
      const from = values[i]!;
      values[i] = from - (rate * m) / (Math.sqrt(v * correction) + epsilon) - decay * (from - (home ? home[i]! : 0));
    }
  }
}
