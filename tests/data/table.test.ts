/** Tables of any shape as CSV. */
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { writeTable } from '../../src/data/delimited';
import { joinPieces } from '../../src/data/pieces';

const read = (bytes: Uint8Array) => Papa.parse<string[]>(new TextDecoder().decode(bytes).trimEnd()).data;
const table = { names: ['token', 'weight'], rows: [['=1+1', 0.5], ['a,"b"', null] as const, ['-3', true]] };

test('a table keeps its cells, whatever is in them', () => {
  expect(read(joinPieces(writeTable(table, false)))).toEqual([
    ['token', 'weight'],
    ['=1+1', '0.5'],
    ['a,"b"', ''],
    ['-3', 'true'],
  ]);
});

test('for a spreadsheet, what it would run has an apostrophe before it, and numbers have none', () => {
  expect(read(joinPieces(writeTable(table, true))).map(([first]) => first)).toEqual(['token', "'=1+1", 'a,"b"', '-3']);
});
