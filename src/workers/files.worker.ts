/** The file worker: files to datasets and back, so that a large one blocks no frame. */
import { expose, transfer } from 'comlink';
import type { Adapter, TextPair } from '../adapters';
import { writeTable } from '../data/delimited';
import { openFile } from '../data/open';
import { parsePairs, writePairs } from '../data/pairs';
import { hasRiskyCells } from '../data/spreadsheet';
import { writeDataset } from '../data/write';
import { readAdapter, writeAdapter } from '../tuning/adapterFile';
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
  parsePairs: async (file: string, bytes: Uint8Array<ArrayBuffer>) => parsePairs(file, bytes),
  writePairs: async (pairs: readonly TextPair[]) => writePairs(pairs),
  readAdapter: (file: string, bytes: Uint8Array<ArrayBuffer>) => readAdapter(file, bytes),
  writeAdapter: async (adapter: Adapter) => writeAdapter(adapter),
};

export type FilesWork = typeof work;

expose(work);
