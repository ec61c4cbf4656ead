/** Options of the verbs that read tables: which rows and columns are taken, and what becomes of the others. */
import { type Command, Option } from 'commander';
import { writeTable } from '../data/delimited';
import { InputError } from '../errors';
import type { Encoding, LeftOutReason, LeftOutRow, Reading, ReadingOptions, RowFilter } from '../reading';
import { checkOutput, writeOutput } from './files';
import { readNumber } from './options';
import { count, type ProgressLine } from './progress';

/** As commander names them. */
export interface ReadingFlags {
  readonly textColumn?: string;
  readonly groupColumn?: string;
  readonly delimiter?: string;
  readonly encoding?: Encoding;
  /** False: the first row is no header. */
  readonly header?: boolean;
  readonly sheet?: string;
  readonly where?: RowFilter;
  readonly first?: number;
  readonly sample?: number;
  /** The file of the rows that could not be used. */
  readonly leftOut?: string;
}

/** Their names. */
export const readingFlags: readonly (keyof ReadingFlags)[] = [
  ...([
    'textColumn',
    'groupColumn',
    'delimiter',
    'encoding',
    'header',
    'sheet',
    'where',
    'first',
    'sample',
    'leftOut',
  ] as const),
];

const delimiters = [',', ';', '|', 'tab'];
const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const countRange = { min: 1, max: 1_000_000, whole: true };
const tests: Readonly<Record<string, RowFilter['test']>> = {
  '=': 'equals',
  '~': 'contains',
  '>=': 'atLeast',
  '<=': 'atMost',
};
/** Rows that a note names. */
const namedRows = 3;

const reasons: Readonly<Record<LeftOutReason, string>> = {
  noText: 'no text',
  otherLength: 'another number of cells',
  noVector: 'no vector',
  vectorNumber: 'a number of its vector is not finite',
  vectorLength: 'a vector of another length',
  notAnObject: 'no JSON of the kind of the first',
  repeated: 'a word that stood before',
};

export function addReadingOptions(command: Command): Command {
  return command
    .option(
      '--text-column <name>',
      'Column of the texts. (default: the one called text, word and so on, or the longest)',
    )
    .option('--group-column <name>', 'Column of the groups. (default: the one called group, category and so on)')
    .addOption(
      new Option('--delimiter <character>', 'What parts the cells of CSV and TSV; it is detected otherwise.').choices(
        delimiters,
      ),
    )
    .addOption(
      new Option('--encoding <name>', 'How text files are encoded; it is detected otherwise.').choices(encodings),
    )
    .option('--no-header', 'The first row of CSV and TSV is no header; it is detected otherwise.')
    .option('--sheet <name>', 'Sheet of an Excel workbook. (default: the first visible one that has texts)')
    .addOption(
      new Option(
        '--where <test>',
        'Take only rows that pass: column=value, column~part (both without regard to case), column>=number or column<=number.',
      ).argParser(parseWhere),
    )
    .addOption(
      new Option('--first <number>', 'Take only so many rows, the first; no more of a text file is read.')
        .argParser((value) => readNumber('--first', value, countRange))
        .conflicts('sample'),
    )
    .addOption(
      new Option('--sample <number>', 'Take only so many rows, a random sample, the same each time.').argParser(
        (value) => readNumber('--sample', value, countRange),
      ),
    )
    .option('--left-out <file.csv>', 'Write the rows that cannot be used to a file: file, row, reason, text.');
}

/** What is chosen of how the files are read. */
export function readingOptionsOf(flags: ReadingFlags): ReadingOptions {
  const { textColumn, groupColumn, delimiter, encoding, header, sheet, where, first, sample } = flags;
  return {
    ...(textColumn !== undefined && { textColumn }),
    ...(groupColumn !== undefined && { groupColumn }),
    ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(encoding && { encoding }),
    ...(header === false && { header }),
    ...(sheet !== undefined && { sheet }),
    ...(where && { filter: where }),
    ...(first !== undefined && { limit: { count: first, take: 'first' } }),
    ...(sample !== undefined && { limit: { count: sample, take: 'sample' } }),
  };
}

/** The rows of several files that could not be used. */
export class LeftOutRows {
  readonly #rows: (LeftOutRow & { readonly file: string })[] = [];

  private constructor(private readonly output: string | undefined) {}

  /** Throws an InputError where their file cannot be written, before anything is read. */
  static async begin({ leftOut }: ReadingFlags): Promise<LeftOutRows> {
    if (leftOut !== undefined) await checkOutput(leftOut);
    return new LeftOutRows(leftOut);
  }

  /** Notes what became of a file's rows, and keeps those that could not be used. */
  add(file: string, { leftOut, filtered, limited, unplaced }: Reading, progress: ProgressLine): void {
    const named = leftOut.slice(0, namedRows).map(({ row, reason }) => `row ${row} (${reasons[reason]})`);
    const more = leftOut.length > namedRows ? ', ...' : '';
    if (leftOut.length > 0)
      progress.note(`${file}: ${count(leftOut.length, 'row')} not used: ${named.join(', ')}${more}`);
    if (filtered > 0) progress.note(`${file}: ${count(filtered, 'row')} left out by --where`);
    if (limited) progress.note(`${file}: there are more rows than were taken`);
    if (unplaced)
      progress.note(
        `${file}: ${unplaced.columns.join(', ')} are no positions: row ${unplaced.row} has no number there`,
      );
    for (const row of leftOut) this.#rows.push({ ...row, file });
  }

  async write(signal: AbortSignal): Promise<void> {
    if (this.output === undefined) return;
    const rows = this.#rows.map(({ file, row, reason, excerpt }) => [file, row, reasons[reason], excerpt]);
    await writeOutput(this.output, writeTable({ names: ['file', 'row', 'reason', 'text'], rows }, false), signal);
  }
}

function parseWhere(value: string): RowFilter {
  const [, column = '', sign = '', wanted = ''] = /^(.+?)(>=|<=|=|~)(.*)$/s.exec(value) ?? [];
  const test = tests[sign];
  const isNumeric = test === 'atLeast' || test === 'atMost';
  if (!test || (isNumeric && !(wanted.trim() !== '' && Number.isFinite(Number(wanted)))))
    throw new InputError('whereUnknown', { value });
  return { column: column.trim(), test, value: wanted.trim() };
}
