/** How vectors of the same texts moved from one space to another of the same model: what all share, and what is each one's own. */
import type { Shift } from '../answers';
import type { Matrix } from '../types';
import { meanRow } from '../vectors';
import { meanOf } from './sample';

/** Mean squared shifts below this are rounding: vectors are known to 1e-5. */
const stillSquare = 1e-10;

/**
 * Splits the shift of each row, `to` less `from` (both rows x dim, row-major), into the mean shift, which all rows share, and the
 * residue that is left of its own. The two parts are orthogonal over all rows: the squared lengths of the shifts sum to those of the
 * residues and as many times that of the mean shift, so that the share of the squared shift that is common is a share of a whole
 * (the decomposition of variance). Sums are in float64.
 *
 * Throws a RangeError when the shapes differ.
 */
export function splitShift(from: Matrix, to: Matrix): Omit<Shift, 'ids'> {
  const { rows, dim } = to;
  if (from.rows !== rows || from.dim !== dim)
    throw new RangeError(`${from.rows} x ${from.dim} and ${rows} x ${dim} are not vectors of the same texts`);
  const [start, end] = [meanRow(from), meanRow(to)];
  const mean = end.map((value, d) => value - start[d]!);
  const lengths = new Float32Array(rows);
  const residues = new Float32Array(rows);
  let square = 0;
  for (let row = 0, p = 0; row < rows; row++) {
    let ofShift = 0;
    let ofResidue = 0;
    for (let d = 0; d < dim; d++, p++) {
      const moved = to.data[p]! - from.data[p]!;
      ofShift += moved * moved;
      ofResidue += (moved - mean[d]!) ** 2;
    }
    lengths[row] = Math.sqrt(ofShift);
    residues[row] = Math.sqrt(ofResidue);
    square += ofShift;
  }
  const ofMean = mean.reduce((sum, value) => sum + value * value, 0);
  const isSplit = rows > 1 && square > stillSquare * rows;
  return {
    common: Math.sqrt(ofMean),
    commonShare: isSplit ? Math.min((rows * ofMean) / square, 1) : NaN,
    lengths,
    residues,
    meanLength: meanOf(lengths),
    meanResidue: meanOf(residues),
  };
}
