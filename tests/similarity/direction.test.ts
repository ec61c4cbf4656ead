import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/projection/random';
import { dot, unitRows } from '../../src/similarity/association';
import { directionBetween, neutralise } from '../../src/similarity/direction';
import { measureParting, ownSetShare } from '../../src/similarity/parting';
import { createMatrix } from '../../src/vectors';
import { all, cases, component, vectorsOf } from './recordedSets';

const [{ words }] = cases as [(typeof cases)[0]];
const vectors = vectorsOf(words);
const options = { random: createRandom(1), permutations: 1000 };

describe('the direction from A to B', () => {
  test('by pairs is the first component that numpy finds of their differences', () => {
    const { axis, explained } = directionBetween(vectors.a, vectors.b, 'pairs')!;
    expect(Math.abs(dot(axis, Float64Array.from(component.axis)))).toBeCloseTo(1, 9);
    expect(explained).toBeCloseTo(component.explained, 6);
  });

  test.each(['means', 'pairs'] as const)('by %s is of unit length and points from A to B', (kind) => {
    const { axis } = directionBetween(vectors.a, vectors.b, kind)!;
    expect(dot(axis, axis)).toBeCloseTo(1, 12);
    const along = (rows: readonly Float64Array[]) => rows.reduce((sum, row) => sum + dot(row, axis), 0) / rows.length;
    expect(along(unitRows(vectors.b))).toBeGreaterThan(along(unitRows(vectors.a)));
  });

  test('does not exist where both sets are the same', () => {
    expect(directionBetween(vectors.a, vectors.a, 'means')).toBeUndefined();
    expect(directionBetween(vectors.a, vectors.a, 'pairs')).toBeUndefined();
  });

  test('by pairs of one pair is the way between them', () => {
    const pair = (x: number, y: number) => createMatrix(Float32Array.of(x, y), 2);
    const { axis, explained } = directionBetween(pair(1, 0), pair(0, 1), 'pairs')!;
    expect([...axis, explained]).toEqual([-Math.SQRT1_2, Math.SQRT1_2, 1].map((value) => expect.closeTo(value, 9)));
  });
});

describe('vectors without a direction', () => {
  const { axis } = directionBetween(vectors.a, vectors.b, 'means')!;

  test('have none of it, are of unit length, and are otherwise what they were', () => {
    const without = neutralise(all, axis);
    unitRows(without).forEach((row, i) => {
      expect(dot(row, axis)).toBeCloseTo(0, 6);
      const before = unitRows(all)[i]!;
      const along = dot(before, axis);
      const rest = before.map((value, j) => (value - along * axis[j]!) / Math.sqrt(1 - along ** 2));
      expect(dot(row, rest)).toBeCloseTo(1, 9);
    });
    expect([...without.data.subarray(0, 48)].reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 6);
  });

  test('a text that is the direction itself has nothing left', () => {
    const itself = createMatrix(Float32Array.from(axis), axis.length);
    expect(neutralise(itself, axis).data.every((value) => value === 0)).toBe(true);
  });

  test('are told apart by A and B no more, while words keep the company of their own set', async () => {
    const without = (key: 'x' | 'y' | 'a' | 'b') => neutralise(vectors[key], axis);
    const before = await measureParting(vectors, options, {});
    const after = await measureParting(
      { x: without('x'), y: without('y'), a: without('a'), b: without('b'), sentences: 1 },
      options,
      {},
    );
    expect(Math.abs(after.difference)).toBeLessThan(Math.abs(before.difference) / 4);
    expect(after.pairCosine).toBeGreaterThan(before.pairCosine);
    // Math and arts are two crowds, whatever they have to do with men and women.
    expect(before.ownSet).toBeGreaterThan(0.7);
    expect(after.ownSet).toBeGreaterThan(0.7);
  });
});

describe('the company of target words', () => {
  const at = (...angles: readonly number[]) =>
    createMatrix(
      Float32Array.from(
        angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
      ),
      2,
    );

  test('is counted among the five nearest', () => {
    // Each has five others of its own set within 50 degrees, and the other set at 90 and more.
    const x = at(0, 1, 2, 3, 4, 5);
    const y = at(90, 91, 92, 93, 94, 95);
    expect(ownSetShare({ x, y, sentences: 1 })).toBe(1);
    // All others: one of its own set and two of the other.
    expect(ownSetShare({ x: at(0, 1), y: at(2, 3), sentences: 1 })).toBeCloseTo(1 / 3, 12);
  });

  test('is not that of sentences of the same word', () => {
    // Two words of two sentences each: of the four sentences of others, two are of the other word of the set.
    expect(ownSetShare({ x: at(0, 0, 1, 1), y: at(90, 90, 91, 91), sentences: 2 })).toBeCloseTo(2 / 5, 12);
  });
});
