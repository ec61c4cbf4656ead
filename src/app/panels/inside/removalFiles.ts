/** What is left without a direction, as it is saved. */
import type { Parting } from '../../../association';
import type { CellTable, ItemId } from '../../../types';
import type { Removed, Tested } from '../../state/inside/bias.svelte';

/** A line for each target word: its association with A rather than B, before and after. */
export function removalTable({ sets }: Tested, { found: { before, after } }: Removed): CellTable {
  const rows = (['X', 'Y'] as const).flatMap((set) => {
    const [earlier, later] = set === 'X' ? [before.x, after.x] : [before.y, after.y];
    const { name, words } = sets[set];
    return words.map((text, i) => [set, name, text, earlier[i] ?? null, later[i] ?? null]);
  });
  return { names: ['set', 'name', 'text', 'before', 'after'], rows };
}

/** All of it; numbers that there are not become null in the file. */
export function removalJson(
  tested: Tested,
  removed: Removed,
  textOf: (id: ItemId) => string | undefined,
): Readonly<Record<string, unknown>> {
  const { sets, spec } = tested;
  const { by, of, found } = removed;
  const { before, after, explained, neighbours, overlap } = found;
  const named = (list: readonly { readonly id: ItemId; readonly cosine: number }[]) =>
    list.map(({ id, cosine }) => ({ text: textOf(id) ?? null, cosine }));
  return {
    model: spec.modelId,
    prompt: spec.prompt,
    direction: by,
    a: sets.A.name,
    b: sets.B.name,
    before: measuresOf(before),
    after: measuresOf(after),
    ...(explained !== undefined && { explained }),
    words: removalTable(tested, removed).rows.map(([set, , text, earlier, later]) => {
      return { set, text, before: earlier, after: later };
    }),
    neighboursKept: {
      k: overlap.k,
      mean: overlap.mean,
      movers: Array.from(overlap.movers, (row) => ({
        text: textOf(overlap.ids[row]!) ?? null,
        overlap: overlap.shares[row]!,
      })),
    },
    ...(neighbours &&
      of !== undefined && {
        nearest: { of: textOf(of) ?? null, before: named(neighbours.before), after: named(neighbours.after) },
      }),
  };
}

function measuresOf({ difference, effectSize, permutation, ownSet, pairCosine }: Parting): object {
  return { difference, effectSize, p: permutation?.p ?? null, ownSet, pairCosine };
}
