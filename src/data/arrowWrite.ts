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
  int32,
  list,
  struct,
  tableFromColumns,
  Table,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import type { Dataset, KnnGraph, Matrix } from '../types';
import { type FileColumn, fileColumns, spaceKeyOfFiles } from './fileColumns';
import { neighbourColumn } from './neighbourColumn';
import type { Bytes, Pieces } from './pieces';
import { writeSpaceFields } from './spaceFields';

/**
 * Writes the columns of `fileColumns`, with `vectors` the column `vector`, a fixed-size list of float32, and where there are any
 * `neighbors`, as `writeParquet` does. What made the vectors is in the schema's metadata.
 */
export function writeArrow(dataset: Dataset, { vectors }: { vectors: boolean }): Pieces {
  const matrix = vectors ? dataset.vectors : undefined;
  const { space, neighbours } = dataset;
  const named = fileColumns(dataset).map((column): [string, Column<unknown>] => [column.name, columnOf(column)]);
  if (matrix) named.push(['vector', vectorColumn(matrix)]);
  if (neighbours) named.push([neighbourColumn, neighboursColumn(neighbours)]);
  const { schema, children } = tableFromColumns(named);
  const metadata = space ? new Map([[spaceKeyOfFiles, JSON.stringify(writeSpaceFields(space))]]) : null;
  const sink = new PartSink();
  tableToIPC(new Table({ ...schema, metadata }, children), { format: 'file', sink });
  return sink.parts;
}

/** Keeps the buffers of the columns, the matrix among them, as they are: flechette's own sink copies them into one. */
class PartSink {
  readonly parts: Bytes[] = [];

  write(bytes: Bytes): void {
    this.parts.push(bytes);
  }

  pad(count: number): void {
    this.parts.push(new Uint8Array(count));
  }

  finish(): null {
    return null;
  }
}

function columnOf({ kind, values }: FileColumn): Column<unknown> {
  if (kind === 'float32') return columnFromArray(values);
  const type = { text: utf8, number: float64, boolean: bool }[kind]();
  return columnFromArray(
    Array.from<unknown>(values).map((value) => value ?? null),
    type,
  );
}

/** No bits of validity: nothing is null. */
const none = { nullCount: 0, validity: new Uint8Array(0) };

/** Made of the matrix itself: a builder would take its numbers one by one. */
function vectorColumn({ data, rows, dim }: Matrix): Column<unknown> {
  const type = fixedSizeList(field('item', float32()), dim);
  const Values = batchType(float32());
  const Lists = batchType(type);
  const child = new Values({ length: rows * dim, ...none, type: float32(), values: data });
  return new Column([new Lists({ length: rows, ...none, type, children: [child] })]);
}

function neighboursColumn({ indices, distances, rows, k }: KnnGraph): Column<unknown> {
  const offsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * k);
  const parts = [
    { name: 'ids', item: int32(), values: indices },
    { name: 'distances', item: float32(), values: distances },
  ].map(({ name, item, values }) => {
    const type = list(field('item', item));
    const Values = batchType(item);
    const Lists = batchType(type);
    const child = new Values({ length: values.length, ...none, type: item, values });
    return { name, type, batch: new Lists({ length: rows, ...none, type, offsets, children: [child] }) };
  });
  const type = struct(parts.map(({ name, type }) => field(name, type)));
  const Structs = batchType(type);
  return new Column([new Structs({ length: rows, ...none, type, children: parts.map(({ batch }) => batch) })]);
}
