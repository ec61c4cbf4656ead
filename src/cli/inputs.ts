/** The texts of one or several files as items, and the vectors that came with them. */
import { openEndings } from '../data/endings';
import { openFile } from '../data/open';
import { groupFiles } from '../data/together';
import type { Dataset, Item, Matrix, SpaceSpec } from '../types';
import { openInput } from './files';
import { LeftOutRows, type ReadingFlags, readingOptionsOf } from './readingOptions';
import type { Session } from './session';

export const inputHelp = `Files of texts: ${openEndings.join(' ')}. Vectors without texts (.npy, .npz, numbers alone in JSON or TSV) take those of a file after them, a Projector’s tensors (.tsv, .bytes) also their metadata, configuration and bookmarks. Rows stay as they are given, duplicates included.`;

/** Vectors that a file brought, for as many items from `firstRow` on. */
export interface GivenVectors {
  readonly file: string;
  readonly firstRow: number;
  /** As the file has them: an export gives them back unchanged. */
  readonly vectors: Matrix;
  /** What made them, where the file says so. */
  readonly space?: SpaceSpec;
}

/** Positions (row by row), the space and settings are those of a single file, where it has them. */
export interface Inputs extends Pick<Dataset, 'positions' | 'space' | 'settings'> {
  readonly items: readonly Item[];
  readonly given: readonly GivenVectors[];
}

/**
 * Reads `files`, as the flags choose, and puts their rows one after another; what became of rows that are not among them is noted. Throws
 * an InputError that names the file.
 */
export async function readInputs(
  files: readonly string[],
  { signal, progress, timings }: Pick<Session, 'signal' | 'progress' | 'timings'>,
  flags: ReadingFlags = {},
): Promise<Inputs> {
  const leftOut = await LeftOutRows.begin(flags);
  const options = readingOptionsOf(flags);
  return timings.time('read', async () => {
    const items: Item[] = [];
    const given: GivenVectors[] = [];
    let alone: Pick<Dataset, 'positions' | 'space' | 'settings'> = {};
    const hooks = { signal, onProgress: progress.onProgress };
    const opened = await Promise.all(files.map((file) => openInput(file, signal)));
    const groups = await groupFiles(opened);
    for (const [first = 0, ...others] of groups) {
      const file = files[first]!;
      const beside = others.map((i) => opened[i]!);
      const dataset = await openFile(opened[first]!, beside, options, hooks);
      if (dataset.numbered) progress.note(`${file}: no texts, so the rows are named by their number`);
      if (dataset.unused) progress.note(`${file}: nothing was used of ${dataset.unused.join(', ')}`);
      if (dataset.reading) leftOut.add(file, dataset.reading, progress);
      const firstRow = items.length;
      dataset.items.forEach((item, row) => items.push({ ...item, id: String(firstRow + row) }));
      const { vectors, positions, space, settings } = dataset;
      if (groups.length === 1)
        alone = { ...(positions && { positions }), ...(space && { space }), ...(settings && { settings }) };
      if (vectors) given.push({ file, firstRow, vectors, ...(space && { space }) });
    }
    await leftOut.write(signal);
    return { items, given, ...alone };
  });
}
