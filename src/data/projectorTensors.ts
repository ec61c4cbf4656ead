/** The tensors of an Embedding Projector: rows of numbers as TSV, without a header, or as raw float32. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { createMatrix } from '../vectors';
import { BeginningReader } from './beginningReader';
import { viewOf } from './bytes';
import { DelimitedReader } from './delimitedReader';
import { baseName } from './endings';
import { Lines } from './lines';
import { NamedVectors } from './namedVectors';
import { projectorFiles } from './projectorConfig';
import type { TextReader } from './reader';
import type { Problem } from './rows';
import { cellNumber, excerpt } from './table';
import type { TableShape } from './tableColumns';
import { VectorRows } from './vectorRows';

/** Lines that tell how many numbers each has, and whether a file holds nothing else. */
const looked = 20;
export const lookedCharacters = 1 << 16;

/** The rows' vectors, and what is wrong with those that are none. */
export type Tensors = Pick<Required<TableShape>, 'vectors' | 'problemOf'>;

/** A row of the file. */
interface TensorRow {
  readonly cells: readonly string[];
  /** Its number in the file, 1 for the first line. */
  readonly number: number;
  readonly line: string;
}

/**
 * Whether a TSV holds tensors and no table: more than half of its first lines are numbers alone, at least two, as many in each, and the first
 * line is one of them, but in a file that is called as tensors are.
 */
export function isTensors(file: string, text: string, isWhole: boolean): boolean {
  const beginning = text.slice(0, lookedCharacters);
  const lines = beginning.split(/\r\n?|\n/);
  // The last line may be cut.
  if (!isWhole || beginning.length < text.length) lines.pop();
  const rows = lines
    .filter((line) => line !== '')
    .slice(0, looked)
    .map((line) => line.split('\t'));
  const dim = usualLength(rows);
  const isRow = (cells: readonly string[]) =>
    cells.length === dim && cells.every((cell) => !Number.isNaN(cellNumber(cell)));
  const isNamed = baseName(file).toLowerCase() === projectorFiles.tensors;
  return dim > 1 && 2 * rows.filter(isRow).length > rows.length && (isNamed || isRow(rows[0] ?? []));
}

/** What most rows have; of equals that which comes first; 0 of none. */
function usualLength(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** Cuts lines of tensors, blank ones left out, once the first ones have told how long they are. */
class TensorLines {
  readonly #lines: Lines;
  #first: TensorRow[] | undefined = [];

  constructor(
    file: string,
    private readonly onLength: (dim: number) => void,
    private readonly onRow: (row: TensorRow) => boolean,
  ) {
    this.#lines = new Lines(file, (line, number) => this.#take({ line, number, cells: line.split('\t') }));
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): void {
    this.#lines.end();
    this.#begin();
  }

  #take(row: TensorRow): boolean {
    if (!this.#first) return this.onRow(row);
    return this.#first.push(row) < looked || this.#begin();
  }

  #begin(): boolean {
    const first = this.#first ?? [];
    this.#first = undefined;
    if (first.length > 0) this.onLength(usualLength(first.map(({ cells }) => cells)));
    return first.every(this.onRow);
  }
}

/** A table, or tensors. Its beginning tells, but where its columns are asked for. */
export function readerOfTsv(file: string, options: ReadingOptions): TextReader {
  if (asksForColumns(options)) return new DelimitedReader(file, '\t', options);
  return new BeginningReader(lookedCharacters, (beginning, isWhole) =>
    isTensors(file, beginning, isWhole)
      ? new TensorFileReader(file, options)
      : new DelimitedReader(file, '\t', options),
  );
}

/** Whether a file is to be read as a table. */
export function asksForColumns({ delimiter, header, textColumn, groupColumn, keep, filter }: ReadingOptions): boolean {
  const asked = [delimiter, header, textColumn, groupColumn, keep, filter];
  return asked.some((choice) => choice !== undefined);
}

/** Reads tensors as vectors that are named by their number, as no file beside them has their texts. */
export class TensorFileReader implements TextReader {
  readonly #lines: TensorLines;
  readonly #rows: NamedVectors;

  constructor(file: string, options: ReadingOptions) {
    const rows = (this.#rows = new NamedVectors(file, options, cellNumber));
    this.#lines = new TensorLines(
      file,
      (dim) => rows.expect(dim),
      ({ cells, number, line }) => rows.add({ row: number, values: cells, written: () => line }),
    );
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): Dataset {
    this.#lines.end();
    return this.#rows.end();
  }
}

/** Reads tensors of which each row has its text in another file. Throws where there are none. */
export class TensorReader implements TextReader<Tensors> {
  readonly #lines: TensorLines;
  readonly #vectors: VectorRows;
  readonly #problems = new Map<number, Problem>();
  #count = 0;

  constructor(private readonly file: string) {
    this.#vectors = new VectorRows(file, 0);
    this.#lines = new TensorLines(
      file,
      (dim) => this.#vectors.expect(dim),
      (row) => this.#take(row),
    );
  }

  push(text: string): boolean {
    return this.#lines.push(text);
  }

  end(): Tensors {
    this.#lines.end();
    if (this.#count === 0) throw new InputError('noTexts', { file: this.file });
    const slots = Array.from({ length: this.#count }, (_, i) => i);
    return { vectors: this.#vectors.matrix(slots), problemOf: (i) => this.#problems.get(i) };
  }

  #take({ cells, number }: TensorRow): boolean {
    const row = this.#count++;
    const problem = this.#vectors.read(cells, number, cellNumber);
    if (problem) this.#problems.set(row, problem);
    else this.#vectors.put(row);
    return true;
  }
}

/** Reads raw tensors, row-major and little-endian. Throws without a shape, and unless `shape`, of the configuration, is that of the bytes. */
export function readRawTensors(file: string, bytes: Uint8Array, shape: unknown): Tensors {
  if (shape === undefined) throw new InputError('projectorShape', { file });
  const [rows, dim]: readonly unknown[] = Array.isArray(shape) ? shape : [];
  if (!isCount(rows) || !isCount(dim) || rows * dim * 4 !== bytes.length) {
    throw new InputError('projectorBytes', { file, found: bytes.length, shape: excerpt(shape) });
  }
  const view = viewOf(bytes);
  const data = Float32Array.from({ length: rows * dim }, (_, i) => view.getFloat32(i * 4, true));
  const problemOf = (i: number): Problem | undefined => {
    const wrong = data.subarray(i * dim, (i + 1) * dim).findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return undefined;
    const params = { file, place: String(i + 1), column: wrong + 1, cell: String(data[i * dim + wrong]) };
    return { reason: 'vectorNumber', error: () => new InputError('vectorNumber', params) };
  };
  return { vectors: createMatrix(data, dim), problemOf };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
