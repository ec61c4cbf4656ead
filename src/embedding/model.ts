/** One loaded model: its tokenizer and its session, and a batch of texts turned into vectors. */
import { InputError } from '../errors';
import type { ModelFiles } from './modelFiles';
import { poolMean } from './pooling';
import type { ModelEntry } from './registry';
import type { Runtime, RuntimeSession, RuntimeTensor } from './runtime';
import { createTokenizer, type Tokenise, type Tokens } from './tokenizer';

const output = 'last_hidden_state';

export class Model {
  private constructor(
    readonly entry: ModelEntry,
    readonly tokenise: Tokenise,
    private readonly session: RuntimeSession,
    private readonly runtime: Runtime,
  ) {}

  /** Makes the session and the tokenizer. Throws an InputError when the weights cannot be run. */
  static async create(entry: ModelEntry, files: ModelFiles, runtime: Runtime): Promise<Model> {
    const weights = files.get(entry.weights);
    if (!weights) throw new InputError('modelFileMissing', { model: entry.id, file: entry.weights });
    const [tokenise, session] = await Promise.all([createTokenizer(entry, files), runtime.createSession(weights)]);
    if (!session.outputNames.includes(output))
      throw new InputError('modelOutputMissing', { model: entry.id, output, got: session.outputNames.join(', ') });
    return new Model(entry, tokenise, session, runtime);
  }

  /**
   * Vectors of a batch (batch x dim, row-major, unit length). Only the last hidden state is fetched, not every
   * output of the file: 0.9 to 1.7 times the plain pipeline's speed (bench/RESULTS.md).
   */
  async embedBatch(batch: readonly Tokens[]): Promise<Float32Array<ArrayBuffer>> {
    const length = Math.max(...batch.map((tokens) => tokens.ids.length));
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
    const result = (await this.session.run(feeds, [output]))[output];
    const hidden = result?.data;
    if (!(hidden instanceof Float32Array) || hidden.length !== batch.length * length * this.entry.dim)
      throw new InputError('modelOutputMissing', { model: this.entry.id, output, got: String(result?.dims) });
    const vectors = new Float32Array(batch.length * this.entry.dim);
    batch.forEach((tokens, row) => {
      const out = vectors.subarray(row * this.entry.dim, (row + 1) * this.entry.dim);
      poolMean(hidden, row, length, tokens.ids.length, out);
    });
    result?.dispose?.();
    return vectors;
  }

  dispose(): Promise<void> {
    return this.session.release();
  }
}
