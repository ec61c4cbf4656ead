import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelPace } from '../../src/scene/labelPace';

describe('when labels are chosen', () => {
  it('chooses at every third frame while things move', () => {
    const pace = new LabelPace();
    const follows = Array.from({ length: 9 }, () => pace.follows(true));
    expect(follows).toEqual([true, true, false, true, true, false, true, true, false]);
  });

  it('ends every movement with a choice at rest, and at rest never goes without one', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (movements) => {
        const pace = new LabelPace();
        for (const moves of movements) {
          const follows = pace.follows(moves);
          if (!moves) expect(follows).toBe(false);
          // A frame in motion asks for another, which is the one at rest if nothing moves any more.
          if (moves) expect(pace.isDue(true, false)).toBe(true);
        }
        expect(pace.follows(false)).toBe(false);
        expect(pace.isDue(false, false)).toBe(false);
      }),
    );
  });

  it('asks for choices at rest until one repeats the last, but not for ever', () => {
    const pace = new LabelPace();
    expect([pace.isDue(false, true), pace.isDue(false, true), pace.isDue(false, false)]).toEqual([true, true, false]);
    const endless = Array.from({ length: 20 }, () => pace.isDue(false, true));
    expect(endless.filter(Boolean)).toHaveLength(6);
    expect(endless.at(-1)).toBe(false);
    // The next movement begins anew.
    expect([pace.isDue(true, true), pace.isDue(false, true), pace.isDue(false, false)]).toEqual([true, true, false]);
  });
});
