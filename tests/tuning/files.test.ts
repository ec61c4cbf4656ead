/** Safetensors, adapters and pairs as files. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePairs, writePairs } from '../../src/data/pairs';
import { joinPieces } from '../../src/data/pieces';
import { parseSafetensors, writeSafetensors } from '../../src/data/safetensors';
import { applyAdapter, createAdapter } from '../../src/embedding/adapter';
import { findModel, modelIdentity } from '../../src/embedding/registry';
import { InputError } from '../../src/errors';
import { readAdapter, writeAdapter } from '../../src/tuning/adapterFile';
import { defaultTuning } from '../../src/tuning/options';
import { codeOf } from '../data/codeOf';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

/** A file of this header and so many bytes of data. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

describe('safetensors', () => {
  test.each(['f32', 'f16'])('of the Python package, %s', (name) => {
    const { metadata, tensors } = parseSafetensors('a', fixture(`${name}.safetensors`));
    expect(metadata).toEqual({ prompt: 'query: {text}', note: 'é' });
    // The values of safetensors_fixtures.py, rounded to the type.
    const thousandth = name === 'f32' ? Math.fround(1e-3) : 1049 / 2 ** 20;
    expect(tensors.get('linear.weight')).toEqual({
      shape: [2, 3],
      data: Float32Array.from([0.5, -1.25, 3, thousandth, 2, -65504]),
    });
    expect(tensors.get('bias')).toEqual({ shape: [3], data: Float32Array.from([1, 2, 4]) });
  });

  const ours = {
    metadata: { prompt: '{text} é', n: '1' },
    tensors: new Map([['w', { shape: [2, 2], data: Float32Array.from([1.5, -2, 1e-7, 3e38]) }]]),
  };

  test('of ours are read by the Python package as recorded', () => {
    const bytes = writeSafetensors(ours);
    expect([...bytes]).toEqual([...fixture('ours.safetensors')]);
    const recorded: unknown = JSON.parse(new TextDecoder().decode(fixture('ours.json')));
    expect(recorded).toEqual({
      metadata: ours.metadata,
      tensors: { w: { dtype: 'float32', shape: [2, 2], data: [...ours.tensors.get('w')!.data] } },
    });
    expect(parseSafetensors('a', bytes)).toEqual(ours);
  });

  const w = (fields: object = {}) => ({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...fields } });
  test.each([
    ['safetensorsHeader', new Uint8Array(5)],
    ['safetensorsHeader', fileOf('[]', 0)],
    ['safetensorsHeader', fileOf('{"w": ', 0)],
    ['safetensorsHeader', fileOf(w({ shape: [-2] }), 8)],
    ['safetensorsHeader', fileOf(w({ shape: ['2'] }), 8)],
    ['safetensorsHeader', fileOf(w({ data_offsets: [8, 0] }), 8)],
    ['safetensorsHeader', fileOf({ __metadata__: { a: 1 }, ...w() }, 8)],
    ['safetensorsHeader', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 123, 125])],
    ['safetensorsHeader', fileOf(w(), 8).subarray(0, 30)],
    ['safetensorsType', fileOf(w({ dtype: 'I64' }), 8)],
    ['safetensorsType', fileOf(w({ dtype: 'toString' }), 8)],
    ['safetensorsTensor', fileOf(w({ shape: [3] }), 8)],
    ['safetensorsTensor', fileOf(w({ data_offsets: [4, 12] }), 12)],
    ['safetensorsTensor', fileOf({ ...w(), v: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 8)],
    ['safetensorsBytes', fileOf(w(), 7)],
    ['safetensorsBytes', fileOf(w(), 9)],
  ])('%s', (code, bytes) => {
    expect(codeOf(() => parseSafetensors('a', bytes))).toBe(code);
  });
});

describe('an adapter', () => {
  const dim = 384;
  const base = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
  const weights = Float32Array.from({ length: dim * dim }, (_, i) => Math.sin(i));
  const record = {
    options: defaultTuning,
    pairs: 12,
    before: { accuracy: 0.5, auc: 0.25 },
    after: { accuracy: 1, auc: 0.75 },
  };

  test('comes back from its file as it was', async () => {
    const adapter = await createAdapter(base, weights, record);
    expect(await readAdapter('a', writeAdapter(adapter))).toEqual(adapter);
    const { metadata } = parseSafetensors('a', writeAdapter(adapter));
    expect(metadata).toMatchObject({
      base_model: base.modelId,
      base_model_sha256: modelIdentity(findModel(base.modelId)),
      prompt: '{text}',
      training_loss: 'contrastive',
      training_seed: '42',
    });
  });

  test('is known by its numbers', async () => {
    const other = weights.slice();
    other[7]! += 1e-3;
    const { id } = await createAdapter(base, weights);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect((await createAdapter(base, weights.slice(), record)).id).toBe(id);
    expect((await createAdapter(base, other)).id).not.toBe(id);
  });

  const fileWith = async (metadata: Record<string, string>, data = weights, shape = [dim, dim]) => {
    const written = parseSafetensors('a', writeAdapter(await createAdapter(base, weights)));
    return writeSafetensors({
      metadata: { ...written.metadata, ...metadata },
      tensors: new Map([['linear.weight', { shape, data }]]),
    });
  };

  test.each<[string, RegExp, () => Promise<Uint8Array>]>([
    [
      'adapterModel',
      /bert, sha256 .*, not for all-MiniLM-L6-v2, sha256 .*; multilingual/,
      () => fileWith({ base_model: 'bert' }),
    ],
    ['adapterModel', /sha256 00, not for all-MiniLM-L6-v2, sha256 e847/, () => fileWith({ base_model_sha256: '00' })],
    ['adapterUnnamed', /prompt/, () => fileWith({ prompt: 'no text' })],
    ['adapterDimensions', /2 dimensions.* 384/, () => fileWith({}, weights.slice(0, 4), [2, 2])],
    ['adapterTensor', /linear.weight 2 x 3/, () => fileWith({}, weights.slice(0, 6), [2, 3])],
    [
      'adapterNumber',
      /row 1, column 3/,
      () =>
        fileWith(
          {},
          weights.map((value, i) => (i === 2 ? NaN : value)),
        ),
    ],
  ])('%s is said with both', async (code, message, make) => {
    const bytes = await make();
    const error: unknown = await readAdapter('a', bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('gives W v of unit length, row by row', async () => {
    const rows = 300;
    const matrix = { data: Float32Array.from({ length: rows * 8 }, (_, i) => Math.cos(i * i)), rows, dim: 8 };
    const before = matrix.data.slice();
    const small = await createAdapter(base, weights.slice(0, 64));
    await applyAdapter(matrix, small);
    for (let row = 0; row < rows; row++) {
      const image = Array.from({ length: 8 }, (_, o) =>
        Array.from({ length: 8 }, (_, i) => weights[8 * o + i]! * before[8 * row + i]!).reduce(
          (sum, value) => sum + value,
          0,
        ),
      );
      const length = Math.hypot(...image);
      image.forEach((value, o) => expect(matrix.data[8 * row + o]).toBeCloseTo(value / length, 5));
    }
    await expect(applyAdapter({ ...matrix, dim: 4 }, small)).rejects.toThrow('8 dimensions; those of the model have 4');
  });
});

describe('pairs as CSV', () => {
  const parse = (text: string) => parsePairs('p.csv', new TextEncoder().encode(text));
  const pairs = [
    { a: 'cat', b: 'dog, big', alike: true },
    { a: 'say "hi"\nthere', b: '=x', alike: false },
  ];

  test('round trip', () => {
    expect(parsePairs('p.csv', joinPieces(writePairs(pairs)))).toEqual(pairs);
  });

  test('with and without a header, in any order, by any delimiter', () => {
    const expected = [{ a: 'x y', b: 'z', alike: true }];
    expect(parse('x y,z,1\n')).toEqual(expected);
    expect(parse('alike;note;b;A\n\n1;n;z;x y')).toEqual(expected);
    expect(parse('a\tb\talike\r\nx y\tz\ttrue\r\n')).toEqual(expected);
  });

  test.each([
    ['fileEmpty', '', /empty/],
    ['pairsNone', 'a,b,alike\n', /no pairs/],
    ['pairsHeader', 'one,two,three\nx,y,1', /line 1 .* one \| two \| three/],
    ['pairsMark', 'a,b,alike\nx,"two\nlines",1\n\nx,z,maybe', /line 5, alike is “maybe”/],
    ['pairsText', 'x,y,1\n , y,0', /line 2/],
    ['pairsCells', 'x,y,1\nx,y', /line 2 has 2 cells; the first line has 3/],
    ['csvQuote', 'x,y,1\n"x,y,0', /row 2/],
  ])('%s', (code, text, message) => {
    expect(codeOf(() => parse(text))).toBe(code);
    expect(() => parse(text)).toThrow(message);
  });
});
