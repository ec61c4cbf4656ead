/** When a person is asked how a file is to be read, and what their choices say to its reader. */
import { InputError } from '../../errors';
import type { Preview, ReadingOptions } from '../../reading';

/** More texts than this take minutes to embed: whether all are meant is asked first. Those with vectors need not be embedded. */
const manyRows = 20_000;
const manyBytes = 20_000_000;

const mendable = ['textInvalidUtf8', 'textInvalidUtf16', 'csvRagged', 'csvQuote', 'columnMissing'];

/** Whether there is something to choose before a file of `bytes` bytes is read: which of several columns is the text, or how much of it. */
export function asksFirst(preview: Preview, bytes: number): boolean {
  if (!preview.certain && preview.own.length > 0) return true;
  return !preview.vectors && (preview.total > manyRows || bytes > manyBytes);
}

/** Whether another choice may read what ended in `error`. */
export function isMendable(error: unknown, columns: boolean): boolean {
  if (!(error instanceof InputError)) return false;
  return mendable.includes(error.code) || (error.code === 'noTexts' && columns);
}

/** What is offered instead of choices that ended in `error`; undefined where that is for the person to find. */
export function mend(options: ReadingOptions, error: unknown): ReadingOptions | undefined {
  if (!(error instanceof InputError)) return undefined;
  if (error.code === 'textInvalidUtf8') return { ...options, encoding: 'windows-1252' };
  const form = withoutColumns(options);
  const hasColumns = Object.keys(form).length < Object.keys(options).length;
  return error.code === 'columnMissing' && hasColumns ? form : undefined;
}

/** The choices that still mean something when the columns are others. */
export function withoutColumns({ encoding, delimiter, header, sheet, limit }: ReadingOptions): ReadingOptions {
  return {
    ...(encoding && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(header !== undefined && { header }),
    ...(sheet !== undefined && { sheet }),
    ...(limit && { limit }),
  };
}

/** All that the dialog shows, said in so many words: what is read is what was seen, whatever stands beyond the beginning. */
export function toReadingOptions(
  preview: Preview,
  { filter, limit }: Pick<ReadingOptions, 'filter' | 'limit'>,
  dropped: ReadonlySet<string>,
): ReadingOptions {
  const { names, encoding, delimiter, header, sheet, text, group, own } = preview;
  const drops = own.some((column) => dropped.has(names[column]!));
  return {
    ...(encoding && { encoding }),
    ...(delimiter !== null && { delimiter }),
    ...(header !== null && { header }),
    ...(sheet !== null && { sheet }),
    ...(names.length > 1 && { textColumn: names[text]!, groupColumn: names[group] ?? null }),
    ...(drops && { keep: names.filter((name, i) => i !== text && i !== group && !dropped.has(name)) }),
    ...(filter && { filter }),
    ...(limit && { limit }),
  };
}
