/** Keys of the whole page, wherever the focus is; what the focused cloud does with keys is in `cloudKeys.ts` and `selectKeys.ts`. */
import type { Explorer } from '../state/explorer.svelte';

/** Whether keys at `target` write into it. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** Does what the key is for: undo and redo, the search box, the list of keys, and Escape, which takes back the latest choice. */
export function pageKey(explorer: Explorer, event: KeyboardEvent): void {
  const { history, interface: ui } = explorer;
  const command = event.ctrlKey || event.metaKey;
  const typing = isTyping(event.target);
  if (command && event.key.toLowerCase() === 'z' && !typing) {
    event.preventDefault();
    void (event.shiftKey ? history.redo() : history.undo());
  } else if (command && event.key.toLowerCase() === 'y' && !typing) {
    event.preventDefault();
    void history.redo();
  } else if (event.key === '/' && !typing) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  } else if (event.key === '?' && !typing && !ui.dialog) {
    event.preventDefault();
    ui.dialog = 'keys';
  } else if (event.key === 'Escape' && !ui.dialog) escape(explorer, typing);
}

function escape(explorer: Explorer, typing: boolean): void {
  const { cloud, interface: ui, selecting } = explorer;
  if (cloud?.hand.cancel() || cloud?.area.cancel()) return;
  if (selecting.tool) selecting.tool = undefined;
  else if (ui.comparing) ui.comparing = false;
  else if (ui.instrument !== undefined || ui.lens !== undefined) ui.instrument = ui.lens = undefined;
  else if (typing) ui.filter = '';
  else explorer.choose(undefined);
}
