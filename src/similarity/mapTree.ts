/** Nearest others on a map, for every text of it: a k-d tree (Bentley 1975; searched as Friedman, Bentley & Finkel 1977 do). */
import type { Positions } from '../types';

/** Texts of a leaf: of 4 to 32 the fastest for 15 neighbours of 50,000 words, by a little. */
const leafRows = 12;

export class MapTree {
  readonly #positions: Positions;
  /** The rows, those of a node beside each other. */
  readonly #order: Int32Array;
  /** By node: the part of `order` that is its own, its child nodes (0 for a leaf), and its lowest row. */
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #lowest: number[] = [];
  /** By node, `dim` numbers each. */
  readonly #least: number[] = [];
  readonly #greatest: number[] = [];
  /** The best that a search has found so far, nearest first. */
  #rows = new Int32Array(0);
  #squares = new Float64Array(0);
  #self = -1;

  /** Of finite positions. */
  constructor(positions: Positions) {
    this.#positions = positions;
    this.#order = Int32Array.from({ length: positions.rows }, (_, row) => row);
    if (positions.rows > 0) this.#build(0, positions.rows);
  }

  /**
   * The `k` rows nearest to `row` by Euclidean distance, itself left out, nearest first, ties by lower index; `k` is at most the
   * number of the others. The array is the tree's own until the next call.
   */
  nearest(row: number, k: number): Int32Array {
    if (this.#rows.length !== k) {
      this.#rows = new Int32Array(k);
      this.#squares = new Float64Array(k);
    }
    this.#rows.fill(this.#positions.rows);
    this.#squares.fill(Infinity);
    this.#self = row;
    if (k > 0) this.#visit(0);
    return this.#rows;
  }

  /** Makes the node of `order` from `first` to `last` (without it) and those below it; its number. */
  #build(first: number, last: number): number {
    const { data, dim } = this.#positions;
    const node = this.#first.length;
    let lowest = Infinity;
    let axis = 0;
    let widest = -1;
    for (let i = first; i < last; i++) lowest = Math.min(lowest, this.#order[i]!);
    for (let d = 0; d < dim; d++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = first; i < last; i++) {
        const value = data[this.#order[i]! * dim + d]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.#least.push(low);
      this.#greatest.push(high);
      if (high - low > widest) [axis, widest] = [d, high - low];
    }
    this.#first.push(first);
    this.#last.push(last);
    this.#lowest.push(lowest);
    this.#left.push(0);
    this.#right.push(0);
    if (last - first <= leafRows) return node;
    // By row where places are equal, so that of many texts in one place the lowest rows are found without looking at all.
    const place = (row: number) => data[row * dim + axis]!;
    this.#order.subarray(first, last).sort((a, b) => place(a) - place(b) || a - b);
    const middle = (first + last) >> 1;
    this.#left[node] = this.#build(first, middle);
    this.#right[node] = this.#build(middle, last);
    return node;
  }

  #visit(node: number): void {
    const left = this.#left[node]!;
    if (left === 0) {
      for (let i = this.#first[node]!; i < this.#last[node]!; i++) this.#offer(this.#order[i]!);
      return;
    }
    const right = this.#right[node]!;
    const toLeft = this.#squareTo(left);
    const toRight = this.#squareTo(right);
    const rightFirst = toRight < toLeft || (toRight === toLeft && this.#lowest[right]! < this.#lowest[left]!);
    if (rightFirst && this.#improves(toRight, this.#lowest[right]!)) this.#visit(right);
    if (this.#improves(toLeft, this.#lowest[left]!)) this.#visit(left);
    if (!rightFirst && this.#improves(toRight, this.#lowest[right]!)) this.#visit(right);
  }

  /** Whether a row at this squared distance, or one above it, belongs to the best. */
  #improves(square: number, row: number): boolean {
    const worst = this.#squares[this.#squares.length - 1]!;
    return square < worst || (square === worst && row < this.#rows[this.#rows.length - 1]!);
  }

  #offer(row: number): void {
    if (row === this.#self) return;
    const { data, dim } = this.#positions;
    let square = 0;
    for (let d = 0; d < dim; d++) square += (data[row * dim + d]! - data[this.#self * dim + d]!) ** 2;
    if (!this.#improves(square, row)) return;
    const [rows, squares] = [this.#rows, this.#squares];
    let at = rows.length - 1;
    for (; at > 0; at--) {
      const before = squares[at - 1]!;
      if (before < square || (before === square && rows[at - 1]! < row)) break;
      squares[at] = before;
      rows[at] = rows[at - 1]!;
    }
    squares[at] = square;
    rows[at] = row;
  }

  /** The squared distance from the row that is searched for to a node's box; never above that to a row in it. */
  #squareTo(node: number): number {
    const { data, dim } = this.#positions;
    let square = 0;
    for (let d = 0; d < dim; d++) {
      const place = data[this.#self * dim + d]!;
      const least = this.#least[node * dim + d]!;
      const greatest = this.#greatest[node * dim + d]!;
      if (place < least) square += (least - place) ** 2;
      else if (place > greatest) square += (place - greatest) ** 2;
    }
    return square;
  }
}
