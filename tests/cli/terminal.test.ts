/** What a person at a terminal sees, and how numbers and texts are printed and read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCosine } from '../../src/cli/cosine';
import { oneLine } from '../../src/cli/oneLine';
import { readNumber } from '../../src/cli/options';
import { createProgress } from '../../src/cli/progress';

function screen(isTTY: boolean, columns = 80) {
  let text = '';
  return { isTTY, columns, write: (part: string) => (text += part), text: () => text };
}

describe('progress', () => {
  const events = [
    { stage: 'model', done: 1, total: 200 },
    { stage: 'model', done: 200, total: 200 },
    { stage: 'embedding', done: 0, total: 64 },
    { stage: 'embedding', done: 32, total: 64 },
  ] as const;

  test('is one line a stage in a log', () => {
    const output = screen(false);
    const { onProgress, clear } = createProgress(output);
    events.forEach(onProgress);
    clear();
    expect(output.text()).toBe('constela: loading model\nconstela: embedding 64 texts\n');
  });

  test('is one rewritten line on a terminal, wiped at the end, and under notes', () => {
    const output = screen(true);
    const { onProgress, note, clear } = createProgress(output);
    events.forEach(onProgress);
    note('a note\non one line');
    clear();
    const wipe = '\r\x1b[K';
    const lines = ['loading model 0 %', 'loading model 100 %', 'embedding 64 texts 0 %', 'embedding 64 texts 50 %'];
    expect(output.text()).toBe(
      `${lines.map((line) => `${wipe}constela: ${line}`).join('')}${wipe}constela: a note on one line\n`,
    );
  });

  test('never wraps a narrow terminal, whose lines could not be rewritten', () => {
    const output = screen(true, 12);
    createProgress(output).onProgress({ stage: 'embedding', done: 0, total: 100_000 });
    expect(output.text()).toBe('\r\x1b[Kconstela: e');
  });

  test('is nothing when quiet', () => {
    const output = screen(true);
    const { onProgress, note, clear } = createProgress(output, true);
    events.forEach(onProgress);
    note('a note');
    clear();
    expect(output.text()).toBe('');
  });
});

describe('numbers', () => {
  const range = { min: -10, max: 10, whole: false };

  test('any number in range is read as it is written', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (value) => {
        expect(readNumber('--x', String(value), range)).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });

  test.each(['', ' ', '1 ', '0x1', '1_0', 'NaN', 'Infinity', '1e999', '--3', '1,5', '10.001', '-11'])(
    '%o is refused',
    (text) => {
      expect(() => readNumber('--x', text, range)).toThrow('--x');
    },
  );

  test('a whole number has no fraction', () => {
    expect(readNumber('-k', '3.0', { ...range, whole: true })).toBe(3);
    expect(() => readNumber('-k', '3.5', { ...range, whole: true })).toThrow('whole');
  });

  test('a cosine that rounds to zero has no sign', () => {
    expect(formatCosine(-1e-9, 6)).toBe('0.000000');
    expect(formatCosine(-0.25, 3)).toBe('-0.250');
  });
});

test('one line stays one line, and a terminal gets no orders', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // eslint-disable-next-line no-control-regex -- control characters are the subject
      expect(oneLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    }),
  );
  expect(oneLine('naïve 🙂 café')).toBe('naïve 🙂 café');
});
