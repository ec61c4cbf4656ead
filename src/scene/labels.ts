/**
 * Which texts get a label, and where. Labels never overlap each other or what covers the view, and never leave its free part. Those of
 * selected, hovered and neighbouring texts come first, then those that a search found, then near ones, well spread; a label
 * that is shown keeps its place until it must go, so that labels do not flicker while the camera moves. A wanted text that has
 * no room beside its disc gets its label a little further off.
 */
import { DiscCounts } from './discs';
import { wish } from './emphasis';
import { LabelBoxes } from './labelBoxes';
import { isCentred, lastBeside, lastSpot, placeAt, type Box } from './labelSpots';
import { labelHeight } from './labelText';
import type { Rect, Screen } from './screen';

/** The width of a row's label in CSS pixels, at the size that its wish gives it. */
export type MeasureLabel = (row: number, wanted: number) => number;

/** Candidates are the best of each cell of this size, in CSS pixels: about a short label. */
const cellWidth = 56;
const cellHeight = 18;
/** Pixels kept free around a label that was shown before, and around one that is new: the difference stops flicker. */
const gapKept = { x: 3, y: 1 };
const gapNew = { x: 9, y: 4 };
type Gap = typeof gapKept;
/** How much nearer (of the cloud's depth) a new text must be to push out a shown one. */
const keepBonus = 0.35;
/** So many wanted texts are candidates wherever they are; of more, as of all others, the best of each cell. */
const mostWanted = 64;
/** So many selected texts keep their discs free; of more, labels may cover some. */
const mostKept = 8;
/** Rows in a key by which candidates are sorted, and steps of a score; a score is below 32, and a key has at most 52 bits. */
const rowsInKey = 2 ** 27;
const scoreSteps = 2 ** 20;
const highestScore = 32;
/** One label for this many square pixels at most, at the density 1: fuller than this, a view reads as a wall of text. */
const areaPerLabel = 5200;

/** How many labels the free part of a view gets: `density` times the usual. */
export function mostLabels({ left, top, right, bottom }: Rect, density: number): number {
  return Math.ceil((Math.max(right - left, 0) * Math.max(bottom - top, 0) * density) / areaPerLabel);
}

/** What it holds are the labels that were last chosen, the most wanted first. */
export class LabelChooser extends LabelBoxes {
  /** Whether the last choice is another than the one before: once it is not, choosing again in the same view changes nothing. */
  changed = false;
  /** Of selected texts in sight, the first `keptCount`: no label may stand on their discs, as they are what is looked for. */
  readonly kept = new Int32Array(mostKept);
  keptCount = 0;

  #shown = new Uint8Array(0);
  /** Sorted, they have the highest score first, and of equal ones the first row. */
  #keys = new Float64Array(0);
  /** The best row of each cell, or -1, and its score. */
  #cells = new Int32Array(0);
  #scores = new Float32Array(0);
  #covers: readonly Rect[] = [];
  readonly #discs = new DiscCounts();
  /** Where the discs of the kept texts are. */
  #keptDiscs: Rect[] = [];
  /** The label that is being placed, and the best place for it so far. */
  readonly #box: Box = { left: 0, top: 0, width: 0, height: 0 };
  readonly #best = { left: 0, top: 0 };

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
   * @param covers small panels over the free part: labels keep off them
   */
  choose(
    screen: Screen,
    wishes: Uint8Array,
    measure: MeasureLabel,
    free: Rect,
    most: number,
    covers: readonly Rect[] = [],
  ): void {
    this.#covers = covers;
    this.#reserve(screen, free, most);
    // Without a function that compares: calling it took longer than all else at 10,000 points.
    const keys = this.#keys.subarray(0, this.#collect(screen, wishes, free)).sort();
    this.#keepDiscs(screen);
    const before = this.count;
    let same = 0;
    this.begin(free);
    const shown = this.#shown;
    for (let i = 0; i < keys.length; i++) {
      const row = keys[i]! % rowsInKey;
      const wanted = wishes[row]!;
      const spot = this.count < most || wanted >= wish.hovered ? this.#place(screen, row, wanted, measure, free) : 0;
      if (spot !== 0 && spot === shown[row]) same++;
      shown[row] = spot;
    }
    this.changed = same !== before || same !== this.count;
  }

  /**
   * Between two choices: labels go with their points, and those that have no room any more go. Only for rows that hold what they
   * held at the last choice, in a view of the same size; discs count where they were then.
   * @param screen where the points of `rows` and of `kept` are by now; others are not looked at
   */
  follow(screen: Screen, wishes: Uint8Array, measure: MeasureLabel, free: Rect, covers: readonly Rect[] = []): void {
    this.#covers = covers;
    this.#keepDiscs(screen);
    const before = this.count;
    this.begin(free);
    const { x, y, depth } = screen;
    for (let i = 0; i < before; i++) {
      const row = this.rows[i]!;
      const inSight =
        depth[row] !== 0 &&
        x[row]! >= free.left &&
        x[row]! <= free.right &&
        y[row]! >= free.top &&
        y[row]! <= free.bottom;
      this.#shown[row] = inSight ? this.#place(screen, row, wishes[row]!, measure, free) : 0;
    }
  }

  #reserve(screen: Screen, free: Rect, most: number): void {
    if (this.#shown.length < screen.count) this.#shown = new Uint8Array(screen.x.length);
    const columns = Math.max(1, Math.ceil((free.right - free.left) / cellWidth));
    const lines = Math.max(1, Math.ceil((free.bottom - free.top) / cellHeight));
    if (this.#cells.length !== columns * lines) {
      this.#cells = new Int32Array(columns * lines);
      this.#scores = new Float32Array(columns * lines);
    }
    this.allocate(most + 64);
    const candidates = this.capacity + mostWanted + this.#cells.length;
    if (this.#keys.length < candidates) this.#keys = new Float64Array(candidates);
  }

  /** Scores the rows in sight, counts their discs, and fills the keys of the candidates; gives their number. */
  #collect(screen: Screen, wishes: Uint8Array, free: Rect): number {
    const { count, x, y, depth, radius, near } = screen;
    const { left, top } = free;
    const width = free.right - left;
    const height = free.bottom - top;
    const cells = this.#cells.fill(-1);
    const scores = this.#scores.fill(-1);
    const columns = Math.max(1, Math.ceil(width / cellWidth));
    const shown = this.#shown;
    const keys = this.#keys;
    const discs = this.#discs;
    discs.begin(free);
    this.keptCount = 0;
    const nearness = 1 / Math.max(screen.far - near, 1e-6);
    let total = 0;
    let most = mostWanted;
    for (let i = 0; i < count; i++) {
      const z = depth[i]!;
      const right = x[i]! - left;
      const down = y[i]! - top;
      if (z === 0 || right < 0 || right > width || down < 0 || down > height) {
        shown[i] = 0;
        continue;
      }
      discs.add(right, down, radius[i]!);
      const wanted = wishes[i]!;
      if (wanted === wish.selected && this.keptCount < mostKept) this.kept[this.keptCount++] = i;
      if (wanted === wish.none) {
        shown[i] = 0;
        continue;
      }
      const isShown = shown[i] !== 0;
      const score = 1 - (z - near) * nearness + (isShown ? keepBonus : 0) + (wanted - wish.ordinary) * 4;
      if (isShown || (wanted > wish.found && most-- > 0)) {
        keys[total++] = keyOf(score, i);
        continue;
      }
      const cell = Math.min(((down / cellHeight) | 0) * columns + ((right / cellWidth) | 0), cells.length - 1);
      if (score <= scores[cell]!) continue;
      cells[cell] = i;
      scores[cell] = score;
    }
    for (let cell = 0; cell < cells.length; cell++)
      if (cells[cell]! >= 0) keys[total++] = keyOf(scores[cell]!, cells[cell]!);
    return total;
  }

  #keepDiscs({ x, y, depth, radius }: Screen): void {
    this.#keptDiscs = [];
    for (let i = 0; i < this.keptCount; i++) {
      const row = this.kept[i]!;
      const reach = radius[row]!;
      if (depth[row] !== 0)
        this.#keptDiscs.push({
          left: x[row]! - reach,
          top: y[row]! - reach,
          right: x[row]! + reach,
          bottom: y[row]! + reach,
        });
    }
  }

  /** Places one label, and gives the spot at which it stands, or 0 if there is no room. */
  #place(screen: Screen, row: number, wanted: number, measure: MeasureLabel, free: Rect): number {
    if (this.count === this.capacity) return 0;
    const kept = this.#shown[row]!;
    const gap = kept === 0 ? gapNew : gapKept;
    const beside = wanted === wish.selected ? 9 : 4;
    const pinned = wanted >= wish.hovered;
    const last = wanted > wish.found ? lastSpot : lastBeside;
    const box = this.#box;
    // Where a label has no room without any width, it has none: most are never measured.
    let measured = kept !== 0 || pinned;
    box.width = measured ? measure(row, wanted) : 0;
    box.height = labelHeight(wanted === wish.selected);
    let best = 0;
    let least = wanted > wish.ordinary ? Infinity : 1 + 2 * this.#discs.average + (kept === 0 ? 0 : 1);
    for (let attempt = kept === 0 ? 1 : 0; attempt <= last; attempt++) {
      // Beside the disc is better than further off, whatever the label covers there.
      if (attempt > lastBeside && best !== 0) break;
      const spot = attempt === 0 ? kept : attempt;
      placeAt(spot, screen, row, beside, box);
      if (!measured) {
        if (!this.#isFree(box, gap, free) || this.#discs.under(box, 2) > least) continue;
        measured = true;
        box.width = measure(row, wanted);
        placeAt(spot, screen, row, beside, box);
      }
      if (pinned) {
        // It must be read: near an edge it is pushed back inside, as long as there is room for it at all.
        box.top = Math.min(Math.max(box.top, free.top), free.bottom - box.height);
        if (isCentred(spot)) box.left = Math.min(Math.max(box.left, free.left), free.right - box.width);
      }
      if (!this.#isFree(box, gap, free)) continue;
      const covered = this.#discs.under(box, 2);
      if (covered >= least && !(covered === least && best === 0)) continue;
      best = spot;
      least = covered;
      this.#best.left = box.left;
      this.#best.top = box.top;
      if (covered === 0 || attempt === 0 || attempt > lastBeside) break;
    }
    if (best === 0) return 0;
    box.left = this.#best.left;
    box.top = this.#best.top;
    this.put(row, box, free);
    return best;
  }

  /** Whether a box is within the free part, and no placed label comes within the gap around it. */
  #isFree({ left, top, width, height }: Box, gap: Gap, free: Rect): boolean {
    if (left < free.left || top < free.top || left + width > free.right || top + height > free.bottom) return false;
    const l = left - gap.x;
    const t = top - gap.y;
    const r = left + width + gap.x;
    const b = top + height + gap.y;
    for (const cover of this.#covers) {
      if (l < cover.right && r > cover.left && t < cover.bottom && b > cover.top) return false;
    }
    for (const disc of this.#keptDiscs)
      if (left < disc.right && left + width > disc.left && top < disc.bottom && top + height > disc.top) return false;
    return !this.meets(l, t, r, b, free);
  }
}

function keyOf(score: number, row: number): number {
  return Math.floor((highestScore - score) * scoreSteps) * rowsInKey + row;
}
