/** Each text's nearest neighbours as a column of tables, as Embedding Atlas has them: ids (rows, from 0) and distances, nearest first. */

export const neighbourColumn = 'neighbors';

/**
 * Whether a JSON value is such a cell. Readers leave it out: its rows are those of the file that it was written to, and vectors give
 * neighbours anew.
 */
export function isNeighbours(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ids' in value &&
    Array.isArray(value.ids) &&
    'distances' in value &&
    Array.isArray(value.distances)
  );
}
