/** Lines from selected texts to their neighbours, and dashed ones to those that the map tore away. */
import { Lines, type LinkLines } from './lines';

/** Opacity where a link begins and where it ends: it fades from its text to the neighbour. */
const fade = [1, 0.7] as const;
/** Half-way along. */
export const linkOpacity = 0.85;

/** CSS pixels of a dash, and of the gap to the next. */
export const tornDash = 5;

export class Links extends Lines {
  /** What is drawn. */
  lines: LinkLines = { rows: new Int32Array(0), colours: new Uint8Array(0) };

  constructor(dash = 0) {
    super(fade, dash);
  }

  set(lines: LinkLines): void {
    this.lines = lines;
    this.allocate(lines.colours);
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    const { rows } = this.lines;
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i]! * 3;
      (i % 2 === 0 ? this.starts : this.ends).set(positions.subarray(from, from + 3), (i >> 1) * 3);
    }
    this.moved();
  }
}
