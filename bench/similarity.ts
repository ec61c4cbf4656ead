/** What is measured of neighbours in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { writeNpz } from '../src/data/npzWrite';
import { joinPieces } from '../src/data/pieces';
import type { Matrix } from '../src/types';
import { createMatrix } from '../src/vectors';
import { Sides } from './nearest/sides';
import { timeSides } from './nearest/turns';

export interface VectorsTask {
  /** Raw float32 numbers, row-major, of which the first `rows` x `dim` are taken. */
  readonly file: string;
  readonly rows: number;
  readonly dim: number;
}

export type SimilarityTask = VectorsTask &
  (
    | { readonly kind: 'nearest'; readonly k: number; readonly questions: number }
    /** Writes a bundle that the page opens without embedding: as many texts as rows, and places for them. */
    | { readonly kind: 'bundle'; readonly out: string; readonly texts: readonly string[] }
  );

const task: SimilarityTask = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const vectors = readVectors(task);
if (task.kind === 'nearest') {
  const sides = new Sides(vectors);
  await sides.load();
  process.stdout.write(JSON.stringify(await timeSides((...given) => sides.ask(...given), vectors.rows, task)));
} else {
  const items = task.texts.map((text) => ({ text }));
  const { data, rows, dim } = vectors;
  // Any places will do: three coordinates of each vector, as far apart as those of a layout.
  const places = Float32Array.from({ length: rows * 3 }, (_, i) => 60 * data[Math.floor(i / 3) * dim + (i % 3)]!);
  const space = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
  writeFileSync(task.out, joinPieces(writeNpz({ items, vectors, positions: { data: places, rows, dim: 3 }, space })));
}

function readVectors({ file, rows, dim }: VectorsTask): Matrix {
  const bytes = readFileSync(file);
  const data = new Float32Array(rows * dim);
  new Uint8Array(data.buffer).set(bytes.subarray(0, data.byteLength));
  return createMatrix(data, dim);
}
