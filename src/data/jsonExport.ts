/** The project's own JSON, as `jsonWrite.ts` writes it, entry by entry. */
import { InputError } from '../errors';
import type { Cell, Dataset, NewItem, Positions } from '../types';
import { isObject, type JsonObject } from './jsonEntries';
import { Rows } from './rows';
import { readSpaceFields } from './spaceFields';
import { excerpt, readJsonCell } from './table';
import { VectorRows } from './vectorRows';

/** Of the project's own export. */
export const jsonVersion = 1;
/** The member that holds the entries, and that of an entry that holds its vector. */
export const exportKeys = { entries: 'items', vector: 'vector' } as const;

/** Throws where the object around the entries says that it is of another version. */
export function checkJsonVersion(file: string, { version }: JsonObject): void {
  if (version !== undefined && version !== jsonVersion)
    throw new InputError('jsonVersion', { file, found: excerpt(version), known: jsonVersion });
}

/** Takes the entries of an export. */
export class ExportReader {
  readonly #rows: Rows;
  readonly #vectors: VectorRows | undefined;
  readonly #items: NewItem[] = [];
  /** Of the items, as the file has them, and which entry each is. */
  readonly #positions: unknown[] = [];
  readonly #places: number[] = [];

  /**
   * @param hasVectors whether any entry has one: those without are then left out
   * @param expected how many entries there are, 0 where nobody knows
   */
  constructor(
    private readonly file: string,
    hasVectors: boolean,
    expected: number,
  ) {
    this.#rows = new Rows(file, {});
    this.#vectors = hasVectors ? new VectorRows(file, expected) : undefined;
  }

  /**
   * The item, unless it is left out. Throws where the entry is none of an export.
   * @param place the entry's number, 1 for the first
   */
  add(place: number, entry: unknown): NewItem | undefined {
    const { file } = this;
    if (!isObject(entry) || typeof entry['text'] !== 'string')
      throw new InputError('jsonItem', { file, entry: place, found: excerpt(entry) });
    const { text } = entry;
    const rows = this.#rows;
    rows.begin();
    const problem = text.trim() === '' ? 'noText' : this.#vectors?.read(entry[exportKeys.vector], place);
    if (problem) {
      rows.leaveOut(place, problem, JSON.stringify(entry));
      return undefined;
    }
    const slot = rows.keep();
    this.#vectors?.put(slot);
    const item = readItem(entry, text);
    this.#items.push(item);
    this.#positions.push(entry['position']);
    this.#places.push(place);
    return item;
  }

  /** @param around the object without its entries */
  end(around: JsonObject): Dataset {
    const order = this.#rows.order();
    const hasPositions = this.#positions.some((position) => position !== undefined);
    const space = readSpaceFields(around);
    return {
      items: this.#items,
      ...(this.#vectors && { vectors: this.#vectors.matrix(order) }),
      ...(hasPositions && { positions: this.#readPositions() }),
      ...(space && { space }),
      ...this.#rows.told,
    };
  }

  /** Throws at the first entry whose position is none of finite numbers, or of other dimensions than the first. */
  #readPositions(): Positions {
    const { file } = this;
    const rows = this.#positions;
    const first = rows[0];
    const dim = Array.isArray(first) ? first.length : 0;
    const data = new Float32Array(rows.length * dim);
    rows.forEach((numbers, i) => {
      const place = String(this.#places[i]);
      if (!Array.isArray(numbers) || dim === 0) throw new InputError('vectorMissing', { file, place });
      if (numbers.length !== dim)
        throw new InputError('vectorLength', { file, place, found: numbers.length, expected: dim });
      numbers.forEach((value: unknown, j) => {
        const number = typeof value === 'number' ? Math.fround(value) : NaN;
        if (!Number.isFinite(number))
          throw new InputError('positionNumber', { file, place, column: j + 1, cell: excerpt(value) });
        data[i * dim + j] = number;
      });
    });
    if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
    return { data, rows: rows.length, dim };
  }
}

function readItem({ group, columns }: JsonObject, text: string): NewItem {
  const cells: [string, Cell][] = [];
  for (const [name, value] of Object.entries(isObject(columns) ? columns : {})) {
    const cell = readJsonCell(value);
    if (cell !== undefined) cells.push([name, cell]);
  }
  return {
    text,
    ...(typeof group === 'string' && { group }),
    ...(cells.length > 0 && { columns: Object.fromEntries(cells) }),
  };
}
