/** Columns of Parquet with one value a row, by hyparquet: column by column, since it keeps rows as objects, in which `__proto__` is lost. */
import { type FileMetaData, parquetRead } from 'hyparquet';
import { checkPages, type Compressors } from './parquetPages';

/** Takes how many more values of a column have been read. */
export type OnValues = (name: string, count: number) => void;

/** The values of the columns `names`, as many as rows. Throws what the decoders throw of a damaged file. */
export async function readFlatColumns(
  file: ArrayBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  compressors: Compressors,
  { utf8 = true, onValues }: { readonly utf8?: boolean; readonly onValues?: OnValues } = {},
): Promise<unknown[][]> {
  const rows = Number(metadata.num_rows);
  const columns = new Map(names.map((name) => [name, { values: new Array<unknown>(rows).fill(undefined), filled: 0 }]));
  const bytes = new Uint8Array(file);
  for (const group of metadata.row_groups)
    for (const { meta_data: chunk } of group.columns)
      if (chunk && columns.has(chunk.path_in_schema[0] ?? '')) checkPages(bytes, chunk, Number(group.num_rows));
  if (names.length > 0)
    await parquetRead({
      file,
      metadata,
      columns: [...names],
      compressors,
      utf8,
      // What is thrown here would reach nobody.
      onChunk: ({ columnName, columnData, rowStart }) => {
        const column = columns.get(columnName);
        if (!column || rowStart + columnData.length > rows) return;
        column.filled += columnData.length;
        onValues?.(columnName, columnData.length);
        for (let i = 0; i < columnData.length; i++) column.values[rowStart + i] = columnData[i];
      },
    });
  return [...columns].map(([name, { values, filled }]) => {
    if (filled !== rows) throw new Error(`${filled} values of ${rows} in the column ${name}`);
    return values;
  });
}
