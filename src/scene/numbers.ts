/** Columns of numbers, told from columns of words. */
import type { Cell } from '../types';

export interface NumberColumn {
  /** Row by row; NaN where a cell is empty. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Whether the numbers may as well be names: whole ones, and few. */
  readonly few: boolean;
}

/** As JSON writes numbers, and with a plus or a leading point. A decimal comma is not guessed: `1,234` may be either. */
const written = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The numbers of a column; undefined unless every cell that is not empty is a finite one, and at least one is.
 * @param most whole numbers up to which a column has few: more could not be told apart as categories
 */
export function readNumbers(cells: readonly (Cell | undefined)[], most: number): NumberColumn | undefined {
  const values = new Float64Array(cells.length).fill(NaN);
  const distinct = new Set<number>();
  let whole = true;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')) continue;
    const value = numberOf(cell);
    if (!Number.isFinite(value)) return undefined;
    values[row] = value;
    whole &&= Number.isInteger(value);
    if (distinct.size <= most) distinct.add(value);
  }
  return distinct.size === 0 ? undefined : { values, few: whole && distinct.size <= most };
}

function numberOf(cell: string | number | boolean): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && written.test(cell.trim()) ? Number(cell) : NaN;
}
