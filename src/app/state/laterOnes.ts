/** Which of several texts that are nearly the same can go. */
import type { ItemId } from '../../types';

/**
 * Texts without which no pair is whole: in the given order, each that is in a pair with an earlier one that stays. So of texts that
 * are all near each other the first stays, and one that is only near a text that goes stays too.
 */
export function laterOnes(
  pairs: readonly { readonly earlier: ItemId; readonly later: ItemId }[],
  order: readonly ItemId[],
): ItemId[] {
  const near = new Map<ItemId, ItemId[]>();
  for (const { earlier, later } of pairs) {
    const known = near.get(later);
    if (known) known.push(earlier);
    else near.set(later, [earlier]);
  }
  const gone = new Set<ItemId>();
  for (const id of order) if (near.get(id)?.some((earlier) => !gone.has(earlier))) gone.add(id);
  return [...gone];
}
