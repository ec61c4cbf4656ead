/** Rows of vectors out of a Parquet column of number lists, whose levels and values come page by page. */
import { type ErrorCode, type ErrorParams, InputError } from '../errors';
import { areFinite, createMatrix } from '../vectors';
import type { Problem } from './rows';
import type { TableShape } from './tableColumns';

export type Numbers = ArrayLike<number>;

/** The rows' vectors, and what is wrong with those that are none of the length of the first. */
export type ReadVectors = Pick<Required<TableShape>, 'vectors' | 'problemOf'>;

/** Collects values row by row, and notes the rows that are not of one length, have a hole, or a number that is not finite. */
export class Lists {
  private data = new Float32Array(0);
  private dim = 0;
  private row = -1;
  private filled = 0;
  private readonly problems = new Map<number, Problem>();

  constructor(
    private readonly file: string,
    private readonly rows: number,
    private readonly onRows: (count: number) => void,
  ) {}

  /**
   * @param repetition 0 where a row begins
   * @param holes other than 0 where there is no value: of no list, an empty one, or a hole in one; undefined where each has one
   * @param values one for each that is no hole
   */
  take(repetition: Uint8Array, holes: Uint8Array | undefined, values: Numbers): void {
    if (this.dim === 0) this.begin(repetition, holes);
    const { data, dim, row } = this;
    for (let i = 0, next = 0; i < repetition.length; i++) {
      if (values instanceof Float32Array && this.isWhole(repetition, holes, values, i, next)) {
        data.set(values.subarray(next, next + dim), ++this.row * dim);
        this.filled = dim;
        i += dim - 1;
        next += dim;
        continue;
      }
      if (repetition[i] === 0) {
        this.endRow();
        this.row++;
        this.filled = 0;
        if (this.row >= this.rows) throw new Error(`more rows than the ${this.rows} that were told`);
      }
      if (holes?.[i]) {
        this.note('noVector', 'vectorMissing', {});
        continue;
      }
      const value = Math.fround(values[next]!);
      if (!Number.isFinite(value))
        this.note('vectorNumber', 'vectorNumber', { column: this.filled + 1, cell: String(values[next]) });
      next++;
      if (this.filled < dim) data[this.row * dim + this.filled] = value;
      this.filled++;
    }
    this.onRows(this.row - row);
  }

  finish(): ReadVectors {
    this.endRow();
    if (this.dim === 0) throw new InputError('vectorMissing', { file: this.file, place: '1' });
    if (this.row + 1 !== this.rows) throw new Error(`${this.row + 1} rows of the ${this.rows} that were told`);
    return { vectors: createMatrix(this.data, this.dim), problemOf: (row) => this.problems.get(row) };
  }

  /** The length is that of the first row without a hole; where it ends is known once the next begins. */
  private begin(repetition: Uint8Array, holes: Uint8Array | undefined): void {
    for (let from = 0; from < repetition.length;) {
      const begun = repetition.indexOf(0, from + 1);
      const end = begun < 0 ? repetition.length : begun;
      if (!holes?.subarray(from, end).some((hole) => hole !== 0)) {
        this.dim = end - from;
        this.data = new Float32Array(this.rows * this.dim);
        return;
      }
      from = end;
    }
  }

  /** Whether a whole row of finite numbers begins at level `i` and value `next`: it is taken at once. */
  private isWhole(
    repetition: Uint8Array,
    holes: Uint8Array | undefined,
    values: Float32Array,
    i: number,
    next: number,
  ): boolean {
    const { dim } = this;
    const isNext = repetition[i] === 0 && this.row + 1 < this.rows && (this.row < 0 || this.filled === dim);
    if (!isNext || dim === 0 || i + dim > repetition.length) return false;
    const begun = repetition.indexOf(0, i + 1);
    if (begun >= 0 && begun < i + dim) return false;
    if (holes) for (let j = i; j < i + dim; j++) if (holes[j] !== 0) return false;
    return areFinite(values, next, next + dim);
  }

  private endRow(): void {
    const { dim, filled } = this;
    if (this.row >= 0 && filled !== dim) this.note('vectorLength', 'vectorLength', { found: filled, expected: dim });
  }

  /** Of a row, what is found first. */
  private note(reason: Problem['reason'], code: ErrorCode, params: ErrorParams): void {
    const { file, row } = this;
    if (this.problems.has(row)) return;
    this.problems.set(row, { reason, error: () => new InputError(code, { file, place: String(row + 1), ...params }) });
  }
}
