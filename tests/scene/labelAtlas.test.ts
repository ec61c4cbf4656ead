import { describe, expect, test } from 'vitest';
import { createRandom } from '../../bench/random.js';
import { LabelAtlas, type LabelTile } from '../../src/scene/labelAtlas';

const maskOf = (width: number, height: number, coloured = false) => ({ width, height, left: -2, top: -8, coloured });
const rowsOf = ({ height, coloured }: LabelTile) => height * (coloured ? 5 : 2);

describe('where labels lie in their texture', () => {
  test('tiles of many sizes never overlap or leave it, and those of the frame stay while others make room', () => {
    const random = createRandom();
    const atlas = new LabelAtlas(256, 512);
    const kept = new Map<string, LabelTile>();
    let dropped = 0;
    for (let frame = 1; frame <= 60; frame++) {
      const live = new Map<string, LabelTile>();
      for (let i = 0; i < 6; i++) {
        const text = `${frame}-${i}`;
        const mask = maskOf(10 + Math.floor(random() * 80), 8 + Math.floor(random() * 12), random() < 0.2);
        const tile = atlas.add(text, false, 'red', mask, frame);
        expect(tile).toBeDefined();
        kept.set(text, tile!);
        live.set(text, tile!);
      }
      for (const [text, tile] of kept)
        if (tile.used < frame && atlas.find(text, false, 'red', tile.used) === undefined) {
          kept.delete(text);
          dropped++;
        }
      const all = [...kept.values()];
      for (const [text, tile] of live) expect(atlas.find(text, false, 'red', frame)).toBe(tile);
      for (const tile of all) {
        expect(tile.x + tile.width).toBeLessThanOrEqual(256);
        expect(tile.y + rowsOf(tile)).toBeLessThanOrEqual(512);
        for (const other of all) {
          if (other === tile) continue;
          const apart =
            tile.x + tile.width <= other.x ||
            other.x + other.width <= tile.x ||
            tile.y + rowsOf(tile) <= other.y ||
            other.y + rowsOf(other) <= tile.y;
          expect(apart).toBe(true);
        }
      }
    }
    expect(dropped).toBeGreaterThan(100);
  });

  test('the longest unused go first', () => {
    const atlas = new LabelAtlas(100, 20);
    for (let frame = 1; frame <= 4; frame++) atlas.add(`${frame}`, false, 'red', maskOf(25, 10), frame);
    atlas.find('1', false, 'red', 5);
    expect(atlas.add('new', false, 'red', maskOf(25, 10), 6)).toBeDefined();
    const left = ['1', '2', '3', '4', 'new'].filter((text) => atlas.find(text, false, 'red', 6));
    expect(left).toEqual(['1', '4', 'new']);
  });

  test('of one frame, what has no room is refused, and has it when the texture is higher', () => {
    const atlas = new LabelAtlas(100, 20);
    for (let i = 0; i < 4; i++) expect(atlas.add(`${i}`, false, 'red', maskOf(25, 10), 1)).toBeDefined();
    expect(atlas.add('more', false, 'red', maskOf(25, 10), 1)).toBeUndefined();
    expect(atlas.add('wide', false, 'red', maskOf(101, 10), 1)).toBeUndefined();
    atlas.height *= 2;
    expect(atlas.add('more', false, 'red', maskOf(25, 10), 1)).toMatchObject({ x: 0, y: 20 });
  });

  test('letters with colours of their own are told by the ink beside them, others are not; sizes are apart', () => {
    const atlas = new LabelAtlas(256, 256);
    const plain = atlas.add('cello', false, 'red', maskOf(30, 10), 1);
    const emoji = atlas.add('🎻', false, 'red', maskOf(16, 10, true), 1);
    expect(atlas.find('cello', false, 'blue', 2)).toBe(plain);
    expect(atlas.find('🎻', false, 'red', 2)).toBe(emoji);
    expect(atlas.find('🎻', false, 'blue', 2)).toBeUndefined();
    expect(atlas.find('cello', true, 'red', 2)).toBeUndefined();
    expect(plain!.used).toBe(2);
  });
});
