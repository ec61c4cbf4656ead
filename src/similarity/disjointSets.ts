/** Sets of numbers that are only ever united (Tarjan 1975): which set a number is in is found in nearly constant time. */
export class DisjointSets {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  /** Each number from 0 to `count` (without it) is a set of its own. */
  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
    this.#size = new Int32Array(count).fill(1);
  }

  /** The number that stands for the set of `i`. */
  find(i: number): number {
    const parent = this.#parent;
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  }

  /** Unites two sets, and gives the number that stands for both; -1 if they were one already. */
  unite(a: number, b: number): number {
    let [large, small] = [this.find(a), this.find(b)];
    if (large === small) return -1;
    if (this.#size[large]! < this.#size[small]!) [large, small] = [small, large];
    this.#parent[small] = large;
    this.#size[large]! += this.#size[small]!;
    return large;
  }
}
