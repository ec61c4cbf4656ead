/** A second map of the same texts, laid on the first, and what lies between the two. */
import { alignTo } from '../../projection/align';
import { fitTransform, toWorld } from '../../scene/transform';
import type { Positions } from '../../types';
import { takeRows } from '../../vectors';

/**
 * `second` brought to the centre and the size (root mean square distance from it) of `first`, and turned or mirrored so that the
 * texts of both lie as near to each other as can be (orthogonal Procrustes: `alignTo`), row by row for the first, in its layout
 * units. A flat map is laid into a plane in the cloud; what is given has three dimensions unless both are flat. A text that the
 * second map lacks (NaN) stays where the first has it.
 */
export function layOnto(second: Positions, first: Positions): Positions {
  const rows: number[] = [];
  for (let row = 0; row < first.rows; row++) if (Number.isFinite(second.data[row * second.dim])) rows.push(row);
  const dim = first.dim === 2 && second.dim === 2 ? 2 : 3;
  const data = new Float32Array(first.rows * dim);
  for (let row = 0; row < first.rows; row++)
    for (let d = 0; d < first.dim; d++) data[row * dim + d] = first.data[row * first.dim + d]!;
  const [of, reference] = [takeRows(second, rows), takeRows(first, rows)];
  const { centre, scale } = fitTransform(reference);
  const aligned = alignTo(inOwnUnits(of), inOwnUnits(reference)).data;
  for (let i = 0; i < rows.length; i++)
    for (let d = 0; d < dim; d++) data[rows[i]! * dim + d] = aligned[i * 3 + d]! / scale + centre[d]!;
  return { data, rows: first.rows, dim };
}

/** Anywhere between two maps of the same rows; `share` 0 is the first, 1 the second, which may have a dimension more. */
export function between(first: Positions, second: Positions, share: number): Positions {
  const { dim, rows } = second;
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < dim; d++) {
      const from = d < first.dim ? first.data[row * first.dim + d]! : 0;
      data[row * dim + d] = from + share * (second.data[row * dim + d]! - from);
    }
  return { data, rows, dim };
}

/** Rows x 3: the centre is the origin, and the root mean square distance from it is 1. */
function inOwnUnits(positions: Positions): Positions {
  const data = new Float32Array(positions.rows * 3);
  toWorld(positions, fitTransform(positions), false, data);
  return { data, rows: positions.rows, dim: 3 };
}
