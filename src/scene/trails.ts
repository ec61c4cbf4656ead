/** Lines from where the texts stood before the last run to where they stand, clearer towards the end. */
import type { Appearance } from './emphasis';
import { Lines } from './lines';

/** More lines are one patch, and software graphics, which need 0.6 s for a frame of 10,000, stand still at 100,000. */
export const mostTrails = 2000;
/** Opacity of 255 for 200 lines and fewer; the more there are, the fainter, so that they do not become one patch. */
const opacity = { few: 150, many: 24 };

export class Trails extends Lines {
  #rows: Int32Array = new Int32Array(0);

  constructor() {
    super([0.15, 1]);
  }

  /**
   * @param origins rows x 3; NaN for texts that have no trail
   * @param chosen rows that have trails before others where there are more than `mostTrails`
   * @param look of all points: trails have their colours, and hidden points none
   */
  set(shown: boolean, origins: Float32Array, chosen: ReadonlySet<number>, { colours, sizes }: Appearance): void {
    const rows: number[] = [];
    for (let row = 0; shown && row < origins.length / 3; row++)
      if (!Number.isNaN(origins[row * 3]!) && sizes[row] !== 0) rows.push(row);
    this.#rows = sampleRows(rows, chosen, mostTrails);
    const { length } = this.#rows;
    const alpha = Math.max(Math.min(opacity.few, opacity.few * (200 / length) ** 0.35), opacity.many);
    const tones = new Uint8Array(length * 4);
    this.#rows.forEach((row, i) => tones.set([...colours.subarray(row * 4, row * 4 + 3), alpha], i * 4));
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

/** At most `most` of the rows: the chosen ones, then others from the first to the last at equal steps. */
export function sampleRows(rows: readonly number[], chosen: ReadonlySet<number>, most: number): Int32Array {
  if (rows.length <= most) return Int32Array.from(rows);
  const first = rows.filter((row) => chosen.has(row)).slice(0, most);
  const others = rows.filter((row) => !chosen.has(row));
  const room = most - first.length;
  return Int32Array.from([
    ...first,
    ...Array.from({ length: Math.min(room, others.length) }, (_, i) => others[Math.floor((i * others.length) / room)]!),
  ]);
}
