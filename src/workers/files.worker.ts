/** The file worker: files to datasets and back, so that a large one blocks no frame. */
import { expose, transfer } from 'comlink';
import type { Adapter, TextPair } from '../adapters';
import { writeTable } from '../data/delimited';
import { piecesOf, rangesOf } from '../data/blobPieces';
import { openFile } from '../data/open';
import { groupFiles } from '../data/together';
import { listPacked } from '../data/unpack';
import { parsePairs, writePairs } from '../data/pairs';
import { previewFile } from '../data/preview';
import { hasRiskyCells } from '../data/spreadsheet';
import { writeDataset } from '../data/write';
import { packItems } from '../packedItems';
import type { ReadingOptions } from '../reading';
import { readAdapter, writeAdapter } from '../tuning/adapterFile';
import type { CellTable, Dataset, ExportFormat, ExportOptions, NewItem, OnProgress } from '../types';
import { blobOf } from './blobOf';
import { holdLife } from './life';
import { registerTransfer } from './transfer';

registerTransfer();

const work = {
  begin: async (life: string) => holdLife(life),
  /** The files themselves come here, so that of a large one no more than the rows that are kept is in memory. */
  open: async (file: File, beside: readonly File[], options: ReadingOptions, onProgress: OnProgress | undefined) => {
    const hooks = onProgress && { onProgress };
    const dataset = await openFile(piecesOf(file), beside.map(piecesOf), options, hooks);
    return transfer({ ...dataset, items: packItems(dataset.items) }, buffersOf(dataset));
  },
  group: (files: readonly File[]) => groupFiles(files.map(piecesOf)),
  preview: (name: string, file: Blob, options: ReadingOptions) => previewFile(name, file, options),
  /** By the names in it; an archive that cannot be read is none, and opening it as texts says why. */
  holdsModel: async (file: Blob) => {
    try {
      const packed = listPacked('', rangesOf(file));
      return packed.some(({ name }) => name.endsWith('.onnx'));
    } catch {
      return false;
    }
  },
  hasRiskyCells: async (items: readonly NewItem[]) => hasRiskyCells({ items }),
  write: async (format: ExportFormat, dataset: Dataset, options: ExportOptions) =>
    blobOf(await writeDataset(format, dataset, options)),
  writeTable: async (table: CellTable, spreadsheetSafe: boolean) => blobOf(writeTable(table, spreadsheetSafe)),
  parsePairs: async (file: string, bytes: Uint8Array<ArrayBuffer>) => parsePairs(file, bytes),
  writePairs: async (pairs: readonly TextPair[]) => blobOf(writePairs(pairs)),
  readAdapter: (file: string, bytes: Uint8Array<ArrayBuffer>) => readAdapter(file, bytes),
  writeAdapter: async (adapter: Adapter) => writeAdapter(adapter),
};

/** Of the bulk numbers, which are handed over. */
function buffersOf({ vectors, positions }: Dataset): ArrayBuffer[] {
  return [...new Set([vectors, positions].flatMap((rows) => (rows ? [rows.data.buffer] : [])))];
}

export type FilesWork = typeof work;

expose(work);
