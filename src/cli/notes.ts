/** What the person should know of the texts that were embedded. */
import { areTooMany, categoriesOf, columnNames, columnOf, fewestItems } from '../categories';
import { findModel, type ModelEntry } from '../embedding/registry';
import { batchTolerance, type Trial } from '../embedding/tryModel';
import { InputError } from '../errors';
import { effectiveNeighbours, minimumUmapRows, usesNeighbours } from '../projection/options';
import { shorten } from '../shorten';
import type { EmbedReport, Item, ItemId, ProjectionOptions, SpaceSpec } from '../types';
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

/** Notes what a model of the person's own is, and that its vectors depend on the batch where they do. */
export function noteTrial(entry: ModelEntry, { shift }: Trial, progress: ProgressLine): void {
  const { id, dim, layers, maxTokens, pooling = 'mean', weights } = entry;
  progress.note(
    `model ${id}: ${weights}, ${dim} dimensions, ${layers} layers, ${maxTokens} tokens, ${pooling} pooling`,
  );
  if (shift > batchTolerance)
    progress.note(
      `the vectors of ${id} change with the texts that are embedded beside them, by up to ${shift.toPrecision(2)} in a number: ` +
        'its weights quantise activations',
    );
}

/** Notes that fewer neighbours shape the map than were asked for, because there are no more texts. */
export function noteFewer(rows: number, { nNeighbors, engine }: ProjectionOptions, progress: ProgressLine): void {
  const used = effectiveNeighbours(rows, nNeighbors);
  if (used < nNeighbors && rows >= minimumUmapRows && usesNeighbours(engine))
    progress.note(`${count(rows, 'text')}: ${used} neighbours shape the map instead of ${nNeighbors}`);
}

/** Notes that not all neighbours were found, where so many texts are compared by sketches first. */
export function noteRecall(recall: number | undefined, progress: ProgressLine): void {
  if (recall === undefined) return;
  progress.note(
    `laid out by ${(100 * recall).toFixed(1)} % of the true neighbours, as measured on a sample of the texts`,
  );
}

/**
 * Notes how many categories supervise the map, and what keeps them from it. Throws an InputError when no text of `files` has
 * what should supervise.
 */
export function noteSupervision(
  items: readonly Item[],
  { supervision = 'none' }: ProjectionOptions,
  files: readonly string[],
  progress: ProgressLine,
): void {
  if (supervision === 'none') return;
  const categories = categoriesOf(items, supervision);
  const { count: found, labelled } = categories;
  const column = columnOf(supervision);
  if (labelled === 0) {
    const file = files.join(', ');
    if (column === undefined) throw new InputError('supervisionGroup', { file });
    throw new InputError('supervisionColumn', { file, column, columns: columnNames(items).join(', ') || '-' });
  }
  const of = column === undefined ? 'the group' : `the column “${column}”`;
  progress.note(
    `supervised by ${of}: ${found === 1 ? '1 category' : `${found} categories`}, ` +
      `${count(items.length - labelled, 'text')} without one`,
  );
  if (items.length < minimumUmapRows)
    progress.note(`fewer than ${minimumUmapRows} texts: the map is their principal components, unsupervised`);
  else if (areTooMany(categories))
    progress.note(`fewer than ${fewestItems} texts a category: hardly any draws its like`);
}

function nameTexts(ids: readonly ItemId[], items: readonly Item[]): string {
  const wanted = new Set(ids.slice(0, namedTexts));
  const texts = items.filter(({ id }) => wanted.has(id)).map(({ text }) => `“${shorten(text, namedLength)}”`);
  return texts.join(', ') + (ids.length > namedTexts ? ', ...' : '');
}
