/** The boxes of labels that have been placed, and whether another box meets one of them. */
import type { Box } from './labelSpots';
import type { Rect } from './screen';

/** Bands are how placed labels are found again: a label lies in at most two. */
const band = 32;

export class LabelBoxes {
  /** What was placed, first `count` entries: rows, and the left and top edges and sizes of their boxes. */
  count = 0;
  rows = new Int32Array(0);
  left = new Float32Array(0);
  top = new Float32Array(0);
  width = new Float32Array(0);
  height = new Float32Array(0);
  #bands = new Int32Array(0);
  #next = new Int32Array(0);

  /** How many boxes there is room for. */
  protected get capacity(): number {
    return this.rows.length;
  }

  /** Makes room for that many boxes; those that were placed are forgotten if there was less. */
  protected allocate(capacity: number): void {
    if (this.capacity >= capacity) return;
    this.rows = new Int32Array(capacity);
    this.left = new Float32Array(capacity);
    this.top = new Float32Array(capacity);
    this.width = new Float32Array(capacity);
    this.height = new Float32Array(capacity);
    this.#next = new Int32Array(capacity * 2);
    this.count = 0;
  }

  /** Begins with no boxes in this part of the view. What `rows` holds can still be read up to where boxes are put. */
  protected begin({ top, bottom }: Rect): void {
    const bands = Math.max(1, Math.ceil((bottom - top) / band) + 1);
    if (this.#bands.length !== bands) this.#bands = new Int32Array(bands);
    this.#bands.fill(-1);
    this.count = 0;
  }

  /** Whether a placed box reaches between these edges, which are within `free` or a little outside it. */
  protected meets(left: number, top: number, right: number, bottom: number, free: Rect): boolean {
    const last = Math.min(Math.floor((bottom - free.top) / band), this.#bands.length - 1);
    for (let line = Math.max(0, Math.floor((top - free.top) / band)); line <= last; line++) {
      for (let link = this.#bands[line]!; link >= 0; link = this.#next[link]!) {
        const i = link >> 1;
        const otherLeft = this.left[i]!;
        const otherTop = this.top[i]!;
        if (
          left < otherLeft + this.width[i]! &&
          right > otherLeft &&
          top < otherTop + this.height[i]! &&
          bottom > otherTop
        )
          return true;
      }
    }
    return false;
  }

  /** Places a box within `free`. */
  protected put(row: number, { left, top, width, height }: Box, free: Rect): void {
    const i = this.count++;
    this.rows[i] = row;
    this.left[i] = left;
    this.top[i] = top;
    this.width[i] = width;
    this.height[i] = height;
    const first = Math.floor((top - free.top) / band);
    const last = Math.min(Math.floor((top + height - free.top) / band), this.#bands.length - 1);
    for (let b = first, link = i * 2; b <= last; b++, link++) {
      this.#next[link] = this.#bands[b]!;
      this.#bands[b] = link;
    }
  }
}
