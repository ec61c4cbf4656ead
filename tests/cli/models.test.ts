/** The verbs with the bundled models. */
import { readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { dotRows } from '../../src/vectors';
import { referenceModels, tolerance } from '../fixtures/reference';
import { constela, modelsFolder as models, noModels, scratch } from './terminal';
import { open } from './vectorFiles';

describe.each(referenceModels)('$id', ({ id, cosines, vectors }) => {
  test('similarity agrees with the reference, pair by pair', async () => {
    const at = await scratch();
    const lines = cosines.map(({ a, b }) => `${a}\t${b}`);
    // Blank lines and CRLF, as files have them.
    await writeFile(at('pairs.tsv'), `${lines.join('\r\n')}\n\n`);
    const { code, out, err } = await constela(['similarity', '--pairs', at('pairs.tsv'), '-m', id, '-q'], { models });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.map(([a, b]) => `${a}\t${b}`)).toEqual(lines);
    rows.forEach(([, , cosine], i) => {
      expect(cosine).toMatch(/^-?\d\.\d{6}$/);
      // Half of the sixth decimal is lost in print.
      expect(Math.abs(Number(cosine) - cosines[i]!.cosine)).toBeLessThan(tolerance + 5e-7);
    });
  });

  test('embed writes the vectors of the reference, with texts, model and prompt', async () => {
    const at = await scratch();
    await writeFile(at('texts.json'), JSON.stringify(vectors.map(({ text }) => text)));
    const { code, out, err } = await constela(['embed', at('texts.json'), '-o', at('v.npz'), '-m', id], { models });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/1 text longer than \d+ tokens.*“river river/);
    const made = await open(at('v.npz'));
    expect(made.items.map(({ text }) => text)).toEqual(vectors.map(({ text }) => text));
    expect(made.space).toEqual({ modelId: id, prompt: referenceModels.find((model) => model.id === id)!.prompt });
    const expected = Float32Array.from(vectors.flatMap(({ vector }) => vector));
    made.vectors!.data.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance));
  });
});

describe('one collection, three ways', () => {
  const csv = 'text,group,note\ncat,animals,1\ndog,animals,2\n"king, the",people,3\nqueen,people,4\ncat,twice,5\n';

  test('embed, map and neighbours agree, and the file of embed needs no model', async () => {
    const at = await scratch();
    await writeFile(at('words.csv'), csv);
    const names = await readdir(at());
    expect((await constela(['embed', at('words.csv'), '--out', at('words.npz')], { models })).code).toBe(0);
    expect((await constela(['map', at('words.csv'), '--out', at('a.npz')], { models })).code).toBe(0);
    expect((await constela(['map', at('words.npz'), '--out', at('b.npz')], { models: noModels })).code).toBe(0);
    const [embedded, fromTexts, fromVectors] = await Promise.all(
      ['words.npz', 'a.npz', 'b.npz'].map((name) => open(at(name))),
    );
    expect(fromVectors).toEqual(fromTexts);
    expect(fromTexts!.items).toEqual(embedded!.items);
    expect(fromTexts!.vectors).toEqual(embedded!.vectors);
    // A file's rows are the person's: the second cat stays, with the vector of the first.
    expect(embedded!.items.map(({ text, group, columns }) => [text, group, columns])).toEqual([
      ['cat', 'animals', { note: 1 }],
      ['dog', 'animals', { note: 2 }],
      ['king, the', 'people', { note: 3 }],
      ['queen', 'people', { note: 4 }],
      ['cat', 'twice', { note: 5 }],
    ]);
    expect(dotRows(embedded!.vectors!, 0, embedded!.vectors!, 4)).toBeCloseTo(1, 5);

    const listed = ['neighbours', '--of', 'dog', '--json', '-q'];
    const direct = await constela([...listed, at('words.csv')], { models });
    const unmodelled = await constela([...listed, at('words.npz')], { models: noModels });
    expect(unmodelled).toEqual(direct);
    expect(JSON.parse(direct.out).map(({ text }: { text: string }) => text)).toEqual([
      'cat',
      'cat',
      'queen',
      'king, the',
    ]);

    expect((await readdir(at())).sort()).toEqual([...names, 'a.npz', 'b.npz', 'words.npz'].sort());
  });

  test('a text that is not in the file is embedded with the model that the file names', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), 'gato\ncadeira\nbanco\n');
    const portuguese = ['-m', 'multilingual-e5-small-en-pt', '-p', 'query: {text}'];
    await constela(['embed', at('words.txt'), '--out', at('words.npz'), ...portuguese], { models });
    const { out } = await constela(['neighbours', at('words.npz'), '--of', 'cat', '-k', '1', '--json'], { models });
    const [nearest] = JSON.parse(out);
    const { cosines } = referenceModels.find(({ id }) => id === 'multilingual-e5-small-en-pt')!;
    const { cosine } = cosines.find(({ a, b }) => a === 'cat' && b === 'gato')!;
    expect(nearest).toMatchObject({ rank: 1, text: 'gato' });
    expect(Math.abs(nearest.cosine - cosine)).toBeLessThan(tolerance);
  });

  test('texts join vectors of a named model: only they are embedded', async () => {
    const at = await scratch();
    await writeFile(at('a.txt'), 'cat\nking\n');
    await writeFile(at('b.txt'), 'dog\nqueen\n');
    await constela(['embed', at('a.txt'), '--out', at('a.npz')], { models });
    const { err } = await constela(['map', at('a.npz'), at('b.txt'), '--out', at('joined.npz')], { models });
    expect(err).toMatch(/embedding 2 texts/);
    await constela(['embed', at('a.txt'), at('b.txt'), '--out', at('both.npz')], { models });
    const [joined, both] = await Promise.all([open(at('joined.npz')), open(at('both.npz'))]);
    expect(joined.items).toEqual(both.items);
    both.vectors!.data.forEach((value, i) =>
      expect(Math.abs(joined.vectors!.data[i]! - value)).toBeLessThan(tolerance),
    );
  });

  test('texts in none of the model’s languages are noted', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), 'coração\nheart\n');
    const { err } = await constela(['embed', at('words.txt'), '--out', at('words.npz')], { models });
    expect(err).toMatch(/1 text perhaps in no language of all-MiniLM-L6-v2 \(en\): “coração”/);
  });
});
