/** Vectors after the layers of a model, and what further verbs make of them. */
import { readFile, writeFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { parseNpy } from '../../src/data/npy';
import { constela, modelsFolder, scratch } from './terminal';
import { open } from './vectorFiles';

const models = { models: modelsFolder };
const words = ['cat', 'dog', 'cello', 'violin', 'a concerto'];

async function makeFiles() {
  const at = await scratch();
  await writeFile(at('words.txt'), words.join('\n'));
  return at;
}

async function arraysOf(file: string) {
  const entries = Object.entries(unzipSync(new Uint8Array(await readFile(file))));
  return new Map(entries.map(([name, bytes]) => [name.replace('.npy', ''), parseNpy(name, bytes)]));
}

test('layers writes an array a layer; the last is what embed writes, and layer 2 what embed --layer 2 does', async () => {
  const at = await makeFiles();
  const made = await constela(['layers', at('words.txt'), '--out', at('layers.npz')], models);
  expect(made).toMatchObject({ code: 0, out: '' });
  expect(made.err).toContain('5 texts, 7 layers, 384 dimensions');
  const arrays = await arraysOf(at('layers.npz'));
  const names = Array.from({ length: 7 }, (_, layer) => `layer_${layer}`);
  expect([...arrays.keys()].sort()).toEqual([...names, 'model', 'prompt', 'texts']);
  expect(names.map((name) => arrays.get(name)!.shape)).toEqual(names.map(() => [5, 384]));
  expect(arrays.get('texts')!.data).toEqual(words);

  await constela(['embed', at('words.txt'), '--out', at('own.npz')], models);
  await constela(['embed', at('words.txt'), '--layer', '2', '--out', at('two.npz')], models);
  expect(arrays.get('layer_6')!.data).toEqual((await open(at('own.npz'))).vectors!.data);
  const two = await open(at('two.npz'));
  expect(arrays.get('layer_2')!.data).toEqual(two.vectors!.data);
  expect(two.space).toEqual({ modelId: 'all-MiniLM-L6-v2', prompt: '{text}', layer: 2 });
  // The last layer is the model itself.
  await constela(['embed', at('words.txt'), '--layer', '6', '--out', at('six.npz')], models);
  expect(await open(at('six.npz'))).toEqual(await open(at('own.npz')));
});

test('a further text is embedded at the layer of the file, and a map of it keeps the layer', async () => {
  const at = await makeFiles();
  await constela(['embed', at('words.txt'), '--layer', '0', '--out', at('zero.npz')], models);
  const nearest = async (...more: string[]) => {
    const { out, err } = await constela(['neighbours', ...more, '--of', 'the cello', '-k', '1', '-q'], models);
    expect(err).toBe('');
    return out;
  };
  const atZero = await nearest(at('zero.npz'));
  expect(atZero).toMatch(/^1\t0\.\d{3}\tcello\n$/);
  expect(await nearest(at('words.txt'), '--layer', '0')).toBe(atZero);
  expect(await nearest(at('words.txt'))).not.toBe(atZero);
  const { code } = await constela(['map', at('zero.npz'), '--out', at('map.json')], models);
  expect(code).toBe(0);
  expect((await open(at('map.json'))).space).toMatchObject({ layer: 0 });
  const compared = await constela(['compare', at('zero.npz'), at('zero.npz'), '--json', '-k', '2'], models);
  expect(JSON.parse(compared.out)).toMatchObject({ overlap: 1 });
  const other = await constela(['neighbours', at('zero.npz'), '--of', 'cat', '--layer', '3'], models);
  expect(other).toMatchObject({ code: 2 });
  expect(other.err).toContain('layer 0');
});

test('a layer that the model has not, and one that is no number', async () => {
  const at = await makeFiles();
  const embed = (layer: string) => constela(['embed', at('words.txt'), '--layer', layer, '--out', at('x.npz')], models);
  expect((await embed('7')).err).toContain('The model all-MiniLM-L6-v2 has no layer 7. Give one from 0');
  expect((await embed('two')).err).toContain('--layer');
  expect(await constela(['layers', at('words.txt'), '--out', at('x.csv')], models)).toMatchObject({ code: 2 });
});

test('vectors of one text after all layers', async () => {
  const at = await scratch();
  await writeFile(at('one.txt'), 'cat');
  expect(
    await constela(['layers', at('one.txt'), '-m', 'multilingual-e5-small-en-pt', '-o', at('one.npz'), '-q'], models),
  ).toMatchObject({ code: 0, err: '' });
  expect((await arraysOf(at('one.npz'))).get('layer_12')!.shape).toEqual([1, 384]);
});
