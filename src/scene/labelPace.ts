/**
 * When labels are chosen anew. While the view or the points move, every third frame: between, labels only go with their points,
 * which takes a fraction of the time, and one that is newly due waits for 50 ms, where frames are slow for 100 at most. A frame at rest always has a choice of
 * its own, and another follows until choosing again would change nothing.
 */
const framesBetween = 2;
const longestWait = 100;
/** Choices at rest that differ from the one before: usually one does. More than this would go on for ever. */
const mostRepeats = 6;

export class LabelPace {
  #followed = 0;
  /** When labels were chosen last, in milliseconds. */
  #chosen = -Infinity;
  #repeats = 0;

  /** Whether the labels of this frame only go with their points. */
  follows(moves: boolean, now: number): boolean {
    const follows = moves && this.#followed < framesBetween && now - this.#chosen < longestWait;
    this.#followed = follows ? this.#followed + 1 : 0;
    if (!follows) this.#chosen = now;
    return follows;
  }

  /**
   * Whether another frame is due, be it of the labels alone.
   * @param changed whether the choice of this frame is another than the one before
   */
  isDue(moves: boolean, changed: boolean): boolean {
    this.#repeats = moves || !changed ? 0 : this.#repeats + 1;
    return moves || (changed && this.#repeats <= mostRepeats);
  }
}
