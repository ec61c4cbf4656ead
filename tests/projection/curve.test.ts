import { expect, it } from 'vitest';
import { fitCurve } from '../../src/projection/curve';
import recorded from './recorded.json';

// umap-learn's find_ab_params, recorded by record.py.
it.each(recorded.curves)('fits a minimum distance of %d and a spread of %d as umap-learn does', (...given) => {
  const [minDist, spread, a, b] = given as [number, number, number, number];
  const curve = fitCurve(minDist, spread);
  expect(Math.abs(curve.a - a)).toBeLessThan(1e-3);
  expect(Math.abs(curve.b - b)).toBeLessThan(1e-3);
});
