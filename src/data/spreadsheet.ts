/** Cells that a spreadsheet would run as formulas (OWASP, CSV injection). */
import type { Dataset } from '../types';
import { tableOfDataset } from './datasetTable';

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The cell, behind an apostrophe if it is risky. Reading such a file back keeps the apostrophe. */
export function makeSpreadsheetSafe(cell: string): string {
  return isRiskyCell(cell) ? `'${cell}` : cell;
}

/** Whether a CSV or TSV of the dataset would have a cell, or a column name, that a spreadsheet runs. */
export function hasRiskyCells(dataset: Dataset): boolean {
  const { names, row } = tableOfDataset(dataset);
  return names.some(isRiskyCell) || dataset.items.some((_, i) => row(i).some(isRiskyCell));
}

/** A cell that begins with = + - @, tab or carriage return; a plain number such as -3 is only a number. */
function isRiskyCell(cell: string): boolean {
  return /^[=+\-@\t\r]/.test(cell) && !plainNumber.test(cell);
}
