import fc from 'fast-check';
import { PerspectiveCamera } from 'three';
import { describe, expect, it, vi } from 'vitest';
import { gizmoAxes } from '../../src/scene/gizmo';
import { Ground, measureGround } from '../../src/scene/ground';
import type { Lines } from '../../src/scene/lines';
import { Origins } from '../../src/scene/origins';
import { Rotation } from '../../src/scene/rotation';
import { createTheme } from '../../src/scene/theme';
import { mostTrails, sampleRows, Trails } from '../../src/scene/trails';

const theme = createTheme({});

/** Start and end of each line that is drawn. */
function linesOf({ mesh }: Lines): { start: number[]; end: number[] }[] {
  if (!mesh.visible) return [];
  const [start, end] = [mesh.geometry.getAttribute('start'), mesh.geometry.getAttribute('end')];
  return Array.from({ length: mesh.geometry.instanceCount }, (_, i) => ({
    start: [start.getX(i), start.getY(i), start.getZ(i)],
    end: [end.getX(i), end.getY(i), end.getZ(i)],
  }));
}

describe('the ground', () => {
  const coordinate = fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround);
  const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 30 });

  it('lies under every text that is shown, and is wide enough for all', () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const sizes = Float32Array.from(points, (_, i) => (i % 4 === 3 ? 0 : 1));
        const { level, half } = measureGround(Float32Array.from(points.flat()), sizes);
        points.forEach(([x, y, z], i) => {
          if (sizes[i] === 0) return;
          expect(y).toBeGreaterThan(level);
          expect(Math.max(Math.abs(x), Math.abs(z))).toBeLessThanOrEqual(half);
        });
      }),
    );
    expect(measureGround(new Float32Array(0), new Float32Array(0)).half).toBeGreaterThan(0);
  });

  it('has an upright line from each selected text down to it, which follows the text', () => {
    const positions = Float32Array.of(0.5, 0.25, -0.75, 1, -1, 0.5, 0, 2, 0);
    const sizes = Float32Array.of(1, 1, 0);
    const ground = new Ground();
    const uprights = () =>
      linesOf(ground).filter(({ start, end }) => start[0] === end[0] && start[2] === end[2] && start[1] !== end[1]);
    ground.set(true, [0, 2], sizes, theme);
    ground.follow(positions);
    const level = Math.fround(measureGround(positions, sizes).level);
    // The third text is selected and hidden.
    expect(uprights()).toEqual([{ start: [0.5, 0.25, -0.75], end: [0.5, level, -0.75] }]);
    positions[0] = 0.125;
    ground.follow(positions);
    expect(uprights()).toEqual([{ start: [0.125, 0.25, -0.75], end: [0.125, level, -0.75] }]);
    ground.set(false, [0], sizes, theme);
    ground.follow(positions);
    expect(linesOf(ground)).toEqual([]);
  });

  it('draws no more than 64 lines down', () => {
    const ground = new Ground();
    const count = (selected: number) => {
      const sizes = new Float32Array(200).fill(1);
      ground.set(true, Array(selected).keys(), sizes, theme);
      return linesOf(ground).length;
    };
    expect(count(64)).toBeGreaterThan(count(63));
    expect(count(200)).toBe(count(64));
  });
});

describe('trails', () => {
  const look = (sizes: number[]) => ({
    colours: new Uint8Array(sizes.length * 4).fill(200),
    sizes: Float32Array.from(sizes),
    wishes: new Uint8Array(sizes.length),
  });

  const none = new Set<number>();

  it('are at most 2,000, of texts all over the map and of the selected ones', () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => row);
    const chosen = new Set([17, 4003, 99_998]);
    const sample = [...sampleRows(rows, chosen, mostTrails)];
    expect(new Set(sample).size).toBe(mostTrails);
    expect(sample.slice(0, 3)).toEqual([...chosen]);
    const others = sample.slice(3);
    for (const [i, row] of others.slice(1).entries()) expect(row - others[i]!).toBeLessThan(60);
    expect(others.at(-1)).toBeGreaterThan(99_900);
    expect([...sampleRows(rows, new Set(rows), mostTrails)]).toEqual(rows.slice(0, mostTrails));
    expect([...sampleRows([5, 2], new Set([2]), mostTrails)]).toEqual([5, 2]);
    const trails = new Trails();
    trails.set(true, new Float32Array(3 * 3000), none, look(Array(3000).fill(1)));
    expect(linesOf(trails)).toHaveLength(mostTrails);
  });

  it('lead from where each text was to where it is; new and hidden texts have none', () => {
    const trails = new Trails();
    const origins = Float32Array.of(1, 2, 3, NaN, NaN, NaN, 4, 5, 6, 7, 8, 9);
    trails.set(true, origins, none, look([1, 1, 0, 1]));
    trails.follow(Float32Array.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21));
    expect(linesOf(trails)).toEqual([
      { start: [1, 2, 3], end: [10, 11, 12] },
      { start: [7, 8, 9], end: [19, 20, 21] },
    ]);
    trails.set(false, origins, none, look([1, 1, 1, 1]));
    expect(linesOf(trails)).toEqual([]);
  });

  it('begin where texts stood when the last run began, by id, whatever came and went since', () => {
    const origins = new Origins();
    origins.rearrange(Int32Array.of(-1, -1), new Float32Array(0), true);
    expect([...origins.places]).toEqual(Array(6).fill(NaN));
    origins.rearrange(Int32Array.of(1, 0), Float32Array.of(1, 1, 1, 2, 2, 2), true);
    expect([...origins.places]).toEqual([2, 2, 2, 1, 1, 1]);
    // A text is added and one goes: no run.
    origins.rearrange(Int32Array.of(-1, 1), Float32Array.of(8, 8, 8, 9, 9, 9), false);
    expect([...origins.places]).toEqual([NaN, NaN, NaN, 1, 1, 1]);
    origins.rearrange(Int32Array.of(0, 1), Float32Array.of(5, 5, 5, 6, 6, 6), true);
    expect([...origins.places]).toEqual([5, 5, 5, 6, 6, 6]);
  });
});

describe('the axes', () => {
  const seen = (x: number, y: number, z: number) => {
    const camera = new PerspectiveCamera();
    camera.position.set(x, y, z);
    camera.lookAt(0, 0, 0);
    camera.updateMatrixWorld();
    return gizmoAxes(camera.matrixWorldInverse.elements);
  };

  it('point as a camera sees them, the one towards it last', () => {
    const front = seen(0, 0, 4);
    expect(front.at(-1)).toMatchObject({ name: 'z', towards: 1 });
    const find = (name: string) => front.find((axis) => axis.name === name)!;
    expect([find('x').right, find('x').down, find('y').right, find('y').down]).toEqual(
      [1, -0, 0, -1].map((v) => expect.closeTo(v, 9)),
    );
    const side = seen(4, 0, 0);
    expect(side.at(-1)?.name).toBe('x');
    expect(side.find(({ name }) => name === 'z')!.right).toBeCloseTo(-1, 9);
  });
});

describe('the slow turn', () => {
  function turning(mayTurn = true) {
    const element = new EventTarget();
    const drift = vi.fn((_radians: number) => mayTurn);
    const wake = vi.fn();
    const rotation = new Rotation(element, { drift }, wake);
    const stopped = (rotation.onStop = vi.fn());
    return { element, drift, wake, rotation, stopped };
  }

  it('turns at one pace while it is on, and asks for frames only then', () => {
    const { rotation, drift, wake } = turning();
    expect(rotation.step(16)).toBe(false);
    expect(drift).not.toHaveBeenCalled();
    rotation.on = true;
    expect(wake).toHaveBeenCalledOnce();
    expect(rotation.step(500)).toBe(true);
    expect(rotation.step(250)).toBe(true);
    const [first = 0, second = 0] = drift.mock.calls.map(([radians]) => radians);
    expect(first).toBeCloseTo(2 * second, 12);
    expect(first).toBeLessThan(0.1);
    rotation.on = false;
    expect(rotation.step(16)).toBe(false);
  });

  it.each(['pointerdown', 'wheel', 'keydown'])('stops at the first touch by %s, and says so once', (touch) => {
    const { element, rotation, stopped } = turning();
    element.dispatchEvent(new Event(touch));
    expect(stopped).not.toHaveBeenCalled();
    rotation.on = true;
    element.dispatchEvent(new Event(touch));
    element.dispatchEvent(new Event(touch));
    expect(stopped).toHaveBeenCalledOnce();
    expect(rotation.step(16)).toBe(false);
  });

  it('asks for no frame where the camera may not turn by itself, and hears no touch once it is disposed of', () => {
    const { element, rotation, stopped } = turning(false);
    rotation.on = true;
    expect(rotation.step(16)).toBe(false);
    rotation.dispose();
    element.dispatchEvent(new Event('wheel'));
    expect(stopped).not.toHaveBeenCalled();
  });
});
