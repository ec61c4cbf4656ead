/** Why two texts are close, by a model that is loaded. */
import type { Explanation, InspectionOf, ReadText } from '../inspections';
import type { SpaceSpec } from '../types';
import { cosineParts, type HiddenStates } from './cosineParts';
import type { Model } from './model';
import { applyPrompt } from './prompt';
import { markPrompt } from './promptTokens';

/** Throws an InputError where the model has no such layer, or its file lacks its hidden states. */
export async function inspectPair(
  model: Model,
  spec: SpaceSpec,
  { a, b }: InspectionOf<'explain'>,
): Promise<Explanation> {
  const first = await readText(model, spec, a);
  const second = await readText(model, spec, b);
  return { a: first.read, b: second.read, parts: cosineParts(first.hidden, second.hidden, model.entry.dim) };
}

/** Alone, as padding to the other would cost more than it saves: two texts are seldom of one length. */
async function readText(
  model: Model,
  { prompt, layer = model.entry.layers }: SpaceSpec,
  text: string,
): Promise<{ readonly read: ReadText; readonly hidden: HiddenStates }> {
  const tokens = model.tokeniser.tokenise(applyPrompt(prompt, text));
  const { ids, truncated } = tokens;
  const data = await model.run([tokens], [model.hiddenState(layer)], ({ outputs }) => outputs[0]!.slice());
  return {
    read: { tokens: markPrompt(model.tokeniser.describe(ids), prompt, truncated), truncated },
    hidden: { data, tokens: ids.length },
  };
}
