import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat32 } from '../../src/data/float32';

/** The definition, by trying: the first precision whose decimal parses back. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    if (Math.fround(Number(value.toPrecision(digits))) === value) return Number(value.toPrecision(digits));
  }
  return Number(value.toPrecision(9));
}

const bits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0];

const anyFloat32 = fc
  .nat({ max: 0xffffffff })
  .map((code) => new Float32Array(Uint32Array.of(code).buffer)[0]!)
  .filter(Number.isFinite);

describe('formatFloat32', () => {
  it('writes known numbers', () => {
    // numpy 2.4: str(numpy.float32(x)).
    expect(formatFloat32(Math.fround(0.1))).toBe('0.1');
    expect(formatFloat32(Math.fround(1 / 3))).toBe('0.33333334');
    expect(formatFloat32(Math.fround(-0.04182154))).toBe('-0.04182154');
    expect(formatFloat32(16777216)).toBe('16777216');
    expect(formatFloat32(Math.fround(3.4028234663852886e38))).toBe('3.4028235e+38');
    expect(formatFloat32(2 ** -149)).toBe('1e-45');
    expect(formatFloat32(0)).toBe('0');
    expect(formatFloat32(-0)).toBe('-0.0');
  });

  it('parses back to the bit for every kind of float32, in as few digits as any rounding', () => {
    const check = (value: number) => {
      const text = formatFloat32(value);
      expect(bits(Number(text))).toBe(bits(value));
      // Two decimals of one length can be as near: which one is free.
      if (value !== 0) expect(text).toHaveLength(String(shortest(value)).length);
    };
    fc.assert(fc.property(anyFloat32, check), { numRuns: 3_000 });
    fc.assert(fc.property(fc.float({ min: -1, max: 1, noNaN: true }), check), { numRuns: 3_000 });
    for (let exponent = -149; exponent < 128; exponent++) check(2 ** exponent);
    for (let exponent = -44; exponent < 39; exponent++) check(Math.fround(Number(`1e${exponent}`)));
  });
});
