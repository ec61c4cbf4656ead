import { describe, expect, it } from 'vitest';
import { Marks } from '../../src/scene/marks';
import { Rows } from '../../src/scene/rows';
import { createTheme } from '../../src/scene/theme';

function marksOf(...ids: string[]): Marks {
  const marks = new Marks(createTheme({}));
  marks.setRows(new Rows(ids), new Int32Array(ids.length).fill(-1), [9, 9, 9]);
  return marks;
}

describe('lines to torn neighbours', () => {
  it('lead from the text to those of them that are shown, in the colour of a warning', () => {
    const marks = marksOf('a', 'b', 'c', 'd');
    marks.misplaced = { of: 'c', torn: ['a', 'gone', 'd'], intruders: ['b'] };
    marks.hidden = new Set(['d']);
    const { rows, colours } = marks.tornLines();
    expect([...rows]).toEqual([2, 0]);
    expect([...colours.subarray(0, 3)]).toEqual([0xf3, 0xc9, 0x69]);
    expect(colours).toHaveLength(4);
  });

  it('are none for a text that is hidden or gone, and where nothing is asked for', () => {
    const marks = marksOf('a', 'b');
    expect(marks.tornLines().rows).toHaveLength(0);
    marks.misplaced = { of: 'gone', torn: ['b'], intruders: [] };
    expect(marks.tornLines().rows).toHaveLength(0);
    marks.misplaced = { of: 'a', torn: ['b'], intruders: [] };
    expect(marks.tornLines().rows).toHaveLength(2);
    marks.hidden = new Set(['a']);
    expect(marks.tornLines().rows).toHaveLength(0);
  });
});
