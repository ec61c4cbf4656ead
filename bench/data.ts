/** What is measured of files in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { openInput } from '../src/cli/files';
import { openFile } from '../src/data/open';
import { writeDataset } from '../src/data/write';
import type { Dataset, ExportFormat } from '../src/types';
import { createMatrix } from '../src/vectors';

export type DataTask =
  /** Writes a file of so many texts, with the vectors of a file of raw float32 numbers where one is named. */
  | {
      readonly kind: 'make';
      readonly out: string;
      readonly format: ExportFormat;
      readonly texts: readonly string[];
      readonly vectors?: string | undefined;
      readonly dim: number;
    }
  | { readonly kind: 'open'; readonly file: string }
  /** Opens a file, which is not timed, and writes what is in it. */
  | { readonly kind: 'write'; readonly file: string; readonly format: ExportFormat };

export interface DataTimes {
  readonly seconds: number;
  /** Of the process: how much the most that it ever had is above what it had before the file was read. */
  readonly peakBytes: number;
  readonly rows: number;
  readonly bytes: number;
}

const options = { vectors: true, spreadsheetSafe: false };
const task: DataTask = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (task.kind === 'make') await make(task);
else
  process.stdout.write(JSON.stringify(await (task.kind === 'open' ? open(task.file) : write(task.file, task.format))));

async function make({ out, format, texts, vectors, dim }: DataTask & { kind: 'make' }): Promise<void> {
  const items = texts.map((text, i) => ({
    text,
    group: `group ${i % 12}`,
    columns: { number: i / 8, place: `row ${i}` },
  }));
  const matrix = vectors === undefined ? undefined : createMatrix(numbersOf(vectors, items.length * dim), dim);
  const dataset: Dataset = { items, ...(matrix && { vectors: matrix }) };
  writeFileSync(out, await writeDataset(format, dataset, { ...options, vectors: matrix !== undefined }));
}

function numbersOf(file: string, count: number): Float32Array<ArrayBuffer> {
  const data = new Float32Array(count);
  new Uint8Array(data.buffer).set(readFileSync(file).subarray(0, data.byteLength));
  return data;
}

async function open(file: string): Promise<DataTimes> {
  const before = process.memoryUsage.rss();
  const began = performance.now();
  const input = await openInput(file, new AbortController().signal);
  const { items } = await openFile(input);
  return {
    seconds: (performance.now() - began) / 1000,
    peakBytes: peakAbove(before),
    rows: items.length,
    bytes: input.size,
  };
}

async function write(file: string, format: ExportFormat): Promise<DataTimes> {
  const before = process.memoryUsage.rss();
  const dataset = await openFile({ name: file, bytes: new Uint8Array(readFileSync(file)) });
  // What opening it left behind is not the writer's.
  globalThis.gc?.();
  const began = performance.now();
  const bytes = await writeDataset(format, dataset, options);
  const seconds = (performance.now() - began) / 1000;
  return { seconds, peakBytes: peakAbove(before), rows: dataset.items.length, bytes: bytes.length };
}

function peakAbove(before: number): number {
  return process.resourceUsage().maxRSS * 1024 - before;
}
