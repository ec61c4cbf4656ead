import { expect, test } from 'vitest';
import { isClusters } from '../../src/storage/storedClusters';
import type { Clusters } from '../../src/types';

const sound: Clusters = {
  on: 'map',
  ids: ['a', 'b', 'c'],
  labels: Int32Array.of(0, -1, 1),
  names: ['first', 'second'],
  earlier: false,
};

test('clusters come back as they were kept', () => {
  expect(isClusters(structuredClone(sound))).toBe(true);
});

test.each([
  ['another ground', { on: 'moon' }],
  ['an id twice', { ids: ['a', 'b', 'a'] }],
  ['too few labels', { labels: Int32Array.of(0, -1) }],
  ['labels that are no whole numbers', { labels: [0, -1, 1] }],
  ['a label without a name', { labels: Int32Array.of(0, -1, 2) }],
  ['a label below noise', { labels: Int32Array.of(0, -2, 1) }],
  ['a name that is no text', { names: ['first', 2] }],
  ['no word on the map', { earlier: undefined }],
])('%s is refused', (_what, change) => {
  expect(isClusters({ ...sound, ...change })).toBe(false);
});

test.each([[undefined], [null], [7], ['clusters'], [[]]])('%j is refused', (value) => {
  expect(isClusters(value)).toBe(false);
});
