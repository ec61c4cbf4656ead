/** Datasets as Parquet files, with Embedding Atlas's names where it has any. */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Dataset } from '../types';
import { type FileColumn, fileColumns, spaceKeyOfFiles } from './fileColumns';
import { numberListSchema, writeListColumn } from './parquetListsWrite';
import { writeSpaceFields } from './spaceFields';

const types = { text: 'BYTE_ARRAY', number: 'DOUBLE', boolean: 'BOOLEAN', float32: 'FLOAT' } as const;

/**
 * Writes the columns of `fileColumns`, and with `vectors` the column `vector`, a list of float32. All rows are one group. DuckDB, pandas
 * and Embedding Atlas read it as it is.
 */
export function writeParquet(dataset: Dataset, { vectors }: { vectors: boolean }): Uint8Array<ArrayBuffer> {
  const { items, space } = dataset;
  const matrix = vectors ? dataset.vectors : undefined;
  const columns = fileColumns(dataset);
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length + (matrix ? 1 : 0) },
    ...columns.map(elementOf),
    ...(matrix ? numberListSchema('vector', 'FLOAT') : []),
  ];
  const bytes = new ByteWriter();
  const said = space && { kvMetadata: [{ key: spaceKeyOfFiles, value: JSON.stringify(writeSpaceFields(space)) }] };
  const writer = new ParquetWriter({ writer: bytes, schema, ...said });
  // Into memory nothing is awaited.
  void writer.write({
    columnData: columns.map(({ name, kind, values }) => ({ name, data: kind === 'float32' ? values : [...values] })),
    rowGroupSize: items.length,
  });
  if (matrix) writeListColumn(writer, ['vector', 'list', 'element'], matrix.data, matrix.rows, matrix.dim);
  void writer.finish();
  return bytes.getBytes();
}

function elementOf({ name, kind }: FileColumn): SchemaElement {
  const element: SchemaElement = { name, type: types[kind], repetition_type: 'OPTIONAL' };
  return kind === 'text' ? { ...element, converted_type: 'UTF8' } : element;
}
