/** Lines from where the texts stood before the last run to where they stand, clearer towards the end. */
import type { Appearance } from './emphasis';
import { Lines } from './lines';

/** Opacity of 255 for 200 lines and fewer; the more there are, the fainter, so that they do not become one patch. */
const opacity = { few: 150, many: 24 };

export class Trails extends Lines {
  #rows: Int32Array = new Int32Array(0);

  constructor() {
    super([0.15, 1]);
  }

  /**
   * @param origins rows x 3; NaN for texts that have no trail
   * @param look of all points: trails have their colours, and hidden points none
   */
  set(shown: boolean, origins: Float32Array, { colours, sizes }: Appearance): void {
    const count = shown ? origins.length / 3 : 0;
    const rows: number[] = [];
    for (let row = 0; row < count; row++) if (!Number.isNaN(origins[row * 3]!) && sizes[row] !== 0) rows.push(row);
    this.#rows = Int32Array.from(rows);
    const alpha = Math.max(Math.min(opacity.few, opacity.few * (200 / rows.length) ** 0.35), opacity.many);
    const tones = new Uint8Array(rows.length * 4);
    rows.forEach((row, i) => tones.set([...colours.subarray(row * 4, row * 4 + 3), alpha], i * 4));
    this.allocate(tones);
    this.#rows.forEach((row, i) => this.starts.set(origins.subarray(row * 3, row * 3 + 3), i * 3));
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    if (this.#rows.length === 0) return;
    this.#rows.forEach((row, i) => this.ends.set(positions.subarray(row * 3, row * 3 + 3), i * 3));
    this.moved();
  }
}
