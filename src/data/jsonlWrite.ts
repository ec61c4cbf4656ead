/** Writing JSON Lines, which `jsonl.ts` reads. */
import type { Dataset } from '../types';
import { rowOf } from '../vectors';
import { writeOwnColumn } from './columns';
import { encodeLines, type Line } from './encodeLines';
import { formatFloat32 } from './float32';
import { neighbourObject, numberArray } from './jsonWrite';
import { neighbourColumn } from './neighbourColumn';
import type { Pieces } from './pieces';

/**
 * Writes one object a line: `text`, `group`, `x`, `y`, `z`, the items' own columns (named as in `writeDelimited`), `neighbors` where
 * there are any, and with `vectors` `vector`. Model and prompt are not in it. pandas: `pd.read_json(file, lines=True)`.
 */
export function writeJsonl(dataset: Dataset, { vectors }: { vectors: boolean }): Pieces {
  const { items, positions, neighbours } = dataset;
  const matrix = vectors ? dataset.vectors : undefined;
  const hasGroups = items.some(({ group }) => group !== undefined);
  function* lines(): Generator<Line> {
    for (let i = 0; i < items.length; i++) {
      const { text, group, columns = {} } = items[i]!;
      const at = positions ? [...rowOf(positions, i)] : [];
      const members = [
        ['text', JSON.stringify(text)],
        ...(group === undefined ? [] : [['group', JSON.stringify(group)]]),
        ...at.map((number, axis) => ['xyz'[axis]!, formatFloat32(number)]),
        ...Object.entries(columns).map(([name, cell]) => [writeOwnColumn(name, hasGroups), JSON.stringify(cell)]),
      ];
      yield [
        `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}`,
        ...(neighbours ? [`,"${neighbourColumn}":`, ...neighbourObject(neighbours, i)] : []),
        ...(matrix ? [`,"vector":`, ...numberArray(rowOf(matrix, i))] : []),
        '}',
      ];
    }
  }
  return encodeLines(lines());
}
