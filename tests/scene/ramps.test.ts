import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, type Rgb } from '../../src/scene/colour';
import {
  absentColour,
  colourValues,
  continuousRamp,
  discSize,
  discSizes,
  extentOf,
  rampSteps,
  shareOf,
  similarityColour,
  similarityRamp,
  sizeValues,
} from '../../src/scene/ramps';
import { leastDistance, seen, themes, visions } from './vision';

describe.each(Object.entries(themes))('a ramp on %s', (name, theme) => {
  const ramp = continuousRamp(theme);

  it('is viridis, from the first colour with a contrast of 3:1 to the end that differs most from the background', () => {
    expect(ramp).toHaveLength(rampSteps);
    // The published ends: yellow and purple.
    expect(ramp.at(-1)).toEqual(name === 'dark' ? [253, 231, 37] : [68, 1, 84]);
    const contrasts = ramp.map((colour) => contrast(colour, theme.background));
    expect(contrasts[0]).toBeGreaterThanOrEqual(3);
    expect(contrasts[0]).toBeLessThan(3.1);
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b));
  });

  it.each(Object.entries(visions))('never looks like a missing number, with %s', (_, matrix) => {
    const absent = absentColour(theme);
    for (const colour of ramp) expect(leastDistance([colour, absent], matrix)).toBeGreaterThan(0.09);
  });

  it('has steps finer than a reader can tell apart, 0.02 in OKLab', () => {
    const steps = ramp.map((colour) => seen(colour, visions.normal!));
    const distances = steps.slice(1).map((colour, i) => Math.hypot(...colour.map((c, at) => c - steps[i]![at]!)));
    expect(Math.max(...distances)).toBeLessThan(0.02);
  });

  it('shows similarity as one way from muted to the accent', () => {
    expect(similarityColour(1, theme)).toEqual(theme.accent);
    const ways = similarityRamp(theme).map((colour) => Math.hypot(...colour.map((c, i) => c - theme.accent[i]!)));
    expect(ways).toEqual(ways.toSorted((a, b) => b - a));
    expect(similarityRamp(theme).at(-1)).toEqual(theme.accent);
    expect(similarityColour(7, theme)).toEqual(theme.accent);
  });
});

const ramp: Rgb[] = [
  [0, 0, 0],
  [1, 1, 1],
  [2, 2, 2],
];
const absent: Rgb = [9, 9, 9];
const number = fc.oneof(fc.constant(NaN), fc.double({ noNaN: true, noDefaultInfinity: true }));

describe('numbers as colours and sizes', () => {
  it('go from the least to the greatest, and say how many are missing', () => {
    const values = [10, NaN, 30, 20];
    const extent = extentOf(values);
    expect(extent).toEqual({ low: 10, high: 30, absent: 1 });
    expect([...colourValues(values, extent, ramp, absent)]).toEqual([0, 0, 0, 9, 9, 9, 2, 2, 2, 1, 1, 1]);
    const { least, greatest } = discSizes;
    const sizes = sizeValues(values, extent);
    expect([sizes[0], sizes[1], sizes[2]]).toEqual([least, least, greatest].map(Math.fround));
  });

  it('stand in the middle where all are one, and nowhere where there is none', () => {
    expect([...colourValues([4, 4], extentOf([4, 4]), ramp, absent)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(extentOf([NaN])).toEqual({ low: NaN, high: NaN, absent: 1 });
    expect([...colourValues([NaN], extentOf([NaN]), ramp, absent)]).toEqual([9, 9, 9]);
    expect(extentOf([])).toEqual({ low: NaN, high: NaN, absent: 0 });
  });

  it('have places between the smallest of all numbers, and the farthest apart', () => {
    expect(shareOf(0, extentOf([-Number.MIN_VALUE, 0]))).toBe(1);
    expect(shareOf(0, extentOf([-Number.MAX_VALUE, 0, Number.MAX_VALUE]))).toBe(0.5);
  });

  it('keep their order, at any scale', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const extent = extentOf(values);
        const colours = colourValues(values, extent, ramp, absent);
        const sizes = sizeValues(values, extent);
        values.forEach((a, i) => {
          if (Number.isNaN(a)) {
            expect(colours[i * 3]).toBe(9);
            return;
          }
          const share = shareOf(a, extent);
          expect(share >= 0 && share <= 1).toBe(true);
          values.forEach((b, j) => {
            if (a > b) {
              expect(colours[i * 3]).toBeGreaterThanOrEqual(colours[j * 3]!);
              expect(sizes[i]).toBeGreaterThanOrEqual(sizes[j]!);
            }
          });
        });
      }),
    );
  });

  it('make areas, not breadths, even', () => {
    const area = (share: number) => discSize(share) ** 2;
    expect(area(0.5) - area(0)).toBeCloseTo(area(1) - area(0.5), 10);
  });
});
