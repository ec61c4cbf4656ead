/** Dates of Excel: numbers of days, which only the cell's format tells from other numbers. */

/** The formats that have no code of their own and show a date or a time of day, in any language (ECMA-376, 18.8.30). */
const builtIn: ReadonlySet<number> = new Set(
  [
    [14, 22],
    [27, 36],
    [45, 45],
    [47, 47],
    [50, 58],
  ].flatMap(([first, last]) => Array.from({ length: last! - first! + 1 }, (_, i) => first! + i)),
);
const dayMs = 86_400_000;
/** Day 0 as a time of Unix, in days, where days are counted from 1900 (after its 29 February, which never was) and from 1904. */
const epoch = { from1900: -25_569, from1904: -24_107 };
/** The last day that a sheet can hold, 31 December 9999, counted from 1900. */
const lastDay = 2_958_465;

/** Which of a workbook's formats show a date. */
export function dateFormats(): {
  readonly define: (id: number, code: string) => void;
  readonly isDate: (id: number) => boolean;
} {
  const own = new Map<number, boolean>();
  return {
    define: (id, code) => void own.set(id, showsDate(code)),
    isDate: (id) => own.get(id) ?? builtIn.has(id),
  };
}

/** A date, a time of day, or both, in ISO 8601 to the second and without a zone, which a sheet does not have; the number where it is none. */
export function formatSerial(serial: number, from1904: boolean): string | number {
  if (!(serial >= 0 && serial < lastDay + 1)) return serial;
  // 1900 is taken for a leap year: the days before its 29 February are one off.
  const days = from1904 ? serial + epoch.from1904 : serial + epoch.from1900 + (serial < 60 ? 1 : 0);
  const iso = new Date(Math.round((days * dayMs) / 1000) * 1000).toISOString().slice(0, 19);
  if (Number.isInteger(serial)) return iso.slice(0, 10);
  return serial < 1 && !from1904 ? iso.slice(11) : iso;
}

/** By the letters of years, months, days, hours and seconds; of elapsed time, as in [h]:mm, the number of days says more. */
function showsDate(code: string): boolean {
  const [section = ''] = code.split(';');
  const bare = section.replace(/"[^"]*"|\\.|[_*]./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return false;
  return /[ymdhs]/i.test(bare.replace(/\[[^\]]*\]|general/gi, ''));
}
