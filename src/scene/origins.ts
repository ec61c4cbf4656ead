/**
 * Where each text stood before the last run: where the trails begin. As it stood on the screen: a run fits layout units to
 * world units anew, so a place is not one of the new map's.
 */

export class Origins {
  /** Rows x 3, world units; NaN for texts that were not there. */
  places = new Float32Array(0);

  /**
   * @param previous for each row the one that its text had before, or -1
   * @param current rows x 3 of those before: where they stand
   * @param begins a run begins: what stands now is where the next trails begin; else they begin where they did
   */
  rearrange(previous: Int32Array, current: Float32Array, begins: boolean): void {
    const from = begins ? current : this.places;
    const places = new Float32Array(previous.length * 3).fill(NaN);
    previous.forEach((row, i) => {
      if (row >= 0) places.set(from.subarray(row * 3, row * 3 + 3), i * 3);
    });
    this.places = places;
  }
}
