import { describe, expect, test } from 'vitest';
import { churnOf, comparePrompts, gainOf, rankPrompts, type PromptsAsked } from '../../src/prompts';
import { measureSeparation } from '../../src/similarity/separation';
import { splitShift } from '../../src/similarity/shift';
import type { Progress, SpaceSpec } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import { createFakeEngine, idsOf, itemsOf, spec } from './fakes';

const items = itemsOf(...Array.from({ length: 30 }, (_, i) => `text ${i}`));
const labels = Int32Array.from(items, (_, row) => (row === 4 ? -1 : row % 3));
const kind: SpaceSpec = { ...spec, prompt: 'a kind of {text}' };
const asked: PromptsAsked = { spec, prompts: ['{text}', 'a kind of {text}'], labels, k: 5, voters: 3 };

/** An engine that knows the vectors of both prompts: the second's groups stand closer together. */
async function known() {
  const { engine, calls } = createFakeEngine();
  const vectors = [clusteredVectors(30, 8, 3, 1.2, 1), clusteredVectors(30, 8, 3, 0.2, 2)] as const;
  await engine.adopt(items, spec, vectors[0]);
  // In another order, as a space is whose texts came and went.
  const reversed = items.toReversed();
  const { data, dim } = vectors[1];
  const rows = reversed.flatMap((item) => {
    const row = items.indexOf(item);
    return [...data.subarray(row * dim, (row + 1) * dim)];
  });
  await engine.adopt(reversed, kind, createMatrix(Float32Array.from(rows), dim));
  return { engine, calls, vectors };
}

describe('prompts beside each other', () => {
  test('are measured in spaces of their own, whatever the order of their rows', async () => {
    const { engine, calls, vectors } = await known();
    const [baseline, other] = await comparePrompts(engine, items, asked);
    expect(calls.embedded).toEqual([]);
    expect(baseline).toMatchObject({ prompt: '{text}', spec, cut: [] });
    expect(baseline!.moved).toBeUndefined();
    expect(churnOf(baseline!)).toBe(0);
    const { shift, overlap } = other!.moved!;
    const expected = splitShift(...vectors);
    expect(shift.common).toBeCloseTo(expected.common, 6);
    expect(shift.commonShare).toBeCloseTo(expected.commonShare, 6);
    const byId = new Map(shift.ids.map((id, row) => [id, shift.residues[row]]));
    idsOf(items).forEach((id, row) => expect(byId.get(id)).toBeCloseTo(expected.residues[row]!, 6));
    expect(overlap.k).toBe(5);
    expect(churnOf(other!)).toBeCloseTo(1 - overlap.mean, 12);
    expect(overlap.mean).toBeLessThan(1);
  });

  test('are told apart by how well they separate the groups; texts without one take no part', async () => {
    const { engine, vectors } = await known();
    const results = await comparePrompts(engine, items, asked);
    const grouped = labels.filter((label) => label >= 0);
    for (const [i, { separation }] of results.entries()) {
      const kept = createMatrix(Float32Array.from(vectors[i]!.data.filter((_, at) => Math.floor(at / 8) !== 4)), 8);
      const expected = await measureSeparation(kept, grouped, 3);
      expect(separation.silhouette).toBeCloseTo(expected.silhouette, 6);
      expect(separation).toMatchObject({ rows: 29, groups: 3, singles: 0, k: 3, accuracy: expected.accuracy });
      expect(separation.ids).toEqual(idsOf(items).filter((_, row) => row !== 4));
    }
    const [first, second] = results.map(({ separation }) => separation.silhouettes);
    const gains = Array.from(second!, (silhouette, row) => silhouette - first![row]!);
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 29;
    const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
    const gain = gainOf(results[1]!, results[0]!);
    expect(gain.mean).toBeCloseTo(results[1]!.separation.silhouette - results[0]!.separation.silhouette, 6);
    expect(gain.error).toBeCloseTo(Math.sqrt(squares / 28 / 29), 10);
    expect(gainOf(results[0]!, results[0]!)).toEqual({ mean: NaN, error: NaN });
    expect(rankPrompts(results).map(({ prompt }) => prompt)).toEqual(['a kind of {text}', '{text}']);
  });

  test('without groups are compared all the same, and keep their order', async () => {
    const { engine } = await known();
    const results = await comparePrompts(engine, items, { ...asked, labels: labels.map(() => -1) });
    expect(results.map(({ separation }) => separation.missing)).toEqual(['groups', 'groups']);
    expect(rankPrompts(results)).toEqual(results);
    expect(gainOf(results[1]!, results[0]!)).toEqual({ mean: NaN, error: NaN });
    expect(churnOf(results[1]!)).toBeGreaterThan(0);
  });

  test('of one text and of none', async () => {
    const { engine } = createFakeEngine();
    const one = await comparePrompts(engine, itemsOf('a'), { ...asked, labels: Int32Array.of(0) });
    expect(one[1]!.moved!.shift.commonShare).toBeNaN();
    expect(churnOf(one[1]!)).toBeNaN();
    expect(one[1]!.separation.missing).toBe('secondGroup');
    const none = await comparePrompts(engine, [], { ...asked, labels: new Int32Array(0) });
    expect(none.map(({ separation }) => separation.missing)).toEqual(['groups', 'groups']);
  });

  test('say which texts were cut, and how far they are', async () => {
    const { engine } = createFakeEngine();
    const mixed = itemsOf('short', 'one of more than twenty characters', 'brief');
    const seen: Progress[] = [];
    const hooks = { onProgress: (progress: Progress) => seen.push(progress) };
    const results = await comparePrompts(engine, mixed, { ...asked, labels: Int32Array.of(0, 1, 0) }, hooks);
    expect(results.map(({ cut }) => cut)).toEqual([[mixed[1]!.id], [mixed[1]!.id]]);
    const embedding = seen.filter(({ stage }) => stage === 'embedding');
    expect(embedding.map(({ done, total }) => [done, total])).toEqual([
      [3, 6],
      [6, 6],
    ]);
  });

  test('end when they are cancelled', async () => {
    const { engine } = await known();
    const hooks = { signal: AbortSignal.abort() };
    await expect(comparePrompts(engine, items, asked, hooks)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
