import { describe, expect, it } from 'vitest';
import { placeLegend } from '../../src/scene/pictureLegend';

const width = (name: string) => name.length * 7;
const line = (name: string) => ({ name, colour: [1, 2, 3] as const });

describe('the legend of a picture', () => {
  it('stands in the lower right corner, in order, its dots left of its names', () => {
    const placed = placeLegend([line('animals'), line('tools')], { width: 800, height: 600 }, width);
    expect(placed.map(({ name }) => name)).toEqual(['animals', 'tools']);
    for (const { left, dot, radius, name } of placed) {
      expect(left + width(name)).toBeLessThanOrEqual(800 - 16);
      expect(dot + radius).toBeLessThan(left);
    }
    expect(placed[0]!.middle).toBeLessThan(placed[1]!.middle);
    expect(placed[1]!.middle).toBeLessThan(600 - 16);
  });

  it('cuts long names, and has no more lines than there is room for', () => {
    const many = Array.from({ length: 5000 }, (_, i) => line(`category ${i} ${'x'.repeat(10_000)}`));
    const placed = placeLegend(many, { width: 320, height: 200 }, width);
    expect(placed).toHaveLength(8);
    expect(placed[0]!.middle).toBeGreaterThan(16);
    for (const { name, dot } of placed) {
      expect(name).toMatch(/^category .*…$/);
      expect(dot).toBeGreaterThan(100);
    }
    expect(placeLegend(many, { width: 1, height: 1 }, width)).toEqual([]);
  });
});
