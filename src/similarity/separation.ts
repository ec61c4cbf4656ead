/** How well a space keeps the groups of its texts apart. */
import { Pace, type WorkHooks } from '../pace';
import type { Separation } from '../answers';
import type { Matrix } from '../types';
import { topK } from '../vectors';
import { createCosineRows } from './cosineRows';
import { meanOf, spreadRow, standardError } from './sample';

/** Rows up to which all are measured: of 5,000 with 384 dimensions in 20 groups it takes about 2 s. */
const usuallyExact = 5000;
/** The fewest rows that are measured where there are more; as many pairs as were compared exactly are, where that is more. */
const fewestSampled = 200;

export interface SeparationHooks extends WorkHooks {
  readonly mostExact?: number | undefined;
}

/**
 * Measures by two numbers how far rows of `vectors` (rows x dim, row-major, unit length) keep to their group; `labels` has a group for
 * each, any whole number.
 *
 * The silhouette (Rousseeuw 1987, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis) by
 * cosine distance: of a row (b - a) / max(a, b), with a its mean distance to the others of its group and b the least of its mean
 * distances to the other groups; 0 for a row that is alone in its group. Since the distance is 1 - cosine, a mean distance to a group is
 * that to the group's summed vector, and no pair need be compared.
 *
 * The accuracy of `k` nearest neighbours, leaving one out: the share of rows whose group is the most frequent one among their `k` nearest;
 * of equally frequent ones that of the nearest row counts. A row alone in its group is never right.
 *
 * Both are those of scikit-learn (`silhouette_score`, `KNeighborsClassifier`), but for how it decides between equally frequent groups.
 * Above `mostExact` rows they are measured by an evenly spread sample of rows, each among all, and have standard errors.
 *
 * Without two groups, or where no group has two rows, there is nothing to measure: the numbers are NaN, and it is said what is missing.
 * Throws a RangeError when labels do not fit; rejects with the signal's reason when it is aborted.
 */
export async function measureSeparation(
  vectors: Matrix,
  labels: Int32Array,
  asked: number,
  { mostExact = usuallyExact, onProgress, signal }: SeparationHooks = {},
): Promise<Omit<Separation, 'ids'>> {
  const { rows } = vectors;
  if (labels.length !== rows) throw new RangeError(`${labels.length} labels for ${rows} vectors`);
  const pace = new Pace(signal);
  const groups = gatherGroups(vectors, labels);
  const { sizes, groupOf } = groups;
  const counted = {
    rows,
    k: Math.max(0, Math.min(asked, rows - 1)),
    groups: sizes.length,
    singles: sizes.filter((size) => size === 1).length,
    largest: sizes.length > 0 ? Math.max(...sizes) / rows : NaN,
  };
  const silhouettes = new Float32Array(rows).fill(NaN);
  const missing = missingFrom(sizes);
  if (missing) return { ...counted, silhouette: NaN, accuracy: NaN, silhouettes, missing };
  const exact = rows <= mostExact;
  const measured = exact ? rows : Math.min(rows, Math.max(fewestSampled, Math.floor(mostExact ** 2 / rows)));
  const order = Int32Array.from({ length: measured }, (_, i) => (exact ? i : spreadRow(i, rows)));
  const cosinesOf = createCosineRows(vectors, order);
  const ofSilhouette = new Float64Array(measured);
  const ofAccuracy = new Float64Array(measured);
  for (let i = 0; i < measured; i++) {
    const row = order[i]!;
    ofSilhouette[i] = silhouettes[row] = silhouetteOf(vectors, row, groups);
    const near = topK(cosinesOf(i), counted.k, new Set([row]));
    ofAccuracy[i] = Number(mostFrequent(near.map((other) => groupOf[other]!)) === groupOf[row]);
    if (!pace.due) continue;
    onProgress?.({ stage: 'neighbours', done: Math.floor((rows * (i + 1)) / measured), total: rows });
    await pace.rest();
  }
  return {
    ...counted,
    silhouette: meanOf(ofSilhouette),
    accuracy: meanOf(ofAccuracy),
    silhouettes,
    ...(!exact && {
      sampled: measured,
      errors: { silhouette: standardError(ofSilhouette, rows), accuracy: standardError(ofAccuracy, rows) },
    }),
  };
}

interface Groups {
  /** Row by row, from 0 in order of first appearance. */
  readonly groupOf: Int32Array;
  readonly sizes: readonly number[];
  /** Groups x dim: the sums of their vectors. */
  readonly sums: Float64Array;
}

function gatherGroups({ data, dim }: Matrix, labels: Int32Array): Groups {
  const numberOf = new Map<number, number>();
  const sizes: number[] = [];
  const groupOf = Int32Array.from(labels, (label) => {
    const group = numberOf.get(label) ?? numberOf.size;
    numberOf.set(label, group);
    sizes[group] = (sizes[group] ?? 0) + 1;
    return group;
  });
  const sums = new Float64Array(sizes.length * dim);
  groupOf.forEach((group, row) => {
    for (let d = 0; d < dim; d++) sums[group * dim + d]! += data[row * dim + d]!;
  });
  return { groupOf, sizes, sums };
}

function missingFrom(sizes: readonly number[]): Separation['missing'] {
  if (sizes.length === 0) return 'groups';
  if (sizes.length === 1) return 'secondGroup';
  return sizes.every((size) => size === 1) ? 'companions' : undefined;
}

function silhouetteOf({ data, dim }: Matrix, row: number, { groupOf, sizes, sums }: Groups): number {
  const own = groupOf[row]!;
  if (sizes[own] === 1) return 0;
  const at = row * dim;
  let square = 0;
  for (let d = 0; d < dim; d++) square += data[at + d]! ** 2;
  let [within, nearest] = [0, Infinity];
  for (let group = 0; group < sizes.length; group++) {
    let cosines = 0;
    for (let d = 0, p = group * dim; d < dim; d++, p++) cosines += data[at + d]! * sums[p]!;
    // Of its own group the row itself is left out, whose distance from itself is none.
    if (group === own) within = 1 - (cosines - square) / (sizes[group]! - 1);
    else nearest = Math.min(nearest, 1 - cosines / sizes[group]!);
  }
  const most = Math.max(within, nearest);
  return most < noDistance ? 0 : (nearest - within) / most;
}

/** Mean distances below this are rounding: all rows are in one point. */
const noDistance = 1e-6;

/** Of equally frequent values the one that comes first; undefined of none. */
function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | undefined;
  // A map goes through its keys in the order in which they came.
  for (const [value, count] of counts) if (best === undefined || count > counts.get(best)!) best = value;
  return best;
}
