/** Formats that are read whole say how far they are, too. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openFile } from '../../src/data/open';
import type { Progress } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { writeWhole } from './whole';
import { workbook } from './workbooks';

const rows = 30_000;
const items = Array.from({ length: rows }, (_, i) => ({ text: `text ${i}`, columns: { n: i } }));
const dataset = { items, vectors: createMatrix(new Float32Array(rows * 8).fill(0.5), 8) };
const options = { vectors: true, spreadsheetSafe: false };
const sheet = items.map(({ text }) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`).join('');

// Time passes with each look at the clock, or a quick machine would have nothing to tell.
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 60));
});
afterEach(() => vi.restoreAllMocks());

it.each([
  ['a.parquet', () => writeWhole('parquet', dataset, options)],
  ['a.arrow', () => writeWhole('arrow', dataset, options)],
  ['a.xlsx', async () => workbook({ sheets: { One: sheet } })],
])('%s is told of in steps that grow', async (name, bytes) => {
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  const found = await openFile({ name, bytes: await bytes() }, undefined, {}, { onProgress });
  expect(found.items).toHaveLength(rows);
  expect(told.length).toBeGreaterThan(0);
  const done = told.map((progress) => progress.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  for (const { stage, done, total } of told) {
    expect(stage).toBe('reading');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(total);
  }
});
