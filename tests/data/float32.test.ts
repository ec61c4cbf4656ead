import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat32 } from '../../src/data/float32';
import { mostDecimals, writeDecimals } from '../../src/kernels/decimals';

/** By trying: of each number of digits the decimal that is rounded to, and its neighbours; the first length of which one reads back. */
function findShortest(value: number): readonly number[] {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = value.toExponential(digits - 1);
    const [mantissa = '', exponent = ''] = rounded.split('e');
    const whole = BigInt(mantissa.replace('.', ''));
    const found = [-1n, 0n, 1n]
      .map((step) => Number(`${whole + step}e${Number(exponent) - digits + 1}`))
      .filter((decimal) => Math.fround(decimal) === value);
    if (found.length > 0) return found;
  }
  return [Number(value.toPrecision(9))];
}

const bits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0];
const floatOf = (code: number) => new Float32Array(Uint32Array.of(code).buffer)[0]!;
const digitsOf = (decimal: number) => decimal.toExponential().replace(/e.*|[-.]/g, '').length;

/** The text is JavaScript's own of a decimal that reads back to the bit; none is shorter, and of its length none is nearer. */
function expectShortest(value: number): void {
  const text = formatFloat32(value);
  expect(bits(Number(text))).toBe(bits(value));
  if (value === 0) return;
  const written = Number(text);
  expect(text).toBe(String(written));
  const others = findShortest(value);
  expect(digitsOf(written)).toBe(digitsOf(others[0]!));
  // Two can be as near, up to what float64 loses.
  const nearest = Math.min(...others.map((decimal) => Math.abs(decimal - value)));
  expect(Math.abs(written - value)).toBeLessThanOrEqual(nearest + Math.abs(value) * 2 ** -52);
}

const anyFloat32 = fc.nat({ max: 0xffffffff }).map(floatOf).filter(Number.isFinite);

describe('formatFloat32', () => {
  it.each([
    // numpy 2.4: str(numpy.float32(x)), but for the notation.
    [0.1, '0.1'],
    [1 / 3, '0.33333334'],
    [-0.04182154, '-0.04182154'],
    [16777216, '16777216'],
    [3.4028234663852886e38, '3.4028235e+38'],
    [-(2 ** -149), '-1e-45'],
    [2 ** -126, '1.1754944e-38'],
    [0, '0'],
    [-0, '-0.0'],
    // Two decimals are as near: the even one.
    [262144.125, '262144.12'],
    [262144.375, '262144.38'],
    // Rounded to 8 digits it would read back as its neighbour below, which is nearer there.
    [2 ** -96, '1.2621775e-29'],
    // Where JavaScript's notation changes.
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [123456789, '123456790'],
    [1e-6, '0.000001'],
    [-1.5e-7, '-1.5e-7'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFloat32(Math.fround(value))).toBe(text);
  });

  it('is the shortest and nearest for every kind of float32', () => {
    fc.assert(fc.property(anyFloat32, expectShortest), { numRuns: 3_000 });
    fc.assert(fc.property(fc.float({ min: -1, max: 1, noNaN: true }), expectShortest), { numRuns: 3_000 });
    for (let exponent = -44; exponent < 39; exponent++) expectShortest(Math.fround(Number(`1e${exponent}`)));
  });

  it('is so where intervals are uneven, narrow or at an end: for every exponent', () => {
    for (let field = 0; field < 255; field++)
      for (const fraction of [0, 1, 2, 3, 0x3fffff, 0x400000, 0x7ffffe, 0x7fffff])
        expectShortest(floatOf((field << 23) | fraction));
  });
});

describe('writeDecimals', () => {
  it('gives back 400,000 numbers of any bits, in JavaScript’s notation', () => {
    let seed = 1;
    for (let block = 0; block < 100; block++) {
      const codes = Uint32Array.from({ length: mostDecimals }, () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        // Infinities and NaN become large numbers.
        return (seed & 0x7f800000) === 0x7f800000 ? seed & ~0x800000 : seed;
      });
      const numbers = new Float32Array(codes.buffer);
      const texts = new TextDecoder().decode(writeDecimals(numbers, ',')).split(',');
      expect(texts.pop()).toBe('');
      const read = texts.map(Number);
      const back = new Uint32Array(Float32Array.from(read).buffer);
      expect(back.findIndex((code, i) => code !== codes[i])).toBe(-1);
      const spelt = read.map((value) => (Object.is(value, -0) ? '-0.0' : String(value)));
      expect(texts.filter((text, i) => text !== spelt[i])).toEqual([]);
    }
  });

  it('takes no more at once than there is room for', () => {
    const longest = new Float32Array(mostDecimals).fill(-123456790519087104000);
    const text = new TextDecoder().decode(writeDecimals(longest, ' '));
    expect(text).toBe('-123456790000000000000 '.repeat(mostDecimals));
    expect(() => writeDecimals(new Float32Array(mostDecimals + 1), ' ')).toThrow(RangeError);
  });
});
