/** The beginning of a file that has columns, or lines: what it looks like before it is read. */
import { InputError } from '../errors';
import type { Preview, ReadingOptions } from '../reading';
import { beginDelimited, isBlank } from './delimitedHead';
import { gunzip, gunzipBeginning } from './gzip';
import { isNumbers, isObject, type JsonObject } from './jsonEntries';
import { endingOf, inner } from './endings';
import { asksForColumns, isTensors } from './projectorTensors';
import { RowSplitter } from './rowSplitter';
import { readColumnarCell } from './table';
import { type Cells, chooseColumns, type ColumnarBeginning } from './tableColumns';
import { decodeText, detectEncoding } from './text';
import { textKey } from './typed';
import { isWordVectors } from './wordVectorReader';

/** So much of a text file is read. */
const beginningBytes = 1 << 18;
const shownRows = 20;
/** Of a long cell so many characters. */
const shownCharacters = 300;

/** What stands at the beginning: columns, or with `lines` texts without any. */
interface Beginning {
  readonly names: readonly string[];
  readonly rows: readonly Cells[];
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly lines?: boolean;
}

interface TextFormat {
  /** Leaves out what the end of a beginning cuts. */
  readonly cut: (text: string) => string;
  readonly read: (text: string, options: ReadingOptions) => Beginning;
}

const jsonLines: TextFormat = { cut: wholeLines, read: readJsonLines };
const textFormats: ReadonlyMap<string, TextFormat> = new Map([
  ['.txt', { cut: wholeLines, read: readLines }],
  ['.csv', { cut: wholeRows, read: (text, options) => readCells(text, ',', options) }],
  ['.tsv', { cut: wholeRows, read: (text, options) => readCells(text, '\t', options) }],
  ['.json', { cut: wholeEntries, read: (text) => readValues(JSON.parse(text)) }],
  ['.jsonl', jsonLines],
  ['.ndjson', jsonLines],
]);

type ColumnReader = (blob: Blob, options: ReadingOptions) => Promise<ColumnarBeginning>;

const columnReaders: ReadonlyMap<string, ColumnReader> = new Map<string, ColumnReader>([
  ['.parquet', async (blob: Blob) => (await import('./parquet')).beginParquet(blob, shownRows)],
  ['.arrow', readArrow],
  ['.feather', readArrow],
  ['.xlsx', readXlsx],
]);

/**
 * What the file `name` begins with, read as `options` say and otherwise as it is detected: of a text file the first 256 KB, of Parquet
 * the footer and the first rows, of Arrow and Excel all of it. The text and the group are those that reading it would take. Lines without
 * columns (TXT, JSON texts) are one column, `text`. Undefined for other formats, and where nothing can be made of the file, which
 * reading it tells. Throws an InputError where its text is invalid in its encoding, or a chosen column is missing.
 */
export async function previewFile(
  name: string,
  blob: Blob,
  options: ReadingOptions = {},
): Promise<Preview | undefined> {
  const ending = endingOf(inner(name));
  const format = textFormats.get(ending);
  const readColumns = columnReaders.get(ending);
  try {
    if (format) return await previewText(name, blob, options, format);
    if (readColumns) {
      const {
        total,
        vectors,
        sheet = null,
        sheets = [],
        ...table
      } = await readColumns(await unpacked(name, blob), options);
      const columns = previewTable(name, table, options);
      const shown = { encoding: null, sheet, sheets, total, estimated: false };
      return columns && { ...columns, ...shown, vectors: columns.vectors || vectors };
    }
  } catch (error) {
    if (error instanceof InputError && /^(textInvalid|columnMissing|sheetMissing)/.test(error.code)) throw error;
  }
  return undefined;
}

async function previewText(
  name: string,
  blob: Blob,
  options: ReadingOptions,
  { cut, read }: TextFormat,
): Promise<Preview | undefined> {
  const first = new Uint8Array(await blob.slice(0, beginningBytes).arrayBuffer());
  const { bytes, packed } =
    inner(name) === name ? { bytes: first, packed: first.length } : gunzipBeginning(first, beginningBytes);
  if (bytes.length === 0) return undefined;
  const goesOn = blob.size > packed;
  const ending = endingOf(inner(name));
  if (ending === '.txt' && isWordVectors(new TextDecoder().decode(bytes), !goesOn)) return undefined;
  const encoding = options.encoding ?? detectEncoding(bytes);
  const decoded = decodeText(name, bytes, encoding, goesOn);
  if (ending === '.tsv' && !asksForColumns(options) && isTensors(inner(name), decoded, !goesOn)) return undefined;
  const text = goesOn ? cut(decoded) : decoded;
  const table = read(text, options);
  const columns = previewTable(name, table, options);
  if (!columns) return undefined;
  // Packed bytes stand for as much text throughout, about.
  const share = (text.length / decoded.length) * (packed / blob.size);
  const total = goesOn ? Math.round(table.rows.length / share) : table.rows.length;
  return { ...columns, encoding, sheet: null, sheets: [], total, estimated: goesOn };
}

function previewTable(
  file: string,
  table: Beginning,
  options: ReadingOptions,
): Omit<Preview, 'encoding' | 'sheet' | 'sheets' | 'total' | 'estimated'> | undefined {
  const { names, delimiter = null, header = null, lines = false } = table;
  if (names.length === 0) return undefined;
  const { text, group, named } = chooseColumns(file, table, lines ? {} : options);
  const special = new Set([text, group, ...named.position, ...named.vector, named.array]);
  const vectors = named.vector.length > 0 || (named.array >= 0 && named.array !== text && named.array !== group);
  return {
    names,
    rows: table.rows.slice(0, shownRows).map((cells) => names.map((_, column) => shownCell(cells[column]))),
    delimiter,
    header,
    text,
    group,
    own: names.map((_, column) => column).filter((column) => !special.has(column)),
    certain: lines || named.text >= 0 || options.textColumn !== undefined,
    vectors,
  };
}

function readLines(text: string): Beginning {
  const lines = text.split(/\r\n?|\n/).map(textKey);
  return { names: ['text'], rows: lines.filter((line) => line !== '').map((line) => [line]), lines: true };
}

/** Rows of other lengths stay as they are, and a quote that is not closed ends the rows: what is wrong with them shows. */
function readCells(text: string, usual: ',' | '\t', options: ReadingOptions): Beginning {
  const { names, header, delimiter, quoted } = beginDelimited('', text, true, usual, options);
  const rows: string[][] = [];
  const splitter = new RowSplitter('', delimiter, quoted, (cells) => isBlank(cells) || rows.push(cells) > 0);
  try {
    splitter.push(text);
    splitter.end();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return { names, rows: header ? rows.slice(1) : rows, header, delimiter };
}

function readJsonLines(text: string): Beginning {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return readValues(lines.map((line): unknown => JSON.parse(line)));
}

/** Of vectors without columns, and of an object (an export of this project, or of word vectors), nothing need be chosen. */
function readValues(values: unknown): Beginning {
  if (!Array.isArray(values) || isNumbers(values[0])) return { names: [], rows: [] };
  const objects = values.filter(isObject);
  if (objects.length > 0) return tableOfObjects(objects);
  return { names: ['text'], rows: values.map((value: unknown) => [value]), lines: true };
}

/** Objects as rows; their keys, in the order of their first use, are the columns. */
function tableOfObjects(objects: readonly JsonObject[]): Beginning {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const rows = objects.map((object) => names.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined)));
  return { names, rows };
}

async function readArrow(blob: Blob): Promise<ColumnarBeginning> {
  const { beginArrow } = await import('./arrow');
  return beginArrow(new Uint8Array(await blob.arrayBuffer()), shownRows);
}

async function readXlsx(blob: Blob, { sheet }: ReadingOptions): Promise<ColumnarBeginning> {
  const { beginXlsx } = await import('./xlsx');
  return beginXlsx('', new Uint8Array(await blob.arrayBuffer()), shownRows, sheet === undefined ? {} : { sheet });
}

/** A table of columns is packed as a whole: its beginning alone says nothing. */
async function unpacked(name: string, blob: Blob): Promise<Blob> {
  if (inner(name) === name) return blob;
  return new Blob([gunzip(name, new Uint8Array(await blob.arrayBuffer()))]);
}

/** Cuts after the last line end; a line that never ends stays. */
function wholeLines(text: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end < 0 ? text : text.slice(0, end + 1);
}

/** Cuts after the last line end outside quotes, unless a lone quote turns inside and outside about. */
function wholeRows(text: string): string {
  let outside = -1;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && (text[i] === '\n' || text[i] === '\r')) outside = i;
  }
  return outside < text.length / 2 ? wholeLines(text) : text.slice(0, outside + 1);
}

/** The beginning of a JSON array, closed after its last entry that is whole. */
function wholeEntries(text: string): string {
  let depth = 0;
  let end = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    if (depth === 1 && !quoted && '"]}'.includes(char)) end = i + 1;
  }
  return `${text.slice(0, end)}]`;
}

function shownCell(cell: unknown): string {
  return String(readColumnarCell(cell) ?? '').slice(0, shownCharacters);
}
