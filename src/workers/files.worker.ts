/** The file worker: files to datasets and back, so that a large one blocks no frame. */
import { expose } from 'comlink';
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
import { type PackedItems, unpackItems } from '../packedItems';
import type { ReadingOptions } from '../reading';
import { readAdapter, writeAdapter } from '../tuning/adapterFile';
import type { CellTable, ExportFormat, ExportOptions, OnProgress } from '../types';
import { blobOf } from './blobOf';
import { holdLife } from './life';
import { packDataset, type PackedDataset, unpackDataset } from './packedDataset';
import { registerTransfer } from './transfer';

registerTransfer();

const work = {
  begin: async (life: string) => holdLife(life),
  /** The files themselves come here, so that of a large one no more than the rows that are kept is in memory. */
  open: async (file: File, beside: readonly File[], options: ReadingOptions, onProgress: OnProgress | undefined) => {
    const hooks = onProgress && { onProgress };
    const dataset = await openFile(piecesOf(file), beside.map(piecesOf), options, hooks);
    return packDataset(dataset);
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
  hasRiskyCells: async (items: PackedItems) => hasRiskyCells({ items: unpackItems(items) }),
  write: async (format: ExportFormat, dataset: PackedDataset, options: ExportOptions) =>
    blobOf(await writeDataset(format, unpackDataset(dataset), options)),
  writeTable: async (table: CellTable, spreadsheetSafe: boolean) => blobOf(writeTable(table, spreadsheetSafe)),
  parsePairs: async (file: string, bytes: Uint8Array<ArrayBuffer>) => parsePairs(file, bytes),
  writePairs: async (pairs: readonly TextPair[]) => blobOf(writePairs(pairs)),
  readAdapter: (file: string, bytes: Uint8Array<ArrayBuffer>) => readAdapter(file, bytes),
  writeAdapter: async (adapter: Adapter) => writeAdapter(adapter),
};

export type FilesWork = typeof work;

expose(work);
