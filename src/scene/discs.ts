/** How many discs lie where on the screen, so that labels can keep clear of them. */
import type { Box } from './labelSpots';
import type { Rect } from './screen';

/** Discs are counted in squares of this many CSS pixels. */
const square = 8;
/** Discs of at least this radius fill more than a square. */
const large = 8;
/** So many of them are counted by their squares, in about a millisecond; where more are in sight, every place covers some. */
const mostLarge = 2000;
/** The outermost pixels of a disc do not count: beside its own disc a label has to find room. */
const rim = 2;
/** Square pixels of a usual label: how many discs it may cover depends on how many lie in such an area on average. */
const usualLabel = 960;

export class DiscCounts {
  #squares = new Uint8Array(0);
  #columns = 1;
  #lines = 1;
  #left = 0;
  #top = 0;
  #seen = 0;
  /** Large discs so far. */
  #large = 0;

  /** Begins to count in a part of the view. */
  begin({ left, top, right, bottom }: Rect): void {
    // One more than fill it: its right and lower edges belong to it.
    this.#columns = Math.floor(Math.max(right - left, 0) / square) + 1;
    this.#lines = Math.floor(Math.max(bottom - top, 0) / square) + 1;
    this.#left = left;
    this.#top = top;
    this.#seen = this.#large = 0;
    const squares = this.#columns * this.#lines;
    if (this.#squares.length === squares) this.#squares.fill(0);
    else this.#squares = new Uint8Array(squares);
  }

  /**
   * Counts a disc by its centre: CSS pixels from the corner of that part, within which it lies. A large one, as near points have,
   * counts in each square whose middle lies in it: a label keeps clear of all of it.
   */
  add(right: number, down: number, radius: number): void {
    const cell = ((down / square) | 0) * this.#columns + ((right / square) | 0);
    this.#seen++;
    if (this.#squares[cell]! < 255) this.#squares[cell]!++;
    if (radius >= large && this.#large++ < mostLarge) this.#spread(right, down, radius - rim, cell);
  }

  /** The squares but `own` whose middles are within `reach` of a place. */
  #spread(right: number, down: number, reach: number, own: number): void {
    const columns = this.#columns;
    const last = Math.min(((right + reach) / square) | 0, columns - 1);
    const lowest = Math.min(((down + reach) / square) | 0, this.#lines - 1);
    for (let line = Math.max(((down - reach) / square) | 0, 0); line <= lowest; line++) {
      const y = (line + 0.5) * square - down;
      for (let column = Math.max(((right - reach) / square) | 0, 0); column <= last; column++) {
        const x = (column + 0.5) * square - right;
        const cell = line * columns + column;
        if (cell === own || x * x + y * y > reach * reach) continue;
        this.#seen++;
        if (this.#squares[cell]! < 255) this.#squares[cell]!++;
      }
    }
  }

  /** Discs under a usual label on average. */
  get average(): number {
    return (this.#seen * usualLabel) / (this.#columns * this.#lines * square * square);
  }

  /** How many discs have their centres under a box or within `margin` beside it, to the square. */
  under({ left, top, width, height }: Box, margin: number): number {
    const columns = this.#columns;
    const squares = this.#squares;
    const first = Math.max(Math.floor((left - margin - this.#left) / square), 0);
    const last = Math.min(Math.floor((left + width + margin - this.#left) / square), columns - 1);
    const lowest = Math.min(Math.floor((top + height - this.#top) / square), this.#lines - 1);
    let sum = 0;
    for (let line = Math.max(Math.floor((top - this.#top) / square), 0); line <= lowest; line++)
      for (let column = first; column <= last; column++) sum += squares[line * columns + column]!;
    return sum;
  }
}
