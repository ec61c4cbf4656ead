/** A word's own vectors in several texts, beside those of the texts. */
import type { InspectionOf, Occurrence, Occurrences, ReadTokens, Token } from '../inspections';
import { nextTurn } from '../turn';
import type { Model } from './model';
import { findOccurrences } from './occurrences';
import { poolMean } from './pooling';
import type { SpaceSpec } from '../types';
import { applyPrompt, splitPrompt } from './prompt';

/** The prompt's own words are no occurrences. Throws an InputError where the model's file lacks the hidden states. */
export async function inspectOccurrences(
  model: Model,
  { prompt }: SpaceSpec,
  { word, texts }: InspectionOf<'occurrences'>,
): Promise<Occurrences> {
  const { dim, layers: hidden } = model.entry;
  const layers = hidden + 1;
  const names = Array.from({ length: layers }, (_, layer) => model.hiddenState(layer));
  const cut = (text: string): Token[] =>
    model.tokeniser.describe(model.tokeniser.tokenise(text).ids).filter(({ special }) => !special);
  const alone = cut(word);
  const { before, after } = splitPrompt(prompt);
  const around = { before: cut(before).length, after: cut(after).length };
  const read: ReadTokens[] = [];
  const occurrences: Occurrence[] = [];
  const rows: { readonly word: Float32Array[][]; readonly text: Float32Array[][] } = { word: [], text: [] };
  for (const [text, content] of texts.entries()) {
    // One by one: they are few, and others are served between two.
    await nextTurn();
    const tokens = model.tokeniser.tokenise(applyPrompt(prompt, content));
    const described = model.tokeniser.describe(tokens.ids);
    read.push({ tokens: described, truncated: tokens.truncated });
    const first = described.findIndex(({ special }) => !special);
    // What comes after the text is cut away with its end.
    const last = described.findLastIndex(({ special }) => !special) + 1 - (tokens.truncated ? 0 : around.after);
    const spans = findOccurrences(described, alone, Math.max(first, 0) + around.before, last);
    occurrences.push(...spans.map((span) => ({ text, ...span })));
    await model.run([tokens], names, ({ length, outputs }) => {
      rows.text.push(
        outputs.map((output) => {
          const vector = new Float32Array(dim);
          poolMean(output, 0, length, length, vector);
          return vector;
        }),
      );
      for (const { start, end } of spans)
        rows.word.push(
          outputs.map((output) => {
            const vector = new Float32Array(dim);
            poolMean(output.subarray(start * dim, end * dim), 0, end - start, end - start, vector);
            return vector;
          }),
        );
    });
  }
  return {
    word: alone,
    texts: read,
    occurrences,
    dim,
    layers,
    ofWord: byLayer(rows.word, layers, dim),
    ofTexts: byLayer(rows.text, layers, dim),
  };
}

/** Rows of vectors by layer, as layers x rows x dim. */
function byLayer(rows: readonly (readonly Float32Array[])[], layers: number, dim: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(layers * rows.length * dim);
  rows.forEach((vectors, row) =>
    vectors.forEach((vector, layer) => out.set(vector, (layer * rows.length + row) * dim)),
  );
  return out;
}
