/** What is measured of files in Node, in a process of its own: the task comes as JSON in the first argument, the result as JSON. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openInput, writeOutput } from '../src/cli/files';
import { openFile } from '../src/data/open';
import { writeDataset } from '../src/data/write';
import type { Dataset, ExportFormat } from '../src/types';
import { createMatrix } from '../src/vectors';

export interface DataSource {
  readonly texts: readonly string[];
  /** A file of raw float32 numbers. */
  readonly vectors?: string | undefined;
  readonly dim: number;
}

export type DataTask =
  /** Writes a file of so many texts, with their vectors where they are named; what is written is timed, and what it is made of is not. */
  | ({ readonly kind: 'write'; readonly out: string; readonly format: ExportFormat } & DataSource)
  | { readonly kind: 'open'; readonly file: string };

export interface DataTimes {
  readonly seconds: number;
  /** Of the processor: this process's own threads, without the system's part. */
  readonly processorSeconds: number;
  /** Of the process: how much the most that it ever had is above what it had before there were any rows. */
  readonly peakBytes: number;
  readonly rows: number;
  readonly bytes: number;
}

const options = { vectors: true, spreadsheetSafe: false };
const task: DataTask = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
process.stdout.write(JSON.stringify(await (task.kind === 'open' ? open(task.file) : write(task))));

function datasetOf({ texts, vectors, dim }: DataSource): Dataset {
  const items = texts.map((text, i) => ({
    text,
    group: `group ${i % 12}`,
    columns: { number: i / 8, place: `row ${i}` },
  }));
  return {
    items,
    ...(vectors !== undefined && { vectors: createMatrix(numbersOf(vectors, items.length * dim), dim) }),
  };
}

/** Read into their place: what the process has at most is then what writing takes. */
function numbersOf(file: string, count: number): Float32Array<ArrayBuffer> {
  const data = new Float32Array(count);
  const opened = openSync(file, 'r');
  const read = readSync(opened, data);
  closeSync(opened);
  if (read !== data.byteLength) throw new Error(`${file} has ${read} bytes of ${data.byteLength}`);
  return data;
}

async function open(file: string): Promise<DataTimes> {
  const before = process.memoryUsage.rss();
  const time = startClock();
  const input = await openInput(file, new AbortController().signal);
  const { items } = await openFile(input);
  return { ...time(), peakBytes: peakAbove(before), rows: items.length, bytes: input.size };
}

async function write({ out, format, ...source }: DataTask & { kind: 'write' }): Promise<DataTimes> {
  const before = process.memoryUsage.rss();
  const dataset = datasetOf(source);
  globalThis.gc?.();
  const time = startClock();
  const vectors = dataset.vectors !== undefined;
  await writeOutput(out, await writeDataset(format, dataset, { ...options, vectors }));
  const times = time();
  return { ...times, peakBytes: peakAbove(before), rows: dataset.items.length, bytes: (await stat(out)).size };
}

function startClock(): () => { seconds: number; processorSeconds: number } {
  const began = performance.now();
  const used = process.cpuUsage();
  return () => ({
    seconds: (performance.now() - began) / 1000,
    processorSeconds: process.cpuUsage(used).user / 1e6,
  });
}

function peakAbove(before: number): number {
  return process.resourceUsage().maxRSS * 1024 - before;
}
