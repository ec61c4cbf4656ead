import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import {
  checkOptions,
  defaultOptions,
  effectiveNeighbours,
  epochsFor,
  isSupervision,
  keepsDensities,
  optionRanges,
  projectionEngines,
  usesNeighbours,
} from '../../src/projection/options';

describe('checkOptions', () => {
  it('takes the defaults and both ends of every range', () => {
    checkOptions(defaultOptions);
    checkOptions({ nNeighbors: 2, minDist: 0, dims: 2, seed: 0 });
    checkOptions({ nNeighbors: 200, minDist: 1, dims: 3, seed: 4294967295 });
  });

  it.each([
    ['nNeighbors', 1],
    ['nNeighbors', 201],
    ['nNeighbors', 15.5],
    ['minDist', -0.01],
    ['minDist', 1.01],
    ['minDist', Number.NaN],
    ['dims', 4],
    ['dims', 2.5],
    ['seed', -1],
    ['seed', 4294967296],
    ['seed', Infinity],
    ['densityWeight', -0.1],
    ['densityWeight', 10.1],
    ['densityFraction', 1.1],
    ['densityShift', 0],
  ] as const)('refuses %s %d, with the value and the range', (name, value) => {
    const check = () => checkOptions({ ...defaultOptions, [name]: value });
    expect(check).toThrow(InputError);
    expect(check).toThrow(`${name} is ${value}.`);
    expect(check).toThrow(`from ${optionRanges[name].min} to ${optionRanges[name].max}`);
  });
});

describe('effectiveNeighbours', () => {
  it('stays below the number of texts', () => {
    expect([0, 1, 2, 3, 15, 16, 17].map((rows) => effectiveNeighbours(rows, 15))).toEqual([0, 0, 1, 2, 14, 15, 15]);
  });
});

describe('epochsFor', () => {
  // umap-learn 0.5.12, simplicial_set_embedding: 500 up to 10,000 rows, 200 beyond.
  it('follows umap-learn, unless the options say how many', () => {
    expect([16, 10_000, 10_001].map((rows) => epochsFor(rows))).toEqual([500, 500, 200]);
    expect(epochsFor(16, { epochs: 60 })).toBe(60);
  });
});

describe('supervision', () => {
  it('is nothing, the group or a column of any name', () => {
    for (const sound of ['none', 'group', 'column:year', 'column:']) expect(isSupervision(sound)).toBe(true);
    for (const unsound of ['', 'year', 'columns:year', 3, null, undefined, {}])
      expect(isSupervision(unsound)).toBe(false);
  });

  it('is for the engines that lay out a graph', () => {
    for (const engine of projectionEngines) {
      const check = () => checkOptions({ ...defaultOptions, engine, supervision: 'group' });
      if (usesNeighbours(engine)) check();
      else expect(check).toThrow(`The engine ${engine} cannot be supervised`);
      checkOptions({ ...defaultOptions, engine });
    }
    expect(projectionEngines.filter(usesNeighbours)).toEqual(['umap', 'umap-js']);
    expect(usesNeighbours()).toBe(true);
  });
});

describe('densities', () => {
  it('are kept by our own engine alone', () => {
    for (const engine of projectionEngines) {
      const check = () => checkOptions({ ...defaultOptions, engine, densityWeight: 2 });
      if (engine === 'umap') check();
      else expect(check).toThrow(`The engine ${engine} cannot keep densities. Choose umap,`);
      checkOptions({ ...defaultOptions, engine, densityFraction: 0.5 });
    }
    expect(projectionEngines.filter(keepsDensities)).toEqual(['umap']);
    expect(keepsDensities()).toBe(true);
  });
});
