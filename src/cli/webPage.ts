/** A standalone page: what it needs of the engine, and how it is called. */
import { basename } from 'node:path';
import { exportFormatOf } from '../data/write';
import { checkPageSize, pageNeighbours } from '../standalone';
import type { ExportOptions, ItemId, KnnGraph, SpaceId } from '../types';
import type { Session } from './session';

export interface PageNeeds {
  readonly neighbours: KnnGraph;
  readonly options: Pick<ExportOptions, 'page'>;
}

/** Throws an InputError where `out` is a page, and these are more texts than one holds. */
export function checkTextsFor(out: string, texts: number): void {
  if (exportFormatOf(out) === 'html') checkPageSize(texts);
}

/** What a page of the texts `ids` needs; undefined where `out` is none. */
export async function findPageNeeds(
  out: string,
  space: SpaceId,
  ids: readonly ItemId[],
  { engine, progress, signal }: Session,
): Promise<PageNeeds | undefined> {
  if (exportFormatOf(out) !== 'html') return undefined;
  checkPageSize(ids.length);
  const question = { kind: 'graph', ids, k: pageNeighbours } as const;
  const neighbours = await engine.ask(space, question, progress.onProgress, signal);
  return { neighbours, options: { page: { title: basename(out).replace(/\.html$/i, ''), language: 'en' } } };
}
