/** Whether a model that nobody checked computes what a sentence model should: run on a few texts, before it is used. */
import { InputError, reasonOf } from '../errors';
import type { Model } from './model';
import { applyPrompt } from './prompt';
import type { Tokens } from './tokenizer';

/** A word, a sentence, a longer one with accents, and letters of another script. */
const texts = [
  'cello',
  'A cello is a string instrument.',
  'O violoncelo é um instrumento de cordas friccionadas, maior do que a viola e menor do que o contrabaixo.',
  'виолончель',
];

/** A text alone and among others may differ by so much in any number of its vector: past it, its neighbours in the batch count. */
export const batchTolerance = 1e-5;

export interface Trial {
  /** The largest difference in a number of a text's vector, alone and in a batch; above `batchTolerance` it must be said. */
  readonly shift: number;
  /** What the model gave, as a `golden.json`: from now on every load and every device is held against it. */
  readonly canary: Uint8Array<ArrayBuffer>;
}

/**
 * Runs the model on the largest id of its tokenizer, on a few texts and on as many tokens as it should read. Throws an InputError
 * when ids exceed the weights' vocabulary (the tokenizer is another model's), vectors have other dimensions than config.json says or
 * numbers that are not finite, or a run fails.
 */
export async function tryModel(model: Model): Promise<Trial> {
  const { id, dim, prompt, maxTokens } = model.entry;
  const batch = texts.map((text) => model.tokeniser.tokenise(applyPrompt(prompt, text)));
  const width = await runLargestId(model, batch[0]!);
  if (width !== dim) throw new InputError('ownDimensions', { model: id, expected: dim, got: width });
  const longest = batch.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const together = await attempt(model, longest, () => model.embedBatch(batch));
  let shift = 0;
  for (const [row, tokens] of batch.entries()) {
    const alone = await attempt(model, tokens.ids.length, () => model.embedBatch([tokens]));
    for (let i = 0; i < dim; i++) {
      const value = alone[i]!;
      const same = together[row * dim + i]!;
      if (!Number.isFinite(value) || !Number.isFinite(same))
        throw new InputError('ownNotFinite', { model: id, text: texts[row]!, dimension: i });
      shift = Math.max(shift, Math.abs(value - same));
    }
  }
  await attempt(model, maxTokens, () => model.embedBatch([lengthen(batch[2]!, maxTokens)]));
  const golden = {
    model: id,
    prompt,
    source: 'the model itself, when it was opened',
    texts: texts.map((text, row) => {
      return { text, ids: batch[row]!.ids, vector: [...together.subarray(row * dim, (row + 1) * dim)] };
    }),
  };
  return { shift, canary: new TextEncoder().encode(JSON.stringify(golden)) };
}

/** Dimensions of what the model gives for the vocabulary's last token, between the special ones of a text. */
async function runLargestId(model: Model, { ids }: Tokens): Promise<number> {
  const { largestId: largest } = model.tokeniser;
  const tokens: Tokens = { ids: [ids[0]!, largest, ids[ids.length - 1]!], truncated: false };
  try {
    return await model.run([tokens], ['last_hidden_state'], ({ length, outputs }) => outputs[0]!.length / length);
  } catch (error) {
    // So onnxruntime's kernel for Gather says it.
    const last = /must be within the inclusive range \[-?\d+,\s*(\d+)\]/.exec(reasonOf(error))?.[1];
    if (last !== undefined)
      throw new InputError('ownTokenizerIds', { model: model.entry.id, largest, last: Number(last) });
    throw runError(model, 3, error);
  }
}

/** The tokens of a text, repeated up to `count`. */
function lengthen({ ids }: Tokens, count: number): Tokens {
  const inner = ids.length > 2 ? ids.slice(1, -1) : ids;
  const repeated = Array.from({ length: count }, (_, i) => inner[i % inner.length]!);
  repeated[0] = ids[0]!;
  repeated[count - 1] = ids[ids.length - 1]!;
  return { ids: repeated, truncated: false };
}

async function attempt<T>(model: Model, tokens: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw runError(model, tokens, error);
  }
}

function runError({ entry }: Model, tokens: number, error: unknown): InputError {
  if (error instanceof InputError) return error;
  return new InputError('ownRun', { model: entry.id, tokens, reason: reasonOf(error) });
}
