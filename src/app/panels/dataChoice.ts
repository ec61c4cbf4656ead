/** What a person chose of an export of data, and what that asks of a format. */
import {
  defaultNeighbours,
  forSpreadsheets,
  madeOfNeighbours,
  withColumns,
  withOrWithoutNeighbours,
} from '../../exportFormats';
import type { ExportFormat, ExportOptions } from '../../types';

/** A column by what it is: the group, the positions, or one of the items' own by its name. */
export type ColumnKey = 'group' | 'positions' | `own:${string}`;

export interface DataChoice {
  vectors: boolean;
  /** Where a format can do without them. */
  neighbours: boolean;
  /** How many of each text. */
  k: number;
  /** For spreadsheets. */
  safe: boolean;
  /** Columns that are not taken. */
  leftOut: ReadonlySet<ColumnKey>;
}

export function createDataChoice(): DataChoice {
  return { vectors: false, neighbours: false, k: defaultNeighbours, safe: false, leftOut: new Set() };
}

/** Whether a file of this format has neighbours in it. */
export function takesNeighbours(format: ExportFormat, { neighbours }: DataChoice): boolean {
  return madeOfNeighbours.includes(format) || (neighbours && withOrWithoutNeighbours.includes(format));
}

/** @param own the items' own columns */
export function exportOptions(format: ExportFormat, choice: DataChoice, own: readonly string[]): ExportOptions {
  const { vectors, safe, leftOut } = choice;
  const columns = {
    group: !leftOut.has('group'),
    positions: !leftOut.has('positions'),
    own: own.filter((name) => !leftOut.has(`own:${name}`)),
  };
  const chosen = leftOut.size > 0 && withColumns.includes(format) && { columns };
  return { vectors, spreadsheetSafe: safe && forSpreadsheets.includes(format), ...chosen };
}
