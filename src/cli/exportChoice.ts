/** What a file gets besides its texts, as several verbs ask for it: neighbours, and which columns. */
import { type Command, Option } from 'commander';
import Papa from 'papaparse';
import { columnNames } from '../categories';
import { writeOwnColumn } from '../data/columns';
import { exportFormatOf, formatEndings } from '../data/write';
import { InputError } from '../errors';
import {
  defaultNeighbours,
  madeOfNeighbours,
  neighbourRange,
  withColumns,
  withOrWithoutNeighbours,
} from '../exportFormats';
import { pageNeighbours } from '../standalone';
import type { ColumnChoice, ExportFormat, Item, KnnGraph, SpaceId } from '../types';
import { readNumber } from './options';
import type { Session } from './session';

export interface ColumnsOption {
  readonly columns?: string;
}

const holding: readonly ExportFormat[] = [...withOrWithoutNeighbours, ...madeOfNeighbours];

export function addColumnsOption(command: Command): Command {
  return command.option(
    '--columns <names>',
    `Of tables and graphs: which columns go with the texts, separated by commas: own columns, group, and x for the positions. (default: all; "" for none)`,
  );
}

/** An option of this name that asks for neighbours in the file. */
export function neighboursOption(flag: string): Option {
  return new Option(
    `${flag} <number>`,
    `Write the nearest texts of each, by the vectors, ${neighbourRange.min} to ${neighbourRange.max}: into ${formatEndings(withOrWithoutNeighbours)} if asked; ${formatEndings(madeOfNeighbours)} are made of them. (default there: ${defaultNeighbours})`,
  ).argParser((value) => readNumber(flag, value, neighbourRange));
}

/** How many neighbours go into `file`; undefined for none. Throws an InputError where it has no place for those that are asked for. */
export function neighboursIn(file: string, asked: number | undefined, option: string): number | undefined {
  const format = exportFormatOf(file);
  if (asked !== undefined) checkPlace(file, option, holding);
  if (format === 'html') return pageNeighbours;
  return asked ?? (madeOfNeighbours.includes(format) ? defaultNeighbours : undefined);
}

/** The `k` nearest of each of `items` among them, by the vectors of `space`. */
export async function findGraph(
  space: SpaceId,
  items: readonly Item[],
  k: number,
  { engine, progress, signal }: Session,
): Promise<KnnGraph> {
  const ids = items.map(({ id }) => id);
  const graph = await engine.ask(space, { kind: 'graph', ids, k }, progress.onProgress, signal);
  if (graph.recall !== undefined)
    progress.note(
      `the neighbours are ${(100 * graph.recall).toFixed(1)} % of the true ones, as measured on a sample of the texts`,
    );
  return graph;
}

/** Throws an InputError where `file` has columns that cannot be chosen. */
export function checkColumns(file: string, { columns }: ColumnsOption): void {
  if (columns !== undefined) checkPlace(file, '--columns', withColumns);
}

/**
 * The columns that `columns` names, as CSV has them; undefined for all. Throws an InputError for one that the texts of `files` lack.
 * @param dims numbers of each text's position, 0 where they have none
 */
export function chooseColumns(
  { columns }: ColumnsOption,
  items: readonly Item[],
  dims: 0 | 2 | 3,
  files: readonly string[],
): ColumnChoice | undefined {
  if (columns === undefined) return undefined;
  const [names = []] = Papa.parse<string[]>(columns, { delimiter: ',' }).data;
  const wanted = new Set(names.map((name) => name.trim()).filter((name) => name !== ''));
  const hasGroups = items.some(({ group }) => group !== undefined);
  const axes = ['x', 'y', 'z'].slice(0, dims);
  const general = ['text', ...(hasGroups ? ['group'] : []), ...axes];
  const own = columnNames(items).map((name) => ({ name, written: writeOwnColumn(name, hasGroups).trim() }));
  const known = new Set([...general, ...own.map(({ written }) => written)]);
  const unknown = [...wanted].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new InputError('columnMissing', { file: files.join(', '), column: unknown, columns: [...known].join(', ') });
  return {
    group: wanted.has('group'),
    positions: axes.some((axis) => wanted.has(axis)),
    own: own.filter(({ written }) => wanted.has(written)).map(({ name }) => name),
  };
}

function checkPlace(file: string, option: string, formats: readonly ExportFormat[]): void {
  if (!formats.includes(exportFormatOf(file)))
    throw new InputError('optionFormat', { option, file, endings: formatEndings(formats) });
}
