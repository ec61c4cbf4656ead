/**
 * Columns of Parquet with one value a row: texts by `parquetTexts.ts`, others by hyparquet, column by column, since it keeps rows as
 * objects, in which `__proto__` is lost.
 */
import { type AsyncBuffer, type ColumnMetaData, type FileMetaData, parquetRead, parquetSchema } from 'hyparquet';
import { checkPages, type Compressors, placeOf } from './parquetPages';
import { isTextColumn, readTexts } from './parquetTexts';

/** Takes how many more values of a column have been read. */
export type OnValues = (name: string, count: number) => void;

/** The values of the columns `names`, as many as rows. Throws what the decoders throw of a damaged file. */
export async function readFlatColumns(
  file: ArrayBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  compressors: Compressors,
  { utf8 = true, onValues }: { readonly utf8?: boolean; readonly onValues?: OnValues } = {},
): Promise<(readonly unknown[])[]> {
  const rows = Number(metadata.num_rows);
  const bytes = new Uint8Array(file);
  const chunks = chunksOf(metadata, names, (chunk, count) => checkPages(bytes, chunk, count));
  const read = new Map<string, readonly unknown[]>();
  for (const [name, column] of textColumns(metadata, chunks))
    read.set(
      name,
      chunks.get(name)!.flatMap((chunk) => {
        const onTexts = (count: number) => onValues?.(name, count);
        return readTexts(bytes, chunk, column, compressors, { onValues: onTexts });
      }),
    );
  const others = names.filter((name) => !read.has(name));
  const columns = new Map(
    others.map((name) => [name, { values: new Array<unknown>(rows).fill(undefined), filled: 0 }]),
  );
  if (others.length > 0)
    await parquetRead({
      file,
      metadata,
      columns: others,
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
  return names.map((name) => {
    const { values, filled } = columns.get(name) ?? { values: read.get(name)!, filled: read.get(name)!.length };
    if (filled !== rows) throw new Error(`${filled} values of ${rows} in the column ${name}`);
    return values;
  });
}

/** The first `most` values of the columns `names`, of which no more is read than they take. Throws as `readFlatColumns`. */
export async function beginFlatColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  compressors: Compressors,
  most: number,
): Promise<(readonly unknown[])[]> {
  const chunks = chunksOf(metadata, names);
  const read = new Map<string, unknown[]>();
  for (const [name, column] of textColumns(metadata, chunks)) {
    const texts: unknown[] = [];
    for (const chunk of chunks.get(name)!) {
      if (texts.length >= most) break;
      const { start, end } = placeOf(chunk);
      const bytes = new Uint8Array(await file.slice(start, end));
      const alone = { ...chunk, dictionary_page_offset: 0n, data_page_offset: 0n };
      texts.push(...readTexts(bytes, alone, column, compressors, { most: most - texts.length }));
    }
    read.set(name, texts);
  }
  const others = names.filter((name) => !read.has(name));
  if (others.length > 0)
    await parquetRead({
      ...{ file, metadata, columns: others, compressors, rowEnd: most },
      onComplete: (rows) =>
        others.forEach((name, i) =>
          read.set(
            name,
            rows.map((row) => row[i]),
          ),
        ),
    });
  return names.map((name) => read.get(name) ?? []);
}

/** Of each of the columns `names` its chunks. */
function chunksOf(
  { row_groups: groups }: FileMetaData,
  names: readonly string[],
  onChunk?: (chunk: ColumnMetaData, rows: number) => void,
): ReadonlyMap<string, readonly ColumnMetaData[]> {
  const chunks = new Map(names.map((name): [string, ColumnMetaData[]] => [name, []]));
  for (const { columns, num_rows: rows } of groups)
    for (const { meta_data: chunk } of columns) {
      const ofColumn = chunk && chunks.get(chunk.path_in_schema[0] ?? '');
      if (!ofColumn) continue;
      onChunk?.(chunk, Number(rows));
      ofColumn.push(chunk);
    }
  return chunks;
}

function textColumns(metadata: FileMetaData, chunks: ReadonlyMap<string, readonly ColumnMetaData[]>) {
  return parquetSchema(metadata)
    .children.map((column) => [column.element.name, column] as const)
    .filter(([name, column]) => chunks.has(name) && isTextColumn(column, chunks.get(name)!));
}
