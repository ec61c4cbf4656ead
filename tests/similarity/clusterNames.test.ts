import { describe, expect, test } from 'vitest';
import { medoidRows, nameClusters, typicalWords, wordsOf } from '../../src/similarity/clusterNames';
import { stopWords } from '../../src/similarity/stopWords';
import { createMatrix } from '../../src/vectors';

/** Rows at these angles (in degrees) on a circle. */
function circle(...angles: readonly number[]) {
  const radians = angles.map((angle) => (angle * Math.PI) / 180);
  return createMatrix(Float32Array.from(radians.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])), 2);
}

describe('names of words', () => {
  test('are those nearest to the mean of their vectors, nearest first; the last one is left out', async () => {
    const texts = ['far', 'near', 'nearest', 'middling', 'alone'];
    const labels = Int32Array.of(0, 0, 0, 0, -1);
    // Their mean is at about 12 degrees.
    const vectors = circle(60, 10, 8, -30, 12);
    expect(await nameClusters(texts, labels, 1, vectors)).toEqual(['near, nearest, middling']);
  });

  test('case alone makes no second word, and a long text is cut', async () => {
    const texts = ['Cat', 'cat', 'an unusually long-winded description'];
    expect(await nameClusters(texts, new Int32Array(3), 1, circle(0, 1, 3))).toEqual([
      'cat, an unusually long-winded de…',
    ]);
  });

  test('of two clusters with the same texts differ', async () => {
    // The mean is at a third more than 4 degrees.
    const texts = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c'];
    const names = await nameClusters(
      texts,
      Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
      3,
      circle(4, 0, 9, 4, 0, 9, 4, 0, 9),
    );
    expect(names).toEqual(['a, b, c', 'a, b, c (2)', 'a, b, c (3)']);
  });
});

describe('names of sentences', () => {
  const texts = [
    'The cat sleeps on the old sofa',
    'A cat and another cat chase the mouse',
    'The stock market fell again today',
    'Investors left the market after the crash',
    'O gato dorme e a chuva não para',
  ];
  const labels = Int32Array.of(0, 0, 1, 1, -1);

  test('are words of the cluster, best first, without those of the grammar', async () => {
    const [first, second] = await nameClusters(texts, labels, 2, circle(0, 5, 90, 95, 45));
    expect(first).toMatch(/^cat, /);
    expect(second).toMatch(/^market, /);
    for (const word of `${first}, ${second}`.split(', ')) expect(stopWords).not.toContain(word);
  });

  test('of nothing but stop words are texts', async () => {
    const said = ['it is what it is', 'to be or not to be', 'what of it'];
    const named = await nameClusters(said, new Int32Array(3), 1, circle(4, 0, 9));
    expect(named).toEqual(['it is what it is, to be or not to be, what of it']);
  });

  test('two that would be alike differ by a further word', async () => {
    const same = ['storm rain wind cloud night', 'storm rain wind cloud night', 'storm rain wind cloud dawn'];
    const names = await nameClusters(same, Int32Array.of(0, 1, 1), 2, circle(0, 90, 91));
    expect(new Set(names).size).toBe(2);
  });

  test('weigh words as class-based TF-IDF', () => {
    const words = [
      ['bb', 'bb', 'aa', 'cc'],
      ['bb', 'dd', 'dd', 'dd'],
    ];
    // A class has 8/3 words on average, the noise being one. bb: 2 ln(1 + 8/9) = 1.27; aa and cc: ln(1 + 8/3) = 1.30.
    expect(typicalWords(words, Int32Array.of(0, 1), 2)).toEqual([
      ['aa', 'cc', 'bb'],
      ['dd', 'bb'],
    ]);
  });
});

describe('wordsOf', () => {
  test('gives letters in any script, with what stands inside of words', () => {
    expect(wordsOf('Don’t re-enter B2B: ação, “naïve”… 42 ещё')).toEqual([
      "don't",
      're-enter',
      'b2b',
      'ação',
      'naïve',
      'ещё',
    ]);
    expect(wordsOf('ac\u0327a\u0303o')).toEqual(['ação']);
    expect(wordsOf('—')).toEqual([]);
  });
});

test('stop words are lower case and composed, as words are', () => {
  for (const word of stopWords) expect(wordsOf(word)).toEqual([word]);
  expect(stopWords).toContain('the');
  expect(stopWords).toContain('não');
});

test('a cluster whose vectors cancel out still has medoids', () => {
  expect(medoidRows(circle(0, 180), new Int32Array(2), 1)[0]).toHaveLength(2);
});

test('of many texts are given up once nobody waits for them', async () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `a sentence with number ${i} of many`);
  const data = new Float32Array(texts.length).fill(1);
  const stop = new AbortController();
  setImmediate(() => stop.abort(new Error('nobody waits')));
  const named = nameClusters(texts, new Int32Array(texts.length), 1, createMatrix(data, 1), { signal: stop.signal });
  await expect(named).rejects.toThrow('nobody waits');
});
