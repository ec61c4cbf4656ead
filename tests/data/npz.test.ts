import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNpy } from '../../src/data/npy';
import { parseFile } from '../../src/data/open';
import { codeOf } from './codeOf';
import { zipOf } from './zipped';
import { npyOfNumbers, npyOfTexts } from './npys';

/** Bytes that NumPy wrote: see fixtures/make.py. */
const fixtures = JSON.parse(readFileSync(new URL('fixtures/numpy.json', import.meta.url), 'utf8')) as {
  files: Record<string, string>;
};
const bytesOf = (name: string) => Uint8Array.from(Buffer.from(fixtures.files[name]!, 'base64'));
const read = (name: string) => parseNpy(name, bytesOf(name));
const floats = (...values: number[]) => Float32Array.from(values);
const counting = floats(0, 1, 2, 3, 4, 5);

describe('parseNpy on what NumPy writes', () => {
  it('reads every number type, in row-major float32', () => {
    // The smallest numbers are halves rounded by NumPy: 6.1e-5 and 5.96e-8 (2^-24).
    expect(read('f2').data).toEqual(floats(0.5, -2, 6.097555160522461e-5, 2 ** -24, 65504, -0));
    expect(read('f4').data).toEqual(floats(0.1, -1e-30, 3.4028235e38, 1e-45));
    expect(read('f8').data).toEqual(counting.map((n) => n / 7));
    expect(read('f4 big').data).toEqual(counting.map((n) => n + 0.25));
    expect(read('i1').data).toEqual(counting.map((n) => n - 3));
    expect(read('u2 big').data).toEqual(counting.map((n) => n * 10000));
    expect(read('i4').data).toEqual(counting.map((n) => n - 100000));
    expect(read('i8').data).toEqual(counting.map((n) => n - 3));
    expect(read('bool').data).toEqual(floats(0, 0, 0, 1, 1, 1));
  });

  it('reads Fortran order, versions 2 and 3, and shapes', () => {
    for (const name of ['f4 fortran', 'version 2', 'version 3']) {
      expect(read(name)).toEqual({ kind: 'numbers', shape: [2, 3], data: counting });
    }
    expect(read('f4 fortran cube')).toEqual({
      kind: 'numbers',
      shape: [2, 3, 4],
      data: Float32Array.from({ length: 24 }, (_, i) => i),
    });
  });

  it('reads unicode texts of either byte order', () => {
    const data = ['cat', 'olá, mundo', '日本 🎉'];
    expect(read('texts')).toEqual({ kind: 'texts', shape: [3], data });
    expect(read('texts big')).toEqual({ kind: 'texts', shape: [3], data });
    expect(read('scalar')).toEqual({ kind: 'texts', shape: [], data: ['all-MiniLM-L6-v2'] });
  });

  it('refuses pickles, other types, damaged and cut files', () => {
    expect(codeOf(() => read('object'))).toBe('npyObject');
    expect(codeOf(() => read('record'))).toBe('npyType');
    expect(codeOf(() => read('complex'))).toBe('npyType');
    const whole = bytesOf('f4');
    expect(codeOf(() => parseNpy('cut', whole.subarray(0, -1)))).toBe('npyTruncated');
    for (let length = 0; length < 128; length++) {
      expect(codeOf(() => parseNpy('cut', whole.subarray(0, length)))).toMatch(/^npy(Header|Truncated)$/);
    }
  });
});

describe('writeNpy', () => {
  it('gives back numbers to the bit and texts, with the data aligned to 64 bytes', () => {
    const numbers = fc.array(fc.float({ noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(numbers, (values) => {
        const data = Float32Array.from(values);
        const bytes = npyOfNumbers(data, [data.length, 1]);
        expect((bytes.length - data.length * 4) % 64).toBe(0);
        expect(parseNpy('', bytes)).toEqual({ kind: 'numbers', shape: [data.length, 1], data });
      }),
    );
    const text = fc.string({ unit: 'binary' }).filter((one) => !one.endsWith('\0'));
    fc.assert(
      fc.property(fc.array(text), (data) => {
        expect(parseNpy('', npyOfTexts(data, [data.length]))).toEqual({ kind: 'texts', shape: [data.length], data });
      }),
    );
  });

  it('refuses texts whose fixed width would not fit in memory', () => {
    const texts = Array.from({ length: 30_000 }, () => 'a');
    texts[7] = 'b'.repeat(10_000);
    expect(codeOf(() => npyOfTexts(texts, [texts.length]))).toBe('npyTextsTooLong');
  });
});

describe('parseFile on archives', () => {
  it('reads what numpy.savez and savez_compressed write', () => {
    const plain = parseFile('a.npz', bytesOf('npz'));
    expect(plain.items.map(({ text }) => text)).toEqual(['cat', 'olá, mundo', '日本 🎉']);
    expect(plain.vectors).toEqual({
      data: floats(0, 1 / 8, 2 / 8, 0, 1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8),
      rows: 3,
      dim: 3,
    });
    expect(plain.space).toEqual({ modelId: 'm', prompt: '{text}' });
    const packed = parseFile('a.ZIP', bytesOf('npz compressed'));
    expect(packed.items).toHaveLength(3);
    expect(packed.vectors).toEqual({ data: floats(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), rows: 3, dim: 4 });
  });

  it('refuses arrays that disagree in rows, naming both counts', () => {
    expect(() => parseFile('a.npz', bytesOf('npz short'))).toThrow('“vectors” has 2 rows; “texts” has 3');
  });

  it('refuses archives without texts, with other things, damaged, or none at all', () => {
    const zip = (name: string, bytes: Uint8Array) => zipOf([{ name, bytes, effort: 6 }]);
    expect(() => parseFile('a.npz', zip('groups.npy', npyOfTexts(['a'], [1])))).toThrow('it has: groups (texts, 1)');
    expect(codeOf(() => parseFile('a.npz', zip('texts.npy', npyOfTexts([' '], [1]))))).toBe('noTexts');
    expect(() => parseFile('a.zip', zip('notes.doc', new Uint8Array(3)))).toThrow('it holds: notes.doc');
    expect(codeOf(() => parseFile('a.npz', bytesOf('npz').subarray(0, 300)))).toBe('zipDamaged');
    expect(() => parseFile('a.npz', bytesOf('f4'))).toThrow('it looks like: NumPy (.npy)');
  });

  it('refuses vectors that are not finite', () => {
    const entry = (name: string, bytes: Uint8Array) => ({ name, bytes, effort: 0 as const });
    const zip = zipOf([
      entry('texts.npy', npyOfTexts(['a', 'b'], [2])),
      entry('vectors.npy', npyOfNumbers(floats(1, 2, NaN, 4), [2, 2])),
    ]);
    expect(() => parseFile('a.npz', zip)).toThrow('row 2, column 1 of the vectors holds NaN');
  });

  it('refuses positions that are not finite, and names the row', () => {
    const entry = (name: string, bytes: Uint8Array) => ({ name, bytes, effort: 0 as const });
    for (const bad of [NaN, Infinity, -Infinity]) {
      const zip = zipOf([
        entry('texts.npy', npyOfTexts(['a', 'b'], [2])),
        entry('positions.npy', npyOfNumbers(floats(1, 2, 3, bad), [2, 2])),
      ]);
      const told = `In a.npz: positions, row 2, column 2 of the positions holds ${bad}`;
      expect(() => parseFile('a.npz', zip)).toThrow(told);
    }
    const json = new TextEncoder().encode('{"items":[{"text":"a","position":[1,2]},{"text":"b","position":[null,2]}]}');
    expect(() => parseFile('a.json', json)).toThrow('row 2, column 1 of the positions holds null');
  });
});
