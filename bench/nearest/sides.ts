/** The neighbours of single rows, by the space that answers questions and by plain loops: in Node as in a browser's worker. */
import { Spaces } from '../../src/engine/spaces';
import type { Matrix } from '../../src/types';

export type Side = 'ours' | 'kept' | 'sorted';

export interface Answered {
  readonly milliseconds: number;
  readonly rows: readonly number[];
  /** Row by row. */
  readonly cosines: readonly number[];
}

/** All sides answer about the same vectors: rows x dim, row-major, of unit length. */
export class Sides {
  readonly #spaces = new Spaces();

  constructor(private readonly vectors: Matrix) {}

  async load(): Promise<void> {
    const ids = Array.from({ length: this.vectors.rows }, (_, row) => String(row));
    await this.#spaces.update('bench', [], ids, this.vectors);
  }

  async ask(side: Side, row: number, k: number): Promise<Answered> {
    const began = performance.now();
    const found =
      side === 'ours' ? await this.#ours(row, k) : side === 'kept' ? this.#kept(row, k) : this.#sorted(row, k);
    const milliseconds = performance.now() - began;
    return { milliseconds, rows: found.map((near) => near.row), cosines: found.map(({ cosine }) => cosine) };
  }

  /** What the page's worker does, percentiles included. */
  async #ours(row: number, k: number): Promise<Scored[]> {
    const none = { data: new Float32Array(0), rows: 0, dim: this.vectors.dim };
    const found = await this.#spaces.ask('bench', { kind: 'neighbours', of: { id: String(row) }, k }, none);
    return found.map(({ id, cosine }) => ({ row: Number(id), cosine }));
  }

  /** A double loop, and the best kept in order while it runs. */
  #kept(asked: number, k: number): Scored[] {
    const { rows } = this.vectors;
    const best: Scored[] = [];
    for (let row = 0; row < rows; row++) {
      if (row === asked) continue;
      const cosine = this.#dot(asked, row);
      if (best.length === k && cosine <= best[k - 1]!.cosine) continue;
      let at = best.length;
      while (at > 0 && best[at - 1]!.cosine < cosine) at--;
      best.splice(at, 0, { row, cosine });
      if (best.length > k) best.pop();
    }
    return best;
  }

  /** A double loop, and a sort of all. */
  #sorted(asked: number, k: number): Scored[] {
    const { rows } = this.vectors;
    const all: Scored[] = [];
    for (let row = 0; row < rows; row++) if (row !== asked) all.push({ row, cosine: this.#dot(asked, row) });
    return all.sort((a, b) => b.cosine - a.cosine).slice(0, k);
  }

  #dot(a: number, b: number): number {
    const { data, dim } = this.vectors;
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += data[a * dim + d]! * data[b * dim + d]!;
    return sum;
  }
}

interface Scored {
  readonly row: number;
  readonly cosine: number;
}
