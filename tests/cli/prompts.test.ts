import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { constela, modelsFolder as models, noModels, scratch } from './terminal';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import { save } from './vectorFiles';

const words = ['cat', 'dog', 'horse', 'cow', 'apple', 'pear', 'grape', 'plum', 'red', 'blue', 'green', 'black'];
const kinds = ['animal', 'fruit', 'colour'];
const table = ['text,kind,initial', ...words.map((word, i) => `${word},${kinds[Math.floor(i / 4)]!},${word[0]!}`)];
const twice = ['--prompt', '{text}', '--prompt', 'a kind of {text}'];

async function wordsFile(): Promise<string> {
  const at = await scratch();
  await writeFile(at('words.csv'), `${table.join('\n')}\n`);
  return at('words.csv');
}

describe('prompts', () => {
  test('are ranked by how well they keep the groups apart, with shift and churn from the first', async () => {
    const file = await wordsFile();
    const asked = ['prompts', file, ...twice, '--groups', 'kind', '-k', '3', '--voters', '3'];
    const { code, out, err } = await constela(asked, { models });
    expect(code).toBe(0);
    expect(err).toContain('12 texts in 3 groups by the column “kind”; 3 neighbours vote; the largest group has 33.3 %');
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head!.split('\t')).toEqual([
      'silhouette',
      'gain',
      'gain error',
      'accuracy',
      'churn',
      'shift',
      'common',
      'common share',
      'residue',
      'cut',
      'prompt',
    ]);
    const cells = rows.map((row) => row.split('\t'));
    const silhouettes = cells.map(([silhouette]) => Number(silhouette));
    expect(silhouettes).toEqual(silhouettes.toSorted((a, b) => b - a));
    expect(Math.min(...silhouettes)).toBeGreaterThan(0);
    const baseline = cells.find((row) => row[10] === '{text}')!;
    expect(baseline.slice(1, 3)).toEqual(['-', '-']);
    expect(baseline.slice(4, 10)).toEqual(['0.0000', '0.0000', '0.0000', '-', '0.0000', '0']);

    const { out: json } = await constela([...asked, '--json', '-q'], { models });
    const found = JSON.parse(json);
    expect(found).toMatchObject({
      model: 'all-MiniLM-L6-v2',
      baseline: '{text}',
      k: 3,
      voters: 3,
      groups: { texts: 12, groups: 3, singles: 0 },
    });
    const other = found.prompts.find(({ prompt }: { prompt: string }) => prompt === 'a kind of {text}');
    expect(other.texts.map(({ text }: { text: string }) => text)).toEqual(words);
    const sum = (name: string, power: number) =>
      other.texts.reduce((total: number, text: Record<string, number>) => total + text[name]! ** power, 0);
    // The two parts of the shift make up the whole.
    expect(sum('residue', 2) + 12 * other.common ** 2).toBeCloseTo(sum('shift', 2), 5);
    expect(other.commonShare).toBeCloseTo((12 * other.common ** 2) / sum('shift', 2), 5);
    expect(other.churn).toBeCloseTo(sum('churn', 1) / 12, 5);
    expect(other.shift).toBeGreaterThan(0.3);
    const own = found.prompts.find(({ prompt }: { prompt: string }) => prompt === '{text}');
    expect(other.gain).toBeCloseTo(other.silhouette - own.silhouette, 6);
    expect(other.gainError).toBeGreaterThan(0);
  });

  test('need no groups to be compared, and say so', async () => {
    const file = await wordsFile();
    const { code, out, err } = await constela(['prompts', file, ...twice], { models });
    expect(code).toBe(0);
    expect(err).toContain('nothing to keep apart by the groups: no text has a group; --groups names another column');
    expect(out.split('\n')[1]).toMatch(/^-\t-\t-\t-\t0\.0000.*\{text\}$/);
  });

  test('of E5 are those that it was trained with, unless others are given', async () => {
    const at = await scratch();
    await writeFile(at('two.txt'), 'gato\n');
    const asked = ['prompts', at('two.txt'), '-m', 'multilingual-e5-small-en-pt', '--json', '-q'];
    const { code, out } = await constela(asked, { models });
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found.prompts.map(({ prompt }: { prompt: string }) => prompt)).toEqual(['query: {text}', 'passage: {text}']);
    // One text has no neighbours, and nobody to share its shift with.
    expect(found.prompts[1]).toMatchObject({ churn: null, commonShare: null, silhouette: null });
    expect(found.prompts[1].shift).toBeGreaterThan(0);
  });

  test('so long that texts are cut are counted', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), 'cat\ndog\n');
    const long = `${'very '.repeat(300)}{text}`;
    const { code, out } = await constela(['prompts', at('words.txt'), '-p', long, '--json', '-q'], { models });
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found.baseline).toBe('{text}');
    expect(found.prompts.map(({ cut }: { cut: number }) => cut)).toEqual([0, 2]);
  });

  test('are refused when they have no place for the text, are alike, or are alone', async () => {
    const file = await wordsFile();
    expect((await constela(['prompts', file, '-p', 'word'])).err).toMatch(/“word” has no \{text\} in it/);
    const alike = await constela(['prompts', file, '-p', 'a {text}', '-p', 'a {text}']);
    expect(alike).toMatchObject({ code: 2, err: 'constela: The prompt “a {text}” was given twice. Give each once.\n' });
    for (const alone of [[], ['-p', '{text}']]) {
      const { code, err } = await constela(['prompts', file, ...alone, '-q']);
      expect(code).toBe(2);
      expect(err).toMatch(/only the prompt “\{text\}” of all-MiniLM-L6-v2/);
    }
    const column = await constela(['prompts', file, ...twice, '-g', 'size', '-q']);
    expect(column.err).toMatch(/a column called “size”. Columns with values: kind, initial./);
  });

  test('use vectors that the file brings for one of them', async () => {
    const at = await scratch();
    const vectors = clusteredVectors(4, 384, 2, 0.2, 1);
    const brought = {
      items: words.slice(0, 4).map((text, i) => ({ text, group: String(i % 2) })),
      vectors: createMatrix(vectors.data, 384),
      space: { modelId: 'all-MiniLM-L6-v2', prompt: 'a {text}' },
    };
    const file = await save(at('brought.npz'), brought);
    const alone = await constela(['prompts', file, '-p', 'a {text}', '-p', '{text}', '-q'], { models: noModels });
    expect(alone.err).toMatch(/is missing/);
    const { out } = await constela(['prompts', file, '-p', 'a {text}', '-p', '{text}', '-q'], { models });
    // The vectors that were brought are in two tight groups, unlike any of the model.
    expect(out.split('\n')[1]).toMatch(/^0\.9\d+\t.*\ta \{text\}$/);
  });
});
