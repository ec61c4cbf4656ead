/** Which dimensions a vector stands out by, asked of a space. */
import { expect, test } from 'vitest';
import { createFakeEngine, dim, itemsOf, spec, vectorOf } from './fakes';

const texts = ['cat', 'dog', 'lion', 'wolf', 'fox'];

test('a text is beside its collection: values, z-scores, and the texts at the ends of its telling dimensions', async () => {
  const { engine } = createFakeEngine();
  const items = itemsOf(...texts);
  const { space } = await engine.embed(items, spec);
  const found = await engine.ask(space, { kind: 'dimensions', of: { id: 'id of cat' }, most: 3 });
  expect(found.rows).toBe(texts.length);
  expect([...found.values]).toEqual([...vectorOf('cat')]);
  const columns = Array.from({ length: dim }, (_, j) => texts.map((text) => vectorOf(text)[j]!));
  columns.forEach((column, j) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
    expect(found.mean[j]).toBeCloseTo(mean, 6);
    expect(found.z[j]).toBeCloseTo((column[0]! - mean) / deviation, 4);
  });
  const sizes = found.telling.map(({ dimension }) => Math.abs(found.z[dimension]!));
  expect(sizes).toEqual([...found.z.map(Math.abs)].sort((a, b) => b - a).slice(0, 3));
  const { dimension, high, low } = found.telling[0]!;
  const byValue = items.toSorted((a, b) => vectorOf(b.text)[dimension]! - vectorOf(a.text)[dimension]!);
  expect(high).toEqual(byValue.slice(0, 3).map(({ id }) => id));
  expect(low).toEqual(
    byValue
      .slice(-3)
      .reverse()
      .map(({ id }) => id),
  );
});

test('the only text of a collection stands out by nothing; one that is not in it is embedded', async () => {
  const { engine, calls } = createFakeEngine();
  const { space } = await engine.embed(itemsOf('cat'), spec);
  expect((await engine.ask(space, { kind: 'dimensions', of: { id: 'id of cat' }, most: 3 })).telling).toEqual([]);
  const other = await engine.ask(space, { kind: 'dimensions', of: { text: 'dog' }, most: 3 });
  expect([...other.values]).toEqual([...vectorOf('dog')]);
  expect(calls.embedded).toEqual([['cat'], ['dog']]);
});
