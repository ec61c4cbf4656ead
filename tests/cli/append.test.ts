/** `constela map --append`: a map grows, and what is on it stays. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../src/data/open';
import type { Dataset, ExportFormat } from '../../src/types';
import { constela, modelsFolder, scratch } from './terminal';
import { circle, save } from './vectorFiles';
import { writePlainWhole } from '../data/whole';

/** Two far groups, where numbers that decimal digits cannot give show whether anything was rounded. */
const mapped: Dataset = {
  ...circle({ cat: 0, dog: 10, cow: 20, car: 180, bus: 190, van: 200 }),
  positions: { data: Float32Array.from([0, 0.1, 1 / 3, 0, 0, 1, 20, 20, 21, 20, 20, 21 + 1e-5]), rows: 6, dim: 2 },
};
const fresh = circle({ hen: 15, lorry: 195, pig: 5 });
const opened = async (file: string) => openFile({ name: file, bytes: new Uint8Array(await readFile(file)) });
const textsOf = ({ items }: Dataset) => items.map(({ text }) => text);

async function saved(dataset: Dataset, ending = 'npz', format: ExportFormat = 'npz') {
  const at = await scratch();
  return { at, map: await save(at(`map.${ending}`), dataset, format) };
}

describe('map --append', () => {
  test.each(['npz', 'parquet', 'json', 'csv', 'constela'])(
    'keeps positions and vectors of the map to the bit, written as .%s, and puts new texts beside their like',
    async (ending) => {
      const { at, map } = await saved(mapped);
      const added = await save(at('new.npz'), fresh);
      const out = at(`out.${ending}`);
      const outcome = await constela(['map', added, '--append', map, '--out', out, '--vectors']);
      expect(outcome).toMatchObject({ code: 0, out: '' });
      expect(outcome.err).toContain('3 texts placed on the map of 6');
      const found = await opened(out);
      expect(textsOf(found)).toEqual([...textsOf(mapped), ...textsOf(fresh)]);
      const { data } = found.positions!;
      expect([...data.slice(0, 12)]).toEqual([...mapped.positions!.data]);
      expect([...found.vectors!.data]).toEqual([...mapped.vectors!.data, ...fresh.vectors!.data]);
      const isNearCars = [6, 7, 8].map((row) => data[2 * row]! + data[2 * row + 1]! > 20);
      expect(isNearCars).toEqual([false, true, false]);
    },
  );

  test('adds a text once: what is on the map, or came twice, is counted, and a second run changes nothing', async () => {
    const { at, map } = await saved(mapped);
    const added = await save(at('new.npz'), circle({ dog: 10, hen: 15, ' hen': 15 }));
    const first = await constela(['map', added, '--append', map, '--out', at('out.npz')]);
    expect(first.err).toContain('2 texts not added: on the map already');
    const once = await opened(at('out.npz'));
    expect(textsOf(once)).toEqual([...textsOf(mapped), 'hen']);
    const again = await constela(['map', added, '--append', at('out.npz'), '--out', at('out.npz')]);
    expect(again.err).toContain('3 texts not added');
    expect(await opened(at('out.npz'))).toEqual(once);
  });

  test('keeps what else a capsule has', async () => {
    const { at, map } = await saved({ ...mapped, settings: { name: 'Things' } }, 'constela', 'capsule');
    const added = await save(at('new.npz'), fresh);
    await constela(['map', added, '--append', map, '--out', at('out.constela')]);
    expect((await opened(at('out.constela'))).settings).toEqual({ name: 'Things' });
  });

  test('embeds with the model that the map names; its own texts again where it has no vectors', async () => {
    const space = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
    const { items, positions } = mapped;
    const at = await scratch();
    await writeFile(
      at('map.csv'),
      writePlainWhole('csv', { items, positions: positions! }, { vectors: false, spreadsheetSafe: false }),
    );
    await writeFile(at('new.txt'), 'sheep\ntruck\n');
    const run = (file: string, ...more: string[]) =>
      constela(['map', at('new.txt'), '--append', file, '--out', at('out.npz'), ...more], { models: modelsFolder });
    // A table says of no model that it made its map.
    const outcome = await run(at('map.csv'));
    expect(outcome.code).toBe(2);
    expect(outcome.err).toMatch(/map\.csv has no vectors and does not say which model made it/);
    expect(await run(at('map.csv'), '--model', space.modelId)).toMatchObject({ code: 0 });
    const byOption = await opened(at('out.npz'));
    expect(byOption.space).toEqual(space);
    expect([...byOption.positions!.data.slice(0, 12)]).toEqual([...positions!.data]);
    // The same from the file that says it, with its vectors now.
    const whole = await save(at('whole.npz'), {
      ...byOption,
      items: byOption.items.slice(0, 6),
      vectors: { ...byOption.vectors!, data: byOption.vectors!.data.slice(0, 6 * 384), rows: 6 },
      positions: positions!,
    });
    expect(await run(whole)).toMatchObject({ code: 0 });
    expect(await opened(at('out.npz'))).toEqual(byOption);
    const other = await run(whole, '--model', 'multilingual-e5-small-en-pt');
    expect(other.code).toBe(2);
    expect(other.err).toContain('were made otherwise');
  });

  test('is refused where there is no map, no known space, another space, or an option that lays out anew', async () => {
    const { at, map } = await saved(mapped);
    const added = await save(at('new.npz'), fresh);
    await writeFile(at('new.txt'), 'sheep\n');
    const run = (...argv: string[]) => constela(['map', ...argv, '--out', at('out.npz')]);
    const cases: [string[], string][] = [
      [[added, '--append', added], 'new.npz has no positions: it is no map'],
      [[added, '--append', at('none.npz')], 'There is no file'],
      [[at('new.txt'), '--append', map], 'do not say which model made them'],
      [[added, '--append', map, '--dims', '3'], 'The option --dims lays a map out anew'],
      [[added, '--append', map, '--supervise', 'group'], 'The option --supervise lays a map out anew'],
    ];
    const space = { modelId: 'all-MiniLM-L6-v2', prompt: 'of {text}' };
    const named = await save(at('named.npz'), { ...fresh, space });
    cases.push([[named, '--append', map], 'do not share a space']);
    const bare = { items: mapped.items, positions: mapped.positions!, space: { ...space, prompt: '{text}' } };
    await save(at('bare.npz'), { ...bare, vectors: mapped.vectors! });
    expect(await constela(['convert', at('bare.npz'), at('bare.json'), '--no-vectors'])).toMatchObject({ code: 0 });
    cases.push([[named, '--append', at('bare.json')], 'do not share a space']);
    for (const [argv, says] of cases) {
      const { code, out, err } = await run(...argv);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(says);
    }
  });
});
