import { describe, expect, it } from 'vitest';
import { Content } from '../../src/scene/content';
import { wish } from '../../src/scene/emphasis';
import { greyColour } from '../../src/scene/palette';
import { mark } from '../../src/scene/points';
import { similarityColour } from '../../src/scene/ramps';
import { createTheme } from '../../src/scene/theme';
import type { Positions } from '../../src/types';

const theme = createTheme({});
const at = (...data: number[]): Positions => ({ data: Float32Array.from(data), rows: data.length / 3, dim: 3 });
const still = { refit: false, begins: false, animate: false, flat: false, now: 0 };

function threeTexts(): Content {
  const content = new Content(theme);
  content.setMap(['a', 'b', 'c'], ['cat', 'dog', 'eel'], at(0, 0, 0, 1, 0, 0, 0, 1, 0), still);
  content.marks.style.colours.set([10, 0, 0, 20, 0, 0, 30, 0, 0]);
  return content;
}

describe('what the cloud shows', () => {
  it('lets points glide from where their ids were, and new ones start in place', () => {
    const content = threeTexts();
    const previous = content.setMap(['c', 'd', 'a'], ['eel', 'fox', 'cat'], at(0, 3, 0, 5, 5, 5, 2, 0, 0), {
      ...still,
      animate: true,
      now: 1000,
    });
    expect([...previous]).toEqual([2, -1, 0]);
    expect([...content.motion.current]).toEqual([0, 1, 0, 5, 5, 5, 0, 0, 0]);
    expect(content.growth(1000)).toBeGreaterThan(0);
    expect(content.motion.step(1100)).toBe(true);
    const [, y] = content.motion.current;
    expect(y).toBeGreaterThan(1);
    expect(y).toBeLessThan(3);
    expect(content.growth(1100)).toBeLessThan(1);
    expect(content.motion.step(1400)).toBe(false);
    expect([...content.motion.current]).toEqual([0, 3, 0, 5, 5, 5, 2, 0, 0]);
    expect(content.growth(1400)).toBe(1);
    expect(content.motion.moving).toBe(false);
  });

  it('holds a point where a hand has it while the others glide, and settles it where the map does', () => {
    const content = threeTexts();
    content.setFrame(at(0, 0, 0, 9, 0, 0, 0, 9, 0), { ...still, animate: true, now: 1000 });
    content.motion.put(1, [5, 6, 7]);
    content.motion.step(1070);
    expect([...content.motion.current.subarray(3, 6)]).toEqual([5, 6, 7]);
    expect(content.motion.current[7]).toBeGreaterThan(1);
    content.motion.step(2000);
    expect([...content.motion.current]).toEqual([0, 0, 0, 5, 6, 7, 0, 9, 0]);
    content.settle(still);
    expect([...content.motion.current]).toEqual([0, 0, 0, 9, 0, 0, 0, 9, 0]);
  });

  it('keeps own looks with their ids', () => {
    const content = threeTexts();
    const { colours } = content.marks.style;
    content.marks.setStyle({ colours, sizes: Float32Array.of(1, 2, 3), faint: Uint8Array.of(0, 1, 1), tells: true });
    content.setMap(['c', 'd', 'a'], ['eel', 'fox', 'cat'], at(0, 0, 0, 1, 1, 1, 2, 2, 2), still);
    const { style } = content.marks;
    expect([0, 3, 6].map((byte) => style.colours[byte])).toEqual([30, greyColour(theme)[0], 10]);
    expect([[...style.sizes], [...style.faint], style.tells]).toEqual([[3, 1, 1], [1, 0, 0], true]);
  });

  it('keeps its scale from frame to frame until it is refitted', () => {
    const content = threeTexts();
    const { transform } = content;
    content.setFrame(at(0, 0, 0, 100, 0, 0, 0, 100, 0), still);
    expect(content.transform).toBe(transform);
    content.setMap(['a', 'b'], ['cat', 'dog'], at(0, 0, 0, 100, 0, 0), { ...still, refit: true });
    expect(content.transform).not.toEqual(transform);
  });

  it('begins trails where texts stood before a run, however often the view is fitted during it', () => {
    const content = threeTexts();
    const before = [...content.motion.current];
    const map = (...data: number[]) => [['a', 'b', 'c'], ['cat', 'dog', 'eel'], at(...data)] as const;
    content.setMap(...map(5, 0, 0, 0, 5, 0, 0, 0, 5), { ...still, refit: true, begins: true });
    content.setFrame(at(50, 0, 0, 0, 50, 0, 0, 0, 50), still);
    content.setMap(...map(90, 0, 0, 0, 90, 0, 0, 0, 90), { ...still, refit: true });
    expect([...content.origins.places]).toEqual(before);
    const after = [...content.motion.current];
    content.setMap(...map(7, 7, 7, 8, 8, 8, 9, 9, 9), { ...still, refit: true, begins: true });
    expect([...content.origins.places]).toEqual(after);
  });

  it('shows what it showed when a map or a frame is refused', () => {
    const content = threeTexts();
    const before = [...content.motion.current];
    expect(() => content.setFrame(at(0, 0, 0, 1, 0, NaN, 0, 1, 0), still)).toThrow(/Row 2 of 3 .*dog/);
    expect(() => content.setMap(['x'], ['fox'], at(Infinity, 0, 0), still)).toThrow(/Row 1 of 1 .*fox/);
    expect(() => content.setMap(['x'], [], at(0, 0, 0), still)).toThrow(RangeError);
    expect(() => content.setFrame(at(0, 0, 0), still)).toThrow(RangeError);
    expect([...content.motion.current]).toEqual(before);
    expect(content.marks.rows.ids).toEqual(['a', 'b', 'c']);
  });
});

describe('marks', () => {
  const colourOf = (content: Content, row: number) => [...content.marks.look.colours.slice(row * 4, row * 4 + 4)];

  it('rings the selected, tints neighbours by strength, and dims the rest without hiding it', () => {
    const { marks } = threeTexts();
    const content = { marks } as Content;
    marks.selection = ['a', 'gone'];
    marks.links = [{ from: 'a', to: 'b', strength: 0.5 }];
    marks.apply();
    expect(colourOf(content, 0)).toEqual([10, 0, 0, mark.selected]);
    expect(colourOf(content, 1)).toEqual([...similarityColour(0.5, theme), mark.clear]);
    expect(marks.look.sizes[2]).toBe(1);
    expect(colourOf(content, 2)).not.toEqual([30, 0, 0, 0]);
    expect([...marks.look.wishes]).toEqual([wish.selected, wish.neighbour, wish.ordinary]);
    const { rows, colours } = marks.lines();
    expect([...rows]).toEqual([0, 1]);
    expect(colours).toHaveLength(4);
  });

  it('dims what a filter leaves out, without a label, unless it is selected, near or hovered', () => {
    const { marks } = threeTexts();
    const content = { marks } as Content;
    const { colours } = marks.style;
    expect(
      marks.setStyle({ colours, sizes: Float32Array.of(1, 1, 2), faint: Uint8Array.of(1, 1, 0), tells: false }),
    ).toBe(true);
    marks.apply();
    expect(colourOf(content, 0)[0]).not.toBe(10);
    expect([...marks.look.sizes]).toEqual([1, 1, 2]);
    expect(colourOf(content, 2)).toEqual([30, 0, 0, 0]);
    expect([...marks.look.wishes]).toEqual([wish.none, wish.none, wish.ordinary]);
    marks.selection = ['a'];
    marks.apply();
    expect(colourOf(content, 0)).toEqual([10, 0, 0, mark.selected + mark.apart]);
    marks.hover('b');
    expect([...marks.look.wishes]).toEqual([wish.selected, wish.hovered, wish.ordinary]);
    marks.links = [{ from: 'a', to: 'b', strength: 1 }];
    marks.apply();
    expect(colourOf(content, 1)).toEqual([...theme.accent, mark.hovered + mark.clear + mark.apart]);
  });

  it('leaves colours alone that tell of the selection themselves', () => {
    const { marks } = threeTexts();
    const content = { marks } as Content;
    const same = marks.style;
    expect(marks.setStyle(same)).toBe(false);
    expect(marks.setStyle({ ...same, tells: true })).toBe(true);
    marks.selection = ['a'];
    marks.links = [{ from: 'a', to: 'b', strength: 0.5 }];
    marks.apply();
    expect(colourOf(content, 1)).toEqual([20, 0, 0, mark.clear]);
    expect(colourOf(content, 2)).toEqual([30, 0, 0, 0]);
    expect(marks.look.wishes[1]).toBe(wish.neighbour);
    expect(() => marks.setStyle({ ...same, sizes: new Float32Array(2) })).toThrow('a style of 2 rows for a map of 3');
  });

  it('says which rows a hover changes, and what is hidden has no size, label or line', () => {
    const { marks } = threeTexts();
    expect(marks.hover('b')).toEqual([1]);
    expect(marks.look.wishes[1]).toBe(wish.hovered);
    expect(marks.hover('c')).toEqual([1, 2]);
    expect(marks.look.wishes[1]).toBe(wish.ordinary);
    expect(marks.hover('nobody')).toEqual([2]);
    marks.hidden = new Set(['b']);
    marks.links = [{ from: 'a', to: 'b', strength: 1 }];
    marks.apply();
    expect(marks.look.sizes[1]).toBe(0);
    expect(marks.look.wishes[1]).toBe(wish.none);
    expect(marks.lines().rows).toHaveLength(0);
  });

  it('marks provisional texts hollow', () => {
    const { marks } = threeTexts();
    marks.provisional = new Set(['c']);
    marks.apply();
    expect(marks.look.colours[11]! & mark.hollow).toBe(mark.hollow);
    expect(marks.look.colours[3]! & mark.hollow).toBe(0);
  });

  it('marks pinned texts square, whatever else they are', () => {
    const { marks } = threeTexts();
    marks.pinned = new Set(['a', 'b']);
    marks.selection = ['b'];
    marks.apply();
    expect([3, 7, 11].map((byte) => marks.look.colours[byte])).toEqual([mark.square, mark.square + mark.selected, 0]);
  });
});
