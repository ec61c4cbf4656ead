/** `constela convert`: what goes in comes out, in any format that can hold it. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openFile } from '../../src/data/open';
import { colourGroups } from '../../src/scene/palette';
import { createTheme } from '../../src/scene/theme';
import { readPage } from '../../src/viewer/readPage';
import { circle, save } from './vectorFiles';
import { constela, scratch } from './terminal';

const space = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
const dataset = { ...circle({ cat: 0, dog: 10, car: 90 }, { space, group: 'things' }) };
const opened = async (file: string) => openFile({ name: file, bytes: new Uint8Array(await readFile(file)) });

test.each(['parquet', 'arrow', 'constela', 'json', 'jsonl', 'csv', 'tsv', 'zip', 'npz', 'vec', 'bin'])(
  'through .%s and back vectors are the same to the bit, without any model',
  async (ending) => {
    const at = await scratch();
    const start = await save(at('start.npz'), dataset);
    expect(await constela(['convert', start, at(`there.${ending}`)])).toMatchObject({ code: 0 });
    expect(await constela(['convert', at(`there.${ending}`), at('back.npz')])).toMatchObject({ code: 0 });
    const found = await opened(at('back.npz'));
    expect(found.vectors).toEqual(dataset.vectors);
    expect(found.items.map(({ text }) => text)).toEqual(['cat', 'dog', 'car']);
    const isNamed = ['parquet', 'arrow', 'constela', 'json', 'zip', 'npz'].includes(ending);
    expect(found.space).toEqual(isNamed ? space : undefined);
  },
);

test('several inputs become one, a matrix with the file of its texts among them', async () => {
  const at = await scratch();
  const a = await save(at('a.npz'), dataset);
  await writeFile(at('b.txt'), 'bus\n');
  expect(await constela(['convert', a, at('b.txt'), at('all.csv')])).toMatchObject({ code: 0 });
  const found = await opened(at('all.csv'));
  expect(found.items.map(({ text }) => text)).toEqual(['cat', 'dog', 'car', 'bus']);
  // Not every text has a vector, so none is written.
  expect(found.vectors).toBeUndefined();
});

test('vectors are left out if asked, and missed where a format is made of them', async () => {
  const at = await scratch();
  const start = await save(at('start.npz'), dataset);
  expect(await constela(['convert', start, at('plain.json'), '--no-vectors'])).toMatchObject({ code: 0 });
  expect((await opened(at('plain.json'))).vectors).toBeUndefined();
  await writeFile(at('texts.txt'), 'cat\n');
  const outcome = await constela(['convert', at('texts.txt'), at('out.vec')]);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain('vectors');
});

test('a cloud has the colours that the page gives to groups', async () => {
  const at = await scratch();
  await writeFile(at('a.csv'), 'text,group,x,y\ncat,animals,0,1\ncar,vehicles,2,3\ndog,animals,4,5\nodd,,6,7\n');
  expect(await constela(['convert', at('a.csv'), at('a.ply')])).toMatchObject({ code: 0 });
  const bytes = new Uint8Array(await readFile(at('a.ply')));
  const theme = createTheme({ '--background': '#f7f8fb', '--muted': '#5b6476' });
  const { colours } = colourGroups(['animals', 'vehicles', 'animals', undefined], theme);
  const points = bytes.slice(-4 * 15);
  expect([0, 1, 2, 3].flatMap((row) => [...points.slice(row * 15 + 12, row * 15 + 15)])).toEqual([...colours]);
  await writeFile(at('b.csv'), 'text,x,y\ncat,0,1\n');
  await constela(['convert', at('b.csv'), at('b.ply')]);
  expect(await readFile(at('b.ply'), 'latin1')).not.toContain('red');
});

test('cells that a spreadsheet runs are made safe if asked', async () => {
  const at = await scratch();
  await writeFile(at('a.txt'), '=1+1\n');
  await constela(['convert', at('a.txt'), at('exact.csv')]);
  await constela(['convert', at('a.txt'), at('safe.csv'), '--spreadsheet-safe']);
  expect(await readFile(at('exact.csv'), 'utf8')).toBe('text\n=1+1\n');
  expect(await readFile(at('safe.csv'), 'utf8')).toBe("text\n'=1+1\n");
});

test('a web page is made of vectors and positions, with true neighbours, and says where it lacks them', async () => {
  const at = await scratch();
  const positions = { data: Float32Array.from([0, 0, 1, 0, 9, 9]), rows: 3, dim: 2 } as const;
  const start = await save(at('start.npz'), { ...dataset, positions });
  expect(await constela(['convert', start, at('My map.html')])).toMatchObject({ code: 0 });
  const html = await readFile(at('My map.html'), 'utf8');
  const data = readPage(/<script type="application\/json" id="map">(.*?)<\/script>/.exec(html)?.[1] ?? '');
  expect(data).toMatchObject({ title: 'My map', texts: ['cat', 'dog', 'car'], k: 2, dims: 2 });
  expect(data?.neighbours).toEqual([1, 2, 0, 2, 1, 0]);
  expect(data?.cosines).toEqual([0.985, 0, 0.985, 0.174, 0.174, 0]);
  const unplaced = await save(at('unplaced.npz'), dataset);
  const outcome = await constela(['convert', unplaced, at('out.html')]);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain('place on a map');
});
