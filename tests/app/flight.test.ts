/** The layer flight, by an engine whose vectors are known: which maps it makes, and what lies among them. */
import { expect, test } from 'vitest';
import {
  amongLayers,
  flyLayers,
  layFlight,
  measureLayers,
  pathOf,
  sampleItems,
} from '../../src/app/state/inside/flight';
import { buildMap } from '../../src/pipeline';
import { defaultOptions } from '../../src/projection/options';
import type { Positions } from '../../src/types';
import { createFakeEngine, idsOf, itemsOf, spec } from '../engine/fakes';

const words = Array.from({ length: 24 }, (_, i) => `word ${i}`);

async function makeFlight(texts: readonly string[]) {
  const { engine, calls } = createFakeEngine();
  const items = itemsOf(...texts);
  const view = await buildMap(engine, items, spec, defaultOptions);
  const layers = await flyLayers(engine, items, view, {});
  return { engine, calls, items, view, layers };
}

test('a map a layer from one pass over the texts; the last is the one on the screen', async () => {
  const { calls, items, view, layers } = await makeFlight(words);
  expect(calls.embedded).toEqual([words, words]);
  expect(layers.map(({ spec }) => spec.layer)).toEqual([0, 1, 2, 3, 4, 5, undefined]);
  expect(layers[6]!.map.positions).toEqual(view.positions);
  // Each but the last was laid out, from the map of the layer after it.
  expect(calls.requests).toHaveLength(7);
  expect(calls.requests.slice(1).every(({ start }) => start?.data.every(Number.isFinite))).toBe(true);
  for (const { map } of layers) expect(map.ids).toEqual(idsOf(items));
  const laid = layFlight(layers, view);
  for (const { data } of laid) expect(data.every(Number.isFinite)).toBe(true);
});

test('texts that come are placed, those that changed anew, and no layer is laid out again', async () => {
  const { engine, calls, items, view, layers } = await makeFlight(words);
  const [first, ...others] = items;
  const changed = [{ ...first!, text: 'another' }, ...others.slice(0, -1), ...itemsOf('fresh')];
  const { length } = calls.requests;
  const more = await flyLayers(engine, changed, view, {}, { layers, held: items });
  expect(calls.requests).toHaveLength(length);
  expect(calls.embedded.at(-1)).toEqual(['another', 'fresh']);
  const [before, after] = [layers[2]!.map, more[2]!.map];
  expect(after.ids).toEqual(idsOf(changed));
  expect(after.positions.data.subarray(3, 6)).toEqual(before.positions.data.subarray(3, 6));
  expect(after.positions.data.subarray(0, 3)).not.toEqual(before.positions.data.subarray(0, 3));
});

test('measures come layer by layer, the last with itself first', async () => {
  const { engine, items, layers } = await makeFlight(words);
  const told: number[] = [];
  const onMeasured = (measured: typeof layers) => told.push(measured.filter(({ measure }) => measure).length);
  const measured = await measureLayers(engine, { layers, held: items }, items, { onMeasured });
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(measured[6]!.measure).toMatchObject({ overlap: 1, cka: 1 });
  for (const { measure } of measured.slice(0, 6)) {
    expect(measure!.overlap).toBeGreaterThan(0);
    expect(measure!.overlap).toBeLessThan(1);
    expect(measure!.trustworthiness).toBeLessThanOrEqual(1);
  }
});

test.each([1, 2])('%i text(s): a flight without numbers that nobody could tell', async (count) => {
  const { engine, items, view, layers } = await makeFlight(words.slice(0, count));
  expect(layFlight(layers, view)).toHaveLength(7);
  const measured = await measureLayers(engine, { layers, held: items }, items, {});
  expect(measured[0]!.measure!.kept).toBeNaN();
});

const flat = (...data: number[]): Positions => ({ data: Float32Array.from(data), rows: data.length / 2, dim: 2 });

test('among the layers positions go straight from map to map, and a path is a row of each', () => {
  const laid = [flat(0, 0, 8, 8), flat(2, 4, 8, 8), flat(4, 4, 0, 0)];
  expect([...amongLayers(laid, 0.5).data]).toEqual([1, 2, 8, 8]);
  expect(amongLayers(laid, 1)).toBe(laid[1]);
  expect(amongLayers(laid, 9)).toBe(laid[2]);
  expect([...amongLayers(laid, 1.25).data]).toEqual([2.5, 4, 6, 6]);
  expect(pathOf(laid, 0)).toEqual(flat(0, 0, 2, 4, 4, 4));
});

test('a sample at equal steps has what is always in it, in the order of the collection', () => {
  const items = itemsOf(...words);
  expect(sampleItems(items, 24, new Set())).toBe(items);
  const sample = sampleItems(items, 6, new Set([items[1]!.id]));
  expect(sample.map(({ text }) => text)).toEqual([0, 1, 4, 8, 12, 16, 20].map((i) => words[i]));
});
