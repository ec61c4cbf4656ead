import fc from 'fast-check';
import { Matrix4, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { wish } from '../../src/scene/emphasis';
import { Grab } from '../../src/scene/vrGrab';
import { wrapText } from '../../src/scene/vrLabels';
import { labelRows, measureCloud, pickByRay, spread } from '../../src/scene/vrPicking';

const at = (x: number, y: number, z: number) => new Matrix4().setPosition(x, y, z);
const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const place = fc.tuple(coordinate, coordinate, coordinate);

function grabAt(x: number, y: number, z: number): Grab {
  const grab = new Grab();
  grab.place(at(x, y, z));
  return grab;
}

/** Where a point of the cloud is in the room. */
const inRoom = (grab: Grab, x = 0, y = 0, z = 0) => new Vector3(x, y, z).applyMatrix4(grab.room).toArray();

/** In metres: half a millimetre is less than a hand trembles, and rotations of nearly half a turn are no more exact. */
function expectNear(found: readonly number[], wanted: readonly number[]): void {
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3));
}

describe('the cloud in hands', () => {
  it('follows one that holds it, as a thing in the hand does, and no other', () => {
    const grab = grabAt(0, 1, -1);
    grab.move(0, at(5, 5, 5));
    grab.step();
    expectNear(inRoom(grab), [0, 1, -1]);
    grab.hold(0, at(0, 1, 0));
    // A quarter turn in the hand, which also goes up.
    grab.move(0, new Matrix4().makeRotationY(Math.PI / 2).setPosition(0, 1.5, 0));
    grab.step();
    expectNear(inRoom(grab), [-1, 1.5, 0]);
    grab.release(0);
    grab.move(0, at(3, 3, 3));
    grab.step();
    expectNear(inRoom(grab), [-1, 1.5, 0]);
  });

  it('keeps under two what is under each, wherever they go', () => {
    fc.assert(
      fc.property(place, place, place, place, (a, b, c, d) => {
        const apart = Math.hypot(...a.map((value, i) => value - b[i]!));
        const later = Math.hypot(...c.map((value, i) => value - d[i]!));
        fc.pre(apart > 0.1 && later > 0.1 && later / apart > 0.11 && later / apart < 19);
        const grab = grabAt(0, 0, 0);
        grab.hold(0, at(...a));
        grab.hold(1, at(...b));
        grab.move(0, at(...c));
        grab.move(1, at(...d));
        grab.step();
        expectNear(inRoom(grab, ...a), c);
        expectNear(inRoom(grab, ...b), d);
        expect(grab.room.getMaxScaleOnAxis()).toBeCloseTo(later / apart, 4);
      }),
    );
  });

  it('has a least and a greatest size, and does not jump as one of two lets go', () => {
    const grab = grabAt(0, 0, 0);
    grab.hold(0, at(-0.1, 0, 0));
    grab.hold(1, at(0.1, 0, 0));
    grab.move(1, at(1000, 0, 0));
    grab.step();
    expect(grab.room.getMaxScaleOnAxis()).toBeCloseTo(20, 5);
    const before = grab.room.clone();
    grab.release(1);
    grab.step();
    expectNear(grab.room.elements, before.elements);
  });
});

describe('pointing in a room', () => {
  const sizes = (count: number) => new Float32Array(count).fill(1);

  it('finds the first disc that the ray meets, else the nearest within its cone, and never what is behind or hidden', () => {
    const positions = Float32Array.of(0, 0, -3, 0, 0.01, -2, 0.03, 0, -1, 0, 0, 1, 0, 0, -0.5);
    const shown = sizes(5);
    shown[4] = 0;
    expect(pickByRay(positions, shown, [0, 0, 0], [0, 0, -1], 0.02)).toBe(1);
    shown[1] = 0;
    expect(pickByRay(positions, shown, [0, 0, 0], [0, 0, -1], 0.02)).toBe(0);
    shown[0] = 0;
    expect(pickByRay(positions, shown, [0, 0, 0], [0, 0, -1], 0.02)).toBe(2);
    expect(pickByRay(positions, shown, [0, 0, 0], [0, 1, 0], 0.02)).toBe(-1);
  });

  it('labels what is selected and near first, then what stands nearest of those that are spread', () => {
    const positions = Float32Array.of(0, 0, 0, 0.01, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0);
    const rows = spread(positions, sizes(5), 0.5);
    expect([...rows]).toEqual([0, 2, 3, 4]);
    const wishes = Uint8Array.of(wish.ordinary, wish.neighbour, wish.none, wish.ordinary, wish.selected);
    expect(labelRows(rows, positions, wishes, [2.1, 0, 0], 3)).toEqual([4, 1, 3]);
    expect(labelRows(rows, positions, wishes, [2.1, 0, 0], 9)).toEqual([4, 1, 3, 0]);
  });

  it('measures what is shown', () => {
    const positions = Float32Array.of(3, 0, 4, 0, -2, 0, 100, 100, 100);
    expect(measureCloud(positions, Float32Array.of(1, 1, 0))).toEqual({ across: 10, tall: 4 });
  });
});

describe('the panel’s lines', () => {
  const width = (text: string) => text.length;

  it('break between words, keep every word while there is room, and end in an ellipsis where there is none', () => {
    expect(wrapText('one two three four', 3, 9, width)).toEqual(['one two', 'three', 'four']);
    expect(wrapText('one two three four', 2, 9, width)).toEqual(['one two', 'three fo…']);
    expect(wrapText('  short ', 6, 9, width)).toEqual(['short']);
    expect(wrapText('', 6, 9, width)).toEqual([]);
  });

  it('are never wider than the panel, and break a word that is', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 3, max: 20 }), (text, limit) => {
        const lines = wrapText(text, 6, limit, width);
        expect(lines.length).toBeLessThanOrEqual(6);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(limit);
      }),
    );
    expect(wrapText('abcdefghij', 6, 4, width)).toEqual(['abc', 'def', 'ghij']);
  });
});
