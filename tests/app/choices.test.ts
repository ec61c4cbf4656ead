/** When the page asks how a file is to be read, and what choices say to its reader. */
import { describe, expect, it } from 'vitest';
import { asksFirst, isMendable, mend, toReadingOptions, withoutColumns } from '../../src/app/state/choices';
import { parseFile } from '../../src/data/open';
import { previewFile } from '../../src/data/preview';
import { InputError } from '../../src/errors';
import type { ReadingOptions } from '../../src/reading';
import { workbook } from '../data/workbooks';

const look = async (content: string, name = 'a.csv', options?: ReadingOptions) =>
  (await previewFile(name, new Blob([content]), options))!;
const asks = async (content: string, bytes?: number, name?: string) =>
  asksFirst(await look(content, name), bytes ?? content.length);

describe('a file', () => {
  it('opens at once where its text is certain, or has no other columns beside it', async () => {
    expect(await asks('text,group,height\noak,trees,20\n')).toBe(false);
    expect(await asks('palavra,grupo\ncão,animais\n')).toBe(false);
    expect(await asks('species,group\noak,trees\n')).toBe(false);
    expect(await asks('species,v0,v1\noak,1,2\n')).toBe(false);
    expect(await asks('dog\ncat\n', undefined, 'a.txt')).toBe(false);
  });

  it('asks where the text is a guess among several columns', async () => {
    expect(await asks('species,height\noak,20\n')).toBe(true);
    expect(await asks('oak,trees\nbirch,trees\n')).toBe(true);
    expect(await asks('[{"q":"who","a":"me"}]', undefined, 'a.json')).toBe(true);
  });

  it('asks where it is large, unless its texts have vectors', async () => {
    const rows = (count: number, cells: string) => `${cells}\n`.repeat(count);
    expect(await asks(`text\n${rows(20_000, 'oak')}`)).toBe(false);
    expect(await asks(`text\n${rows(20_001, 'oak')}`)).toBe(true);
    expect(await asks(`text,v0,v1\n${rows(20_001, 'oak,1,2')}`)).toBe(false);
    expect(await asks('dog\n', 20_000_001, 'a.txt')).toBe(true);
  });

  it('that could not be read is asked about where another choice may read it', () => {
    expect(isMendable(new InputError('csvRagged', { file: 'a' }), false)).toBe(true);
    expect(isMendable(new InputError('textInvalidUtf8', { file: 'a' }), false)).toBe(true);
    expect(isMendable(new InputError('noTexts', { file: 'a' }), true)).toBe(true);
    expect(isMendable(new InputError('noTexts', { file: 'a' }), false)).toBe(false);
    expect(isMendable(new InputError('fileEmpty', { file: 'a' }), true)).toBe(false);
    expect(isMendable(new Error('no memory'), true)).toBe(false);
  });
});

describe('choices', () => {
  it('that failed are mended where it is known how', () => {
    const invalid = new InputError('textInvalidUtf8', { file: 'a' });
    expect(mend({ delimiter: ';' }, invalid)).toEqual({ delimiter: ';', encoding: 'windows-1252' });
    const missing = new InputError('columnMissing', { file: 'a' });
    expect(mend({ header: false, textColumn: 'x', keep: [] }, missing)).toEqual({ header: false });
    expect(mend({ header: false }, missing)).toBeUndefined();
    expect(mend({}, new InputError('csvRagged', { file: 'a' }))).toBeUndefined();
    expect(mend({}, undefined)).toBeUndefined();
  });

  it('of a sheet stay when its columns are others, and are said to the reader', async () => {
    expect(withoutColumns({ sheet: 'Two', textColumn: 'x' })).toEqual({ sheet: 'Two' });
    const cell = (value: string) => `<row><c t="inlineStr"><is><t>${value}</t></is></c></row>`;
    const file = new Blob([workbook({ sheets: { One: cell('oak'), Two: cell('cat') } })]);
    const preview = (await previewFile('a.xlsx', file, { sheet: 'Two' }))!;
    expect(toReadingOptions(preview, {}, new Set())).toEqual({ sheet: 'Two' });
  });

  it('say all that was seen, so that the reader finds the same', async () => {
    const content = 'species;family;height;note\noak;Fagaceae;20;"tall; old"\n';
    const preview = await look(content);
    expect(toReadingOptions(preview, {}, new Set())).toEqual({
      encoding: 'utf-8',
      delimiter: ';',
      header: true,
      textColumn: 'note',
      groupColumn: null,
    });
    const limit = { count: 10, take: 'sample' } as const;
    const filter = { column: 'height', test: 'atLeast', value: '5' } as const;
    const chosen = await look(content, 'a.csv', { textColumn: 'species', groupColumn: 'family' });
    const options = toReadingOptions(chosen, { filter, limit }, new Set(['height', 'gone']));
    expect(options).toMatchObject({ textColumn: 'species', groupColumn: 'family', keep: ['note'], filter, limit });
    expect(parseFile('a.csv', new TextEncoder().encode(content), { ...options }).items[0]).toMatchObject({
      text: 'oak',
      group: 'Fagaceae',
    });
  });

  it('of lines name no columns', async () => {
    expect(toReadingOptions(await look('dog\ncat\n', 'a.txt'), {}, new Set())).toEqual({ encoding: 'utf-8' });
  });
});
