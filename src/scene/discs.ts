/** How many discs lie where on the screen, so that labels can keep clear of them. */
import type { Rect, Screen } from './screen';

/** Discs are counted in squares of this many CSS pixels. */
const square = 8;
/** Square pixels of a usual label: how many discs it may cover depends on how many lie in such an area on average. */
const usualLabel = 960;

export class DiscCounts {
  #squares = new Uint8Array(0);
  #columns = 1;
  #free: Rect = { left: 0, top: 0, right: 0, bottom: 0 };
  /** Discs under a usual label on average. */
  average = 0;

  /** Counts the discs' centres in the free part of the view. */
  count({ count, x, y, depth }: Screen, free: Rect): void {
    const columns = Math.max(1, Math.ceil((free.right - free.left) / square));
    const lines = Math.max(1, Math.ceil((free.bottom - free.top) / square));
    if (this.#squares.length !== columns * lines) this.#squares = new Uint8Array(columns * lines);
    const squares = this.#squares.fill(0);
    [this.#columns, this.#free] = [columns, free];
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const column = Math.floor((x[i]! - free.left) / square);
      const line = Math.floor((y[i]! - free.top) / square);
      if (depth[i] === 0 || column < 0 || column >= columns || line < 0 || line >= lines) continue;
      seen++;
      const cell = line * columns + column;
      if (squares[cell]! < 255) squares[cell]!++;
    }
    this.average = (seen * usualLabel) / (columns * lines * square * square);
  }

  /** How many discs have their centres under a box, to the square. */
  under(left: number, top: number, right: number, bottom: number): number {
    const [columns, squares, free] = [this.#columns, this.#squares, this.#free];
    const [first, last] = [Math.floor((left - free.left) / square), Math.floor((right - free.left) / square)];
    let sum = 0;
    for (let line = Math.floor((top - free.top) / square); line <= Math.floor((bottom - free.top) / square); line++)
      for (let column = first; column <= last; column++) sum += squares[line * columns + column] ?? 0;
    return sum;
  }
}
