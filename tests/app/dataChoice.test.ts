/** What the export dialog asks of a format, and of which texts. */
import { describe, expect, test } from 'vitest';
import { createDataChoice, exportOptions, takesNeighbours, type ColumnKey } from '../../src/app/panels/dataChoice';
import { shownTexts } from '../../src/app/state/shownTexts';

const all = { ...createDataChoice(), vectors: true, neighbours: true, safe: true };
const plain = { vectors: true, spreadsheetSafe: false };

describe('an export', () => {
  test('has all columns unless some are left out, and only where they can be chosen', () => {
    const own = ['group', 'year', '__proto__'];
    expect(exportOptions('parquet', all, own)).toEqual(plain);
    const choice = { ...all, leftOut: new Set<ColumnKey>(['positions', 'own:group']) };
    expect(exportOptions('parquet', choice, own)).toEqual({
      ...plain,
      columns: { group: true, positions: false, own: ['year', '__proto__'] },
    });
    expect(exportOptions('npz', choice, own)).toEqual(plain);
  });

  test('is safe for spreadsheets where a spreadsheet opens it', () => {
    const safe = (['csv', 'tsv', 'json', 'neighboursCsv', 'neighboursJson'] as const).map(
      (format) => exportOptions(format, all, []).spreadsheetSafe,
    );
    expect(safe).toEqual([true, true, false, true, false]);
  });

  test('has neighbours if asked and possible, and always where it is made of them', () => {
    const takes = (neighbours: boolean) =>
      (['parquet', 'csv', 'npz', 'gexf'] as const).map((format) => takesNeighbours(format, { ...all, neighbours }));
    expect(takes(true)).toEqual([true, false, false, true]);
    expect(takes(false)).toEqual([false, false, false, true]);
  });
});

test('the texts shown are not hidden, not filtered out and on the map', () => {
  const shown = shownTexts({
    collection: { items: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id })) },
    hiding: { here: new Set(['a']) },
    colouring: { faint: Uint8Array.of(0, 1, 0, 0) },
    maps: { aside: new Set(['d']) },
  });
  expect([...shown]).toEqual(['c']);
});
