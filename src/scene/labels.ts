/**
 * Which texts get a label, and where. Labels never overlap each other and never leave the free part of the view. Those of
 * selected, hovered and neighbouring texts come first, then those that a search found, then near ones, well spread; a label
 * that is shown keeps its place until it must go, so that labels do not flicker while the camera moves. A wanted text that has
 * no room beside its disc gets its label a little further off.
 */
import { DiscCounts } from './discs';
import { wish } from './emphasis';
import { isCentred, lastBeside, lastSpot, placeAt } from './labelSpots';
import type { Rect, Screen } from './screen';

/** The size of a row's label in CSS pixels, at the size that its wish gives it. */
export type MeasureLabel = (row: number, wanted: number) => { readonly width: number; readonly height: number };

/** Candidates are the best of each cell of this size, in CSS pixels: about a short label. */
const cellWidth = 56;
const cellHeight = 18;
/** Bands are how placed labels are found again: a label lies in at most two. */
const band = 32;
/** Pixels kept free around a label that was shown before, and around one that is new: the difference stops flicker. */
const gapKept = { x: 3, y: 1 };
const gapNew = { x: 9, y: 4 };
/** How much nearer (of the cloud's depth) a new text must be to push out a shown one. */
const keepBonus = 0.35;
/** So many wanted texts are candidates wherever they are; of more, as of all others, the best of each cell. */
const mostWanted = 64;
/** One label for this many square pixels at most, at the density 1: fuller than this, a view reads as a wall of text. */
const areaPerLabel = 5200;

/** How many labels the free part of a view gets: `density` times the usual. */
export function mostLabels({ left, top, right, bottom }: Rect, density: number): number {
  return Math.ceil((Math.max(right - left, 0) * Math.max(bottom - top, 0) * density) / areaPerLabel);
}

export class LabelChooser {
  /** What `choose` placed, first `count` entries: rows, and the left and top edges and sizes of their boxes. */
  count = 0;
  rows = new Int32Array(0);
  left = new Float32Array(0);
  top = new Float32Array(0);
  width = new Float32Array(0);
  height = new Float32Array(0);

  /** Entries from here on are what was taken before. */
  #last = 0;
  #shown = new Uint8Array(0);
  #score = new Float32Array(0);
  #candidates = new Int32Array(0);
  #cells = new Int32Array(0);
  #bands = new Int32Array(0);
  #next = new Int32Array(0);
  readonly #discs = new DiscCounts();
  readonly #spot = new Float64Array(2);

  /** Forgets which labels were shown: rows mean other texts now. */
  forget(): void {
    this.#shown.fill(0);
    this.count = 0;
  }

  /** The rows have moved: labels that were shown count as shown for the rows that their texts have now. */
  carry(previous: Int32Array): void {
    const old = this.#shown;
    this.#shown = Uint8Array.from(previous, (row) => old[row] ?? 0);
    this.count = 0;
  }

  /**
   * @param wishes a `wish` for each row
   * @param free the part of the view that no panel covers, in CSS pixels
   * @param most labels at most, beside those of selected and hovered texts
   * @param taken what no label may cover, inside the free part
   */
  choose(
    screen: Screen,
    wishes: Uint8Array,
    measure: MeasureLabel,
    free: Rect,
    most: number,
    taken: readonly Rect[] = [],
  ): void {
    this.#reserve(screen, free, most, taken.length);
    const total = this.#collect(screen, wishes, free);
    const score = this.#score;
    const order = this.#candidates.subarray(0, total).sort((a, b) => score[b]! - score[a]! || a - b);
    this.#bands.fill(-1);
    this.#discs.count(screen, free);
    const shownBefore = this.#shown;
    this.count = 0;
    this.#last = this.rows.length - taken.length;
    taken.forEach(({ left, top, right, bottom }, i) =>
      this.#put(this.#last + i, -1, left, top, right - left, bottom - top, free),
    );
    for (const row of order) {
      const pinned = wishes[row]! >= wish.hovered;
      shownBefore[row] = this.count < most || pinned ? this.#place(screen, row, wishes[row]!, measure, free) : 0;
    }
  }

  #reserve(screen: Screen, free: Rect, most: number, taken: number): void {
    if (this.#shown.length < screen.count) this.#shown = new Uint8Array(screen.x.length);
    if (this.#score.length < screen.count) {
      this.#score = new Float32Array(screen.x.length);
      this.#candidates = new Int32Array(screen.x.length);
    }
    const columns = Math.max(1, Math.ceil((free.right - free.left) / cellWidth));
    const lines = Math.max(1, Math.ceil((free.bottom - free.top) / cellHeight));
    if (this.#cells.length < columns * lines) this.#cells = new Int32Array(columns * lines);
    const bands = Math.max(1, Math.ceil((free.bottom - free.top) / band) + 1);
    if (this.#bands.length !== bands) this.#bands = new Int32Array(bands);
    const room = most + taken + 64;
    if (this.rows.length >= room) return;
    this.rows = new Int32Array(room);
    this.left = new Float32Array(room);
    this.top = new Float32Array(room);
    this.width = new Float32Array(room);
    this.height = new Float32Array(room);
    this.#next = new Int32Array(room * 2);
  }

  /** Scores the visible rows and fills the candidates; gives their number. */
  #collect(screen: Screen, wishes: Uint8Array, free: Rect): number {
    const { count, x, y, depth } = screen;
    const cells = this.#cells.fill(-1);
    const columns = Math.max(1, Math.ceil((free.right - free.left) / cellWidth));
    const score = this.#score;
    const shown = this.#shown;
    const candidates = this.#candidates;
    let near = Infinity;
    let far = 0;
    for (let i = 0; i < count; i++) {
      const z = depth[i]!;
      if (z === 0) continue;
      if (z < near) near = z;
      if (z > far) far = z;
    }
    const span = Math.max(far - near, 1e-6);
    let total = 0;
    let most = mostWanted;
    for (let i = 0; i < count; i++) {
      const wanted = wishes[i]!;
      const px = x[i]!;
      const py = y[i]!;
      if (
        depth[i] === 0 ||
        wanted === wish.none ||
        px < free.left ||
        px > free.right ||
        py < free.top ||
        py > free.bottom
      ) {
        shown[i] = 0;
        continue;
      }
      score[i] = 1 - (depth[i]! - near) / span + (shown[i] === 0 ? 0 : keepBonus) + (wanted - wish.ordinary) * 4;
      if (shown[i] !== 0 || (wanted > wish.found && most-- > 0)) {
        candidates[total++] = i;
        continue;
      }
      const cell = Math.floor((py - free.top) / cellHeight) * columns + Math.floor((px - free.left) / cellWidth);
      const best = cells[Math.min(cell, cells.length - 1)]!;
      if (best < 0 || score[i]! > score[best]!) cells[Math.min(cell, cells.length - 1)] = i;
    }
    for (const row of cells) if (row >= 0) candidates[total++] = row;
    return total;
  }

  /** Places one label, and gives the spot at which it stands, or 0 if there is no room. */
  #place(screen: Screen, row: number, wanted: number, measure: MeasureLabel, free: Rect): number {
    if (this.count === this.#last) return 0;
    const { width, height } = measure(row, wanted);
    const kept = this.#shown[row]!;
    const gap = kept === 0 ? gapNew : gapKept;
    const [x, y] = [screen.x[row]!, screen.y[row]!];
    const away = screen.radius[row]! + (wanted === wish.selected ? 9 : 4);
    const pinned = wanted >= wish.hovered;
    const last = wanted > wish.found ? lastSpot : lastBeside;
    const at = this.#spot;
    let [best, bestLeft, bestTop] = [0, 0, 0];
    let least = wanted > wish.ordinary ? Infinity : 1 + 2 * this.#discs.average + (kept === 0 ? 0 : 1);
    for (let attempt = kept === 0 ? 1 : 0; attempt <= last; attempt++) {
      // Beside the disc is better than further off, whatever the label covers there.
      if (attempt > lastBeside && best !== 0) break;
      const spot = attempt === 0 ? kept : attempt;
      placeAt(spot, x, y, away, width, height, at);
      let left = at[0]!;
      let top = at[1]!;
      if (pinned) {
        // It must be read: near an edge it is pushed back inside, as long as there is room for it at all.
        top = Math.min(Math.max(top, free.top), free.bottom - height);
        if (isCentred(spot)) left = Math.min(Math.max(left, free.left), free.right - width);
      }
      if (left < free.left || top < free.top || left + width > free.right || top + height > free.bottom) continue;
      if (!this.#isFree(left - gap.x, top - gap.y, left + width + gap.x, top + height + gap.y, free)) continue;
      const covered = this.#discs.under(left - 2, top, left + width + 2, top + height);
      if (covered >= least && !(covered === least && best === 0)) continue;
      [best, bestLeft, bestTop, least] = [spot, left, top, covered];
      if (covered === 0 || attempt === 0 || attempt > lastBeside) break;
    }
    if (best !== 0) this.#put(this.count++, row, bestLeft, bestTop, width, height, free);
    return best;
  }

  #isFree(left: number, top: number, right: number, bottom: number, free: Rect): boolean {
    const last = Math.min(Math.floor((bottom - free.top) / band), this.#bands.length - 1);
    for (let b = Math.max(0, Math.floor((top - free.top) / band)); b <= last; b++) {
      for (let link = this.#bands[b]!; link >= 0; link = this.#next[link]!) {
        const i = link >> 1;
        const l = this.left[i]!;
        const t = this.top[i]!;
        if (left < l + this.width[i]! && right > l && top < t + this.height[i]! && bottom > t) return false;
      }
    }
    return true;
  }

  #put(i: number, row: number, left: number, top: number, width: number, height: number, free: Rect): void {
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
