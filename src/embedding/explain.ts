/** Why two texts are close, by a model that is loaded. */
import type { Explanation, InspectionOf, ReadText } from '../inspections';
import type { SpaceSpec } from '../types';
import { makeBatches } from './batches';
import { cosineParts, type HiddenStates } from './cosineParts';
import type { Model } from './model';
import { applyPrompt } from './prompt';
import { markPrompt } from './promptTokens';

/** Throws an InputError where the model has no such layer, or its file lacks its hidden states. */
export async function inspectPair(
  model: Model,
  { prompt, layer = model.entry.layers }: SpaceSpec,
  { a, b }: InspectionOf<'explain'>,
): Promise<Explanation> {
  const { dim, pooling } = model.entry;
  const tokens = [a, b].map((text) => model.tokeniser.tokenise(applyPrompt(prompt, text)));
  const hidden: HiddenStates[] = [];
  // Together where they are of like length, as in embedding; a long one and a word run alone.
  for (const batch of makeBatches(tokens.map(({ ids }) => ids.length))) {
    await model.run(
      batch.map((at) => tokens[at]!),
      [model.hiddenState(layer)],
      ({ length, outputs }) =>
        batch.forEach((at, row) => {
          const count = tokens[at]!.ids.length;
          const from = row * length * dim;
          const data = outputs[0]!.slice(from, from + count * dim);
          // A model that takes its first token's vector takes nothing of the others.
          if (pooling === 'cls') data.fill(0, dim);
          hidden[at] = { data, tokens: count };
        }),
    );
  }
  const [first, second] = tokens.map(({ ids, truncated }): ReadText => ({
    tokens: markPrompt(model.tokeniser.describe(ids), prompt, truncated),
    truncated,
  }));
  return { a: first!, b: second!, parts: cosineParts(hidden[0]!, hidden[1]!, dim) };
}
