/**
 * Reads files one after another and says of each how it ended: a process of its own, whose memory is bounded and whose end is nobody
 * else's. It is given a JSON list of names and paths, and prints a line of JSON a file, before and after reading it.
 */
import { readFileSync } from 'node:fs';
import { openFile } from '../../../src/data/open';
import { InputError } from '../../../src/errors';
import type { Cell, Dataset } from '../../../src/types';

export interface Task {
  readonly name: string;
  readonly path: string;
  readonly labels?: string;
}

/** What a reading gave, shortened. */
export interface Report {
  readonly rows: number;
  readonly texts: readonly string[];
  readonly groups: readonly (string | null)[];
  /** Of the first rows, by name. */
  readonly columns: readonly (readonly (readonly [string, Cell])[])[];
  readonly names: number;
  readonly longest: number;
  readonly dim: number | null;
  readonly data: readonly number[];
}

/** How a reading ended, with the processor's seconds that it took and the most memory that the process has had so far. */
export interface End {
  readonly name: string;
  /** Of an InputError; null of any other, whose stack `message` then is. */
  readonly code?: string | null;
  readonly message?: string;
  readonly report?: Report;
  readonly seconds: number;
  readonly peakMiB: number;
}

const shown = 6;

function describe({ items, vectors }: Dataset): Report {
  const first = items.slice(0, shown);
  return {
    rows: items.length,
    texts: first.map(({ text }) => text.slice(0, 40)),
    groups: first.map(({ group = null }) => group),
    columns: first.map(({ columns = {} }) => Object.entries(columns).slice(0, shown)),
    names: Object.keys(items[0]?.columns ?? {}).length,
    longest: items.reduce((most, { text }) => Math.max(most, text.length), 0),
    dim: vectors?.dim ?? null,
    data: [...(vectors?.data.subarray(0, shown) ?? [])],
  };
}

const bytesOf = (path: string) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) });

async function read({ path, labels }: Task): Promise<Pick<End, 'code' | 'message' | 'report'>> {
  try {
    return { report: describe(await openFile(bytesOf(path), labels === undefined ? [] : [bytesOf(labels)])) };
  } catch (error) {
    if (error instanceof InputError) return { code: error.code, message: error.message };
    return { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Linux counts what the parent had in `maxRSS`, and in its own file does not. */
function peakKiB(): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

const tasks = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as readonly Task[];
for (const task of tasks) {
  process.stdout.write(`${JSON.stringify({ begun: task.name })}\n`);
  const before = process.cpuUsage();
  const ended = await read(task);
  const { user, system } = process.cpuUsage(before);
  const peakMiB = peakKiB() / 1024;
  process.stdout.write(`${JSON.stringify({ name: task.name, ...ended, seconds: (user + system) / 1e6, peakMiB })}\n`);
  // What one file leaves behind is not the next one's.
  globalThis.gc?.();
}
