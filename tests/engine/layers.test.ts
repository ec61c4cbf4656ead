/** The spaces after all layers, filled in one pass. */
import { expect, test } from 'vitest';
import { layerSpecs } from '../../src/spaceKey';
import { createFakeEngine, idsOf, itemsOf, layerText, spec, vectorOf } from './fakes';

const specs = layerSpecs(spec, 6);

test('from the embedding layer to the last, whose space is the model’s own', () => {
  expect(specs.map(({ layer }) => layer)).toEqual([0, 1, 2, 3, 4, 5, undefined]);
  expect(specs.at(-1)).toEqual(spec);
  expect(layerSpecs({ ...spec, layer: 3, adapter: 'abc' }, 6)).toEqual(specs);
});

test('one pass over the texts gives each layer a space of its own, which answers', async () => {
  const { engine, calls } = createFakeEngine();
  const items = itemsOf('cat', 'dog', 'cello');
  const reports = await engine.embedLayers(items, spec);
  expect(calls.embedded).toEqual([['cat', 'dog', 'cello']]);
  expect(new Set(reports.map(({ space }) => space)).size).toBe(7);
  for (const [layer, { space }] of reports.entries()) {
    const { data } = await engine.vectors(space, idsOf(items));
    const expected = items.flatMap(({ text }) => [...vectorOf(layer === 6 ? text : layerText(text, layer))]);
    expect([...data]).toEqual(expected);
  }
  const answer = await engine.ask(reports[0]!.space, { kind: 'overlap', other: reports[6]!.space, k: 2 });
  expect(answer.mean).toBe(1);
});

test('only what a layer lacks is embedded, and the own space keeps the rows it has', async () => {
  const { engine, calls } = createFakeEngine();
  const items = itemsOf('cat', 'dog');
  const { space } = await engine.embed(items, spec);
  await engine.neighbours(space, 1);
  await engine.embedLayers(items, spec);
  const more = [...items, ...itemsOf('cello')];
  const reports = await engine.embedLayers(more, spec);
  expect(calls.embedded).toEqual([['cat', 'dog'], ['cat', 'dog'], ['cello']]);
  expect(reports.map(({ reused }) => reused)).toEqual([2, 2, 2, 2, 2, 2, 2]);
});

test('a text that is edited meanwhile, texts that go, and none at all', async () => {
  const { engine, calls } = createFakeEngine();
  const [cat, dog] = itemsOf('cat', 'dog');
  await engine.embedLayers([cat!, dog!], spec);
  const [{ space } = { space: '' }] = await engine.embedLayers([{ ...cat!, text: 'cats' }], spec);
  expect(calls.embedded.at(-1)).toEqual(['cats']);
  expect([...(await engine.vectors(space, [cat!.id])).data]).toEqual([...vectorOf(layerText('cats', 0))]);
  await expect(engine.vectors(space, [dog!.id])).rejects.toMatchObject({ code: 'itemUnknown' });
  const empty = await engine.embedLayers([], spec);
  expect(empty).toHaveLength(7);
  expect(await engine.ask(empty[0]!.space, { kind: 'overlap', other: empty[6]!.space, k: 15 })).toMatchObject({ k: 0 });
});

test('a space that is emptied while its layers are embedded ends as it was asked last', async () => {
  let open: () => void = () => undefined;
  const { engine } = createFakeEngine({ gate: () => new Promise((resolve) => (open = resolve)) });
  const items = itemsOf('cat', 'dog');
  const filling = engine.embedLayers(items, spec);
  const emptying = engine.embed([], specs[0]!);
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  open();
  const [{ space } = { space: '' }] = await filling;
  await emptying;
  await expect(engine.vectors(space, [items[0]!.id])).rejects.toMatchObject({ code: 'itemUnknown' });
});
