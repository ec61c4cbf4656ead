/** What the person should know of the texts that were embedded. */
import { findModel } from '../embedding/registry';
import type { EmbedReport, Item, ItemId, SpaceSpec } from '../types';
import { count, type ProgressLine } from './progress';

/** Texts that a note names, and how many characters of each. */
const namedTexts = 3;
const namedLength = 40;

/** Notes the texts that were cut to the model's limit, and those that seem to be in none of its languages. */
export function noteReport(
  { truncated, foreign }: EmbedReport,
  items: readonly Item[],
  { modelId }: SpaceSpec,
  progress: ProgressLine,
): void {
  if (truncated.length > 0) {
    const { maxTokens } = findModel(modelId);
    progress.note(
      `${count(truncated.length, 'text')} longer than ${maxTokens} tokens, the limit of ${modelId}, ` +
        `embedded up to there: ${nameTexts(truncated, items)}`,
    );
  }
  if (foreign.length > 0) {
    const { languages } = findModel(modelId);
    progress.note(
      `${count(foreign.length, 'text')} perhaps in no language of ${modelId} (${languages.join(', ')}): ` +
        nameTexts(foreign, items),
    );
  }
}

/** Notes that not all neighbours were found, where so many texts are compared by sketches first. */
export function noteRecall(recall: number | undefined, progress: ProgressLine): void {
  if (recall === undefined) return;
  progress.note(
    `laid out by ${(100 * recall).toFixed(1)} % of the true neighbours, as measured on a sample of the texts`,
  );
}

function nameTexts(ids: readonly ItemId[], items: readonly Item[]): string {
  const wanted = new Set(ids.slice(0, namedTexts));
  const texts = items.filter(({ id }) => wanted.has(id)).map(({ text }) => `“${cut(text)}”`);
  return texts.join(', ') + (ids.length > namedTexts ? ', ...' : '');
}

/** By code points, so that no character is cut in two. */
function cut(text: string): string {
  const characters = [...text.slice(0, 2 * namedLength)];
  return characters.length > namedLength ? `${characters.slice(0, namedLength).join('')}…` : text;
}
