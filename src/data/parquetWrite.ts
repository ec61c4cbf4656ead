/** Datasets as Parquet files, with Embedding Atlas's names where it has any. */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Dataset } from '../types';
import { writeOwnColumn } from './columns';
import { numberListSchema, writeListColumn } from './parquetLists';
import { writeSpaceFields } from './spaceFields';

/** Under which the file's metadata say what made the vectors, as JSON. */
export const parquetSpaceKey = 'constela';

const axes = ['projection_x', 'projection_y', 'projection_z'];

interface Column {
  readonly element: SchemaElement;
  readonly data: unknown[] | Float32Array;
}

/**
 * Writes `text`, `group`, `projection_x`, `projection_y`, `projection_z`, the items' own columns (named as in `writeDelimited`; a column of
 * numbers is DOUBLE, of booleans BOOLEAN, any other a string, its other cells as JSON), and with `vectors` the column `vector`, a list of
 * float32. All rows are one group. DuckDB, pandas and Embedding Atlas read it as it is.
 */
export function writeParquet(dataset: Dataset, { vectors }: { vectors: boolean }): Uint8Array<ArrayBuffer> {
  const { items, positions, space } = dataset;
  const matrix = vectors ? dataset.vectors : undefined;
  const hasGroups = items.some(({ group }) => group !== undefined);
  const own = [...new Set(items.flatMap(({ columns = {} }) => Object.keys(columns)))];
  const columns: Column[] = [
    strings(
      'text',
      items.map(({ text }) => text),
    ),
    ...(hasGroups
      ? [
          strings(
            'group',
            items.map(({ group }) => group),
          ),
        ]
      : []),
    ...Array.from({ length: positions?.dim ?? 0 }, (_, axis) => ({
      element: leaf(axes[axis]!, 'FLOAT'),
      data: Float32Array.from(items, (_item, row) => positions!.data[row * positions!.dim + axis]!),
    })),
    ...own.map((name) => {
      const cells = items.map(({ columns: cells = {} }) => (Object.hasOwn(cells, name) ? cells[name] : undefined));
      return ownColumn(writeOwnColumn(name, hasGroups), cells);
    }),
  ];
  const children = columns.length + (matrix ? 1 : 0);
  const schema: SchemaElement[] = [
    { name: 'root', num_children: children },
    ...columns.map(({ element }) => element),
    ...(matrix ? numberListSchema('vector', 'FLOAT') : []),
  ];
  const bytes = new ByteWriter();
  const said = space && { kvMetadata: [{ key: parquetSpaceKey, value: JSON.stringify(writeSpaceFields(space)) }] };
  const writer = new ParquetWriter({ writer: bytes, schema, ...said });
  // The file begins with its magic once something is written; one group, so that vectors lie in one piece.
  void writer.write({
    columnData: columns.map(({ element, data }) => ({ name: element.name, data })),
    rowGroupSize: items.length,
  });
  if (matrix) writeListColumn(writer, ['vector', 'list', 'element'], matrix.data, matrix.rows, matrix.dim);
  void writer.finish();
  return bytes.getBytes();
}

function strings(name: string, values: readonly (string | undefined)[]): Column {
  return { element: { ...leaf(name, 'BYTE_ARRAY'), converted_type: 'UTF8' }, data: [...values] };
}

function ownColumn(name: string, cells: readonly (Cell | undefined)[]): Column {
  const known = cells.filter((cell) => cell !== undefined && cell !== null);
  if (known.length > 0 && known.every((cell) => typeof cell === 'number'))
    return { element: leaf(name, 'DOUBLE'), data: cells.map((cell) => cell ?? undefined) };
  if (known.length > 0 && known.every((cell) => typeof cell === 'boolean'))
    return { element: leaf(name, 'BOOLEAN'), data: cells.map((cell) => cell ?? undefined) };
  return strings(
    name,
    cells.map((cell) => (cell === undefined || cell === null ? undefined : String(cell))),
  );
}

function leaf(name: string, type: NonNullable<SchemaElement['type']>): SchemaElement {
  return { name, type, repetition_type: 'OPTIONAL' };
}
