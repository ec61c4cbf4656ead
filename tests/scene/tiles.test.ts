import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { straighten, tilesOf } from '../../src/scene/tiles';

describe('a picture in pieces', () => {
  it('is one piece where it fits', () => {
    const whole = { x: 0, y: 0, width: 1280, height: 800 };
    expect(tilesOf(1280, 800, 50, 8192)).toEqual([{ ...whole, inner: whole }]);
  });

  it('is covered once, by pieces that can be drawn and have all around them that reaches in', () => {
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 8, max: 90 }),
        (width, height, around, step) => {
          const largest = 2 * around + step;
          const covered = new Uint8Array(width * height);
          for (const { inner, ...tile } of tilesOf(width, height, around, largest)) {
            expect(Math.max(tile.width, tile.height)).toBeLessThanOrEqual(largest);
            expect(tile.x).toBe(Math.max(inner.x - around, 0));
            expect(tile.y).toBe(Math.max(inner.y - around, 0));
            expect(tile.x + tile.width).toBe(Math.min(inner.x + inner.width + around, width));
            expect(tile.y + tile.height).toBe(Math.min(inner.y + inner.height + around, height));
            for (let y = inner.y; y < inner.y + inner.height; y++)
              for (let x = inner.x; x < inner.x + inner.width; x++) covered[y * width + x]!++;
          }
          expect(covered.every((times) => times === 1)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is turned the right way up, and its colours are freed of their opacity', () => {
    const [opaque, half, clear, faint] = [
      [10, 20, 30, 255],
      [64, 0, 128, 128],
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ];
    const pixels = Uint8Array.from([...opaque!, ...half!, ...clear!, ...faint!]);
    expect([...straighten(pixels, 2)]).toEqual([...clear!, 255, 255, 255, 1, ...opaque!, 128, 0, 255, 128]);
  });
});
