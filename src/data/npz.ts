/** NumPy archives (.npz): a zip of .npy arrays, never pickles. */
import { InputError } from '../errors';
import type { Cell, Dataset, Matrix, NewItem, Positions } from '../types';
import { createMatrix, takeRows } from '../vectors';
import type { RangedBytes } from './bytes';
import { numberedItems } from './labelled';
import type { NpyArray, NumberArray, TextArray } from './npy';
import { readNpy, readNpyHead } from './npyPieces';
import { Rows } from './rows';
import { readSpaceFields } from './spaceFields';
import { excerpt, parseJsonObject, readJsonCell } from './table';
import { type PackedFile, packedFiles } from './unpack';

/** Arrays of texts that are not the rows' own. */
const besideTexts = ['model', 'prompt', 'layer', 'adapter', 'groups', 'columns_json'];

/**
 * Reads `texts` (or the only 1-D array of texts), and where they are there `vectors` (or the only 2-D array of numbers besides
 * positions), `positions` (2 or 3 columns), `groups`, `columns_json`, `model`, `prompt`, `layer` and `adapter`: see `npzWrite.ts`. Other arrays are left
 * out. Vectors stay as they are: not made unit length. Rows without a text are skipped; vectors without any are named by their number. Throws
 * when there are neither texts nor vectors, when the arrays disagree in rows, for numbers that are not finite in float32, and as `parseNpy` does.
 */
export function parseNpz(file: string, bytes: RangedBytes): Dataset {
  const arrays = readArrays(file, bytes);
  const found = textsOf(arrays, 'texts', 1) ?? onlyTexts(arrays);
  const matrix = numbersOf(arrays, 'vectors') ?? onlyNumbers(arrays);
  const numbered = !found && matrix && isNumbered(arrays) ? numberedItems(file, matrix.shape[0] ?? 0) : undefined;
  const texts = found?.data ?? numbered?.map(({ text }) => text);
  if (!texts) throw new InputError('npzTexts', { file, arrays: describe(arrays) });
  const expected = texts.length;
  const check = <A extends NpyArray>(name: string, array: A | undefined): A | undefined => {
    if (array && array.shape[0] !== expected) {
      throw new InputError('npzRows', { file, array: name, found: array.shape[0] ?? 0, expected });
    }
    return array;
  };
  const groups = check('groups', textsOf(arrays, 'groups', 1));
  const columns = check('columns_json', textsOf(arrays, 'columns_json', 1));
  const rows = new Rows(file, {});
  const kept: number[] = [];
  texts.forEach((text, row) => {
    rows.begin();
    if (text.trim() === '') rows.leaveOut(row + 1, 'noText', columns?.data[row] ?? '');
    else kept[rows.keep()] = row;
  });
  rows.order();
  const vectors = check('vectors', matrix);
  const positions = check('positions', numbersOf(arrays, 'positions'));
  const layer = scalarOf(arrays, 'layer');
  const space = readSpaceFields({
    model: scalarOf(arrays, 'model'),
    prompt: scalarOf(arrays, 'prompt'),
    layer: layer === undefined ? undefined : Number(layer),
    adapter: scalarOf(arrays, 'adapter'),
  });
  return {
    items: kept.map((i) => readItem(file, texts[i]!, groups?.data[i], columns?.data[i], i)),
    ...(vectors && { vectors: keepRows(file, 'vectors', vectors, kept) }),
    ...(positions && { positions: asPositions(file, keepRows(file, 'positions', positions, kept)) }),
    ...(space && { space }),
    ...(numbered && { numbered: true }),
    ...rows.told,
  };
}

/** Whether an archive of arrays has no texts, so that they may be in a file beside it. Throws as `parseNpz` does of its arrays. */
export function lacksTexts(file: string, bytes: RangedBytes): boolean {
  const kinds = new Map<string, Pick<NpyArray, 'kind' | 'shape'>>();
  for (const [name, packed] of packedArrays(file, bytes)) {
    const { kind, shape } = readNpyHead(`${file}: ${name}`, packed);
    kinds.set(name, { kind: kind === 'U' ? 'texts' : 'numbers', shape });
  }
  return isNumbered(kinds);
}

/** Whether no array can be that of the texts. */
function isNumbered(arrays: ReadonlyMap<string, Pick<NpyArray, 'kind' | 'shape'>>): boolean {
  return ![...arrays].some(
    ([name, { kind, shape }]) => kind === 'texts' && shape.length === 1 && !besideTexts.includes(name),
  );
}

function readArrays(file: string, bytes: RangedBytes): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  for (const [name, packed] of packedArrays(file, bytes)) arrays.set(name, readNpy(`${file}: ${name}`, packed));
  return arrays;
}

/** The arrays of an archive by their names. */
function packedArrays(file: string, bytes: RangedBytes): [string, PackedFile][] {
  const files = packedFiles(file, bytes, (name) => name.endsWith('.npy'));
  return [...files].map(([entry, packed]) => [entry.slice(0, -'.npy'.length), packed]);
}

function textsOf(arrays: ReadonlyMap<string, NpyArray>, name: string, dims: number): TextArray | undefined {
  const array = arrays.get(name);
  return array?.kind === 'texts' && array.shape.length === dims ? array : undefined;
}

function scalarOf(arrays: ReadonlyMap<string, NpyArray>, name: string): string | undefined {
  const array = arrays.get(name);
  return array?.kind === 'texts' && array.data.length === 1 ? array.data[0] : undefined;
}

function numbersOf(arrays: ReadonlyMap<string, NpyArray>, name: string): NumberArray | undefined {
  const array = arrays.get(name);
  return array?.kind === 'numbers' && array.shape.length === 2 ? array : undefined;
}

function onlyTexts(arrays: ReadonlyMap<string, NpyArray>): TextArray | undefined {
  const others = [...arrays.keys()].filter((name) => !besideTexts.includes(name));
  const found = others.flatMap((name) => textsOf(arrays, name, 1) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function onlyNumbers(arrays: ReadonlyMap<string, NpyArray>): NumberArray | undefined {
  const others = [...arrays.keys()].filter((name) => name !== 'positions');
  const found = others.flatMap((name) => numbersOf(arrays, name) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function keepRows(
  file: string,
  name: 'vectors' | 'positions',
  { data, shape }: NumberArray,
  kept: readonly number[],
): Matrix {
  const dim = shape[1]!;
  if (dim === 0) throw new InputError('vectorMissing', { file: `${file}: ${name}`, place: 1 });
  for (const row of kept)
    for (let j = 0; j < dim; j++) {
      const value = data[row * dim + j]!;
      if (!Number.isFinite(value)) {
        const code = name === 'positions' ? 'positionNumber' : 'vectorNumber';
        throw new InputError(code, { file: `${file}: ${name}`, place: row + 1, column: j + 1, cell: value });
      }
    }
  return createMatrix(kept.length * dim === data.length ? data : takeRows({ data, dim }, kept).data, dim);
}

function asPositions(file: string, { data, rows, dim }: Matrix): Positions {
  if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
  return { data, rows, dim };
}

function readItem(
  file: string,
  text: string,
  group: string | undefined,
  columns: string | undefined,
  row: number,
): NewItem {
  return {
    text,
    ...(group !== undefined && group !== '' && { group }),
    ...(columns !== undefined && columns !== '' && { columns: readColumns(file, columns, row) }),
  };
}

function readColumns(file: string, json: string, row: number): Record<string, Cell> {
  const value = parseJsonObject(json);
  if (!value) throw new InputError('npzColumns', { file, row: row + 1, found: excerpt(json) });
  if (holdsCells(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, cell]) => [name, readJsonCell(cell) ?? null]));
}

/** Nearly all objects do: they are taken as they are. */
function holdsCells(value: object): value is Record<string, Cell> {
  return Object.values(value).every((cell) => typeof cell !== 'object' || cell === null);
}

function describe(arrays: ReadonlyMap<string, NpyArray>): string {
  return [...arrays].map(([name, { kind, shape }]) => `${name} (${kind}, ${shape.join(' x ')})`).join(', ') || '0';
}
