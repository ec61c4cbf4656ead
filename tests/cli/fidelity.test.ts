import { describe, expect, test } from 'vitest';
import type { Dataset, Positions } from '../../src/types';
import recorded from '../similarity/fidelity.json';
import { clusteredVectors } from '../projection/clusters';
import { constela, scratch } from './terminal';
import { circle, save } from './vectorFiles';

/** Seven texts at 0 to 12 degrees; on the map the second and the last have changed places. */
const angles = { a: 0, b: 2, c: 4, d: 6, e: 8, f: 10, g: 12 };
const line = (...places: number[]): Positions => ({
  data: Float32Array.from(places.flatMap((x) => [x, 0])),
  rows: places.length,
  dim: 2,
});
const map: Dataset = { ...circle(angles), positions: line(0, 6, 2, 3, 4, 5, 1) };

describe('fidelity', () => {
  test('lists what each text kept, by the brute force of a head', async () => {
    const at = await scratch();
    const file = await save(at('map.npz'), map);
    const { code, out, err } = await constela(['fidelity', file, '-k', '1', '-q']);
    const lines = out.split('\n');
    expect(lines[0]).toBe('k\t1');
    expect(lines[1]).toMatch(/^trustworthiness\t0\.\d{4}$/);
    expect(lines.slice(3, 6)).toEqual([expect.stringMatching(/^mean share kept\t0\.\d{4}$/), '', 'share kept\ttext']);
    // Of 'a' and 'b' the nearest are each other, and on the map 'g' and 'f'.
    expect(lines.slice(6, 8)).toEqual(['0.000\ta', '0.000\tb']);
    expect(lines).toHaveLength(14);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('as JSON, in the shape that scripts read, with the numbers of scikit-learn', async () => {
    const { args, dims, k, trustworthiness, continuity } = recorded.fidelity[0]!;
    const [rows, dim, groups, noise, seed] = args;
    const vectors = clusteredVectors(rows!, dim!, groups!, noise!, seed!);
    const data = Float32Array.from(
      { length: rows! * dims },
      (_, i) => vectors.data[Math.floor(i / dims) * dim! + (i % dims)]!,
    );
    const items = Array.from({ length: rows! }, (_, row) => ({ text: `text ${row}` }));
    const at = await scratch();
    const file = await save(at('map.npz'), { items, vectors, positions: { data, rows: rows!, dim: 2 } });
    const { out } = await constela(['fidelity', file, '--json']);
    const found = JSON.parse(out);
    expect(Object.keys(found)).toEqual(['k', 'trustworthiness', 'continuity', 'rows']);
    expect(found.k).toBe(k);
    expect(Math.abs(found.trustworthiness - trustworthiness)).toBeLessThan(1e-6);
    expect(Math.abs(found.continuity - continuity)).toBeLessThan(1e-6);
    expect(found.rows).toHaveLength(300);
    for (const share of found.rows) expect(Math.abs(share * 15 - Math.round(share * 15))).toBeLessThan(1e-5);
  });

  test('says when fewer neighbours are looked at than were asked for', async () => {
    const at = await scratch();
    const { out, err } = await constela(['fidelity', await save(at('map.npz'), map)]);
    expect(out).toMatch(/^k\t3\n/);
    expect(err).toContain('7 texts: 3 neighbours looked at instead of 15');
  });

  test('two texts have nothing to lose: numbers that are not there are null, and dashes', async () => {
    const at = await scratch();
    const file = await save(at('two.npz'), { ...circle({ a: 0, b: 50 }), positions: line(0, 1) });
    const { code, out } = await constela(['fidelity', file, '--json', '-q']);
    expect(JSON.parse(out)).toEqual({ k: 0, trustworthiness: null, continuity: null, rows: [null, null] });
    expect(code).toBe(0);
    expect((await constela(['fidelity', file, '-q'])).out).toContain('trustworthiness\t-\n');
  });

  test('reads a map of another format too', async () => {
    const at = await scratch();
    const file = await save(at('map.json'), map, 'json');
    const fromNpz = await constela(['fidelity', await save(at('map.npz'), map), '--json', '-q']);
    expect(await constela(['fidelity', file, '--json', '-q'])).toEqual(fromNpz);
  });

  test('says which half a file lacks', async () => {
    const at = await scratch();
    const noPlaces = await constela(['fidelity', await save(at('vectors.npz'), circle(angles))]);
    expect(noPlaces.err).toMatch(/vectors\.npz has no positions/);
    const { positions } = map;
    const file = await save(at('places.npz'), { items: map.items, ...(positions && { positions }) });
    const noVectors = await constela(['fidelity', file]);
    expect(noVectors.err).toMatch(/places\.npz has no vectors/);
    expect([noPlaces.code, noVectors.code]).toEqual([2, 2]);
  });

  test('its help says what the numbers mean, and cites the paper', async () => {
    const { code, out } = await constela(['fidelity', '--help']);
    expect(out).toMatch(/trustworthiness .*continuity .*share kept .*Venna & Kaski 2001/s);
    expect(code).toBe(0);
  });
});
