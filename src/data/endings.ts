/** What files are called. */

/** The endings of file names that can be opened, each with its dot. */
export const openEndings: readonly string[] = [
  ...['.txt', '.csv', '.tsv', '.json', '.jsonl', '.ndjson', '.npz', '.zip', '.vec', '.bin', '.parquet'],
  ...['.constela', '.arrow', '.feather', '.xlsx', '.npy', '.bytes', '.gz'],
];

const gzipEnding = '.gz';

/** The name without the ending of a gzip file. */
export function inner(name: string): string {
  return endingOf(name) === gzipEnding ? name.slice(0, -gzipEnding.length) : name;
}

/** The ending of a name, with its dot and in lower case. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

/** The name without the folders before it. */
export function baseName(path: string): string {
  return path.slice(lastSlash(path) + 1);
}

/** The folders before a name, with the last slash; empty where there are none. */
export function folderOf(path: string): string {
  return path.slice(0, lastSlash(path) + 1);
}

function lastSlash(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
