/** Files with small vectors, whose nearest neighbours a test can compute in its head. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseFile } from '../../src/data/open';
import type { Dataset, ExportFormat, NewItem, SpaceSpec } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { writeWhole } from '../data/whole';

/** Texts at angles (in degrees) on a circle; `length` of their vectors. */
export function circle(
  angles: Readonly<Record<string, number>>,
  { length = 1, space, group }: { length?: number; space?: SpaceSpec; group?: string } = {},
): Dataset {
  const texts = Object.keys(angles);
  const numbers = Object.values(angles).flatMap((angle) => {
    const radians = (angle * Math.PI) / 180;
    return [length * Math.cos(radians), length * Math.sin(radians)];
  });
  return {
    items: texts.map((text): NewItem => ({ text, ...(group !== undefined && { group }) })),
    vectors: createMatrix(Float32Array.from(numbers), 2),
    ...(space && { space }),
  };
}

export async function save(file: string, dataset: Dataset, format: ExportFormat = 'npz'): Promise<string> {
  await writeFile(file, await writeWhole(format, dataset, { vectors: true, spreadsheetSafe: false }));
  return file;
}

export async function open(file: string): Promise<Dataset> {
  return parseFile(file, await readFile(file));
}
