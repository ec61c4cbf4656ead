import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickPoint } from '../../src/scene/picking';
import { createScreen, type Screen } from '../../src/scene/screen';

const disc = fc.record({
  x: fc.integer({ min: 0, max: 100 }),
  y: fc.integer({ min: 0, max: 100 }),
  depth: fc.integer({ min: 0, max: 50 }),
  radius: fc.integer({ min: 1, max: 12 }),
});

function screenOf(discs: readonly { x: number; y: number; depth: number; radius: number }[]): Screen {
  return {
    ...createScreen(discs.length),
    count: discs.length,
    x: Float32Array.from(discs, (d) => d.x),
    y: Float32Array.from(discs, (d) => d.y),
    depth: Float32Array.from(discs, (d) => d.depth),
    radius: Float32Array.from(discs, (d) => d.radius),
  };
}

describe('picking', () => {
  it('agrees with sorting all discs under the pointer by depth, or else all near ones by gap', () => {
    fc.assert(
      fc.property(fc.array(disc, { maxLength: 60 }), fc.nat(100), fc.nat(100), fc.nat(10), (discs, x, y, slop) => {
        const all = discs
          .map((d, row) => ({ row, depth: d.depth, gap: Math.hypot(d.x - x, d.y - y) - d.radius }))
          .filter((d) => d.depth > 0);
        const under = all.filter((d) => d.gap <= 0).sort((a, b) => a.depth - b.depth || a.row - b.row);
        const near = all.filter((d) => d.gap > 0 && d.gap < slop).sort((a, b) => a.gap - b.gap || a.row - b.row);
        expect(pickPoint(screenOf(discs), x, y, slop)).toBe(under[0]?.row ?? near[0]?.row ?? -1);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the disc in front where two overlap, and nothing where there is none', () => {
    const screen = screenOf([
      { x: 10, y: 10, depth: 5, radius: 6 },
      { x: 13, y: 10, depth: 4, radius: 6 },
    ]);
    expect(pickPoint(screen, 11, 10, 0)).toBe(1);
    expect(pickPoint(screen, 5, 10, 0)).toBe(0);
    expect(pickPoint(screen, 40, 40, 5)).toBe(-1);
  });
});
