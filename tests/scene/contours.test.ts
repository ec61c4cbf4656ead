import { describe, expect, it } from 'vitest';
import { countedIn, kindFor } from '../../src/scene/contours';
import { applyEmphasis, type Appearance } from '../../src/scene/emphasis';
import { mark } from '../../src/scene/points';
import { createRowStyle } from '../../src/scene/rowStyle';
import { createTheme } from '../../src/scene/theme';

const count = 10;

/** Row 1 is selected, 2 its neighbour, 3 hidden; 4 and 5 are left out by a filter, and 5 is hidden too. */
function lookOf(): Appearance {
  const style = createRowStyle(count);
  style.faint.fill(1, 4, 6);
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
      selected: new Set([1]),
      neighbours: new Map([[2, 0.5]]),
      provisional: none,
      pinned: none,
      hidden: new Set([3, 5]),
      newborn: none,
      found: none,
      torn: none,
      tints: new Map(),
      intruders: none,
      hovered: -1,
      theme: createTheme({}),
    },
    look,
  );
  return look;
}

describe('contours', () => {
  it('count what is neither hidden nor left out by a filter', () => {
    expect(countedIn(lookOf())).toBe(count - 3);
  });

  it('let ringed texts and neighbours stand clear of a crowd', () => {
    const { colours } = lookOf();
    const marks = Array.from({ length: count }, (_, row) => colours[row * 4 + 3]);
    expect(marks).toEqual([0, mark.selected, mark.clear, 0, mark.apart, mark.apart, 0, 0, 0, 0]);
  });

  it('add up in what the graphics card can blend and interpolate', () => {
    const kindWith = (...extensions: string[]) => kindFor({ supports: (name) => extensions.includes(name) });
    const full = ['EXT_color_buffer_float', 'EXT_float_blend', 'OES_texture_float_linear'];
    expect(kindWith(...full)).toBe('float');
    for (const missing of full.slice(1)) expect(kindWith(...full.filter((name) => name !== missing))).toBe('half');
    expect(kindWith('EXT_color_buffer_half_float')).toBe('half');
    expect(kindWith()).toBe('byte');
  });
});
