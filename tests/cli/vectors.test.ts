/** Files that bring their vectors: no model runs for them. `noModels` is where the models are not. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/types';
import { constela, noModels, scratch } from './terminal';
import { circle, open, save } from './vectorFiles';

const minilm = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
const compass = { east: 0, north: 90, 'north-east': 40, west: 180, south: 270 };

describe('neighbours', () => {
  test('lists them by rank with the cosine of the angle, the text itself left out', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { code, out, err } = await constela(['neighbours', file, '--of', 'east', '-k', '3', '-q'], {
      models: noModels,
    });
    // Cosines of 40, 90 and 270 degrees; the last two are equal up to the rounding of float32.
    expect(out).toMatch(/^1\t0\.766\tnorth-east\n2\t0\.000\t(north|south)\n3\t0\.000\t(north|south)\n$/);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('as JSON, numbers unrounded', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { out } = await constela(['neighbours', file, '--of', 'east', '-k', '1', '--json']);
    const expected = [{ rank: 1, text: 'north-east', cosine: expect.closeTo(Math.cos((40 * Math.PI) / 180), 7) }];
    expect(JSON.parse(out)).toEqual(expected);
  });

  test('vectors of any length are compared by their direction', async () => {
    const at = await scratch();
    const file = await save(at('long.npz'), circle(compass, { length: 7 }));
    const { out } = await constela(['neighbours', file, '--of', 'west', '-k', '1', '-q']);
    expect(out).toBe('1\t0.000\tnorth\n');
  });

  test('TEXT is found as it is typed elsewhere: trimmed and composed', async () => {
    const at = await scratch();
    const file = await save(at('cafe.npz'), circle({ café: 0, tea: 60 }));
    const { out } = await constela(['neighbours', file, '--of', ' cafe\u0301 ', '-q']);
    expect(out).toBe('1\t0.500\ttea\n');
  });

  test('a text on several lines stays on one line of the table, and whole in JSON', async () => {
    const at = await scratch();
    const file = await save(at('lines.npz'), circle({ east: 0, 'two\n\u001b[31mlines': 0 }));
    expect((await constela(['neighbours', file, '--of', 'east'])).out).toBe('1\t1.000\ttwo [31mlines\n');
    const [row] = JSON.parse((await constela(['neighbours', file, '--of', 'east', '--json'])).out);
    expect(row.text).toBe('two\n\u001b[31mlines');
  });

  test('a text that is not in a file without a model named cannot be embedded', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { code, err } = await constela(['neighbours', file, '--of', 'zenith']);
    expect(err).toMatch(/compass\.npz do not say which model made them.*--model/);
    expect(code).toBe(2);
  });

  test('nor beside vectors of a model that is not here; its own texts can be asked for', async () => {
    const at = await scratch();
    const file = await save(at('other.npz'), circle(compass, { space: { modelId: 'other-model', prompt: '{text}' } }));
    const { code, err } = await constela(['neighbours', file, '--of', 'zenith']);
    expect(err).toMatch(/no model called “other-model”/);
    expect(code).toBe(2);
    expect((await constela(['neighbours', file, '--of', 'east', '-k', '1', '-q'])).out).toBe('1\t0.766\tnorth-east\n');
  });

  test('a model of other dimensions did not make them', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    const { code, err } = await constela(['neighbours', file, '--of', 'east', '--model', 'all-MiniLM-L6-v2']);
    expect(err).toMatch(/have 2 dimensions; the model all-MiniLM-L6-v2 makes 384/);
    expect(code).toBe(2);
  });
});

describe('map', () => {
  test('puts files one after another, with groups, own columns and the vectors as they were', async () => {
    const at = await scratch();
    const first = await save(at('first.npz'), circle(compass, { length: 3, group: 'winds' }));
    const columned: Dataset = {
      ...circle({ up: 10, down: 190 }),
      items: [
        { text: 'up', columns: { weight: 2, note: 'a, b' } },
        { text: 'up', group: 'axes' },
      ],
    };
    const second = await save(at('second.json'), columned, 'json');
    for (const name of ['map.npz', 'map.json', 'map.csv', 'map.tsv', 'map.zip']) {
      const { code, out, err } = await constela(['map', first, second, '--out', at(name), '--vectors', '-q']);
      expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' });
      const made = await open(at(name));
      expect(made.items.map(({ text, group }) => [text, group])).toEqual([
        ...Object.keys(compass).map((text) => [text, 'winds']),
        ['up', undefined],
        ['up', 'axes'],
      ]);
      expect(made.items[5]!.columns).toEqual({ weight: 2, note: 'a, b' });
      expect(made.positions).toMatchObject({ rows: 7, dim: 3 });
      const given = [...circle(compass, { length: 3 }).vectors!.data, ...columned.vectors!.data];
      expect([...made.vectors!.data]).toEqual(given);
      expect(made.space).toBeUndefined();
    }
  });

  test('of two dimensions, the same for the same seed, another for another', async () => {
    const at = await scratch();
    const angles = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`text ${i}`, i * 9]));
    const file = await save(at('circle.npz'), circle(angles));
    const positions = async (name: string, seed: string) => {
      const { code } = await constela(['map', file, '--out', at(name), '--dims', '2', '--seed', seed, '-q']);
      expect(code).toBe(0);
      return (await open(at(name))).positions!;
    };
    const first = await positions('a.csv', '7');
    expect(first.dim).toBe(2);
    expect(first.data.every(Number.isFinite)).toBe(true);
    expect(await positions('b.csv', '7')).toEqual(first);
    expect(await positions('c.csv', '8')).not.toEqual(first);
  });

  test('the same on any number of threads, and fewer neighbours than asked for are said', async () => {
    const at = await scratch();
    const angles = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`text ${i}`, i * 9]));
    const file = await save(at('circle.npz'), circle(angles));
    const of = async (name: string, threads: string) => {
      const { code, err } = await constela(['map', file, '--out', at(name), '-n', '50', '--threads', threads]);
      expect(code).toBe(0);
      expect(err).toContain('40 texts: 39 neighbours shape the map instead of 50');
      return (await open(at(name))).positions!;
    };
    expect(await of('two.csv', '2')).toEqual(await of('one.csv', '1'));
  });

  test('another map where densities are kept, and each of their options tells', async () => {
    const at = await scratch();
    // From far apart to crowded.
    const angles = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`text ${i}`, 4 * Math.sqrt(i * 100)]));
    const file = await save(at('circle.npz'), circle(angles));
    const of = async (...options: string[]) => {
      expect(await constela(['map', file, '--out', at('map.json'), ...options, '-q'])).toMatchObject({
        code: 0,
        err: '',
      });
      return (await open(at('map.json'))).positions!;
    };
    const [plain, dense] = [await of(), await of('--density-weight', '2')];
    expect(dense).not.toEqual(plain);
    for (const more of ['--density-fraction', '--density-shift'])
      expect(await of('--density-weight', '2', more, '0.5')).not.toEqual(dense);
    expect(await of('--density-weight', '0', '--density-fraction', '0.5')).toEqual(plain);
  });

  describe('supervised', () => {
    const angles = Object.fromEntries(Array.from({ length: 48 }, (_, i) => [`text ${i}`, i * 7.5]));
    const grouped = (): Dataset => {
      const { items, ...rest } = circle(angles);
      return { ...rest, items: items.map((item, i) => ({ ...item, group: `g${i % 3}`, columns: { own: i } })) };
    };

    test('by the group, differs from an unsupervised map, and more with another weight', async () => {
      const at = await scratch();
      const file = await save(at('circle.npz'), grouped());
      const positions = async (...options: string[]) => {
        expect(await constela(['map', file, '--out', at('map.json'), ...options, '-q'])).toMatchObject({
          code: 0,
          err: '',
        });
        return (await open(at('map.json'))).positions!;
      };
      const plain = await positions();
      const supervised = await positions('--supervise', 'group');
      expect(supervised).not.toEqual(plain);
      expect(await positions('--supervise', 'group', '--target-weight', '1')).not.toEqual(supervised);
      expect(await positions('--supervise', 'none')).toEqual(plain);
    });

    test('says how many categories there are, and when they are too many', async () => {
      const at = await scratch();
      const file = await save(at('circle.npz'), grouped());
      const byGroup = await constela(['map', file, '--out', at('map.csv'), '--supervise', 'group']);
      expect(byGroup.err).toContain('supervised by the group: 3 categories, 0 texts without one');
      expect(byGroup.err).not.toContain('hardly');
      const byNumber = await constela(['map', file, '--out', at('map.csv'), '--supervise', 'column:own']);
      expect(byNumber.err).toContain('supervised by the column “own”: 48 categories, 0 texts without one');
      expect(byNumber.err).toContain('fewer than 3 texts a category');
    });

    test('by what no text has is an error that names what there is, and writes nothing', async () => {
      const at = await scratch();
      const file = await save(at('circle.npz'), grouped());
      const { code, err } = await constela(['map', file, '--out', at('map.csv'), '--supervise', 'column:year']);
      expect(err).toMatch(/No text in .*circle\.npz has a value in a column called “year”\. Columns with values: own/);
      expect(code).toBe(2);
      const bare = await save(at('bare.npz'), circle(angles));
      expect((await constela(['map', bare, '--out', at('map.csv'), '--supervise', 'group'])).err).toMatch(
        /No text in .*bare\.npz has a group/,
      );
      await expect(open(at('map.csv'))).rejects.toThrow('ENOENT');
    });

    test('of few texts says that it is not', async () => {
      const at = await scratch();
      const file = await save(at('few.npz'), circle(compass, { group: 'winds' }));
      const { err } = await constela(['map', file, '--out', at('map.csv'), '--supervise', 'group']);
      expect(err).toContain('1 category, 0 texts without one');
      expect(err).toContain('fewer than 16 texts: the map is their principal components, unsupervised');
    });
  });

  test.each([1, 2, 3])('of %i texts', async (count) => {
    const at = await scratch();
    const file = await save(at('few.npz'), circle(Object.fromEntries(Object.entries(compass).slice(0, count))));
    expect((await constela(['map', file, '--out', at('map.json'), '-q'])).code).toBe(0);
    const { positions } = await open(at('map.json'));
    expect(positions!.rows).toBe(count);
    expect(positions!.data.every(Number.isFinite)).toBe(true);
  });

  test('carries the vectors into a table only with --vectors', async () => {
    const at = await scratch();
    const file = await save(
      at('compass.npz'),
      circle(compass, { space: { modelId: 'other-model', prompt: '{text}' } }),
    );
    await constela(['map', file, '--out', at('map.json')]);
    const made = await open(at('map.json'));
    expect(made.vectors).toBeUndefined();
    expect(made.space).toEqual({ modelId: 'other-model', prompt: '{text}' });
  });

  test('refuses files that do not share a space, and writes nothing', async () => {
    const at = await scratch();
    const a = await save(at('a.npz'), circle(compass));
    const b = await save(at('b.npz'), circle(compass, { space: { modelId: 'other-model', prompt: '{text}' } }));
    const { code, err } = await constela(['map', a, b, '--out', at('map.csv')]);
    expect(err).toMatch(
      /a\.npz \(2 dimensions, no model named\).*b\.npz \(2 dimensions, other-model, prompt “\{text\}”\)/,
    );
    expect(code).toBe(2);
    await expect(open(at('map.csv'))).rejects.toThrow('ENOENT');
  });

  test('refuses a model or prompt that contradicts the file', async () => {
    const at = await scratch();
    const vectors = { data: new Float32Array(384).fill(0.05), rows: 1, dim: 384 };
    const file = await save(at('a.npz'), { items: [{ text: 'a' }], vectors, space: minilm });
    for (const option of [
      ['--model', 'multilingual-e5-small-en-pt'],
      ['--prompt', 'about {text}'],
    ]) {
      const { code, err } = await constela(['map', file, '--out', at('map.csv'), ...option]);
      expect(err).toMatch(/a\.npz were made otherwise \(384 dimensions, all-MiniLM-L6-v2, prompt “\{text\}”\)/);
      expect(code).toBe(2);
    }
    const agreeing = ['--model', minilm.modelId, '--prompt', minilm.prompt];
    expect((await constela(['map', file, '--out', at('map.csv'), ...agreeing])).code).toBe(0);
  });

  test('texts without vectors cannot join vectors that name no model', async () => {
    const at = await scratch();
    const file = await save(at('compass.npz'), circle(compass));
    await writeFile(at('words.txt'), 'cat\n');
    const { code, err } = await constela(['map', file, at('words.txt'), '--out', at('map.csv')]);
    expect(err).toMatch(/compass\.npz do not say which model made them/);
    expect(code).toBe(2);
  });
});
