import { describe, expect, it } from 'vitest';
import { applyEmphasis, wish, type Appearance, type EmphasisInput } from '../../src/scene/emphasis';
import { mark } from '../../src/scene/points';
import { createRowStyle } from '../../src/scene/rowStyle';
import { createTheme } from '../../src/scene/theme';

const count = 1000;
const style = createRowStyle(count, [200, 200, 200]);

/** How rows look when the first `selected` of them are selected. */
function lookOf(selected: number, other: Partial<EmphasisInput> = {}): Appearance {
  const look: Appearance = {
    colours: new Uint8Array(count * 4),
    sizes: new Float32Array(count),
    wishes: new Uint8Array(count),
  };
  const none: ReadonlySet<number> = new Set();
  applyEmphasis(
    {
      count,
      style,
      selected: new Set(Array.from({ length: selected }, (_, row) => row)),
      neighbours: new Map(),
      torn: none,
      intruders: none,
      tints: new Map(),
      provisional: none,
      pinned: none,
      hidden: none,
      newborn: none,
      found: none,
      hovered: -1,
      theme: createTheme({}),
      ...other,
    },
    look,
  );
  return look;
}

const last = (found: number) => ({ found: new Set(Array.from({ length: found }, (_, i) => count - 1 - i)) });
const isRinged = (look: Appearance, row: number) => look.colours[row * 4 + 3] === mark.selected;
const isDimmed = (look: Appearance, row: number) => look.colours[row * 4]! < 200;

describe('selected points', () => {
  it('are ringed, large and named first, and the rest is dimmed', () => {
    const look = lookOf(3);
    expect([isRinged(look, 2), isRinged(look, 3)]).toEqual([true, false]);
    expect([isDimmed(look, 2), isDimmed(look, 3)]).toEqual([false, true]);
    expect(look.sizes[2]).toBeGreaterThan(look.sizes[3]!);
    expect([look.wishes[2], look.wishes[3]]).toEqual([wish.selected, wish.ordinary]);
  });

  it('are named like neighbours where they are many, and not ringed where they are very many; the rest is dimmed', () => {
    const some = lookOf(100);
    expect([isRinged(some, 2), some.wishes[2]]).toEqual([true, wish.neighbour]);
    const many = lookOf(600);
    expect([isRinged(many, 2), many.sizes[2], many.wishes[2]]).toEqual([false, 1, wish.neighbour]);
    expect([isDimmed(many, 599), isDimmed(many, 600)]).toEqual([false, true]);
  });
});

describe('what the map misplaces around the selected text', () => {
  const look = lookOf(1, { torn: new Set([1]), intruders: new Set([0, 2]) });

  it('is named and as bright as it is, whichever way it is misplaced', () => {
    for (const row of [1, 2]) {
      expect(isDimmed(look, row)).toBe(false);
      expect(look.wishes[row]).toBe(wish.neighbour);
    }
    expect(isDimmed(look, 3)).toBe(true);
  });

  it('is marked where it stands without ground, and not where a line leads to it', () => {
    expect([1, 2, 3].map((row) => look.colours[row * 4 + 3])).toEqual([mark.clear, mark.clear + mark.intruder, 0]);
  });
});

describe('found points', () => {
  it('are larger and ringed where they are few, named before others, and not dimmed beside a selection', () => {
    const look = lookOf(1, last(8));
    expect([isDimmed(look, 999), isDimmed(look, 991)]).toEqual([false, true]);
    expect(look.sizes[999]).toBeGreaterThan(look.sizes[991]!);
    expect([look.colours[999 * 4 + 3], look.colours[991 * 4 + 3]]).toEqual([mark.hovered, 0]);
    expect([look.wishes[999], look.wishes[991]]).toEqual([wish.found, wish.ordinary]);
    const many = lookOf(1, last(300));
    expect([many.sizes[999], many.wishes[999], isDimmed(many, 999)]).toEqual([1, wish.found, true]);
  });
});
