import { greySlots } from '../../src/groupColours';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, parseColour } from '../../src/scene/colour';
import { LabelColours } from '../../src/scene/labelColours';
import { categoricalPalette, colourGroups, greyColour } from '../../src/scene/palette';
import { leastDistance, themes, visions } from './vision';

describe.each(Object.entries(themes))('the palette on %s', (name, theme) => {
  const palette = categoricalPalette(theme);

  it('has twelve colours and a grey that reach the contrast of WCAG 1.4.11 (3:1)', () => {
    expect(palette).toHaveLength(12);
    for (const colour of [...palette, greyColour(theme)])
      expect(contrast(colour, theme.background)).toBeGreaterThanOrEqual(3);
  });

  it('gives labels that reach the contrast of text (4.5:1) however faded, and stay behind those that are not', () => {
    const labels = new LabelColours(theme);
    for (const colour of [...palette, greyColour(theme)]) {
      const faded = [0, 0.25, 0.5, 0.75, 1].map((fade) => contrast(labels.of(...colour, fade), theme.background));
      expect(faded).toEqual(faded.toSorted((a, b) => b - a));
      expect(faded.at(-1)).toBeGreaterThanOrEqual(4.5);
      // Not much more: clearly behind the labels of the selected texts and their neighbours.
      expect(faded.at(-1)).toBeLessThan(0.4 * contrast(theme.text, theme.background));
    }
  });

  // A just noticeable difference is 0.02 in OKLab (CSS Color 4). By this same measure the eight colours of Okabe and Ito
  // come to 0.076 (deuteranopia).
  it.each(Object.entries(visions))('is told apart with %s', (vision, matrix) => {
    const least = name === 'dark' ? 0.088 : 0.073;
    expect(leastDistance([...palette, greyColour(theme)], matrix)).toBeGreaterThan(0.04);
    expect(leastDistance(palette, matrix), vision).toBeGreaterThan(least);
    expect(leastDistance(palette.slice(0, 6), matrix), vision).toBeGreaterThan(0.1);
  });
});

describe('colouring groups', () => {
  const theme = themes.dark;

  it('gives colours in order of appearance, so that a new group changes no other', () => {
    const before = colourGroups(['b', 'a', undefined, 'b'], theme);
    const after = colourGroups(['b', 'a', undefined, 'b', 'c', 'c', 'c'], theme);
    expect(after.colours.slice(0, 12)).toEqual(before.colours);
    expect(after.legend.map(({ group, count, own }) => [group, count, own])).toEqual([
      ['b', 2, true],
      ['a', 1, true],
      ['c', 3, true],
    ]);
    expect([...before.colours.slice(6, 9)]).toEqual([...greyColour(theme)]);
    expect([...after.slots]).toEqual([0, 1, greySlots.none, 0, 2, 2, 2]);
  });

  it('leaves the smallest of more groups than colours grey, and says so', () => {
    const groups = Array.from({ length: 14 }, (_, i) => Array.from({ length: i + 1 }, () => `g${i}`)).flat();
    const { legend, colours, slots } = colourGroups(groups, theme);
    expect([...slots.slice(0, 4)]).toEqual([greySlots.rest, greySlots.rest, greySlots.rest, 11]);
    expect(legend.filter((entry) => !entry.own).map((entry) => entry.group)).toEqual(['g1', 'g0']);
    expect([...colours.slice(0, 3)]).toEqual([...greyColour(theme)]);
    expect([...colours.slice(-3)]).toEqual([...categoricalPalette(theme)[0]!]);
  });

  it('survives 5,000 groups', () => {
    const { legend } = colourGroups(
      Array.from({ length: 5000 }, (_, i) => `g${i}`),
      theme,
    );
    expect(legend.filter((entry) => entry.own)).toHaveLength(12);
  });

  it('gives every row the colour of its entry, and counts every row once', () => {
    const names = fc.option(fc.string({ maxLength: 2 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(names, { maxLength: 60 }), (groups) => {
        const { colours, slots, legend } = colourGroups(groups, theme);
        const none = groups.filter((group) => group === undefined).length;
        expect(legend.reduce((sum, { count }) => sum + count, none)).toBe(groups.length);
        groups.forEach((group, row) => {
          const entry = legend.find((each) => each.group === group);
          expect([...colours.slice(row * 3, row * 3 + 3)]).toEqual([...(entry?.colour ?? greyColour(theme))]);
          const slot = !entry ? greySlots.none : entry.own ? legend.indexOf(entry) : greySlots.rest;
          expect(slots[row]).toBe(slot);
        });
        const least = Math.min(...legend.filter(({ own }) => own).map(({ count }) => count));
        for (const { own, count } of legend) if (!own) expect(count).toBeLessThanOrEqual(least);
      }),
    );
  });
});

describe('colours', () => {
  it('reads the ways in which a page writes them', () => {
    expect(parseColour(' #7cC4ff')).toEqual([124, 196, 255]);
    expect(parseColour('#0af')).toEqual([0, 170, 255]);
    expect(parseColour('rgb(1, 20, 255)')).toEqual([1, 20, 255]);
    expect(() => parseColour('blue-ish')).toThrow(RangeError);
  });

  it('has the contrast of WCAG: 21 for black on white, 4.54 for #767676 on white', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 6);
    // The example that WebAIM gives for the least grey that passes AA.
    expect(contrast(parseColour('#767676'), [255, 255, 255])).toBeCloseTo(4.54, 2);
  });
});
