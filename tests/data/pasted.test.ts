/** Cells as spreadsheets put them on the clipboard. */
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import { isTable, splitCells, textsOf } from '../../src/data/pasted';

const textsIn = (pasted: string) => textsOf(splitCells(pasted)).map(({ text }) => text);

describe('pasted cells', () => {
  it.each<[string, string, string[][]]>([
    [
      'rows and cells',
      'dog\tanimals\r\ncat\tanimals\r\n',
      [
        ['dog', 'animals'],
        ['cat', 'animals'],
      ],
    ],
    [
      'line ends, tabs and quotes in quoted cells',
      '"two\nlines"\t"a ""b"""\t"c\td"',
      [['two\nlines', 'a "b"', 'c\td']],
    ],
    [
      'empty cells, at the end too',
      '\ta\t\nb\t\t',
      [
        ['', 'a', ''],
        ['b', '', ''],
      ],
    ],
    ['quotes that quote nothing', '"open\t5" screen\t"a" b', [['"open', '5" screen', '"a" b']]],
    ['no blank lines', '\n \ndog\n\n', [['dog']]],
    ['nothing', '', []],
  ])('have %s', (_, pasted, rows) => {
    expect(splitCells(pasted)).toEqual(rows);
  });

  it('are a table where every row has as many cells, at least two', () => {
    for (const [pasted, table] of [
      ['dog\tanimals', true],
      ['dog\tanimals\ncat\tanimals', true],
      ['dog\ncat', false],
      ['\tindented\ncode', false],
      ['a\tb\nc\td\te', false],
      ['', false],
    ] as const)
      expect(isTable(splitCells(pasted)), pasted).toBe(table);
  });

  it('of one column are its texts, commas and line ends included', () => {
    expect(textsIn('salt, pepper\n"two\nlines"\n\n  cafe\u0301 \n')).toEqual(['salt, pepper', 'two\nlines', 'café']);
    // No table: lines as they stand.
    expect(textsIn('\tindented\ncode')).toEqual(['indented', 'code']);
  });

  it('are read as they were split', () => {
    const pasted = 'text\tnote\n"two\nlines"\t"a ""b"""\nplain\tc';
    const { items } = parseFile('pasted.tsv', new TextEncoder().encode(pasted));
    expect(items).toEqual(
      splitCells(pasted)
        .slice(1)
        .map(([text, note]) => ({ text, columns: { note } })),
    );
  });

  it('are split in time that grows with their length, lone quotes included', () => {
    const began = performance.now();
    expect(splitCells(`"${'a'.repeat(200_000)}\n`.repeat(5))).toHaveLength(5);
    expect(splitCells(`"${'""'.repeat(500_000)}`)).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
