import type { ShownMap } from '../../state/inside/attention.svelte';

/** Brings the row of a token into the middle of a window in which the rows stand one below another, evenly. */
export function scrollToToken(scroller: HTMLElement | undefined, { kept }: ShownMap, token: number | undefined): void {
  const row = token === undefined ? -1 : kept.indexOf(token);
  if (!scroller || row < 0) return;
  const { clientHeight, scrollHeight } = scroller;
  scroller.scrollTop = ((row + 0.5) / kept.length) * scrollHeight - clientHeight / 2;
}
