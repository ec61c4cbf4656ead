/** What is done with the chosen texts at once; undo takes it back. */
import type { Explorer } from './explorer.svelte';

type Parts = Pick<
  Explorer,
  'choose' | 'editing' | 'hiding' | 'history' | 'isolating' | 'notices' | 'readOnly' | 'selection'
>;

/** Deletes them, and offers to take it back. */
export function removeSelected({ editing, history, notices, readOnly, selection }: Parts): void {
  const { ids } = selection;
  if (readOnly || ids.length === 0) return;
  editing.remove(ids);
  notices.say('deletedMany', { count: ids.length }, history.offer);
}

/** Hides them in the cloud, and lets go of them. */
export function hideSelected(parts: Parts): void {
  parts.hiding.hide(parts.selection.ids);
  parts.choose(undefined);
}

/** Lays them out on a map of their own, where nothing is chosen. */
export function isolateSelected(parts: Parts): void {
  const { ids } = parts.selection;
  parts.choose(undefined);
  void parts.isolating.isolate(ids);
}
