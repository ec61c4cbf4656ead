/**
 * Adam (Kingma & Ba 2015, https://arxiv.org/abs/1412.6980) with decoupled weight decay (Loshchilov & Hutter 2019,
 * https://arxiv.org/abs/1711.05101), here towards given values instead of zero.
 */
import { createTrainingKernel, type TrainingKernel } from '../kernels/training';

export interface AdamOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Those of the paper. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Numbers that are learnt, in the memory of the kernel that steps them four at a time. */
export class Adam {
  readonly values: Float32Array<ArrayBuffer>;
  /** The loss's derivatives by them, which whoever steps sets before. */
  readonly slope: Float32Array<ArrayBuffer>;
  readonly #kernel: TrainingKernel<'values' | 'slopes' | 'means' | 'squares' | 'homes'>;
  #steps = 0;

  /** Begins at `start`; the decay draws towards `home` (as many), or zero without it. */
  constructor(
    start: Float32Array,
    private readonly options: AdamOptions,
    home?: Float32Array,
  ) {
    const bytes = lanesOf(start.length) * 4 * Float32Array.BYTES_PER_ELEMENT;
    this.#kernel = createTrainingKernel({ values: bytes, slopes: bytes, means: bytes, squares: bytes, homes: bytes });
    const { buffer, at } = this.#kernel;
    this.values = new Float32Array(buffer, at.values, start.length);
    this.slope = new Float32Array(buffer, at.slopes, start.length);
    this.values.set(start);
    if (home) new Float32Array(buffer, at.homes, start.length).set(home);
  }

  /** One step against the slope. */
  step(): void {
    const { learningRate, weightDecay } = this.options;
    const { run, at } = this.#kernel;
    this.#steps++;
    const rate = learningRate / (1 - beta1 ** this.#steps);
    const correction = 1 / (1 - beta2 ** this.#steps);
    // A decay of more than all would swing past home.
    const decay = Math.min(1, learningRate * weightDecay);
    const { values, slopes, means, squares, homes } = at;
    run.stepAdam(
      lanesOf(this.values.length) * 4,
      values,
      slopes,
      means,
      squares,
      homes,
      rate,
      correction,
      decay,
      beta1,
      beta2,
      epsilon,
    );
  }
}

/** How many fours hold so many numbers. */
const lanesOf = (numbers: number) => Math.ceil(numbers / 4);
