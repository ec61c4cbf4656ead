/** How a file is read: what a person may choose of it, and what is told of the rows that could not be used. */

/** As the WHATWG Encoding Standard names them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Which rows are wanted: those whose cell of `column` passes the test. Texts are compared without regard to case. */
export interface RowFilter {
  readonly column: string;
  readonly test: 'contains' | 'equals' | 'atLeast' | 'atMost';
  /** A number for `atLeast` and `atMost`. */
  readonly value: string;
}

/** At most so many rows of those that are wanted: the first ones, or an even random sample (seeded) of all. */
export interface RowLimit {
  readonly count: number;
  readonly take: 'first' | 'sample';
}

/** What is chosen; all else is detected. Formats that lack a thing (a delimiter, an encoding) ignore its choice. */
export interface ReadingOptions {
  readonly encoding?: Encoding;
  /** One of `,` `;` `|` and tab. */
  readonly delimiter?: string;
  /** Whether the first row names the columns. */
  readonly header?: boolean;
  /** Of a workbook, by name; without it, the first visible one that has a text. */
  readonly sheet?: string;
  readonly textColumn?: string;
  /** Null: no column is the group. */
  readonly groupColumn?: string | null;
  /** The own columns that are kept; without it, all. */
  readonly keep?: readonly string[];
  readonly filter?: RowFilter;
  readonly limit?: RowLimit;
}

/** Why a row could not be used; the catalogues say it in words. */
export type LeftOutReason =
  | 'noText'
  | 'otherLength'
  | 'noVector'
  | 'vectorNumber'
  | 'vectorLength'
  | 'notAnObject'
  /** A word that stood before, of word vectors. */
  | 'repeated';

/** A row that could not be used. */
export interface LeftOutRow {
  /** Its number in the file, 1 for the first; of a table, its header counts. */
  readonly row: number;
  readonly reason: LeftOutReason;
  /** Its beginning, as it stands in the file. */
  readonly excerpt: string;
}

/** Columns that have the names of positions and hold numbers, but not in every row. */
export interface Unplaced {
  readonly columns: readonly string[];
  /** The first row without a number in one of them, as `LeftOutRow` counts. */
  readonly row: number;
}

/** What became of a file's rows. */
export interface Reading {
  /** Rows that were looked at, without a header and blank lines. */
  readonly rows: number;
  /** Rows that could not be used, in order: all of them. */
  readonly leftOut: readonly LeftOutRow[];
  /** Rows that the filter did not want. */
  readonly filtered: number;
  /** Whether reading stopped before the file's end, or a sample was taken: there is more than `rows` or than was kept. */
  readonly limited: boolean;
  /** What was not taken for positions. */
  readonly unplaced?: Unplaced;
}

/** The beginning of a table, for choosing what its columns mean. */
export interface Preview {
  readonly names: readonly string[];
  /** Some of the first rows, each with as many cells as there are names, as texts. */
  readonly rows: readonly (readonly string[])[];
  /** What was detected or chosen; null where the format has no such thing. */
  readonly encoding: Encoding | null;
  readonly delimiter: string | null;
  readonly header: boolean | null;
  readonly sheet: string | null;
  /** The sheets of a workbook that can be chosen. */
  readonly sheets: readonly string[];
  /** What would be taken for the text and the group, by index of `names`; -1 for none. */
  readonly text: number;
  readonly group: number;
  /** The others that would be the items' own columns, by index: no positions, no vectors. */
  readonly own: readonly number[];
  /** Whether the text's column was chosen, or is known by its name: otherwise it is a guess. */
  readonly certain: boolean;
  /** Whether the rows seem to have vectors. */
  readonly vectors: boolean;
  /** How many rows the file has; of a text file whose beginning alone was read, about. */
  readonly total: number;
  readonly estimated: boolean;
}
