import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScreen, type Screen } from '../../src/scene/screen';
import { directions, nearestToMiddle, stepTowards, type Direction } from '../../src/scene/walk';

interface Spot {
  x: number;
  y: number;
  depth: number;
}

const free = { left: 0, top: 0, right: 100, bottom: 80 };
const names = ['left', 'right', 'up', 'down'] as const satisfies readonly Direction[];
const opposite = { left: 'right', right: 'left', up: 'down', down: 'up' } as const;
const spot = fc.record({
  x: fc.integer({ min: -20, max: 120 }),
  y: fc.integer({ min: -20, max: 100 }),
  depth: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }) }),
});

function screenOf(spots: readonly Spot[]): Screen {
  return {
    ...createScreen(spots.length),
    count: spots.length,
    x: Float32Array.from(spots, ({ x }) => x),
    y: Float32Array.from(spots, ({ y }) => y),
    depth: Float32Array.from(spots, ({ depth }) => depth),
    radius: new Float32Array(spots.length).fill(4),
  };
}

const at = (x: number, y: number, depth = 1) => ({ x, y, depth });
const isSeen = ({ x, y, depth }: Spot) => depth > 0 && x >= 0 && x <= 100 && y >= 0 && y <= 80;

/** Whether a text lies in the quarter of the plane around a direction, by the angle to it. */
function isThatWay(from: Spot, to: Spot, direction: Direction): boolean {
  const { right, down } = directions[direction];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const cosine = ((to.x - from.x) * right + (to.y - from.y) * down) / length;
  return length > 0 && cosine >= Math.SQRT1_2 - 1e-9;
}

describe('walking on the screen', () => {
  it('takes the nearest text ahead, rather straight ahead than beside, and the one in front of two in one place', () => {
    const screen = screenOf([at(50, 40), at(60, 49), at(64, 40), at(40, 40, 5), at(40, 40, 2), at(50, 10)]);
    expect(stepTowards(screen, 50, 40, 'right', free)).toBe(2);
    expect(stepTowards(screen, 50, 40, 'left', free)).toBe(4);
    expect(stepTowards(screen, 50, 40, 'up', free)).toBe(5);
    expect(stepTowards(screen, 50, 40, 'down', free)).toBe(-1);
  });

  it('goes somewhere exactly where a text that is seen lies that way, and further along', () => {
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 60 }), fc.constantFrom(...names), (spots, direction) => {
        const from = spots[0]!;
        const next = stepTowards(screenOf(spots), from.x, from.y, direction, free);
        expect(next >= 0).toBe(spots.some((to) => isSeen(to) && isThatWay(from, to, direction)));
        if (next < 0) return;
        const to = spots[next]!;
        expect(isSeen(to) && isThatWay(from, to, direction)).toBe(true);
        const { right, down } = directions[direction];
        expect((to.x - from.x) * right + (to.y - from.y) * down).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('can leave any text for some other, as long as there is another place', () => {
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 30 }), (spots) => {
        const seen = spots.filter(isSeen);
        const [from] = seen;
        if (!from) return;
        const leaves = names.some((name) => stepTowards(screenOf(seen), from.x, from.y, name, free) >= 0);
        expect(leaves).toBe(seen.some(({ x, y }) => x !== from.x || y !== from.y));
      }),
    );
  });

  it('comes back by the opposite key where both are alone, and mirrors with the screen', () => {
    fc.assert(
      fc.property(fc.array(spot, { minLength: 2, maxLength: 40 }), fc.constantFrom(...names), (spots, direction) => {
        const [from, to] = [spots[0]!, spots[1]!];
        const pair = screenOf([from, to]);
        const there = stepTowards(pair, from.x, from.y, direction, free);
        if (there === 1 && isSeen(from)) expect(stepTowards(pair, to.x, to.y, opposite[direction], free)).toBe(0);

        const mirrored = spots.map(({ x, y, depth }) => ({ x: 100 - x, y: 80 - y, depth }));
        const ahead = stepTowards(screenOf(spots), from.x, from.y, direction, free);
        const behind = stepTowards(screenOf(mirrored), 100 - from.x, 80 - from.y, opposite[direction], free);
        expect(behind).toBe(ahead);
      }),
      { numRuns: 400 },
    );
  });

  it('begins in the middle of what no panel covers', () => {
    expect(nearestToMiddle(screenOf([at(52, 41, 0), at(90, 70), at(40, 40), at(50, 300)]), free)).toBe(2);
    expect(nearestToMiddle(screenOf([at(-5, 40)]), free)).toBe(-1);
  });
});
