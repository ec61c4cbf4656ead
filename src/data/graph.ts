/** The graph of nearest neighbours, as formats of graphs take it: nodes with attributes, and edges without a direction. */
import { InputError } from '../errors';
import type { Dataset, KnnGraph } from '../types';
import { escapeXml } from '../xml';
import { fileColumns, type FileColumn } from './fileColumns';
import { formatFloat32 } from './float32';

/** Names that programs for graphs have for a node's own. */
const reserved = ['id', 'label'];

export type AttributeType = 'string' | 'double' | 'boolean';

/** What nodes have besides their label, which is the text. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  /** As XML has it; undefined where a node has none. */
  readonly valueOf: (row: number) => string | undefined;
}

/** Two rows of which one at least is among the nearest of the other; `cosine` as a decimal. */
export interface Edge {
  readonly source: number;
  readonly target: number;
  readonly cosine: string;
}

/**
 * The group, `x`, `y`, `z` (layout units) and the items' own columns, named as in `writeDelimited`, and `column:` before the name of
 * one that is called `id` or `label`.
 */
export function attributesOf({ items, positions }: Dataset): Attribute[] {
  const axes = positions ? ['x', 'y', 'z'].slice(0, positions.dim) : [];
  const [, ...columns] = fileColumns({ items });
  return [
    ...axes.map((name, axis): Attribute => {
      const { data, dim } = positions!;
      return { name, type: 'double', valueOf: (row) => formatFloat32(data[row * dim + axis]!) };
    }),
    ...columns.map(attributeOf),
  ];
}

function attributeOf({ name, kind, values }: FileColumn): Attribute {
  return {
    name: reserved.includes(name.trim().toLowerCase()) ? `column:${name}` : name,
    type: ({ text: 'string', boolean: 'boolean', number: 'double', float32: 'double' } as const)[kind],
    valueOf: (row) => {
      const value = values[row];
      return value === undefined ? undefined : xmlText(String(value));
    },
  };
}

/** Each edge once, by its first row. */
export function* edgesOf({ indices, distances, rows, k }: KnnGraph): Generator<Edge> {
  const isNear = (row: number, other: number) => {
    for (let at = row * k; at < (row + 1) * k; at++) if (indices[at] === other) return true;
    return false;
  };
  for (let row = 0; row < rows; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = indices[at]!;
      // An earlier row that has this one among its own has given the edge.
      if (other > row || !isNear(other, row))
        yield { source: row, target: other, cosine: formatCosine(distances[at]!) };
    }
  }
}

/** The cosine of a distance, in as few digits as give its float32. */
export function formatCosine(distance: number): string {
  return formatFloat32(Math.fround(1 - distance));
}

/** As `escapeXml`, with tabs and line ends that no reader takes for blanks. */
export function xmlText(text: string): string {
  return escapeXml(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Throws `exportNeedsNeighbours` where there are none. */
export function needNeighbours(neighbours: KnnGraph | undefined): KnnGraph {
  if (!neighbours) throw new InputError('exportNeedsNeighbours');
  return neighbours;
}
