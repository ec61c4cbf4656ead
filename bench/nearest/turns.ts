/** The sides' turns, whoever calls them: in the same process, or in a worker. */
import type { Answered, Side } from './sides';

/** Milliseconds of each question, side by side. */
export interface NearestTimes {
  /** The first question, which rounds the rows and samples the pairs. */
  readonly first: number;
  readonly ours: readonly number[];
  readonly kept: readonly number[];
  readonly sorted: readonly number[];
}

/** Of `count` questions the rows that they are about, spread over all. */
export function askedRows(rows: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * rows) / count));
}

/** Has the sides take turns. `each` gets our answer to each question. Throws where the sides' cosines differ. */
export async function timeSides(
  ask: (side: Side, row: number, k: number) => Promise<Answered>,
  rows: number,
  { k, questions }: { readonly k: number; readonly questions: number },
  each: (row: number, exact: readonly number[]) => void = () => undefined,
): Promise<NearestTimes> {
  const asked = askedRows(rows, questions);
  const { milliseconds: first } = await ask('ours', 0, k);
  const times = { first, ours: [] as number[], kept: [] as number[], sorted: [] as number[] };
  for (const row of asked) {
    const ours = await ask('ours', row, k);
    times.ours.push(ours.milliseconds);
    for (const side of ['kept', 'sorted'] as const) {
      const { milliseconds, cosines } = await ask(side, row, k);
      times[side].push(milliseconds);
      const farthest = Math.max(...cosines.map((cosine, i) => Math.abs(cosine - (ours.cosines[i] ?? NaN))));
      // Sums in another order, rounded to float32.
      if (!(farthest < 1e-6)) throw new Error(`the neighbours of row ${row} differ by ${farthest}`);
    }
    each(row, ours.rows);
  }
  return times;
}
