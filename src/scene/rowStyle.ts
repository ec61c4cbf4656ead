/** What rows look like by themselves, before selection and the like make something else of it: colour, size, and a filter. */

export interface RowStyle {
  /** Rows x 3 bytes of sRGB. */
  readonly colours: Uint8Array;
  /** Discs, by row: 1 is normal. */
  readonly sizes: Float32Array;
  /** By row: 1 where a filter leaves a text out, which dims it; else 0. */
  readonly faint: Uint8Array;
  /** Whether a selection leaves the colours of the others as they are: they say something of it themselves. */
  readonly tells: boolean;
}

/** A style of `rows` that look alike, in `colour`. */
export function createRowStyle(rows: number, colour: readonly [number, number, number] = [0, 0, 0]): RowStyle {
  const colours = new Uint8Array(rows * 3);
  for (let row = 0; row < rows; row++) colours.set(colour, row * 3);
  return { colours, sizes: new Float32Array(rows).fill(1), faint: new Uint8Array(rows), tells: false };
}

/** Row by row for `previous`, the style of that row of `style`, or where it is -1 what `createRowStyle` gives. */
export function gatherStyle(
  style: RowStyle,
  previous: Int32Array,
  colour: readonly [number, number, number],
): RowStyle {
  const { colours, sizes, faint } = createRowStyle(previous.length, colour);
  previous.forEach((from, row) => {
    if (from < 0) return;
    colours.set(style.colours.subarray(from * 3, from * 3 + 3), row * 3);
    sizes[row] = style.sizes[from]!;
    faint[row] = style.faint[from]!;
  });
  return { colours, sizes, faint, tells: style.tells };
}

/** Whether nothing differs. */
export function isSameStyle(a: RowStyle, b: RowStyle): boolean {
  const alike = (x: Uint8Array | Float32Array, y: Uint8Array | Float32Array) =>
    x.length === y.length && x.every((value, i) => value === y[i]);
  return a.tells === b.tells && alike(a.colours, b.colours) && alike(a.sizes, b.sizes) && alike(a.faint, b.faint);
}
