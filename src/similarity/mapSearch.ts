/** The rows of a map that are nearest to one of them (searched as Friedman, Bentley & Finkel 1977 do). */
import { squaredDistance, squaredDistanceTo, type KdTree } from './kdTree';

export class MapSearch {
  readonly #tree: KdTree;
  /** By row, its place in the tree's order. */
  readonly #placeOf: Int32Array;
  /** By node, the lowest of its rows: of many texts in one place the lowest are found without looking at all. */
  readonly #lowest: Int32Array;
  /** The best that a search has found so far, nearest first. */
  #rows = new Int32Array(0);
  #squares = new Float64Array(0);
  /** The last of them. */
  #worstRow = 0;
  #worst = 0;
  #place = 0;

  constructor(tree: KdTree) {
    this.#tree = tree;
    this.#placeOf = new Int32Array(tree.rows);
    tree.order.forEach((row, place) => (this.#placeOf[row] = place));
    this.#lowest = lowestRows(tree);
  }

  /**
   * The `k` rows nearest to `row` by Euclidean distance, itself left out, nearest first, ties by lower index; `k` is at most the
   * number of the others. The array is the search's own until the next call.
   */
  nearest(row: number, k: number): Int32Array {
    this.#search(this.#placeOf[row]!, k);
    return this.#rows;
  }

  /** The squared distance of the point at `place` of the tree's order to its `k`-th nearest other; 0 for k = 0. `k` as above. */
  squaredReach(place: number, k: number): number {
    this.#search(place, k);
    return k === 0 ? 0 : this.#worst;
  }

  #search(place: number, k: number): void {
    const { rows } = this.#tree;
    if (this.#rows.length !== k) {
      this.#rows = new Int32Array(k);
      this.#squares = new Float64Array(k);
    }
    this.#rows.fill(rows);
    this.#squares.fill(Infinity);
    this.#worstRow = rows;
    this.#worst = Infinity;
    this.#place = place;
    if (k > 0) this.#visit(0);
  }

  #visit(node: number): void {
    const tree = this.#tree;
    if (node >= tree.firstLeaf) {
      const last = tree.last[node]!;
      for (let other = tree.first[node]!; other < last; other++) {
        if (other === this.#place) continue;
        const square = squaredDistance(tree, this.#place, other);
        if (square <= this.#worst) this.#offer(tree.order[other]!, square);
      }
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const toLeft = squaredDistanceTo(tree, this.#place, left);
    const toRight = squaredDistanceTo(tree, this.#place, right);
    const [lowLeft, lowRight] = [this.#lowest[left]!, this.#lowest[right]!];
    const rightFirst = toRight < toLeft || (toRight === toLeft && lowRight < lowLeft);
    if (rightFirst && this.#improves(toRight, lowRight)) this.#visit(right);
    if (this.#improves(toLeft, lowLeft)) this.#visit(left);
    if (!rightFirst && this.#improves(toRight, lowRight)) this.#visit(right);
  }

  /** Whether a row at this squared distance, or one above it, belongs to the best. */
  #improves(square: number, row: number): boolean {
    return square < this.#worst || (square === this.#worst && row < this.#worstRow);
  }

  #offer(row: number, square: number): void {
    if (!this.#improves(square, row)) return;
    const [rows, squares] = [this.#rows, this.#squares];
    const last = rows.length - 1;
    let at = last;
    for (; at > 0; at--) {
      const before = squares[at - 1]!;
      if (before < square || (before === square && rows[at - 1]! < row)) break;
      squares[at] = before;
      rows[at] = rows[at - 1]!;
    }
    squares[at] = square;
    rows[at] = row;
    this.#worst = squares[last]!;
    this.#worstRow = rows[last]!;
  }
}

/** By node; the number of rows where a leaf has none. */
function lowestRows({ rows, order, first, last, nodes, firstLeaf }: KdTree): Int32Array {
  const lowest = new Int32Array(nodes).fill(rows);
  for (let node = nodes - 1; node >= firstLeaf; node--)
    for (let place = first[node]!; place < last[node]!; place++) lowest[node] = Math.min(lowest[node]!, order[place]!);
  for (let node = firstLeaf - 1; node >= 0; node--)
    lowest[node] = Math.min(lowest[2 * node + 1]!, lowest[2 * node + 2]!);
  return lowest;
}
