/** Comparing: the lists come from the model's space, and the page and the command line agree about it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { addWords, expectCount, findText, openPage, rankedIn, selectText, starterSize } from './page';
import { download, openFileOnPage } from './transfer';

const program = join(import.meta.dirname, '../bin/constela.js');
const run = (...args: string[]) => execFileSync(process.execPath, [program, ...args, '--quiet'], { encoding: 'utf8' });

const neighbours = (page: Page) => page.getByRole('region', { name: 'Neighbours' });

// None of them is in a starter, so that the page itself has to embed each; one is longer than the model reads.
const texts = [
  ...['zebra', 'okapi', 'ibex', 'lynx', 'A zebra is a striped horse.', 'tractor', 'bulldozer', 'crane', 'gravel'],
  ...[
    'violin',
    'cello',
    'The orchestra tunes before the concert.',
    'oboe',
    'São Paulo',
    'naïve café',
    'quasar',
    'pulsar',
  ],
  ...['x', '42', 'e = mc²', 'Is it raining?', 'It is not raining.', 'umbrella', 'monsoon', 'drizzle', '雨'],
  'on and on '.repeat(400).trim(),
];

test('the page and the command line give the same vectors and the same neighbours', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'constela-agree-'));
  try {
    const input = join(folder, 'texts.txt');
    writeFileSync(input, texts.join('\n'));
    await openPage(page);
    await openFileOnPage(page, { name: 'texts.txt', bytes: readFileSync(input) });
    await expectCount(page, texts.length);

    const made = join(folder, 'made.npz');
    run('embed', input, '--out', made);
    const expected = parseFile('made.npz', readFileSync(made));
    for (const [format, ending] of [
      ['NumPy', 'npz'],
      ['JSON', 'json'],
    ] as const) {
      const { bytes } = await download(page, format, { vectors: true });
      const found = parseFile(`texts.${ending}`, bytes);
      expect(found.items.map(({ text }) => text)).toEqual(texts);
      expect(found.space).toEqual(expected.space);
      expect(found.vectors?.data.length).toBe(texts.length * 384);
      const worst = found.vectors!.data.reduce(
        (most, x, i) => Math.max(most, Math.abs(x - expected.vectors!.data[i]!)),
        0,
      );
      expect(worst).toBeLessThan(1e-5);
    }

    for (const of of ['zebra', 'umbrella', 'São Paulo']) {
      await selectText(page, of);
      const listed = await rankedIn(neighbours(page));
      const all: unknown = JSON.parse(run('neighbours', input, '--of', of, '-k', String(texts.length - 1), '--json'));
      const answer = all as { rank: number; text: string; cosine: number }[];
      const cosineOf = new Map(answer.map(({ text, cosine }) => [text, cosine]));
      expect(listed.length).toBeGreaterThanOrEqual(10);
      listed.forEach(({ text, cosine }, rank) => {
        // Rank by rank the same cosine; the text may be another one only where the two are tied.
        expect(Math.abs(cosineOf.get(text)! - answer[rank]!.cosine), `${of}: ${text}`).toBeLessThan(2e-5);
        expect(Math.abs(Number(cosine) - cosineOf.get(text)!)).toBeLessThan(0.00052);
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('one text lists its neighbours, two are compared, and a search lists without adding', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'dog');
  const listed = await rankedIn(neighbours(page));
  const cosines = listed.map(({ cosine }) => Number(cosine));
  expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
  expect(listed.map(({ text }) => text)).toContain('cat');
  expect(listed.map(({ text }) => text)).not.toContain('dog');

  // A click chooses, also what is chosen; letting go is for Escape, the cross and the empty part of the cloud.
  await selectText(page, 'dog');
  expect(await rankedIn(neighbours(page))).toEqual(listed);

  await (await findText(page, 'penguin')).click({ modifiers: ['Control'] });
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison).toContainText('penguin');
  await expect(comparison).toContainText(/\d+ of 12 neighbours are shared/);
  const both = await rankedIn(comparison);
  expect(both.slice(0, listed.length)).toEqual(listed);
  expect(both.length).toBe(2 * listed.length);
  const shared = both.slice(0, 12).filter(({ text }) => both.slice(12).some((other) => other.text === text)).length;
  await expect(comparison).toContainText(`${shared} of 12 neighbours are shared`);
  const [pair] = /-?\d\.\d{3}/.exec(await comparison.innerText()) ?? [];
  const expected = Number(run('similarity', 'dog', 'penguin').match(/-?\d\.\d+/)?.[0]);
  expect(Number(pair)).toBeCloseTo(expected, 3);

  const search = page.getByRole('searchbox', { name: 'Search' });
  const rows = page.getByRole('list', { name: 'Texts' }).getByRole('listitem');
  await search.fill('DÓG');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('dog');
  await search.fill('puppy');
  await expect(rows).toHaveCount(0);
  await search.press('Enter');
  const meaning = page.getByRole('region', { name: 'Search by meaning' });
  const found = await rankedIn(meaning);
  expect(found[0]?.text).toBe('dog');
  await expectCount(page, starterSize);
  await search.fill('');
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(starterSize));
  await expect(rows.first()).toHaveAttribute('aria-posinset', '1');
  await addWords(page, 'puppy');
  await expectCount(page, starterSize + 1);
});
