/** One loaded model: its tokenizer and its session, and a batch of texts turned into vectors. */
import { InputError, reasonOf } from '../errors';
import type { ModelFiles } from './modelFiles';
import { poolingOf } from './pooling';
import type { ModelEntry } from './registry';
import type { Runtime, RuntimeSession, RuntimeTensor } from './runtime';
import { createTokenizer, type Tokeniser, type Tokens } from './tokenizer';

/** What the model itself gives: the hidden state of its last layer. */
const output = 'last_hidden_state';

/** A batch that ran. */
export interface Ran {
  /** Tokens of the longest text: the others are padded to it. */
  readonly length: number;
  /** By output that was asked for, in order: row-major, as the graph gives it. */
  readonly outputs: readonly Float32Array<ArrayBufferLike>[];
}

export class Model {
  private constructor(
    readonly entry: ModelEntry,
    readonly tokeniser: Tokeniser,
    private readonly session: RuntimeSession,
    private readonly runtime: Runtime,
  ) {}

  /** Makes the session and the tokenizer. Throws an InputError when the weights cannot be run. */
  static async create(entry: ModelEntry, files: ModelFiles, runtime: Runtime): Promise<Model> {
    const weights = files.get(entry.weights);
    if (!weights) throw new InputError('modelFileMissing', { model: entry.id, file: entry.weights });
    const { id: model, weights: file } = entry;
    const [tokeniser, session] = await Promise.all([
      createTokenizer(entry, files),
      runtime.createSession(weights).catch((error: unknown) => {
        throw new InputError('weightsUnusable', { model, file, bytes: weights.length, reason: reasonOf(error) });
      }),
    ]);
    if (!session.outputNames.includes(output))
      throw new InputError('modelOutputMissing', { model: entry.id, output, got: session.outputNames.join(', ') });
    return new Model(entry, tokeniser, session, runtime);
  }

  /** Vectors of a batch (batch x dim, row-major, unit length), as the model gives them. */
  async embedBatch(batch: readonly Tokens[]): Promise<Float32Array<ArrayBuffer>> {
    const [vectors] = await this.embedLayers(batch, [this.entry.layers]);
    return vectors!;
  }

  /**
   * The same after each of `layers` (0 is the embedding layer, `entry.layers` the last), in one run. Only the hidden states that are
   * asked for are fetched, not every output of the file: 0.9 to 1.7 times the plain pipeline's speed (bench/RESULTS.md).
   */
  async embedLayers(batch: readonly Tokens[], layers: readonly number[]): Promise<Float32Array<ArrayBuffer>[]> {
    const { dim, pooling } = this.entry;
    const pool = poolingOf(pooling);
    const names = layers.map((layer) => this.hiddenState(layer));
    return this.run(batch, names, ({ length, outputs }) =>
      outputs.map((hidden, i) => {
        if (hidden.length !== batch.length * length * dim)
          throw new InputError('modelOutputMissing', { model: this.entry.id, output: names[i]!, got: hidden.length });
        const vectors = new Float32Array(batch.length * dim);
        batch.forEach((tokens, row) => {
          const out = vectors.subarray(row * dim, (row + 1) * dim);
          pool(hidden, row, length, tokens.ids.length, out);
        });
        return vectors;
      }),
    );
  }

  /** The output of the graph that is the hidden state after `layer`. Throws an InputError where the model has no such layer. */
  hiddenState(layer: number): string {
    const { id, layers } = this.entry;
    if (!Number.isInteger(layer) || layer < 0 || layer > layers)
      throw new InputError('layerUnknown', { layer, layers, model: id });
    return layer === layers ? output : `hidden_states.${layer}`;
  }

  /**
   * Runs a batch and hands `names`, outputs of the graph, to `read`: they are given back to the runtime right after, so what is
   * kept of them is copied. Throws an InputError that names the output where the file lacks one.
   */
  async run<T>(batch: readonly Tokens[], names: readonly string[], read: (ran: Ran) => T): Promise<T> {
    for (const name of names) {
      if (!this.session.outputNames.includes(name))
        throw new InputError('modelInsideMissing', { model: this.entry.id, file: this.entry.weights, output: name });
    }
    const length = Math.max(...batch.map((tokens) => tokens.ids.length));
    const result = await this.session.run(this.feeds(batch, length), names);
    try {
      const outputs = names.map((name) => {
        const { data, dims } = result[name] ?? {};
        if (!(data instanceof Float32Array))
          throw new InputError('modelOutputMissing', { model: this.entry.id, output: name, got: String(dims) });
        return data;
      });
      return read({ length, outputs });
    } finally {
      for (const tensor of Object.values(result)) tensor.dispose?.();
    }
  }

  dispose(): Promise<void> {
    return this.session.release();
  }

  private feeds(batch: readonly Tokens[], length: number): Record<string, RuntimeTensor> {
    const dims = [batch.length, length];
    const ids = new BigInt64Array(batch.length * length);
    const mask = new BigInt64Array(batch.length * length);
    batch.forEach((tokens, row) => {
      tokens.ids.forEach((id, column) => {
        ids[row * length + column] = BigInt(id);
        mask[row * length + column] = 1n;
      });
    });
    // Ids after a row's end stay 0: the mask hides them from attention and pooling, whatever the padding id is.
    const inputs: Record<string, () => BigInt64Array<ArrayBuffer>> = {
      input_ids: () => ids,
      attention_mask: () => mask,
      token_type_ids: () => new BigInt64Array(batch.length * length),
    };
    const feeds: Record<string, RuntimeTensor> = {};
    for (const name of this.session.inputNames) {
      const make = inputs[name];
      if (!make) throw new InputError('modelInputUnknown', { model: this.entry.id, input: name });
      feeds[name] = this.runtime.createTensor(make(), dims);
    }
    return feeds;
  }
}
