/** The keys of the focused cloud. `KeysDialog.svelte` lists them. */
import type { Cloud } from '../../scene/cloud';
import type { Walking } from '../state/walking.svelte';

type Act = (cloud: Cloud, walking: Walking) => void;

/** CSS pixels that a key moves the selected text by: near it, a small step on the map; far off, a large one. */
const step = 8;
/** Radians that a key turns the view by. */
const turn = 0.12;

const plain: Readonly<Record<string, Act>> = {
  ArrowLeft: (_, walking) => walking.step('left'),
  ArrowRight: (_, walking) => walking.step('right'),
  ArrowUp: (_, walking) => walking.step('up'),
  ArrowDown: (_, walking) => walking.step('down'),
  Enter: (_, walking) => walking.choose(false),
  n: (_, walking) => walking.along(1),
  p: (_, walking) => walking.along(-1),
  '+': (cloud) => cloud.zoom(1.2),
  '=': (cloud) => cloud.zoom(1.2),
  '-': (cloud) => cloud.zoom(1 / 1.2),
  '0': (cloud) => cloud.reset(),
};
const withShift: typeof plain = {
  ArrowLeft: (cloud) => cloud.hand.nudge(-step, 0),
  ArrowRight: (cloud) => cloud.hand.nudge(step, 0),
  ArrowUp: (cloud) => cloud.hand.nudge(0, -step),
  ArrowDown: (cloud) => cloud.hand.nudge(0, step),
  Enter: (_, walking) => walking.choose(true),
};
const withCommand: typeof plain = {
  ArrowLeft: (cloud) => cloud.orbit(-turn, 0),
  ArrowRight: (cloud) => cloud.orbit(turn, 0),
  ArrowUp: (cloud) => cloud.orbit(0, -turn),
  ArrowDown: (cloud) => cloud.orbit(0, turn),
  Enter: (_, walking) => walking.choose(true),
};

/** What a key does, with Ctrl (on a Mac also Command), with Shift, or alone; undefined for one that the cloud leaves alone. */
export function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Act | undefined {
  if (altKey) return undefined;
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (ctrlKey || metaKey) return withCommand[name];
  return (shiftKey ? withShift[name] : undefined) ?? plain[name];
}
