/** What becomes of a selection when more is chosen; in time that is linear in both. */
import type { Combination } from '../../scene/areaTool';
import type { ItemId } from '../../types';

/** In order of choosing: what stays keeps its place, what is new comes after it. No id stands in it twice. */
export function combine(before: readonly ItemId[], chosen: readonly ItemId[], how: Combination): readonly ItemId[] {
  if (how === 'replace') return [...new Set(chosen)];
  if (how === 'add') return [...new Set([...before, ...chosen])];
  const given = new Set(chosen);
  return before.filter((id) => given.has(id) === (how === 'intersect'));
}
