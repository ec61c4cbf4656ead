import { InputError } from '../../errors';
import { Cloud } from '../../scene/cloud';
import type { Explorer } from '../state/explorer.svelte';

/** A cloud in `host` whose texts can be chosen; where this browser cannot draw one, the error that says why. */
export function mountCloud(host: HTMLElement, explorer: Explorer): Cloud | InputError {
  const { interface: ui, theme } = explorer;
  let cloud: Cloud;
  try {
    cloud = new Cloud(host, { theme: theme.scene, reducedMotion: theme.reducedMotion });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  cloud.hand.onSelect = (id, { additive }) => {
    explorer.choose(id, additive || ui.comparing);
    if (id !== undefined) explorer.reveal(id);
  };
  cloud.canvas.setAttribute('role', 'img');
  return cloud;
}
