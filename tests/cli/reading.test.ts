/** Which rows the verbs take of their files, and what they say of the others. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { workbook } from '../data/workbooks';
import { constela, scratch } from './terminal';

const table = 'name;year\ncat;1999\ndog, or so;2005\nowl\nfern;2010\n ;2012\n';

async function convert(...options: string[]) {
  const at = await scratch();
  await writeFile(at('in.csv'), table);
  const { code, err } = await constela([
    'convert',
    at('in.csv'),
    at('out.csv'),
    ...options.map((option) => option.replace('@', at('.'))),
  ]);
  return { code, err, out: await readFile(at('out.csv'), 'utf8').catch(() => ''), at };
}

it('says which rows cannot be used, and writes them to a file if asked', async () => {
  const { code, err, out, at } = await convert('--left-out', '@/left.csv');
  expect(code).toBe(0);
  expect(err).toContain('in.csv: 2 rows not used: row 4 (another number of cells), row 6 (no text)\n');
  expect(out).toBe('text,year\ncat,1999\n"dog, or so",2005\nfern,2010\n');
  const left = await readFile(at('left.csv'), 'utf8');
  const [head, ...lines] = left.trimEnd().split('\n');
  expect(head).toBe('file,row,reason,text');
  expect(lines.map((line) => line.slice(line.indexOf('in.csv')))).toEqual([
    'in.csv,4,another number of cells,owl',
    'in.csv,6,no text,""" "";2012"',
  ]);
});

it.each([
  [['--where', 'year>=2005'], 'text,year\n"dog, or so",2005\nfern,2010\n', '1 row left out by --where'],
  [['--where', 'name~OR SO'], 'text,year\n"dog, or so",2005\n', '3 rows left out by --where'],
  [['--first', '1'], 'text,year\ncat,1999\n', 'there are more rows than were taken'],
  [['--sample', '2'], expect.stringMatching(/^text,year\n(.+\n){2}$/), 'there are more rows than were taken'],
  [['--text-column', 'year', '--delimiter', ';'], expect.stringMatching(/^text,name\n1999,cat\n/), 'not used'],
  [['--delimiter', '|', '--no-header'], expect.stringContaining('name;year'), 'wrote'],
])('%j', async (options, expected, note) => {
  const { code, err, out } = await convert(...options);
  expect(code, err).toBe(0);
  expect(out).toEqual(expected);
  expect(err).toContain(note);
});

it.each([
  [['--where', 'year'], 'The option --where is “year”'],
  [['--where', 'year>=old'], 'The option --where is “year>=old”'],
  [['--where', 'colour=red'], 'There is no column “colour”'],
  [['--where', 'name=horse'], 'No row of'],
  [['--first', '0'], 'from 1 to 1000000'],
  [['--first', '1', '--sample', '1'], 'cannot be used with'],
  [['--left-out', '@/no/such.csv'], 'does not exist'],
])('%j is refused', async (options, message) => {
  const { code, err, out } = await convert(...options);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(out).toBe('');
});

it('takes the sheet of a workbook that is named', async () => {
  const at = await scratch();
  const text = (value: string) => `<row><c t="inlineStr"><is><t>${value}</t></is></c></row>`;
  await writeFile(at('in.xlsx'), workbook({ sheets: { One: text('oak'), Two: text('cat') } }));
  const { code } = await constela(['convert', at('in.xlsx'), at('out.csv'), '--sheet', 'Two']);
  expect(code).toBe(0);
  expect(await readFile(at('out.csv'), 'utf8')).toBe('text\ncat\n');
  const { code: refused, err } = await constela(['convert', at('in.xlsx'), at('out.csv'), '--sheet', 'Three']);
  expect(refused).toBe(2);
  expect(err).toContain('There is no sheet “Three”');
  expect(err).toContain('Its sheets: One, Two.');
});
