import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelPace } from '../../src/scene/labelPace';

describe('when labels are chosen', () => {
  it('chooses at every third frame while things move', () => {
    const pace = new LabelPace();
    const follows = Array.from({ length: 7 }, (_, i) => pace.follows(true, i * 16));
    expect(follows).toEqual([false, true, true, false, true, true, false]);
  });

  it('lets no label wait long where frames are slow', () => {
    const pace = new LabelPace();
    const follows = [0, 70, 140, 210, 500].map((now) => pace.follows(true, now));
    expect(follows).toEqual([false, true, false, true, false]);
  });

  it('ends every movement with a choice at rest, and at rest never goes without one', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (movements) => {
        const pace = new LabelPace();
        for (const [i, moves] of movements.entries()) {
          const follows = pace.follows(moves, i * 16);
          if (!moves) expect(follows).toBe(false);
          // A frame in motion asks for another, which is the one at rest if nothing moves any more.
          if (moves) expect(pace.isDue(true, false)).toBe(true);
        }
        expect(pace.follows(false, movements.length * 16)).toBe(false);
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
