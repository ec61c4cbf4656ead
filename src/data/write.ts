/** Dataset -> a file of any format that can be written. */
import { InputError } from '../errors';
import type { Dataset, ExportFormat, ExportOptions } from '../types';
import { writeCapsule } from './capsuleWrite';
import { writeDelimited } from './delimited';
import { writeGlb } from './glb';
import { writeJson } from './json';
import { writeJsonl } from './jsonl';
import { writeWordVectors, writeWordVectorsBinary } from './wordVectors';
import { writeNpz } from './npz';
import { writeArrow } from './arrowWrite';
import { writeParquet } from './parquetWrite';
import { writePly } from './ply';
import { writeProjector } from './projector';

const endings: Readonly<Record<ExportFormat, string>> = {
  csv: '.csv',
  tsv: '.tsv',
  json: '.json',
  jsonl: '.jsonl',
  npz: '.npz',
  parquet: '.parquet',
  arrow: '.arrow',
  capsule: '.constela',
  vec: '.vec',
  bin: '.bin',
  projector: '.zip',
  glb: '.glb',
  ply: '.ply',
};

/** The endings of file names that can be written, each with its dot. */
export const exportEndings: readonly string[] = Object.values(endings);

/**
 * The bytes of an export; opened again, they give the dataset that was written (the formats' own limits are in `writeDelimited`,
 * `writeNpz` and `writeProjector`), but for `writeGlb` and `writePly`, which are not read. NumPy and Projector files carry the vectors whatever `options.vectors` says. Throws when there is
 * no text, or vectors are wanted and there are none; a RangeError when vectors, positions or colours have another number of rows than items.
 */
export function writeDataset(format: ExportFormat, dataset: Dataset, options: ExportOptions): Uint8Array<ArrayBuffer> {
  const { items, vectors, positions, colours } = dataset;
  if (items.length === 0) throw new InputError('exportEmpty');
  for (const { rows } of [vectors, positions].filter((part) => part !== undefined)) {
    if (rows !== items.length) throw new RangeError(`${rows} rows for ${items.length} items`);
  }
  if (colours && colours.length !== items.length * 3)
    throw new RangeError(`${colours.length} bytes of colour for ${items.length} items`);
  switch (format) {
    case 'csv':
    case 'tsv':
      if (options.vectors && !vectors) throw new InputError('exportNeedsVectors');
      return writeDelimited(dataset, format === 'csv' ? ',' : '\t', options);
    case 'json':
      if (options.vectors && !vectors) throw new InputError('exportNeedsVectors');
      return writeJson(dataset, options);
    case 'jsonl':
      if (options.vectors && !vectors) throw new InputError('exportNeedsVectors');
      return writeJsonl(dataset, options);
    case 'capsule':
      return writeCapsule(dataset);
    case 'vec':
      return writeWordVectors(dataset);
    case 'bin':
      return writeWordVectorsBinary(dataset);
    case 'parquet':
      if (options.vectors && !vectors) throw new InputError('exportNeedsVectors');
      return writeParquet(dataset, options);
    case 'arrow':
      if (options.vectors && !vectors) throw new InputError('exportNeedsVectors');
      return writeArrow(dataset, options);
    case 'npz':
      return writeNpz(dataset);
    case 'projector':
      return writeProjector(dataset);
    case 'glb':
      return writeGlb(dataset);
    case 'ply':
      return writePly(dataset);
  }
}

/** A file name for an export of the collection `name`: what could mean a folder or a device becomes a hyphen. */
export function exportFileName(format: ExportFormat, name = 'constela'): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} _-]+/gu, '-');
  const trimmed = safe.replace(/^[ -]+|[ -]+$/g, '').slice(0, 80);
  return (trimmed || 'constela') + endings[format];
}

/** The format that a file name's ending asks for. Throws for an ending that cannot be written. */
export function exportFormatOf(fileName: string): ExportFormat {
  const formats = Object.keys(endings) as ExportFormat[];
  const format = formats.find((format) => fileName.toLowerCase().endsWith(endings[format]));
  if (!format) throw new InputError('exportEnding', { file: fileName, endings: exportEndings.join(' ') });
  return format;
}
