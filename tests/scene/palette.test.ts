import { describe, expect, it } from 'vitest';
import type { Rgb } from '../../src/scene/colour';
import { linearLight } from '../../src/linearLight';
import { contrast, parseColour } from '../../src/scene/colour';
import { LabelColours } from '../../src/scene/labelColours';
import {
  categoricalPalette,
  colourGroups,
  continuousColour,
  greyColour,
  similarityColour,
} from '../../src/scene/palette';
import { createTheme } from '../../src/scene/theme';

const themes = {
  dark: createTheme({}),
  light: createTheme({ '--background': '#f7f8fb', '--text': '#151a26', '--muted': '#5b6476', '--accent': '#0b63c4' }),
};

/**
 * What colour-blind readers see, in linear RGB. Machado, Oliveira and Fernandes: A Physiologically-based Model for
 * Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009; the matrices of severity 1.0.
 */
const visions: Record<string, readonly number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** OKLab (Ottosson, 2020) of a colour as a vision sees it. */
function seen(rgb: Rgb, matrix: readonly number[]): [number, number, number] {
  const light = rgb.map(linearLight);
  const [r, g, b] = [0, 3, 6].map((row) => {
    const value = matrix[row]! * light[0]! + matrix[row + 1]! * light[1]! + matrix[row + 2]! * light[2]!;
    return Math.min(Math.max(value, 0), 1);
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function leastDistance(colours: readonly Rgb[], matrix: readonly number[]): number {
  const points = colours.map((colour) => seen(colour, matrix));
  return Math.min(
    ...points.flatMap((a, i) => points.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))),
  );
}

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
      const faded = [0, 0.25, 0.5, 0.75, 1].map((fade) => contrast(labels.of(colour, fade), theme.background));
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

  it('shows similarity as one way from muted to the accent', () => {
    expect(similarityColour(1, theme)).toEqual(theme.accent);
    const ways = [0, 0.25, 0.5, 0.75, 1].map((t) => {
      const colour = similarityColour(t, theme);
      return Math.hypot(...colour.map((value, i) => value - theme.accent[i]!));
    });
    expect(ways).toEqual([...ways].sort((a, b) => b - a));
    expect(similarityColour(7, theme)).toEqual(theme.accent);
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
  });

  it('leaves the smallest of more groups than colours grey, and says so', () => {
    const groups = Array.from({ length: 14 }, (_, i) => Array.from({ length: i + 1 }, () => `g${i}`)).flat();
    const { legend, colours } = colourGroups(groups, theme);
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

  it('ends viridis in the published purple and yellow', () => {
    expect(continuousColour(0)).toEqual([68, 1, 84]);
    expect(continuousColour(1)).toEqual([253, 231, 37]);
  });
});
