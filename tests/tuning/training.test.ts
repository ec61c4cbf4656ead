/** The trained map: slopes against finite differences, cases whose answer is known, and when training stops. */
import { describe, expect, test } from 'vitest';
import type { RowPair, TuningLoss, TuningOptions } from '../../src/adapters';
import { createRandom } from '../../src/projection/random';
import { createMap, identity } from '../../src/tuning/maps';
import { defaultTuning } from '../../src/tuning/options';
import { lossOf, prepareBatch, trainMap } from '../../src/tuning/train';
import { joinedRows } from '../../src/tuning/pairs';
import type { Matrix } from '../../src/types';
import { dotRows, normalise } from '../../src/vectors';

function randomUnits(rows: number, dim: number, seed: number, change?: (row: Float32Array, i: number) => void): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: rows * dim }, () => random() + random() + random() - 1.5);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * dim, (i + 1) * dim);
    change?.(row, i);
    normalise(row);
  }
  return { data, rows, dim };
}

const optionsWith = (options: Partial<TuningOptions>): TuningOptions => ({ ...defaultTuning, ...options });

describe('slopes', () => {
  const dim = 6;
  // Rows that several pairs share, alike ones that others join, and unlike ones.
  const pairs: RowPair[] = [
    { a: 0, b: 1, alike: true },
    { a: 2, b: 1, alike: true },
    { a: 3, b: 4, alike: true },
    { a: 5, b: 6, alike: true },
    { a: 0, b: 3, alike: false },
    { a: 7, b: 1, alike: false },
  ];
  const vectors = randomUnits(8, dim, 3);
  const batch = prepareBatch(vectors, pairs, joinedRows(pairs, 8));

  test.each<[TuningLoss, number]>([
    ['contrastive', 0],
    ['cosine', 0],
    ['contrastive', 2],
    ['cosine', 2],
  ])('of the %s loss, rank %i, are those of finite differences', (kind, rank) => {
    const map = createMap(dim, rank, 16, 1, { learningRate: 0.05, weightDecay: 0 });
    // Away from the identity, where a low rank has no slope by V.
    for (let i = 0; i < 3; i++) {
      lossOf(map, kind, batch, true);
      map.step();
    }
    lossOf(map, kind, batch, true);
    const h = 2 ** -8;
    for (const { values, slope } of map.parameters) {
      const expected = values.map((value, i) => {
        values[i] = value + h;
        const above = lossOf(map, kind, batch).loss;
        values[i] = value - h;
        const below = lossOf(map, kind, batch).loss;
        values[i] = value;
        return (above - below) / (2 * h);
      });
      const size = Math.max(...expected.map(Math.abs));
      expect(size).toBeGreaterThan(0.01);
      slope.forEach((value, i) => expect(Math.abs(value - expected[i]!) / size).toBeLessThan(5e-3));
    }
  });
});

describe('training', () => {
  /** Texts of four topics that only the last two dimensions part, beneath far more noise: W has to look there. */
  function topics(count: number, dim: number, seed: number) {
    const vectors = randomUnits(count, dim, seed, (row, i) => {
      const angle = ((i % 4) * Math.PI) / 2;
      row[dim - 2] = 1.2 * Math.cos(angle);
      row[dim - 1] = 1.2 * Math.sin(angle);
    });
    const random = createRandom(seed + 1);
    const pairs = Array.from({ length: 800 }, (): RowPair => {
      const a = Math.floor(random() * count);
      const alike = random() < 0.5;
      const step = alike
        ? 4 * (1 + Math.floor(random() * (count / 4 - 1)))
        : 1 + 4 * Math.floor(random() * (count / 4));
      return { a, b: (a + step) % count, alike };
    });
    return { vectors, pairs };
  }

  test.each<Partial<TuningOptions>>([{}, { loss: 'cosine' }, { rank: 4 }])(
    '%o finds the plane in which the pairs differ',
    async (given) => {
      const dim = 24;
      const { vectors, pairs } = topics(120, dim, 5);
      const tuned = await trainMap(vectors, pairs, optionsWith({ ...given, epochs: 60 }));
      expect(tuned.before!.accuracy).toBeLessThan(0.8);
      expect(tuned.after!.accuracy).toBeGreaterThan(0.97);
      expect(tuned.after!.auc).toBeGreaterThan(0.99);
      // The right W keeps the last two dimensions and makes the others small: its gain there is far above that elsewhere.
      const gain = (d: number) => Math.abs(tuned.weights[d * dim + d]!);
      const elsewhere = Array.from({ length: dim - 2 }, (_, d) => gain(d));
      const mean = elsewhere.reduce((sum, value) => sum + value, 0) / elsewhere.length;
      expect(Math.min(gain(dim - 2), gain(dim - 1)) / mean).toBeGreaterThan(1.5);
    },
  );

  test('begins as the identity, whose loss and scores are those of the model', async () => {
    const { vectors, pairs } = topics(80, 12, 7);
    for (const rank of [0, 3])
      expect([...createMap(12, rank, 8, 1, defaultTuning).weights()]).toEqual([...identity(12)]);
    const { epochs, before } = await trainMap(vectors, pairs, optionsWith({ epochs: 1 }));
    expect(epochs[0]).toMatchObject({ epoch: 0, heldOut: { accuracy: before!.accuracy, auc: before!.auc } });
  });

  test('is the same for the same seed, and another for another', async () => {
    const { vectors, pairs } = topics(80, 12, 7);
    const run = async (seed: number) => (await trainMap(vectors, pairs, optionsWith({ seed, epochs: 3 }))).weights;
    const first = await run(1);
    expect([...(await run(1))]).toEqual([...first]);
    expect([...(await run(2))]).not.toEqual([...first]);
  });

  test('of marks at random stops early, keeps the best pass and does not call that an improvement', async () => {
    const vectors = randomUnits(200, 16, 11);
    const random = createRandom(12);
    const pairs = Array.from({ length: 300 }, (_, i): RowPair => {
      const a = Math.floor(random() * 200);
      return { a, b: (a + 1 + Math.floor(random() * 199)) % 200, alike: i % 2 === 0 };
    });
    const tuned = await trainMap(vectors, pairs, optionsWith({ epochs: 200, learningRate: 0.01 }));
    expect(tuned.epochs.length).toBeLessThan(100);
    const losses = tuned.epochs.map(({ heldOut }) => heldOut!.loss);
    expect(tuned.best).toBe(losses.indexOf(Math.min(...losses)));
    expect(tuned.epochs.length - 1 - tuned.best).toBe(5);
    expect(tuned.after!.auc).toBeLessThan(0.65);
  });

  test('a heavy decay keeps it near the identity', async () => {
    const { vectors, pairs } = topics(80, 12, 7);
    const away = async (weightDecay: number) => {
      const { weights } = await trainMap(vectors, pairs, optionsWith({ weightDecay, heldOut: 0 }));
      return Math.hypot(...weights.map((value, i) => value - identity(12)[i]!));
    };
    expect(await away(100)).toBeLessThan((await away(0)) / 3);
  });

  test('with too few pairs to hold any out, trains on all and gives no score', async () => {
    const vectors = randomUnits(4, 8, 1);
    const pairs: RowPair[] = [
      { a: 0, b: 1, alike: true },
      { a: 2, b: 3, alike: false },
    ];
    const tuned = await trainMap(vectors, pairs, optionsWith({ epochs: 4 }));
    expect(tuned).toMatchObject({ trained: 2, heldOut: 0, best: 4 });
    expect(tuned.before).toBeUndefined();
    expect(tuned.epochs.every(({ heldOut }) => heldOut === undefined)).toBe(true);
    // The alike pair competes with the unlike one alone.
    expect(tuned.epochs.at(-1)!.loss).toBeLessThan(tuned.epochs[0]!.loss);
    expect(dotRows(vectors, 0, vectors, 0)).toBeCloseTo(1);
  });

  test('ends when it is cancelled', async () => {
    const { vectors, pairs } = topics(80, 12, 7);
    const abort = new AbortController();
    const onEpoch = () => abort.abort();
    const training = trainMap(vectors, pairs, optionsWith({ epochs: 500, heldOut: 0 }), {
      onEpoch,
      signal: abort.signal,
    });
    await expect(training).rejects.toThrow(/abort/i);
  });
});
