import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitShift } from '../../src/similarity/shift';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import recorded from './prompts.json';

test('the split of a shift is that of numpy', () => {
  for (const { args, residues, ...expected } of recorded.shift) {
    const [rows, dim, seed] = args as [number, number, number];
    const found = splitShift(clusteredVectors(rows, dim, 4, 0.5, seed), clusteredVectors(rows, dim, 4, 0.5, seed + 1));
    for (const name of ['common', 'commonShare', 'meanLength', 'meanResidue'] as const)
      expect(found[name]).toBeCloseTo(expected[name], 6);
    residues.forEach((residue, row) => expect(found.residues[row]).toBeCloseTo(residue, 6));
  }
});

test('what all rows share and what is their own make up the whole', () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const found = splitShift(createMatrix(Float32Array.from(a), 3), createMatrix(Float32Array.from(b), 3));
      const squares = (lengths: Float32Array) => lengths.reduce((sum, length) => sum + length * length, 0);
      const whole = squares(found.lengths);
      expect(squares(found.residues) + 4 * found.common ** 2).toBeCloseTo(whole, 2);
      if (whole > 0) expect(found.commonShare).toBeCloseTo((4 * found.common ** 2) / whole, 4);
      else expect(found.commonShare).toBeNaN();
    }),
  );
});

test('a shift that is the same for all is common, and one text has nothing to share with', () => {
  const from = createMatrix(Float32Array.of(0, 1, 2, 3), 2);
  const moved = createMatrix(Float32Array.of(3, 5, 5, 7), 2);
  expect(splitShift(from, moved)).toMatchObject({ common: 5, commonShare: 1, meanLength: 5, meanResidue: 0 });
  const one = createMatrix(Float32Array.of(0, 1), 2);
  expect(splitShift(one, one)).toMatchObject({ common: 0, commonShare: NaN, meanLength: 0 });
  expect(splitShift(one, createMatrix(Float32Array.of(3, 5), 2))).toMatchObject({ common: 5, commonShare: NaN });
  const none = createMatrix(new Float32Array(0), 2);
  expect(splitShift(none, none)).toMatchObject({ common: 0, commonShare: NaN, meanLength: NaN });
  expect(() => splitShift(from, one)).toThrow(/2 x 2 and 1 x 2/);
});
