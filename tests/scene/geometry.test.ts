import fc from 'fast-check';
import { Matrix4, PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import { fitCamera } from '../../src/scene/fit';
import { createScreen, projectPoints } from '../../src/scene/screen';
import { checkPositions, fitTransform, toLayout, toWorld } from '../../src/scene/transform';
import type { Positions } from '../../src/types';

const coordinate = fc.double({ min: -20, max: 20, noNaN: true });
const cloud = (minLength: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate, coordinate), { minLength, maxLength: 40 })
    .map((rows) => Float32Array.from(rows.flat()));
const positionsOf = (data: Float32Array<ArrayBuffer>, dim: 2 | 3 = 3): Positions => ({
  data,
  rows: data.length / dim,
  dim,
});

describe('fitting the camera', () => {
  it('has every point inside the view, and one at its edge', () => {
    fc.assert(
      fc.property(
        cloud(2),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (data, azimuth, polar, tx, ty) => {
          const count = data.length / 3;
          const minimum = 0.01;
          const fit = fitCamera(data, count, new Float32Array(count).fill(1), azimuth, polar, [tx, ty], minimum);
          // The camera of three, which looks along its -z axis, as the independent reference.
          const camera = new PerspectiveCamera();
          const target = new Vector3(...fit.target);
          camera.position.setFromSphericalCoords(fit.distance, polar, azimuth).add(target);
          camera.lookAt(target);
          camera.updateMatrixWorld();
          let fullest = 0;
          for (let i = 0; i < count; i++) {
            const p = new Vector3().fromArray(data, i * 3).applyMatrix4(camera.matrixWorldInverse);
            expect(-p.z).toBeGreaterThan(-1e-3);
            const [x, y] = [Math.abs(p.x) - -p.z * tx, Math.abs(p.y) - -p.z * ty];
            expect(Math.max(x, y)).toBeLessThan(1e-3);
            fullest = Math.max(fullest, 1 + Math.max(x, y));
          }
          if (fit.distance > minimum) expect(fullest).toBeGreaterThan(1 - 1e-3);
        },
      ),
    );
  });

  it('leaves hidden points out, and stands back from a single one', () => {
    const data = Float32Array.of(1, 2, 3, 100, 100, 100);
    const fit = fitCamera(data, 2, Float32Array.of(1, 0), 0.3, 1.2, [0.5, 0.5], 2);
    fit.target.forEach((value, i) => expect(value).toBeCloseTo([1, 2, 3][i]!, 5));
    expect(fit.distance).toBe(2);
    expect(fitCamera(data, 0, new Float32Array(0), 0, 1, [1, 1], 2)).toEqual({ target: [0, 0, 0], distance: 2 });
  });
});

describe('projecting to the screen', () => {
  it('agrees with three for every point in front of the camera', () => {
    fc.assert(
      fc.property(cloud(1), (data) => {
        const camera = new PerspectiveCamera(40, 1.6, 0.02, 400);
        camera.position.set(3, 9, 31);
        camera.lookAt(0, 1, 0);
        camera.setViewOffset(800, 500, -60, 12, 800, 500);
        camera.updateMatrixWorld();
        const matrix = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
        const count = data.length / 3;
        const screen = createScreen(count);
        const disc = { perspective: 100, minimum: 1, maximum: 20 };
        projectPoints(data, count, matrix.elements, 800, 500, new Float32Array(count).fill(1), disc, screen);
        for (let i = 0; i < count; i++) {
          const point = new Vector3().fromArray(data, i * 3);
          const depth = -point.clone().applyMatrix4(camera.matrixWorldInverse).z;
          point.project(camera);
          // Points of +-20 seen from 30 away: Float32 pixels are good to 0.01.
          expect(screen.x[i]).toBeCloseTo(((point.x + 1) / 2) * 800, 1);
          expect(screen.y[i]).toBeCloseTo(((1 - point.y) / 2) * 500, 1);
          expect(screen.depth[i]).toBeCloseTo(depth, 3);
          expect(screen.radius[i]).toBeCloseTo(Math.min(Math.max(100 / depth, 1), 20), 3);
        }
      }),
    );
  });

  it('gives no depth to what is behind the camera or hidden', () => {
    const camera = new PerspectiveCamera(40, 1, 0.02, 400);
    camera.updateMatrixWorld();
    const screen = createScreen(3);
    const data = Float32Array.of(0, 0, 5, 0, 0, -5, 0, 0, -5);
    const sizes = Float32Array.of(1, 1, 0);
    const disc = { perspective: 1, minimum: 1, maximum: 2 };
    projectPoints(data, 3, camera.projectionMatrix.elements, 100, 100, sizes, disc, screen);
    expect([...screen.depth]).toEqual([0, 5, 0]);
  });
});

describe('layout and world', () => {
  it('centres the cloud, with a root mean square distance of 1', () => {
    fc.assert(
      fc.property(cloud(2), (data) => {
        const positions = positionsOf(data);
        const world = new Float32Array(data.length);
        toWorld(positions, fitTransform(positions), false, world);
        const square = world.reduce((sum, value) => sum + value * value, 0) / positions.rows;
        const spread = data.some((value, i) => Math.abs(value - data[i % 3]!) > 1e-3);
        if (spread) expect(square).toBeCloseTo(1, 3);
      }),
    );
  });

  it('finds the way back', () => {
    fc.assert(
      fc.property(cloud(2), (data) => {
        const positions = positionsOf(data);
        const transform = fitTransform(positions);
        const world = new Float32Array(data.length);
        toWorld(positions, transform, false, world);
        for (let i = 0; i < data.length; i += 3) {
          const back = toLayout([world[i]!, world[i + 1]!, world[i + 2]!], transform);
          back.forEach((value, j) => expect(Math.abs(value - data[i + j]!)).toBeLessThan(1e-4));
        }
      }),
    );
  });

  it('lays a 2D layout, or a flattened one, into the plane', () => {
    const out = new Float32Array(6).fill(9);
    toWorld(positionsOf(Float32Array.of(1, 2, 3, 4), 2), { centre: [1, 1, 0], scale: 2 }, false, out);
    expect([...out]).toEqual([0, 2, 0, 4, 6, 0]);
    toWorld(positionsOf(Float32Array.of(1, 2, 3)), { centre: [0, 0, 0], scale: 1 }, true, out);
    expect([...out.subarray(0, 3)]).toEqual([1, 2, 0]);
  });

  it('survives no points, one, and all in one place', () => {
    for (const data of [[], [5, 5, 5], [5, 5, 5, 5, 5, 5]]) {
      const { centre, scale } = fitTransform(positionsOf(Float32Array.from(data)));
      expect(scale).toBe(1);
      expect(centre).toEqual(data.length > 0 ? [5, 5, 5] : [0, 0, 0]);
    }
  });

  it('refuses a position that is not finite, and names the row', () => {
    const positions = positionsOf(Float32Array.of(1, 2, 3, 4, NaN, 6));
    expect(() => checkPositions(positions, ['cat', 'dog'])).toThrow(InputError);
    expect(() => checkPositions(positions, ['cat', 'dog'])).toThrow(/Row 2 of 2 .*dog.* 4, NaN, 6/);
    expect(() => checkPositions({ ...positions, rows: 3 }, [])).toThrow(RangeError);
  });
});
