/** Writing JSON: the project's own export, which `json.ts` reads. */
import type { Dataset, KnnGraph, Matrix, Positions } from '../types';
import { rowOf } from '../vectors';
import { encodeLines, type Decimals, type Line } from './encodeLines';
import { jsonVersion } from './jsonExport';
import { neighbourColumn } from './neighbourColumn';
import type { Pieces } from './pieces';
import { writeSpaceFields } from './spaceFields';

/**
 * Writes one object: `format`, `version`, `model`, `prompt`, `layer` and `adapter` where the space is known, and `items`, one a line: `text`, `group`,
 * `columns` (the item's own), `position`, with `vectors` `vector`, and where there are any `neighbors`. pandas: `pd.json_normalize(json.load(file)['items'])`.
 */
export function writeJson(dataset: Dataset, { vectors }: { vectors: boolean }): Pieces {
  const { items, positions, neighbours, space } = dataset;
  const head = { format: 'constela', version: jsonVersion, ...(space && writeSpaceFields(space)) };
  const matrix = vectors ? dataset.vectors : undefined;
  const member = (key: string, rows: Matrix | Positions | undefined, i: number) =>
    rows ? [`,"${key}":`, ...numberArray(rowOf(rows, i))] : [];
  function* lines(): Generator<Line> {
    yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
    for (let i = 0; i < items.length; i++) {
      const { text, group, columns } = items[i]!;
      const item = JSON.stringify({ text, group, columns }).slice(0, -1);
      const near = neighbours ? [`,"${neighbourColumn}":`, ...neighbourObject(neighbours, i)] : [];
      const end = i + 1 < items.length ? '},' : '}';
      yield [item, ...member('position', positions, i), ...member('vector', matrix, i), ...near, end];
    }
    yield ']}';
  }
  return encodeLines(lines());
}

/** A JSON array, as parts of a line. */
export function numberArray(numbers: Float32Array): readonly (string | Decimals)[] {
  return ['[', { numbers, separator: ',' }, ']'];
}

/** A row's cell of `neighbourColumn`, as parts of a line. */
export function neighbourObject({ indices, distances, k }: KnnGraph, row: number): readonly (string | Decimals)[] {
  const ids = indices.subarray(row * k, (row + 1) * k).join(',');
  return [`{"ids":[${ids}],"distances":`, ...numberArray(distances.subarray(row * k, (row + 1) * k)), '}'];
}
