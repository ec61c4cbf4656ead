/** Broken files, one defect each: every one ends in an error of ours or in a correct reading, within 5 s and 512 MiB. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrays, wordVectors } from './broken/arrays';
import type { Broken } from './broken/broken';
import { bundles } from './broken/bundles';
import { arrows, parquets } from './broken/columnar';
import type { End, Task } from './broken/reader';
import { rows, tables } from './broken/tables';
import { values } from './broken/values';

const root = new URL('../..', import.meta.url).pathname;
const kinds = {
  'text, CSV, TSV, gzip': tables,
  'rows of tables': rows,
  JSON: values,
  'NumPy, zip': arrays,
  word2vec: wordVectors,
  'bundles, capsules': bundles,
  Parquet: parquets,
  Arrow: arrows,
};
const corpus = Object.entries(kinds).flatMap(([kind, files]) =>
  files.map((file) => ({ ...file, name: `${kind}: ${file.defect} (${file.file})` })),
);

/** For each file, of the processor's time: what else runs on the machine does not count. */
const mostSeconds = 5;
const mostMiB = 512;
/** Of the heap; what typed arrays take comes on top. */
const heapMiB = 384;
/** Without a word for so long, a file hangs. */
const patience = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'constela-broken-'));
const ends = new Map<string, End>();
let last = 'nothing';

beforeAll(async () => {
  const tasks = corpus.map(write);
  const list = join(folder, 'tasks.json');
  writeFileSync(list, JSON.stringify(tasks));
  const outDir = join(folder, 'reader');
  await build({
    root,
    mode: 'cli',
    logLevel: 'warn',
    build: { ssr: 'tests/data/broken/reader.ts', outDir, emptyOutDir: true },
  });
  await readAll(join(outDir, 'constela.js'), list);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

function write({ name, file, bytes, labels }: Broken & { name: string }, i: number): Task {
  const path = join(folder, `${i}-${file}`);
  writeFileSync(path, bytes());
  if (labels === undefined) return { name, path };
  writeFileSync(`${path}.txt`, labels);
  return { name, path, labels: `${path}.txt` };
}

/** Resolves when the reader has ended, however it did. */
function readAll(program: string, list: string): Promise<void> {
  const child = spawn(process.execPath, ['--expose-gc', `--max-old-space-size=${heapMiB}`, program, list], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  let timer = setTimeout(kill, patience);
  createInterface({ input: child.stdout }).on('line', (line) => {
    clearTimeout(timer);
    timer = setTimeout(kill, patience);
    const said = JSON.parse(line) as End | { readonly begun: string };
    if ('begun' in said) last = said.begun;
    else ends.set(said.name, said);
  });
  return new Promise((done) => {
    child.once('close', () => {
      clearTimeout(timer);
      done();
    });
  });
}

describe.each(Object.keys(kinds))('%s', (kind) => {
  it.each(corpus.filter(({ name }) => name.startsWith(`${kind}: `)))('$defect ($file)', ({ name, ends: expected }) => {
    const end = ends.get(name);
    if (!end) expect.fail(`the reader stopped at “${last}”`);
    if (typeof expected === 'string') expect(end, end.message).toMatchObject({ code: expected });
    else expect(end, end.message).toMatchObject({ report: expected });
    expect(end.seconds, 'seconds of the processor').toBeLessThan(mostSeconds);
    expect(end.peakMiB, 'MiB').toBeLessThan(mostMiB);
  });
});

it('are at least sixty, each once', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});
