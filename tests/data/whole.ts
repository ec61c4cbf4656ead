/** Files that are written in pieces, as one array of bytes. */
import { joinPieces, type Bytes } from '../../src/data/pieces';
import { formatEndings, type PlainFormat, writeDataset, writePlain } from '../../src/data/write';
import type { Dataset, ExportFormat, ExportOptions } from '../../src/types';

export async function writeWhole(format: ExportFormat, dataset: Dataset, options: ExportOptions): Promise<Bytes> {
  return joinPieces(await writeDataset(format, dataset, options));
}

export function writePlainWhole(format: PlainFormat, dataset: Dataset, options: ExportOptions): Bytes {
  return joinPieces(writePlain(format, dataset, options));
}

/** A name that says the format. */
export function nameFor(format: ExportFormat): string {
  return `a${formatEndings([format])}`;
}
