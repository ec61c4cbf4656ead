/** The standalone page: what is text in it stays text, and its policy names what it holds. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { embedJson } from '../../src/data/webPage';
import { readPage } from '../../src/viewer/readPage';
import type { Dataset, ExportOptions } from '../../src/types';
import { writeWhole } from './whole';

const plain: ExportOptions = { vectors: false, spreadsheetSafe: false };

const hostile = [
  '</script><script>alert(1)</script>',
  '<!-- <script> -->',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  '\u202eabc\u2028\u2029 ]]> & &lt;',
  '\0\ud800',
];

/** Each text's neighbour is the next, at cosine 0.8765. */
function ring(texts: readonly string[]): Dataset {
  const rows = texts.length;
  return {
    items: texts.map((text, i) => ({
      text,
      group: texts[(i + 1) % rows]!,
      columns: Object.fromEntries([['__proto__', i]]),
    })),
    positions: { data: Float32Array.from({ length: rows * 2 }, (_, i) => i / 3), rows, dim: 2 },
    neighbours: {
      indices: Int32Array.from({ length: rows }, (_, i) => (i + 1) % rows),
      distances: new Float32Array(rows).fill(1 - 0.8765),
      rows,
      k: 1,
    },
  };
}

const write = async (dataset: Dataset, options = plain) =>
  new TextDecoder().decode(await writeWhole('html', dataset, options));
const dataIn = (html: string) => /<script type="application\/json" id="map">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';

test('hostile texts, groups and columns are data, and only data', async () => {
  const html = await write(ring(hostile), {
    ...plain,
    page: { title: '</title><b>&', language: 'pt-BR', model: '<i>' },
  });
  expect(html).toContain('<title>&lt;/title&gt;&lt;b&gt;&amp;</title>');
  // Three begin an element: data, script, and what stands in no text of ours.
  expect(html.match(/<script/gi)).toHaveLength(2 + (scriptIn(html).match(/<script/gi)?.length ?? 0));
  const data = readPage(dataIn(html));
  expect(data?.texts).toEqual(hostile);
  expect(data?.groups).toEqual([...hostile.slice(1), hostile[0]]);
  expect(data?.columns).toEqual({ names: ['__proto__'], rows: hostile.map((_, i) => [i]) });
  expect(data).toMatchObject({ title: '</title><b>&', language: 'pt-BR', model: '<i>', dims: 2, k: 1 });
  expect(Float32Array.from(data?.positions ?? [])).toEqual(ring(hostile).positions?.data);
  expect(data?.neighbours).toEqual([1, 2, 3, 4, 5, 0]);
  expect(new Set(data?.cosines)).toEqual(new Set([0.877]));
});

const scriptIn = (html: string) => html.slice(html.lastIndexOf('<script>') + 8, html.lastIndexOf('</script>'));
const styleIn = (html: string) => html.slice(html.indexOf('<style>') + 7, html.indexOf('</style>'));

test('the policy names the script and the style by their hashes, and lets nothing be fetched', async () => {
  const html = await write(ring(['cat', 'dog']));
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(scriptIn(html))}`,
    `style-src ${hash(styleIn(html))}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  // The policy stands before all that it is for.
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  // Without data it is below a megabyte, three.js included.
  expect(html.length).toBeLessThan(1_000_000);
});

test('a page without a name is called Constela, in English', async () => {
  const html = await write(ring(['cat', 'dog']));
  expect(html).toContain('<title>Constela</title>');
  expect(html).toContain('<html lang="en">');
});

test('what a page needs is said where it is missing', async () => {
  const { positions: _positions, ...unplaced } = ring(['cat', 'dog']);
  const { neighbours: _neighbours, ...unembedded } = ring(['cat', 'dog']);
  await expect(write(unplaced)).rejects.toMatchObject({ code: 'webPageNeedsMap' });
  await expect(write(unembedded)).rejects.toMatchObject({ code: 'exportNeedsVectors' });
  const nowhere = ring(['cat', 'dog']);
  nowhere.positions!.data[1] = NaN;
  await expect(write(nowhere)).rejects.toMatchObject({ code: 'webPageNeedsMap' });
});

test('20,000 texts are written, and one more is too many', async () => {
  const texts = (count: number) => Array.from({ length: count }, (_, i) => String(i));
  expect(readPage(dataIn(await write(ring(texts(20_000)))))?.texts).toHaveLength(20_000);
  await expect(write(ring(texts(20_001)))).rejects.toMatchObject({ code: 'webPageTooMany' });
});

test('any text survives the JSON that stands in a page, and ends no element', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const json = embedJson(texts);
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual(texts);
    }),
  );
});
