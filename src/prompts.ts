/** Prompts around the same texts, beside each other: what each does to the vectors, and how well it keeps groups apart. */
import type { Engine } from './engine/contract';
import { askSpace, type PipelineHooks } from './pipeline';
import type { Overlap, Separation, Shift } from './answers';
import type { QuestionKind, QuestionOf } from './questions';
import type { Item, ItemId, OnProgress, SpaceId, SpaceSpec } from './types';

/** Neighbours of each text that are looked at for what changed, as when two views are compared. */
export const comparedNeighbours = 15;
/** Neighbours of each text that have a say in its group, as in scikit-learn. */
export const votingNeighbours = 5;

export interface PromptsAsked {
  /** The model, and as its prompt the baseline from which the others' shifts are measured. */
  readonly spec: SpaceSpec;
  /** No two alike; the baseline may be among them. */
  readonly prompts: readonly string[];
  /** Groups by number, row by row for the items, -1 for none. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Neighbours that are compared, and those that vote. */
  readonly k: number;
  readonly voters: number;
  /** As in the question `separation`. */
  readonly mostExact?: number;
}

export interface PromptResult {
  readonly prompt: string;
  readonly spec: SpaceSpec;
  /** Texts that were cut to the model's limit with this prompt around them. */
  readonly cut: readonly ItemId[];
  readonly separation: Separation;
  /** From the baseline; undefined for itself. */
  readonly moved?: { readonly shift: Shift; readonly overlap: Overlap };
}

/**
 * Embeds `items` once for each prompt and measures: the baseline first, the others in their order. The spaces stay with the engine.
 * Rejects as embedding and answers do.
 */
export async function comparePrompts(
  engine: Engine,
  items: readonly Item[],
  { spec, prompts, k, voters, ...groups }: PromptsAsked,
  { onProgress, signal }: Pick<PipelineHooks, 'onProgress' | 'signal'> = {},
): Promise<readonly PromptResult[]> {
  const others = prompts.filter((prompt) => prompt !== spec.prompt);
  const specs = [spec, ...others.map((prompt): SpaceSpec => ({ ...spec, prompt }))];
  const ids = items.map(({ id }) => id);
  const results: PromptResult[] = [];
  let baseline: SpaceId | undefined;
  for (const [i, own] of specs.entries()) {
    const hooks: PipelineHooks = {
      ...(onProgress && { onProgress: partOf(onProgress, i, specs.length) }),
      ...(signal && { signal }),
    };
    const ask = <K extends QuestionKind>(question: QuestionOf<K>) => askSpace(engine, items, own, question, hooks);
    const { space, truncated } = await engine.embed(items, own, hooks.onProgress, signal);
    const separation = await ask({ kind: 'separation', ids, ...groups, k: voters });
    const moved = baseline !== undefined && {
      shift: await ask({ kind: 'shift', other: baseline }),
      overlap: await ask({ kind: 'overlap', other: baseline, k }),
    };
    baseline ??= space;
    results.push({ prompt: own.prompt, spec: own, cut: truncated, separation, ...(moved && { moved }) });
  }
  return results;
}

/** Progress of the `i`-th of `parts` alike as progress of the whole; a model is loaded once. */
function partOf(onProgress: OnProgress, i: number, parts: number): OnProgress {
  return (progress) => {
    const { stage, done, total } = progress;
    onProgress(stage === 'model' ? progress : { stage, done: i * total + done, total: parts * total });
  };
}

/** The prompts by how well they keep the groups apart, the best first; those that were not measured as they came. */
export function rankPrompts(results: readonly PromptResult[]): readonly PromptResult[] {
  // Two prompts may be equal by one of the numbers; what is NaN is so for all.
  const lead = (a: number, b: number) => (Number.isNaN(b - a) ? 0 : b - a);
  return [...results].sort(
    ({ separation: a }, { separation: b }) => lead(a.silhouette, b.silhouette) || lead(a.accuracy, b.accuracy),
  );
}

/** Share of a prompt's neighbours that the baseline has not, 0 to 1; NaN where there are none. */
export function churnOf({ moved }: PromptResult): number {
  return moved ? 1 - moved.overlap.mean : 0;
}

/** How far a silhouette is from that with the baseline. */
export interface Gain {
  readonly mean: number;
  /** Standard error of the mean of the texts' own differences: about twice as much may well be chance. NaN of one text. */
  readonly error: number;
}

/** Text by text, of those that were measured with both; NaN where none were, and for the baseline itself. */
export function gainOf({ separation, moved }: PromptResult, baseline: PromptResult): Gain {
  const before = new Map(baseline.separation.ids.map((id, row) => [id, baseline.separation.silhouettes[row]!]));
  const gains = separation.ids
    .map((id, row) => separation.silhouettes[row]! - (before.get(id) ?? NaN))
    .filter((gain) => moved && !Number.isNaN(gain));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  return { mean, error: Math.sqrt(variance / gains.length) };
}
