/** Attention of a text: every weight, or what shows of it at a glance. */
import type { Attention, AttentionOverview, InspectionOf, SmallMaps } from '../inspections';
import { largestDeviation, meanOfMaps, rollout, shareTaken, shrinkMap, takeTokens } from './attention';
import type { Model } from './model';
import type { SpaceSpec } from '../types';
import { applyPrompt } from './prompt';

export async function inspectAttention(
  model: Model,
  { prompt }: SpaceSpec,
  { text, layer }: InspectionOf<'attention'>,
): Promise<Attention> {
  const { heads } = model.entry;
  const tokens = model.tokeniser.tokenise(applyPrompt(prompt, text));
  const names = layer === undefined ? outputsOf(model) : [`attentions.${layer}`];
  const size = heads * tokens.ids.length ** 2;
  return model.run([tokens], names, ({ outputs }) => {
    const weights = new Float32Array(names.length * size);
    outputs.forEach((output, i) => weights.set(output, i * size));
    const described = model.tokeniser.describe(tokens.ids);
    return { tokens: described, truncated: tokens.truncated, layers: names.length, heads, weights };
  });
}

export async function inspectAttentionOverview(
  model: Model,
  { prompt }: SpaceSpec,
  { text, side: most, layer: wanted }: InspectionOf<'attentionOverview'>,
): Promise<AttentionOverview> {
  const { heads, layers } = model.entry;
  const { ids, truncated } = model.tokeniser.tokenise(applyPrompt(prompt, text));
  const tokens = model.tokeniser.describe(ids);
  const count = ids.length;
  const size = count * count;
  const special = tokens.map((token) => token.special);
  const own = tokens.flatMap((token, i) => (token.special ? [] : [i]));
  const means = new Float32Array(layers * size);
  const taken = new Float32Array(layers * heads);
  const small = smallMaps(Math.min(most, count), layers * heads);
  const smallOwn = smallMaps(Math.min(most, own.length), layers * heads);
  const ofLayer = new Float32Array(heads * size);
  const deviation = await model.run([{ ids, truncated }], outputsOf(model), ({ outputs }) => {
    outputs.forEach((output, layer) => {
      if (layer === wanted) ofLayer.set(output);
      means.set(meanOfMaps(output, heads), layer * size);
      for (let head = 0; head < heads; head++) {
        const map = output.subarray(head * size, (head + 1) * size);
        const at = layer * heads + head;
        taken[at] = shareTaken(map, special);
        shrinkMap(map, count, small.side, mapAt(small, at));
        shrinkMap(takeTokens(map, count, own), own.length, smallOwn.side, mapAt(smallOwn, at));
      }
    });
    return outputs.reduce((largest, output) => Math.max(largest, largestDeviation(output, count)), 0);
  });
  const flow = rollout(means, layers, count);
  return { tokens, truncated, layers, heads, means, rollout: flow, small, smallOwn, deviation, taken, ofLayer };
}

function outputsOf({ entry }: Model): string[] {
  return Array.from({ length: entry.layers }, (_, layer) => `attentions.${layer}`);
}

function smallMaps(side: number, count: number): SmallMaps {
  return { side, weights: new Float32Array(count * side * side) };
}

function mapAt({ side, weights }: SmallMaps, at: number): Float32Array {
  return weights.subarray(at * side * side, (at + 1) * side * side);
}
