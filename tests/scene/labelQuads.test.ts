import { describe, expect, test } from 'vitest';
import { LabelQuads, mostQuads, quadLayout } from '../../src/scene/labelQuads';
import { quadKind } from '../../src/scene/labelShaders';

const tile = { x: 100, y: 40, width: 30, height: 12, left: -3, top: -7, coloured: false, used: 1 };
const numbers = quadLayout.stride / 4;

function vertexOf({ vertices }: LabelQuads, index: number) {
  const at = index * numbers;
  const bytes = new Uint8Array(vertices.buffer, vertices.byteOffset + at * 4 + quadLayout.colour.offset, 4);
  return {
    place: [...vertices.subarray(at, at + 4)],
    look: [...vertices.subarray(at + 4, at + 7)],
    colour: [...bytes],
  };
}

describe('quads of labels', () => {
  test('a tile lies on whole pixels, one to one with the texture', () => {
    const quads = new LabelQuads();
    quads.addTile(tile, 200.4, 99.6, [232, 20, 7], 0.5, 0.25);
    const corners = [0, 1, 2, 3].map((i) => vertexOf(quads, i));
    expect(corners.map(({ place }) => place)).toEqual([
      [197, 93, 100, 40],
      [227, 93, 130, 40],
      [197, 105, 100, 52],
      [227, 105, 130, 52],
    ]);
    for (const { look, colour } of corners) {
      // Rows of a plane, then how opaque the outline is, and the letters over it.
      expect(look).toEqual([12, 0.5, 0.375]);
      expect(colour).toEqual([232, 20, 7, quadKind.letters]);
    }
  });

  test('a line has its width and a soft pixel on both sides, at right angles to its course', () => {
    const quads = new LabelQuads();
    quads.addLine(10, 20, 40, 60, 3, [1, 2, 3]);
    const [a, b, c] = [0, 1, 2].map((i) => vertexOf(quads, i));
    const [across, along] = [
      [b!.place[0]! - a!.place[0]!, b!.place[1]! - a!.place[1]!],
      [c!.place[0]! - a!.place[0]!, c!.place[1]! - a!.place[1]!],
    ];
    expect(Math.hypot(...across)).toBeCloseTo(5, 4);
    expect(along).toEqual([expect.closeTo(30, 4), expect.closeTo(40, 4)]);
    expect(across[0]! * along[0]! + across[1]! * along[1]!).toBeCloseTo(0, 3);
    expect(a!.place[2]).toBe(-2.5);
    expect(b!.place[2]).toBe(2.5);
    expect(a!.look[0]).toBe(1.5);
    expect(a!.colour).toEqual([1, 2, 3, quadKind.line]);
  });

  test('earlier quads stay when the array grows, a frame begins anew, and there are never more than have indices', () => {
    const quads = new LabelQuads();
    for (let i = 0; i < mostQuads + 5; i++) quads.addTile({ ...tile, x: i }, 0, 0, [0, 0, 0], 1, 0);
    expect(quads.count).toBe(mostQuads);
    expect(quads.room).toBe(mostQuads);
    expect(vertexOf(quads, 0).place[2]).toBe(0);
    expect(vertexOf(quads, 4 * 300).place[2]).toBe(300);
    quads.clear();
    expect(quads.vertices).toHaveLength(0);
  });
});
