/** A standalone page: how many texts it holds, and how it is called. */
import { basename } from 'node:path';
import { exportFormatOf } from '../data/write';
import { checkPageSize } from '../standalone';
import type { ExportOptions } from '../types';

/** Throws an InputError where `out` is a page, and these are more texts than one holds. */
export function checkTextsFor(out: string, texts: number): void {
  if (exportFormatOf(out) === 'html') checkPageSize(texts);
}

/** What the page `out` says of itself; nothing where `out` is none. */
export function pageOptions(out: string): Pick<ExportOptions, 'page'> {
  if (exportFormatOf(out) !== 'html') return {};
  return { page: { title: basename(out).replace(/\.html$/i, ''), language: 'en' } };
}
