import { expect, test } from 'vitest';
import { dotRows } from '../../src/vectors';
import { createMatrix } from '../../src/vectors';
import { createFakeEngine, dim, idsOf, itemsOf, spec, vectorOf } from './fakes';

const cosineOf = (a: string, b: string) =>
  dotRows(createMatrix(vectorOf(a), dim), 0, createMatrix(vectorOf(b), dim), 0);

/** The `k` of `texts` nearest to `text`, itself left out, by definition. */
const nearest = (text: string, texts: readonly string[], self: string, k: number) =>
  texts
    .filter((other) => other !== self)
    .sort((a, b) => cosineOf(text, b) - cosineOf(text, a))
    .slice(0, k);

const texts = ['cat', 'dog', 'violin', 'piano', 'river', 'bank', 'money', 'tree'];

async function ask(question: { k: number; beside?: string; of?: string }, variants: readonly string[]) {
  const { engine, calls } = createFakeEngine();
  const items = itemsOf(...texts);
  const { space } = await engine.embed(items, spec);
  const found = await engine.ask(space, {
    kind: 'variants',
    of: question.of === undefined ? { id: idsOf(items)[0]! } : { text: question.of },
    texts: variants,
    k: question.k,
    ...(question.beside !== undefined && { beside: { text: question.beside } }),
  });
  return { found, embedded: calls.embedded.at(-1) };
}

test('variants have their own cosines, shifts and neighbours', async () => {
  const variants = ['a cat', 'cats', 'cat'];
  const { found, embedded } = await ask({ k: 3, beside: 'lion' }, variants);
  expect(embedded).toEqual([...variants, 'lion']);
  expect(found.cosine).toBeCloseTo(cosineOf('cat', 'lion'), 6);
  const before = nearest('cat', texts, 'cat', 3);
  variants.forEach((variant, i) => {
    expect(found.cosines[i]).toBeCloseTo(cosineOf(variant, 'lion'), 6);
    expect(found.shifts[i]).toBeCloseTo(1 - cosineOf(variant, 'cat'), 6);
    const kept = nearest(variant, texts, 'cat', 3).filter((other) => before.includes(other)).length;
    expect(found.churn[i]).toBeCloseTo(1 - kept / 3, 6);
  });
  // The text itself, as it was, changes nothing.
  expect(found.churn[2]).toBe(0);
  expect(Math.max(...found.churn)).toBeGreaterThan(0);
});

test('with nothing beside it there are no cosines; no more neighbours than other texts', async () => {
  const { found } = await ask({ k: 50 }, ['a cat']);
  expect(found.k).toBe(texts.length - 1);
  expect(found.churn).toEqual(Float32Array.of(0));
  expect([found.cosine, found.cosines[0]]).toEqual([NaN, NaN]);
});

test('a text that is no item can be asked about; without neighbours there is no churn', async () => {
  const { found, embedded } = await ask({ k: 0, of: 'horse' }, ['a horse']);
  expect(embedded).toEqual(['horse', 'a horse']);
  expect(found.shifts[0]).toBeCloseTo(1 - cosineOf('horse', 'a horse'), 6);
  expect(found.churn).toEqual(Float32Array.of(NaN));
});
