/** The file worker: files to datasets and back, so that a large one blocks no frame. */
import { expose, transfer } from 'comlink';
import { writeTable } from '../data/delimited';
import { openFile } from '../data/open';
import { hasRiskyCells } from '../data/spreadsheet';
import { writeDataset } from '../data/write';
import type { CellTable, Dataset, ExportFormat, ExportOptions, NewItem } from '../types';
import { holdLife } from './life';
import { registerTransfer } from './transfer';

registerTransfer();

const work = {
  begin: async (life: string) => holdLife(life),
  open: async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Dataset> => openFile(name, bytes),
  hasRiskyCells: async (items: readonly NewItem[]) => hasRiskyCells({ items }),
  write: async (format: ExportFormat, dataset: Dataset, options: ExportOptions) => {
    const bytes = writeDataset(format, dataset, options);
    return transfer(bytes, [bytes.buffer]);
  },
  writeTable: async (table: CellTable, spreadsheetSafe: boolean) => {
    const bytes = writeTable(table, spreadsheetSafe);
    return transfer(bytes, [bytes.buffer]);
  },
};

export type FilesWork = typeof work;

expose(work);
