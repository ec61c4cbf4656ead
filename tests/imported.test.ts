/** How spaces of imported vectors are named. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importedSpace, readImported } from '../src/imported';
import { createMatrix, scaleRowsToUnit } from '../src/vectors';

const matrix = (dim: number, ...values: number[]) => createMatrix(Float32Array.from(values), dim);
const sha = async (...given: Parameters<typeof importedSpace>) => {
  const { modelId } = await importedSpace(...given);
  return readImported(modelId)!.sha256;
};

test('a name tells dimensions and file, whatever the file is called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (file) => {
      const { modelId, prompt } = await importedSpace(file, ['a', 'b'], matrix(2, 1, 2, 3, 4));
      expect(prompt).toBe('{text}');
      expect(readImported(modelId)).toMatchObject({ dim: 2, file });
    }),
  );
  expect(readImported('all-MiniLM-L6-v2')).toBeUndefined();
  expect(readImported('file 1: words.vec')).toBeUndefined();
});

test('equal texts and vectors have one sha256, and any other text, order or number another', async () => {
  const whole = matrix(2, 9, 9, 1, 2, 3, 4);
  const view = createMatrix(whole.data.subarray(2), 2);
  const first = await sha('a.vec', ['cat', 'dog'], matrix(2, 1, 2, 3, 4));
  expect(await sha('b.vec', ['cat', 'dog'], view)).toBe(first);
  const others = await Promise.all([
    sha('a.vec', ['dog', 'cat'], view),
    sha('a.vec', ['cat', 'dig'], view),
    sha('a.vec', ['cat', 'dog'], matrix(2, 1, 2, 3, 5)),
  ]);
  expect(new Set([first, ...others]).size).toBe(4);
});

test('rows are scaled to unit length, but for those that are and those without a direction', () => {
  const unit = Float32Array.of(0.6, 0.8);
  // Its squared length is 1 + 2e-7: near enough to stay as it is, bit for bit.
  const near = Float32Array.of(0.6000001, 0.8);
  const rows = matrix(2, 3, 4, 0, 0, ...unit, ...near, 1e-30, 0, 0, -3e38);
  expect(scaleRowsToUnit(rows)).toBe(1);
  expect(rows.data).toEqual(Float32Array.of(0.6, 0.8, 0, 0, ...unit, ...near, 1, 0, 0, -1));
});
