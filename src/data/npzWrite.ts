/** Writing NumPy archives (.npz), which `npz.ts` reads: a zip of .npy arrays, never pickles. */
import type { Dataset, Matrix, Positions } from '../types';
import { measureNpyTexts, writeNpyNumbers, writeNpyTexts } from './npyWrite';
import type { Pieces } from './pieces';
import { writeSpaceFields } from './spaceFields';
import { writeZip, type ZipEntry } from './zipWrite';

/** Beyond so many, texts are deflated fast: 77 MB of them in 0.8 s instead of 1.2 s, and 16 MB of own columns in 0.1 s instead of 0.4 s. */
const MANY_BYTES = 4_000_000;
/** Beyond so many, texts are stored, as NumPy's own `savez` does with all: deflating 77 MB takes as long as all the rest of such a file. */
const MOST_DEFLATED = 32_000_000;

/**
 * Writes `texts` (`<U`), and where they are known `vectors` (float32, rows x dim), `positions` (float32, rows x 2 or 3), `groups`
 * (`<U`, empty where a text has none), `model`, `prompt` and where there are any `layer` and `adapter` (`<U`, 0-d), and `columns_json` (`<U`, a JSON object a text), when any text
 * has own columns. `numpy.load` reads all of it without pickles.
 */
export function writeNpz(dataset: Dataset): Pieces {
  return writeZip(npzEntries(dataset));
}

/** As `writeNpz`, and `layer_0`, `layer_1` and so on (float32, rows x dim): the vectors after each layer, the embedding layer's first. */
export function writeLayersNpz(dataset: Dataset, layers: readonly Matrix[]): Pieces {
  return writeZip([...npzEntries(dataset), ...layers.map((matrix, layer) => numberEntry(`layer_${layer}`, matrix))]);
}

/** An array of numbers in an archive. */
export function numberEntry(name: string, { data, rows, dim }: Matrix | Positions): ZipEntry {
  return { name: `${name}.npy`, pieces: () => writeNpyNumbers(data, [rows, dim]), effort: 0 };
}

function textEntry(name: string, values: readonly string[], shape = [values.length]): ZipEntry {
  const texts = measureNpyTexts(values);
  const effort = texts.bytes > MOST_DEFLATED ? 0 : texts.bytes > MANY_BYTES ? 1 : 6;
  return { name: `${name}.npy`, pieces: () => writeNpyTexts(texts, shape), effort };
}

function npzEntries({ items, vectors, positions, space }: Dataset): ZipEntry[] {
  const texts = items.map(({ text }) => text);
  const groups = items.map(({ group = '' }) => group);
  const columns = items.map(({ columns }) => (columns ? JSON.stringify(columns) : ''));
  const fields = Object.entries(space ? writeSpaceFields(space) : {});
  return [
    textEntry('texts', texts),
    ...(vectors ? [numberEntry('vectors', vectors)] : []),
    ...(positions ? [numberEntry('positions', positions)] : []),
    ...(items.some(({ group }) => group !== undefined) ? [textEntry('groups', groups)] : []),
    ...(items.some(({ columns }) => columns !== undefined) ? [textEntry('columns_json', columns)] : []),
    ...fields.map(([name, value]) => textEntry(name, [String(value)], [])),
  ];
}
