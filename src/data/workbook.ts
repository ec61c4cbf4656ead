/** The sheets of an Excel workbook (ECMA-376, Office Open XML), cell by cell. */
import { InputError } from '../errors';
import type { OnProgress } from '../types';
import type { RangedBytes } from './bytes';
import { dateFormats, formatSerial } from './excelDates';
import { looksLike, looksLikeZip } from './magic';
import { Parts } from './workbookParts';

/** Text, number or boolean, dates as texts in ISO 8601; null where a cell is empty or holds an error such as #N/A. */
export type SheetCell = string | number | boolean | null;

export interface Sheet {
  readonly name: string;
  /** From the first row of the sheet on; rows end at their last cell, so that they may be of different lengths. */
  read(onProgress?: OnProgress): (readonly SheetCell[])[];
}

/** What Excel itself holds at most; and rows that are not blank x columns that are read at most. */
const most = { rows: 1_048_576, columns: 16_384, cells: 50_000_000 };

/**
 * The visible sheets of a workbook in their order; none is unpacked before it is read. Throws an InputError when it is no workbook, is
 * damaged, has a password, or would fill the memory.
 */
export function readWorkbook(file: string, bytes: RangedBytes): Sheet[] {
  checkKind(file, bytes);
  const parts = new Parts(file, bytes);
  const root = parts.relations('_rels/.rels').find(({ type }) => type === 'officeDocument')?.target;
  if (root === undefined || !parts.has(root)) throw new InputError('xlsxNone', { file });
  const folder = root.slice(0, root.lastIndexOf('/') + 1);
  const relations = parts.relations(`${folder}_rels/${root.slice(folder.length)}.rels`, folder);
  const partOf = (kind: string) => relations.find(({ type }) => type === kind)?.target;

  let from1904 = false;
  const listed: { name: string; id: string | undefined }[] = [];
  parts.read(root, {
    open: (name, attribute) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
      if (name === 'sheet' && (attribute('state') ?? 'visible') === 'visible')
        listed.push({ name: unescapeText(attribute('name') ?? ''), id: attribute('id') });
    },
  });

  let shared: { readonly texts: readonly string[]; readonly isDate: readonly boolean[] } | undefined;
  const loadShared = () => ({
    texts: readTexts(parts, partOf('sharedStrings')),
    isDate: readDateStyles(parts, partOf('styles')),
  });
  return listed.flatMap(({ name, id }) => {
    const relation = relations.find((other) => other.id === id && other.type === 'worksheet');
    if (!relation) return [];
    const read = (onProgress?: OnProgress) => {
      parts.begin(
        onProgress,
        shared ? [relation.target] : [relation.target, partOf('sharedStrings'), partOf('styles')],
      );
      return readSheet(parts, name, relation.target, (shared ??= loadShared()), from1904);
    };
    return [{ name, read }];
  });
}

function checkKind(file: string, bytes: RangedBytes): void {
  if (looksLikeZip(bytes)) return;
  const kind = looksLike(bytes);
  if (kind?.startsWith('Excel')) throw new InputError('xlsxLocked', { file });
  throw kind === undefined ? new InputError('fileNotZip', { file }) : new InputError('fileOtherKind', { file, kind });
}

/** The texts that cells share; what tells how a word is spoken is left out. */
function readTexts(parts: Parts, part: string | undefined): string[] {
  const texts: string[] = [];
  if (part === undefined) return texts;
  let text = '';
  let isText = false;
  let spoken = false;
  parts.read(part, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') spoken = true;
      else if (name === 't') isText = !spoken;
    },
    close: (name) => {
      if (name === 'si') texts.push(unescapeText(text));
      else if (name === 'rPh') spoken = false;
      else if (name === 't') isText = false;
    },
    text: (found) => {
      if (isText) text += found;
    },
  });
  return texts;
}

/** Whether the cells of each style hold dates. */
function readDateStyles(parts: Parts, part: string | undefined): boolean[] {
  const formats = dateFormats();
  const isDate: boolean[] = [];
  if (part === undefined) return isDate;
  let inCells = false;
  parts.read(part, {
    open: (name, attribute) => {
      if (name === 'cellXfs') inCells = true;
      else if (name === 'numFmt') formats.define(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (name === 'xf' && inCells) isDate.push(formats.isDate(Number(attribute('numFmtId') ?? 0)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return isDate;
}

function readSheet(
  parts: Parts,
  sheet: string,
  part: string,
  { texts, isDate }: { readonly texts: readonly string[]; readonly isDate: readonly boolean[] },
  from1904: boolean,
): SheetCell[][] {
  const rows: SheetCell[][] = [];
  let filled = 0;
  let width = 0;
  let row = -1;
  let column = -1;
  let kind = 'n';
  let style = 0;
  let value = '';
  let taken = false;
  let spoken = false;
  const wrong = (reason: string) => new Error(`row ${row + 1}, column ${column + 1}: ${reason}`);

  const cell = (): SheetCell => {
    if (value === '' || kind === 'e') return null;
    if (kind === 's') {
      const text = texts[Number(value)];
      if (text === undefined) throw wrong(`text ${value} of ${texts.length}`);
      return text;
    }
    if (kind === 'str' || kind === 'inlineStr') return unescapeText(value);
    if (kind === 'b') return value.trim() === '1' || value.trim() === 'true';
    if (kind === 'd') return value;
    const number = Number(value);
    if (!Number.isFinite(number)) throw wrong(`“${value.slice(0, 20)}” is no number`);
    return isDate[style] ? formatSerial(number, from1904) : number;
  };

  parts.read(part, {
    open: (name, attribute) => {
      if (name === 'row') {
        const given = attribute('r');
        row = given === undefined ? row + 1 : Number(given) - 1;
        column = -1;
        if (!(Number.isInteger(row) && row >= 0 && row < most.rows)) throw new Error(`row “${given}”`);
      } else if (name === 'c') {
        const address = attribute('r');
        column = address === undefined ? column + 1 : columnOf(address);
        if (!(column >= 0 && column < most.columns)) throw new Error(`cell “${address ?? ''}” of row ${row + 1}`);
        kind = attribute('t') ?? 'n';
        style = Number(attribute('s') ?? 0);
        value = '';
      } else if (name === 'rPh') spoken = true;
      else if (name === 'v' || name === 't') taken = !spoken;
    },
    close: (name) => {
      if (name === 'v' || name === 't') taken = false;
      else if (name === 'rPh') spoken = false;
      else if (name === 'c') {
        const found = cell();
        if (found === null) return;
        if (row < 0) throw wrong('a cell outside of a row');
        while (rows.length <= row) rows.push([]);
        const cells = rows[row]!;
        if (cells.length === 0) filled++;
        width = Math.max(width, column + 1);
        if (filled * width > most.cells)
          throw new InputError('xlsxTooLarge', { file: parts.file, sheet, rows: filled, columns: width });
        while (cells.length < column) cells.push(null);
        cells[column] = found;
      }
    },
    text: (text) => {
      if (taken) value += text;
    },
  });
  return rows;
}

/** The column of an address such as AB12, from 0 on; -1 where it is none. */
function columnOf(address: string): number {
  const letters = /^([A-Z]{1,3})[1-9]\d*$/.exec(address)?.[1] ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Characters that XML cannot hold stand as _xHHHH_. */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
