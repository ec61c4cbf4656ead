import { expect, test } from 'vitest';
import type { Rgb } from '../../src/scene/colour';
import { Marks } from '../../src/scene/marks';
import { Rows } from '../../src/scene/rows';
import { createTheme } from '../../src/scene/theme';

const theme = createTheme({});
const red: Rgb = [255, 0, 0];
const blue: Rgb = [0, 0, 255];

test('neighbourhoods that are told apart have the colour of their text, and those of several are plain', () => {
  const marks = new Marks(theme);
  marks.setRows(new Rows(['a', 'b', 'ofA', 'ofBoth', 'other']), new Int32Array(5).fill(-1), [9, 9, 9]);
  marks.selection = ['a', 'b'];
  marks.links = [
    { from: 'a', to: 'ofA', strength: 0.1, tint: red },
    { from: 'a', to: 'ofBoth', strength: 0.9, tint: red },
    { from: 'b', to: 'ofBoth', strength: 0.5, tint: blue },
    { from: 'b', to: 'gone', strength: 0.5, tint: blue },
  ];
  marks.apply();
  const colourOf = (row: number) => [...marks.look.colours.subarray(row * 4, row * 4 + 3)];
  expect([0, 1, 2, 3].map(colourOf)).toEqual([red, blue, red, [...theme.text]]);
  expect(colourOf(4)).not.toEqual([9, 9, 9]);
  const { rows, colours } = marks.lines();
  expect([...rows]).toEqual([0, 2, 0, 3, 1, 3]);
  expect([0, 1, 2].map((line) => [...colours.subarray(line * 4, line * 4 + 3)])).toEqual([red, red, blue]);
});

test('without tints neighbours are coloured by their strength, as ever', () => {
  const marks = new Marks(theme);
  marks.setRows(new Rows(['a', 'b']), new Int32Array(2).fill(-1), [9, 9, 9]);
  marks.selection = ['a'];
  marks.links = [{ from: 'a', to: 'b', strength: 1 }];
  marks.apply();
  expect([...marks.look.colours.subarray(0, 3)]).toEqual([9, 9, 9]);
  expect([...marks.look.colours.subarray(4, 7)]).toEqual([...theme.accent]);
});
