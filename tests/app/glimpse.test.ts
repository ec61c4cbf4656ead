import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Glimpse } from '../../src/app/state/glimpse';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A glimpse whose questions are answered by hand, in any order. */
function setUp() {
  const asked: {
    readonly query: string;
    readonly answer: (ids: string[] | undefined) => void;
    readonly fail: () => void;
  }[] = [];
  const shown: (readonly string[])[] = [];
  const state = { possible: true };
  const glimpse = new Glimpse({
    ask: (query) =>
      new Promise((resolve, reject) => asked.push({ query, answer: resolve, fail: () => reject(new Error('no')) })),
    isPossible: () => state.possible,
    show: (ids) => shown.push(ids),
  });
  return { asked, shown, state, glimpse, queries: () => asked.map(({ query }) => query) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a glimpse of what is meant', () => {
  test('waits for a pause in the typing', async () => {
    const { glimpse, asked, shown, queries } = setUp();
    for (const typed of ['p', 'pu', 'pup ']) {
      glimpse.follow(typed);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(queries()).toEqual([]);
    await vi.advanceTimersByTimeAsync(60);
    expect(queries()).toEqual(['pup']);
    asked[0]!.answer(['dog']);
    await settle();
    expect(shown).toEqual([['dog']]);
  });

  test('asks one thing at a time, then the latest, and shows no late answer', async () => {
    const { glimpse, asked, shown, queries } = setUp();
    for (const typed of ['cat', 'cats', 'catfish']) {
      glimpse.follow(typed);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(queries()).toEqual(['cat']);
    asked[0]!.answer(['lion']);
    await settle();
    expect(shown).toEqual([]);
    expect(queries()).toEqual(['cat', 'catfish']);
    asked[1]!.answer(['shark']);
    await settle();
    expect(shown).toEqual([['shark']]);
  });

  test('goes with the words, and with what fails', async () => {
    const { glimpse, asked, shown } = setUp();
    glimpse.follow('cat');
    await vi.advanceTimersByTimeAsync(200);
    glimpse.follow('');
    asked[0]!.answer(['lion']);
    await settle();
    expect(shown).toEqual([[]]);
    glimpse.follow('dog');
    await vi.advanceTimersByTimeAsync(200);
    asked[1]!.fail();
    await settle();
    expect(shown).toEqual([[], []]);
  });

  test('asks nothing while something else is under way, and the latest words once it is over', async () => {
    const { asked, glimpse, shown, state, queries } = setUp();
    state.possible = false;
    glimpse.follow('cat');
    await vi.advanceTimersByTimeAsync(200);
    expect(queries()).toEqual([]);
    expect(shown).toEqual([[]]);
    glimpse.follow('catfish');
    await vi.advanceTimersByTimeAsync(200);
    state.possible = true;
    glimpse.resume();
    expect(queries()).toEqual(['catfish']);
    asked[0]!.answer(['shark']);
    await settle();
    expect(shown).toEqual([[], [], ['shark']]);
    glimpse.resume();
    expect(queries()).toEqual(['catfish']);
  });

  test('forgets words that waited and are gone', async () => {
    const { glimpse, state, queries } = setUp();
    state.possible = false;
    glimpse.follow('cat');
    await vi.advanceTimersByTimeAsync(200);
    glimpse.follow('');
    state.possible = true;
    glimpse.resume();
    expect(queries()).toEqual([]);
  });

  test('begins no load again that was cancelled, until a key is pressed', async () => {
    const { glimpse, asked, shown, queries } = setUp();
    for (const typed of ['cat', 'cats']) {
      glimpse.follow(typed);
      await vi.advanceTimersByTimeAsync(200);
    }
    asked[0]!.answer(undefined);
    await settle();
    glimpse.resume();
    expect(queries()).toEqual(['cat']);
    glimpse.follow('catfish');
    await vi.advanceTimersByTimeAsync(200);
    expect(queries()).toEqual(['cat', 'catfish']);
    asked[1]!.answer(['shark']);
    await settle();
    expect(shown).toEqual([['shark']]);
  });
});
