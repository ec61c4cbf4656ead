/** Whether a loaded model computes what its upstream computes: a quantised file can be silently wrong on a device. */
import { InputError } from '../errors';
import { createMatrix, dotRows } from '../vectors';
import type { Model } from './model';
import type { ModelFiles } from './modelFiles';
import { applyPrompt } from './prompt';
import { canaryFile } from './registry';

/** Texts of `golden.json` that are embedded, evenly spread over it: it goes from single words to accented sentences. */
const canaryTexts = 8;
/** The bundled files agree with upstream's fp32 vectors to 0.99975 (MiniLM) and 1.00000 (E5); a wrong one is far below. */
const minimumCosine = 0.999;

interface Golden {
  readonly prompt: string;
  readonly texts: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    readonly vector: readonly number[];
  }[];
}

/** Embeds some texts of the model's `golden.json` and compares. Throws an InputError with both numbers on a mismatch. */
export async function checkCanary(model: Model, files: ModelFiles): Promise<void> {
  const { entry } = model;
  const bytes = files.get(canaryFile);
  const golden: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes));
  if (!isGolden(golden, entry.dim)) throw new InputError('modelFileMissing', { model: entry.id, file: canaryFile });
  const step = Math.max(1, golden.texts.length / canaryTexts);
  const texts = golden.texts.filter((_, i) => i % step < 1);
  const tokens = texts.map(({ text }) => model.tokeniser.tokenise(applyPrompt(golden.prompt, text)));
  texts.forEach(({ text, ids }, i) => {
    if (tokens[i]!.ids.join() !== ids.join()) throw new InputError('canaryTokens', { model: entry.id, text });
  });
  const got = createMatrix(await model.embedBatch(tokens), entry.dim);
  const expected = createMatrix(Float32Array.from(texts.flatMap(({ vector }) => vector)), entry.dim);
  texts.forEach(({ text }, i) => {
    const cosine = dotRows(got, i, expected, i);
    if (!(cosine >= minimumCosine))
      throw new InputError('canaryVectors', {
        model: entry.id,
        text,
        cosine: cosine.toFixed(4),
        minimum: minimumCosine,
      });
  });
}

function isGolden(value: unknown, dim: number): value is Golden {
  if (typeof value !== 'object' || value === null || !('prompt' in value) || !('texts' in value)) return false;
  if (typeof value.prompt !== 'string' || !Array.isArray(value.texts) || value.texts.length === 0) return false;
  return value.texts.every(
    (entry: unknown) =>
      typeof entry === 'object' &&
      entry !== null &&
      'text' in entry &&
      typeof entry.text === 'string' &&
      'ids' in entry &&
      Array.isArray(entry.ids) &&
      'vector' in entry &&
      Array.isArray(entry.vector) &&
      entry.vector.length === dim,
  );
}
