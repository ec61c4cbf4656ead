/** Keys of the focused cloud by which many texts are chosen. */
import { removeSelected } from '../state/many';
import type { Explorer } from '../state/explorer.svelte';

/** Does what the key is for; says whether it was one of these. */
export function selectKey(explorer: Explorer, event: KeyboardEvent): boolean {
  const { selecting } = explorer;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey || event.shiftKey) return false;
  const keys: Readonly<Record<string, () => void>> = command
    ? { a: () => selecting.all(), i: () => selecting.inverse() }
    : { l: () => selecting.take('lasso'), b: () => selecting.take('box'), Delete: () => removeSelected(explorer) };
  const act = keys[name];
  act?.();
  return act !== undefined;
}
