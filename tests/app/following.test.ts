/** The map around a text that is being dragged. */
import { expect, test } from 'vitest';
import { Following, type FollowedMap } from '../../src/app/state/following';
import { buildMap, positionsFor, type Places } from '../../src/pipeline';
import type { MapView, Positions } from '../../src/types';
import { createFakeEngine, idsOf, itemsOf, spec } from '../engine/fakes';

const options = { dims: 2, nNeighbors: 5, minDist: 0.1, seed: 1 } as const;

function viewOf(count: number, more: Partial<MapView['options']> = {}): MapView {
  const ids = Array.from({ length: count }, (_, i) => `id ${i}`);
  const positions = { data: new Float32Array(count * 2), rows: count, dim: 2 } as const;
  return { space: spec, options: { ...options, ...more }, ids, positions };
}

/** A map whose steps end when the test says so. */
class Steps implements FollowedMap {
  followed = false;
  isPlacing = false;
  missing = 0;
  busy = false;
  readonly asked: { view: MapView; pins: Places }[] = [];
  #end: ((positions: Positions | undefined) => void) | undefined;

  constructor(public view: MapView | undefined) {}

  get isRunning(): boolean {
    return this.busy || this.followed;
  }

  settleAround(view: MapView, pins: Places): Promise<Positions> {
    this.asked.push({ view, pins });
    return new Promise((resolve, reject) => {
      this.#end = (positions) => (positions ? resolve(positions) : reject(new Error('the worker is gone')));
    });
  }

  /** The step under way ends here, or fails. */
  async end(x: number | undefined): Promise<void> {
    const { rows } = this.view!.positions;
    this.#end!(x === undefined ? undefined : { data: new Float32Array(rows * 2).fill(x), rows, dim: 2 });
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const pinned = (steps: Steps) => steps.asked.map(({ pins }) => pins.get('id 3'));
const none: Places = new Map();

test('each step begins at the map as it was, and goes to the place that is newest by then', async () => {
  const before = viewOf(20);
  const steps = new Steps(before);
  const following = new Following(steps);
  following.to('id 3', [1, 0, 0], new Map([['id 7', [5, 5]]]));
  following.to('id 3', [2, 0, 0], none);
  following.to('id 3', [3, 0, 0], none);
  expect(pinned(steps)).toEqual([[1, 0]]);
  expect(steps.asked[0]!.pins.get('id 7')).toEqual([5, 5]);
  expect(steps.followed).toBe(true);
  await steps.end(10);
  expect(steps.view!.positions.data[0]).toBe(10);
  expect(steps.view!.ids).toBe(before.ids);
  expect(pinned(steps)).toEqual([
    [1, 0],
    [3, 0],
  ]);
  await steps.end(30);
  expect(steps.asked).toHaveLength(2);
  following.to('id 3', [4, 0, 0], none);
  await steps.end(40);
  expect(steps.asked.every(({ view }) => view === before)).toBe(true);
  expect(following.end()).toBe(before);
  expect(steps.followed).toBe(false);
  expect(steps.view!.positions.data[0]).toBe(40);
});

test('a step that ends after the drag changes nothing', async () => {
  const before = viewOf(20);
  const steps = new Steps(before);
  const following = new Following(steps);
  following.to('id 3', [1, 0, 0], none);
  expect(following.end()).toBe(before);
  await steps.end(10);
  expect(steps.view).toBe(before);
  expect(following.end()).toBeUndefined();
});

test('a map that has come from elsewhere is left alone, and the next move begins with it', async () => {
  const steps = new Steps(viewOf(20));
  const following = new Following(steps);
  following.to('id 3', [1, 0, 0], none);
  const other = viewOf(20);
  steps.view = other;
  await steps.end(10);
  expect(steps.view).toBe(other);
  following.to('id 3', [2, 0, 0], none);
  expect(steps.asked.at(-1)!.view).toBe(other);
  steps.view = viewOf(20);
  expect(following.end()).toBeUndefined();
  expect(steps.followed).toBe(false);
});

test('a step that fails leaves the map as it is, and the next move tries again', async () => {
  const before = viewOf(20);
  const steps = new Steps(before);
  const following = new Following(steps);
  following.to('id 3', [1, 0, 0], none);
  await steps.end(undefined);
  expect(steps.view).toBe(before);
  following.to('id 3', [2, 0, 0], none);
  await steps.end(20);
  expect(steps.view!.positions.data[0]).toBe(20);
});

test.each([
  ['is too large', new Steps(viewOf(5001))],
  ['has too few texts', new Steps(viewOf(15))],
  ['is by another engine', new Steps(viewOf(20, { engine: 'umap-js' }))],
  ['is at work', Object.assign(new Steps(viewOf(20)), { busy: true })],
  ['waits for texts', Object.assign(new Steps(viewOf(20)), { isPlacing: true })],
  ['lacks texts', Object.assign(new Steps(viewOf(20)), { missing: 1 })],
  ['is not there', new Steps(undefined)],
])('a map that %s stands still', (_, steps) => {
  const following = new Following(steps);
  following.to('id 3', [1, 0, 0], none);
  expect(steps.asked).toEqual([]);
  expect(steps.followed).toBe(false);
  expect(following.end()).toBeUndefined();
});

test('short runs bring the neighbours along, and the same place gives the same map by any way', async () => {
  const { engine } = createFakeEngine();
  const items = itemsOf(...Array.from({ length: 60 }, (_, i) => `word ${i}`));
  const before = await buildMap(engine, items, spec, options);
  const steps = {
    view: before,
    followed: false,
    isRunning: false,
    isPlacing: false,
    missing: 0,
    asked: 0,
    async settleAround(view: MapView, pins: Places): Promise<Positions> {
      steps.asked++;
      return (await buildMap(engine, items, spec, { ...view.options, epochs: 13 }, {}, view, pins)).positions;
    },
  };
  const id = idsOf(items)[5]!;
  const from = [...positionsFor(before, [id]).data];
  const away = [...Float32Array.of(from[0]! + 20, from[1]!)];
  const drag = async (...ways: readonly (readonly number[])[]) => {
    steps.view = before;
    const following = new Following(steps);
    for (const at of ways) {
      const { asked } = steps;
      following.to(id, at, none);
      await expect.poll(() => steps.asked > asked && steps.view !== before).toBe(true);
      await expect.poll(() => [...positionsFor(steps.view, [id]).data]).toEqual(at);
    }
    following.end();
    return steps.view;
  };
  const direct = await drag(away);
  const around = await drag([...Float32Array.of(from[0]!, from[1]! - 30)], away);
  expect(around.positions).toEqual(direct.positions);
  const middle = ({ positions: { data } }: MapView) =>
    data.reduce((sum, x, i) => (i % 2 === 0 ? sum + x : sum), 0) / 60;
  // One of 60 texts alone would move the middle by a third of a unit.
  expect(middle(direct) - middle(before)).toBeGreaterThan(1);
});
