import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxPath, rowsWithin } from '../../src/scene/lasso';
import { createScreen, type Screen } from '../../src/scene/screen';

type Point = readonly [number, number];

function screenOf(points: readonly Point[], depth = 1): Screen {
  const screen = createScreen(points.length);
  screen.count = points.length;
  points.forEach(([x, y], row) => {
    screen.x[row] = x;
    screen.y[row] = y;
    screen.depth[row] = depth;
  });
  return screen;
}

const cornersOf = (path: readonly number[]): Point[] =>
  Array.from({ length: path.length / 2 }, (_, i) => [path[i * 2]!, path[i * 2 + 1]!] as const);

/** How often the outline goes around a point, as the sum of the angles under which its edges are seen. */
function turnsAround([x, y]: Point, path: readonly number[]): number {
  const corners = cornersOf(path);
  const angles = corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    const [ux, uy, vx, vy] = [ax - x, ay - y, bx - x, by - y];
    return Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy);
  });
  return Math.round(angles.reduce((sum, angle) => sum + angle, 0) / (2 * Math.PI));
}

function distanceToOutline([x, y]: Point, path: readonly number[]): number {
  const corners = cornersOf(path);
  const distances = corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0), 1);
    return Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y);
  });
  return Math.min(...distances);
}

describe('a lasso', () => {
  it('holds what its outline goes around, as the sum of angles tells it', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 3, maxLength: 40 }),
        fc.array(place, { maxLength: 40 }),
        (corners, places) => {
          const path = corners.flat();
          // On the outline itself either answer will do.
          const points = places.filter((point) => distanceToOutline(point, path) > 1e-6);
          const held = points.flatMap((point, row) => (turnsAround(point, path) === 0 ? [] : [row]));
          expect([...rowsWithin(screenOf(points), path)]).toEqual(held);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds what is in the loop of an eight and in the middle of a star that crosses itself', () => {
    const eight = [0, 0, 20, 20, 20, 0, 0, 20];
    const points: Point[] = [
      [3, 10],
      [17, 10],
      [10, 3],
      [10, 17],
    ];
    expect([...rowsWithin(screenOf(points), eight)]).toEqual([0, 1]);
    const star = Array.from({ length: 5 }, (_, i) => (i * 4 * Math.PI) / 5).flatMap((angle) => [
      Math.sin(angle) * 10,
      Math.cos(angle) * 10,
    ]);
    expect([...rowsWithin(screenOf([[0, 0]]), star)]).toEqual([0]);
  });

  it('holds nothing that is hidden or behind the camera, and nothing without three corners', () => {
    expect([...rowsWithin(screenOf([[5, 5]], 0), boxPath(0, 0, 10, 10))]).toEqual([]);
    expect([...rowsWithin(screenOf([[5, 5]]), [0, 0, 10, 10])]).toEqual([]);
  });
});

describe('a box', () => {
  it('holds what is between its corners, whichever come first', () => {
    const corner = fc.integer({ min: 0, max: 50 });
    const places = fc.array(fc.tuple(corner, corner), { maxLength: 40 });
    fc.assert(
      fc.property(places, corner, corner, corner, corner, (points, x0, y0, x1, y1) => {
        const inside = (value: number, a: number, b: number) => value > Math.min(a, b) && value < Math.max(a, b);
        const clear = points.filter(([x, y]) => x !== x0 && x !== x1 && y !== y0 && y !== y1);
        const held = clear.flatMap(([x, y], row) => (inside(x, x0, x1) && inside(y, y0, y1) ? [row] : []));
        expect([...rowsWithin(screenOf(clear), boxPath(x0, y0, x1, y1))]).toEqual(held);
      }),
      { numRuns: 300 },
    );
  });
});
