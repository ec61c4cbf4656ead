/** `constela convert`: what goes in comes out, in any format that can hold it. */
import { readFile, writeFile } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../src/data/open';
import { colourGroups } from '../../src/scene/palette';
import { createTheme } from '../../src/scene/theme';
import { rowOf } from '../../src/vectors';
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

test('an unzipped bundle of the Projector is read from its files, in any order', async () => {
  const at = await scratch();
  const positions = { data: Float32Array.of(0, 1, 2, 3, 4, 5), rows: 3, dim: 2 } as const;
  const zip = await save(at('start.zip'), { ...dataset, positions }, 'projector');
  const files = unzipSync(new Uint8Array(await readFile(zip)));
  const names = Object.keys(files).sort();
  expect(names).toEqual([
    'bookmarks.txt',
    'metadata.tsv',
    'projector_config.json',
    'projector_config.pbtxt',
    'tensors.tsv',
  ]);
  for (const name of names) await writeFile(at(name), files[name]!);
  const { code, err } = await constela(['convert', ...names.map((name) => at(name)), at('back.npz')]);
  expect(code).toBe(0);
  // The metadata has the positions.
  expect(err).toContain('tensors.tsv: nothing was used of bookmarks.txt\n');
  const found = await opened(at('back.npz'));
  expect(found.vectors).toEqual(dataset.vectors);
  expect(found.items).toEqual(dataset.items);
  expect(found.space).toEqual(space);
});

test('vectors without texts take those of the file after them, and are named by number without one', async () => {
  const at = await scratch();
  await save(at('m.npy'), dataset, 'npy');
  await writeFile(at('m.npz'), zipSync({ 'arr_0.npy': new Uint8Array(await readFile(at('m.npy'))) }));
  await writeFile(at('m.json'), JSON.stringify(Array.from({ length: 3 }, (_, i) => [...rowOf(dataset.vectors!, i)])));
  await writeFile(at('labels.txt'), 'cat\ndog\ncar\n');
  await writeFile(at('more.txt'), 'bus\n');
  for (const name of ['m.npy', 'm.npz', 'm.json']) {
    expect(await constela(['convert', at(name), at('labels.txt'), at('named.npz')])).toMatchObject({ code: 0 });
    const named = await opened(at('named.npz'));
    expect(named.items.map(({ text }) => text)).toEqual(['cat', 'dog', 'car']);
    expect(named.vectors).toEqual(dataset.vectors);
    const { err } = await constela(['convert', at(name), at('numbered.npz')]);
    expect(err).toContain(`${name}: no texts, so the rows are named by their number\n`);
    expect((await opened(at('numbered.npz'))).items.map(({ text }) => text)).toEqual(['1', '2', '3']);
    await constela(['convert', at(name), at('labels.txt'), at('more.txt'), at('all.csv')]);
    expect((await opened(at('all.csv'))).items.map(({ text }) => text)).toEqual(['cat', 'dog', 'car', 'bus']);
  }
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

test('the matrix alone and the file of its texts give it back', async () => {
  const at = await scratch();
  const start = await save(at('start.npz'), dataset);
  const { code, err } = await constela(['convert', start, at('there.npy')]);
  expect(code).toBe(0);
  expect(err).toContain('write the texts into a file of their own');
  await constela(['convert', start, at('texts.csv'), '--no-vectors']);
  await constela(['convert', at('there.npy'), at('texts.csv'), at('back.npz')]);
  const found = await opened(at('back.npz'));
  expect(found).toEqual({ items: dataset.items, vectors: dataset.vectors });
});

describe('neighbours', () => {
  /** At 0, 10, 90 and 100 degrees, and twice as long: neighbours are by the cosine. */
  const four = circle({ cat: 0, dog: 10, car: 90, bus: 100 }, { length: 2 });

  test('are those of the vectors, without the text itself, in each format that has a place for them', async () => {
    const at = await scratch();
    const start = await save(at('start.npz'), four);
    for (const ending of [
      'jsonl',
      'json',
      'parquet',
      'arrow',
      'graphml',
      'gexf',
      'neighbours.csv',
      'neighbours.json',
    ]) {
      const outcome = await constela(['convert', start, at(`out.${ending}`), '--neighbours', '1']);
      expect(outcome, ending).toMatchObject({ code: 0 });
      expect(outcome.err).toContain('1 neighbour');
    }
    const lines = (await readFile(at('out.jsonl'), 'utf8')).trim().split('\n');
    const found = lines.map((line) => (JSON.parse(line) as { neighbors: { ids: number[] } }).neighbors.ids);
    expect(found).toEqual([[1], [0], [3], [2]]);
    const lists = JSON.parse(await readFile(at('out.neighbours.json'), 'utf8')) as unknown;
    const cosine = expect.closeTo(Math.cos(Math.PI / 18), 6) as number;
    expect(lists).toEqual(
      [
        ['cat', 'dog'],
        ['dog', 'cat'],
        ['car', 'bus'],
        ['bus', 'car'],
      ].map(([text, neighbour]) => ({ text, rank: 1, neighbour, cosine })),
    );
    expect(await readFile(at('out.gexf'), 'utf8')).toMatch(/<edge id="1" source="2" target="3" weight="0.98/);
    // Vectors come back to the bit beside them.
    expect((await opened(at('out.parquet'))).vectors).toEqual(four.vectors);
  });

  test('are 15 where a format is made of them, fewer where there are not as many texts', async () => {
    const at = await scratch();
    const start = await save(at('start.npz'), four);
    expect((await constela(['convert', start, at('all.neighbours.csv')])).err).toContain('3 neighbours');
    expect((await readFile(at('all.neighbours.csv'), 'utf8')).trim().split('\n')).toHaveLength(1 + 4 * 3);
  });

  test('of texts without vectors are refused', async () => {
    const at = await scratch();
    await writeFile(at('texts.txt'), 'cat\ndog\n');
    const { code, err } = await constela(['convert', at('texts.txt'), at('out.graphml')]);
    expect(code).toBe(2);
    expect(err).toContain('Embed them first');
  });

  test('of a file are written by their own verb too', async () => {
    const at = await scratch();
    const start = await save(at('start.npz'), four);
    expect(await constela(['neighbours', start, '--out', at('out.neighbours.csv'), '-k', '1', '-q'])).toMatchObject({
      code: 0,
    });
    expect(await readFile(at('out.neighbours.csv'), 'utf8')).toMatch(/^text,rank,neighbour,cosine\ncat,1,dog,0.98/);
  });

  test('go with a map', async () => {
    const at = await scratch();
    const start = await save(at('start.npz'), four);
    const map = ['map', start, '-q', '--dims', '2'];
    expect(await constela([...map, '--out', at('a.jsonl'), '--with-neighbours', '2'])).toMatchObject({
      code: 0,
      err: '',
    });
    expect(await readFile(at('a.jsonl'), 'utf8')).toMatch(/^\{"text":"cat","x":.*"neighbors":\{"ids":\[1,2\]/);
    expect(await constela([...map, '--out', at('a.gexf')])).toMatchObject({ code: 0 });
    expect(await readFile(at('a.gexf'), 'utf8')).toContain('<viz:position');
  });
});

test('columns are chosen by name', async () => {
  const at = await scratch();
  await writeFile(at('in.csv'), 'text,group,x,y,year,"a,b",column:group\ncat,pets,1,2,1999,u,=1\n');
  const written = async (columns: string) => {
    const outcome = await constela(['convert', at('in.csv'), at('out.csv'), '--columns', columns]);
    expect(outcome).toMatchObject({ code: 0 });
    return readFile(at('out.csv'), 'utf8');
  };
  expect(await written('year ,"a,b"')).toBe('text,year,"a,b"\ncat,1999,u\n');
  expect(await written('text,group')).toBe('text,group\ncat,pets\n');
  expect(await written('column:group,x')).toBe('text,x,y,column:group\ncat,1,2,=1\n');
  expect(await written('')).toBe('text\ncat\n');
  const { code, err } = await constela(['convert', at('in.csv'), at('out.csv'), '--columns', 'years']);
  expect(code).toBe(2);
  expect(err).toMatch(/no column “years”.*text, group, x, y, year, a,b, column:group/);
});
