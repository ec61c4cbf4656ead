/** Lines from selected texts to their neighbours. */
import { Lines } from './lines';

export class Links extends Lines {
  #rows: Int32Array = new Int32Array(0);

  constructor() {
    super([1, 0.7]);
  }

  /**
   * @param rows links x 2: the rows of the points that each joins
   * @param colours links x 4: red, green, blue, opacity
   */
  set(rows: Int32Array, colours: Uint8Array): void {
    this.#rows = rows;
    this.allocate(colours);
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    const rows = this.#rows;
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i]! * 3;
      (i % 2 === 0 ? this.starts : this.ends).set(positions.subarray(from, from + 3), (i >> 1) * 3);
    }
    this.moved();
  }
}
