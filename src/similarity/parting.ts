/**
 * How far A and B still part the target words, once their direction is taken out of every vector. Gonen & Goldberg 2019
 * (https://aclanthology.org/N19-1061) found that most of it stays: words keep the company of their own set. So that is counted too.
 */
import type { Parting } from '../association';
import type { WorkHooks } from '../pace';
import type { Matrix } from '../types';
import { cosineTable, dot, unitRows, type TestVectors } from './association';
import { partTargets, type TestOptions } from './associationTest';

/** Neighbours of each target word that are looked at. */
export const companyOf = 5;

export async function measureParting(vectors: TestVectors, options: TestOptions, hooks: WorkHooks): Promise<Parting> {
  return {
    ...(await partTargets(cosineTable(vectors), options, hooks)),
    ownSet: ownSetShare(vectors),
    pairCosine: pairCosine(vectors.a, vectors.b),
  };
}

/**
 * Of the `companyOf` target sentences nearest to each by cosine (fewer where there are no more), the share that is of its own set; those
 * of the same word are left out. By chance it would be about a half.
 */
export function ownSetShare({ x, y, sentences }: Pick<TestVectors, 'x' | 'y' | 'sentences'>): number {
  const rows = [...unitRows(x), ...unitRows(y)];
  const wordOf = (row: number) => Math.floor(row / sentences);
  const isX = (row: number) => row < x.rows;
  let own = 0;
  let looked = 0;
  rows.forEach((row, i) => {
    const others = rows.map((_, j) => j).filter((j) => wordOf(j) !== wordOf(i));
    const near = others
      .map((j) => ({ j, cosine: dot(row, rows[j]!) }))
      .sort((p, q) => q.cosine - p.cosine || p.j - q.j)
      .slice(0, companyOf);
    own += near.filter(({ j }) => isX(j) === isX(i)).length;
    looked += near.length;
  });
  return own / looked;
}

function pairCosine(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows) return NaN;
  const rowsB = unitRows(b);
  return unitRows(a).reduce((sum, row, i) => sum + dot(row, rowsB[i]!), 0) / a.rows;
}
