/** Datasets as Parquet files, with Embedding Atlas's names where it has any. */
import type { SchemaElement } from 'hyparquet';
import { ParquetWriter } from 'hyparquet-writer';
import type { Dataset } from '../types';
import { type FileColumn, fileColumns, spaceKeyOfFiles } from './fileColumns';
import { neighbourColumn } from './neighbourColumn';
import { numberListSchema, writeListColumn } from './parquetListsWrite';
import { PartWriter } from './parquetParts';
import type { Bytes } from './pieces';
import { writeSpaceFields } from './spaceFields';

const types = { text: 'BYTE_ARRAY', number: 'DOUBLE', boolean: 'BOOLEAN', float32: 'FLOAT' } as const;

/** Required, so that the levels of its lists are those of lists by themselves. */
const neighbourSchema: readonly SchemaElement[] = [
  { name: neighbourColumn, repetition_type: 'REQUIRED', num_children: 2 },
  ...numberListSchema('ids', 'INT32'),
  ...numberListSchema('distances', 'FLOAT'),
];

/**
 * Writes the columns of `fileColumns`, with `vectors` the column `vector`, a list of float32, and where there are any `neighbors`, a
 * struct of `ids` (int32, rows from 0) and `distances` (float32). All rows are one group. DuckDB, pandas and Embedding Atlas read it as
 * it is. The parts of the file are given, views of the vectors among them.
 */
export function writeParquet(dataset: Dataset, { vectors }: { vectors: boolean }): readonly Bytes[] {
  const { items, space } = dataset;
  const matrix = vectors ? dataset.vectors : undefined;
  const neighbours = dataset.neighbours?.k ? dataset.neighbours : undefined;
  const columns = fileColumns(dataset);
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length + (matrix ? 1 : 0) + (neighbours ? 1 : 0) },
    ...columns.map(elementOf),
    ...(matrix ? numberListSchema('vector', 'FLOAT') : []),
    ...(neighbours ? neighbourSchema : []),
  ];
  const out = new PartWriter();
  const said = space && { kvMetadata: [{ key: spaceKeyOfFiles, value: JSON.stringify(writeSpaceFields(space)) }] };
  const writer = new ParquetWriter({ writer: out, schema, ...said });
  // Into memory nothing is awaited.
  void writer.write({
    columnData: columns.map(({ name, kind, values }) => ({ name, data: kind === 'float32' ? values : [...values] })),
    rowGroupSize: items.length,
  });
  if (matrix) writeListColumn(writer, out, ['vector', 'list', 'element'], matrix.data, matrix.rows, matrix.dim);
  if (neighbours) {
    const { indices, distances, rows, k } = neighbours;
    writeListColumn(writer, out, [neighbourColumn, 'ids', 'list', 'element'], indices, rows, k);
    writeListColumn(writer, out, [neighbourColumn, 'distances', 'list', 'element'], distances, rows, k);
  }
  void writer.finish();
  return out.parts;
}

function elementOf({ name, kind }: FileColumn): SchemaElement {
  const element: SchemaElement = { name, type: types[kind], repetition_type: 'OPTIONAL' };
  return kind === 'text' ? { ...element, converted_type: 'UTF8' } : element;
}
