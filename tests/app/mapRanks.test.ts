import { describe, expect, test } from 'vitest';
import { mapRanks } from '../../src/app/state/mapRanks';
import { rankedLines, toItems, toTabs } from '../../src/app/state/rankedTable';
import { defaultOptions } from '../../src/projection/options';
import type { MapView } from '../../src/types';

const view: MapView = {
  space: { modelId: 'm', prompt: '{text}' },
  options: { ...defaultOptions, dims: 2 },
  ids: ['a', 'b', 'c', 'd', 'e'],
  positions: { data: Float32Array.of(0, 0, 3, 4, 0, 2, 5, 0, -12, 0), rows: 5, dim: 2 },
};

describe('ranks on the map', () => {
  test('go by distance, and equal distances share one', () => {
    expect([...mapRanks(view, ['a'], view.ids)]).toEqual([
      ['b', { rank: 2, distance: 5 }],
      ['c', { rank: 1, distance: 2 }],
      ['d', { rank: 2, distance: 5 }],
      ['e', { rank: 4, distance: 12 }],
    ]);
    expect([...mapRanks(view, ['a'], ['e', 'z'])]).toEqual([['e', { rank: 4, distance: 12 }]]);
  });

  test('are counted from the middle of several, and among some only', () => {
    // The middle of d and e is at -3.5.
    const ranks = mapRanks(view, ['d', 'e'], view.ids, ['a', 'b', 'd']);
    expect([...ranks.keys()]).toEqual(['a', 'b']);
    expect(ranks.get('a')).toEqual({ rank: 1, distance: 3.5 });
    expect(ranks.get('b')!.distance).toBeCloseTo(Math.hypot(6.5, 4), 12);
  });

  test('are none of what the map lacks', () => {
    expect(mapRanks(view, [], view.ids).size).toBe(0);
    expect(mapRanks(view, ['z'], view.ids).size).toBe(0);
  });
});

describe('a list that is taken away', () => {
  const byId = new Map([
    ['a', { id: 'a', text: 'one\ttab' }],
    ['b', { id: 'b', text: 'two' }],
  ]);
  const list = [
    { id: 'a', cosine: 0.75, centred: 0.5, percentile: 1 },
    { id: 'b', cosine: 0.8, centred: 0.25, percentile: 1 },
  ];

  test('has the rank, both cosines, and where the text is on the map', () => {
    const lines = rankedLines(list, byId, new Map([['b', { rank: 7, distance: 1.5 }]]));
    expect(lines).toEqual([
      { rank: 1, text: 'one\ttab', cosine: 0.75, cosine_centred: 0.5 },
      { rank: 2, text: 'two', cosine: 0.8, cosine_centred: 0.25, map_rank: 7, map_distance: 1.5 },
    ]);
    expect(toTabs(lines)).toBe(
      [
        'rank\ttext\tcosine\tcosine_centred\tmap_rank\tmap_distance',
        '1\tone tab\t0.75\t0.5\t\t',
        '2\ttwo\t0.8\t0.25\t7\t1.5',
      ].join('\n'),
    );
    expect(toItems(lines)[0]).toEqual({
      text: 'one\ttab',
      columns: { rank: 1, cosine: 0.75, cosine_centred: 0.5, map_rank: null, map_distance: null },
    });
  });

  test('has no columns for what nobody asked', () => {
    const raw = list.map(({ id, cosine, percentile }) => ({ id, cosine, percentile }));
    expect(toTabs(rankedLines(raw, byId, new Map())).split('\n')[0]).toBe('rank\ttext\tcosine');
  });
});
