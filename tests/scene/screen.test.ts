import { describe, expect, it } from 'vitest';
import { createScreen, projectPoints } from '../../src/scene/screen';

describe('projecting points', () => {
  const positions = Float32Array.of(0, 0, -2, 1, 0.5, -4, 0, 0, 3, -1, 1, -5);
  // Looks along -z; the half view is as wide and as high as it is far.
  const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0];
  const disc = { perspective: 20, minimum: 1, maximum: 8 };
  const project = (screen: ReturnType<typeof createScreen>, sizes: Float32Array, rows?: Int32Array) =>
    projectPoints(positions, rows?.length ?? 4, matrix, 200, 100, sizes, disc, screen, rows);

  it('gives pixels, depths and radii, and no depth to what is hidden or behind the camera', () => {
    const screen = createScreen(4);
    project(screen, Float32Array.of(1, 2, 1, 0));
    expect([...screen.x.subarray(0, 2), ...screen.y.subarray(0, 2)]).toEqual([100, 125, 50, 43.75]);
    expect([...screen.depth]).toEqual([2, 4, 0, 0]);
    expect([...screen.radius.subarray(0, 2)]).toEqual([8, 8]);
    expect(screen).toMatchObject({ count: 4, near: 2, far: 4 });
  });

  it('projects some rows as it would among all, and leaves the others and the extent of depths alone', () => {
    const [some, all] = [createScreen(4), createScreen(4)];
    const sizes = new Float32Array(4).fill(1);
    project(some, sizes);
    positions.set([0.5, 0.25, -8], 3);
    project(all, sizes);
    const before = { x: some.x[3], depth: some.depth[3] };
    positions.set([0, 0, -9], 9);
    project(some, sizes, Int32Array.of(1, 2));
    for (const key of ['x', 'y', 'depth', 'radius'] as const) expect(some[key][1]).toBe(all[key][1]);
    expect(some.depth[2]).toBe(0);
    expect({ x: some.x[3], depth: some.depth[3] }).toEqual(before);
    expect(some).toMatchObject({ count: 4, near: 2, far: 5 });
  });
});
