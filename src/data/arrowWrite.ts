/** Datasets as Arrow files (Feather version 2, not compressed), by flechette. */
import {
  batchType,
  bool,
  Column,
  columnFromArray,
  field,
  fixedSizeList,
  float32,
  float64,
  tableFromColumns,
  Table,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import type { Dataset, Matrix } from '../types';
import { type FileColumn, fileColumns, spaceKeyOfFiles } from './fileColumns';
import { writeSpaceFields } from './spaceFields';

/**
 * Writes the columns of `fileColumns`, and with `vectors` the column `vector`, a fixed-size list of float32. What made the vectors is in
 * the schema's metadata.
 */
export function writeArrow(dataset: Dataset, { vectors }: { vectors: boolean }): Uint8Array<ArrayBuffer> {
  const matrix = vectors ? dataset.vectors : undefined;
  const named = fileColumns(dataset).map((column): [string, Column<unknown>] => [column.name, columnOf(column)]);
  const { schema, children } = tableFromColumns([
    ...named,
    ...(matrix ? [['vector', vectorColumn(matrix)] as [string, Column<unknown>]] : []),
  ]);
  const { space } = dataset;
  const metadata = space ? new Map([[spaceKeyOfFiles, JSON.stringify(writeSpaceFields(space))]]) : null;
  const bytes = tableToIPC(new Table({ ...schema, metadata }, children), { format: 'file' });
  if (!bytes) throw new Error('an Arrow file was written elsewhere than into memory');
  return new Uint8Array(bytes);
}

function columnOf({ kind, values }: FileColumn): Column<unknown> {
  if (kind === 'float32') return columnFromArray(values);
  const type = { text: utf8, number: float64, boolean: bool }[kind]();
  return columnFromArray(
    Array.from<unknown>(values).map((value) => value ?? null),
    type,
  );
}

/** Made of the matrix itself: a builder would take its numbers one by one. */
function vectorColumn({ data, rows, dim }: Matrix): Column<unknown> {
  const type = fixedSizeList(field('item', float32()), dim);
  const Values = batchType(float32());
  const Lists = batchType(type);
  // No bits of validity: none is null.
  const none = { nullCount: 0, validity: new Uint8Array(0) };
  const child = new Values({ length: rows * dim, ...none, type: float32(), values: data });
  return new Column([new Lists({ length: rows, ...none, type, children: [child] })]);
}
