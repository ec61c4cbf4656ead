import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wish } from '../../src/scene/emphasis';
import { LabelChooser } from '../../src/scene/labels';
import { placeRegions } from '../../src/scene/regionLabels';
import type { Rect, Screen } from '../../src/scene/screen';

const free: Rect = { left: 40, top: 30, right: 640, bottom: 430 };
const measure = (text: string) => text.length * 9;

function screenOf(points: readonly { x: number; y: number; depth?: number }[]): Screen {
  return {
    near: 3,
    far: 3,
    count: points.length,
    x: Float32Array.from(points, ({ x }) => x),
    y: Float32Array.from(points, ({ y }) => y),
    depth: Float32Array.from(points, ({ depth = 3 }) => depth),
    radius: new Float32Array(points.length).fill(5),
  };
}

const overlap = (a: Rect, b: Rect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('placeRegions', () => {
  it('puts the middle of a name over its text, or a line off where an earlier one is; where nothing is free, none', () => {
    const screen = screenOf([
      { x: 300, y: 200 },
      { x: 310, y: 205 },
      { x: 300, y: 300 },
    ]);
    const regions = [
      { row: 1, text: 'second' },
      { row: 0, text: 'above' },
      { row: 1, text: 'below' },
      { row: 1, text: 'nowhere' },
      { row: 2, text: 'third' },
    ];
    const placed = placeRegions(regions, screen, free, [], measure);
    expect(placed.map(({ text, top }) => [text, top])).toEqual([
      ['second', 195],
      ['above', 166],
      ['below', 219],
      ['third', 290],
    ]);
    const cover = { left: 200, top: 160, right: 320, bottom: 196 };
    expect(
      placeRegions(regions.slice(0, 2), screen, free, [cover], measure).map(({ text, top }) => [text, top]),
    ).toEqual([['second', 219]]);
    expect(placed[0]).toMatchObject({ left: 310 - 27, right: 310 + 27, top: 195, bottom: 215 });
  });

  it('leaves out what is hidden, not on the map, or not wholly in the free part', () => {
    const screen = screenOf([
      { x: 300, y: 200, depth: 0 },
      { x: 45, y: 200 },
      { x: 300, y: 455 },
    ]);
    const regions = [-1, 0, 1, 2].map((row) => ({ row, text: 'name' }));
    expect(placeRegions(regions, screen, free, [], measure)).toEqual([]);
  });
});

it('labels of texts keep clear of what is taken, and of each other', () => {
  const point = fc.record({ x: fc.integer({ min: 40, max: 640 }), y: fc.integer({ min: 30, max: 430 }) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 20, maxLength: 200 }), (points) => {
      const screen = screenOf(points);
      const regions = [0, 1, 2, 3, 4, 5].map((row) => ({ row, text: 'a name of some length' }));
      const taken = placeRegions(regions, screen, free, [], measure);
      const chooser = new LabelChooser();
      const wishes = new Uint8Array(points.length).fill(wish.ordinary);
      for (let frame = 0; frame < 2; frame++) {
        chooser.choose(screen, wishes, () => 60, free, 40, taken);
        const boxes = Array.from({ length: chooser.count }, (_, i) => {
          const [left, top] = [chooser.left[i]!, chooser.top[i]!];
          return { left, top, right: left + 60, bottom: top + 16 };
        });
        expect(chooser.rows.subarray(0, chooser.count)).not.toContain(-1);
        for (const [i, box] of boxes.entries())
          for (const other of [...taken, ...boxes.slice(0, i)]) expect(overlap(box, other)).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});
