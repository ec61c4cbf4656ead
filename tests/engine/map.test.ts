/** Questions about a map: whose rows are whose, and which graph is asked for. */
import { describe, expect, test, vi } from 'vitest';
import * as neighbours from '../../src/projection/neighbours';
import type { Positions } from '../../src/types';
import { createFakeEngine, idsOf, itemsOf, spec, vectorOf } from './fakes';

const items = itemsOf(...Array.from({ length: 40 }, (_, i) => `text ${i}`));
const textOf = new Map(items.map(({ id, text }) => [id, text]));
/** A map that shows the first two coordinates of each text's vector. */
function mapOf(ids: readonly string[]): Positions {
  const data = Float32Array.from(ids.flatMap((id) => [...vectorOf(textOf.get(id) ?? '').subarray(0, 2)]));
  return { data, rows: ids.length, dim: 2 };
}

describe('questions about a map', () => {
  test('are answered alike in whatever order its texts come', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    const ids = idsOf(items);
    const turned = ids.toReversed();
    const straight = await engine.ask(space, { kind: 'fidelity', ids, positions: mapOf(ids), k: 5 });
    const other = await engine.ask(space, { kind: 'fidelity', ids: turned, positions: mapOf(turned), k: 5 });
    expect(other).toEqual(straight);
    expect(straight.ids).toEqual(ids);
    const { correlation } = await engine.ask(space, { kind: 'shepard', ids: turned, positions: mapOf(turned) });
    expect(correlation).toBeLessThan(0);
  });

  test('of some texts only know no others', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    const some = idsOf(items).filter((_, i) => i % 3 === 1);
    const found = await engine.ask(space, { kind: 'fidelity', ids: some, positions: mapOf(some), k: 4 });
    const alone = createFakeEngine();
    const report = await alone.engine.embed(
      items.filter(({ id }) => some.includes(id)),
      spec,
    );
    const expected = await alone.engine.ask(report.space, {
      kind: 'fidelity',
      ids: some,
      positions: mapOf(some),
      k: 4,
    });
    expect(found).toEqual(expected);
    const { pairs } = await engine.ask(space, { kind: 'shepard', ids: some, positions: mapOf(some) });
    expect(pairs).toBe((some.length * (some.length - 1)) / 2);
  });

  test('what a text lost is what its share lacks', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    const map = { ids: idsOf(items), positions: mapOf(idsOf(items)) };
    const { ids, shares, k } = await engine.ask(space, { kind: 'fidelity', ...map, k: 6 });
    for (const of of ['id of text 3', 'id of text 39']) {
      const { torn, intruders } = await engine.ask(space, { kind: 'misplaced', ...map, of, k: 6 });
      expect(torn).toHaveLength(Math.round(k * (1 - shares[ids.indexOf(of)]!)));
      expect(intruders).toHaveLength(torn.length);
      const near = await engine.ask(space, { kind: 'neighbours', of: { id: of }, k: 6 });
      for (const { id, rank, cosine } of torn) expect(near[rank - 1]).toMatchObject({ id, cosine });
      for (const { id } of intruders) expect(near.map((neighbour) => neighbour.id)).not.toContain(id);
    }
    await expect(engine.ask(space, { kind: 'misplaced', ...map, of: 'nobody', k: 6 })).rejects.toMatchObject({
      code: 'itemUnknown',
    });
  });
});

test('a graph of many texts is looked for once, until the texts change', async () => {
  const many = itemsOf(...Array.from({ length: 2001 }, (_, i) => `one of many ${i}`));
  const { engine } = createFakeEngine();
  const { space } = await engine.embed(many, spec);
  const looked = vi.spyOn(neighbours, 'findNeighbours');
  const map = {
    ids: idsOf(many),
    positions: { data: new Float32Array(4002), rows: 2001, dim: 2 as const },
    mostExact: 2000,
  };
  const { sampled } = await engine.ask(space, { kind: 'fidelity', ...map, k: 12 });
  await engine.ask(space, { kind: 'fidelity', ...map, k: 7 });
  expect(sampled).toBe(1999);
  expect(looked).toHaveBeenCalledTimes(1);
  await engine.embed([...many, ...itemsOf('one more')], spec);
  const grown = {
    ids: [...map.ids, 'id of one more'],
    positions: { data: new Float32Array(4004), rows: 2002, dim: 2 as const },
  };
  await engine.ask(space, { kind: 'fidelity', ...map, ...grown, k: 7 });
  expect(looked).toHaveBeenCalledTimes(2);
  looked.mockRestore();
});
