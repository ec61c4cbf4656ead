import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import { hasRiskyCells } from '../../src/data/spreadsheet';
import { exportFormatOf, type PlainFormat } from '../../src/data/write';
import type { Dataset, NewItem } from '../../src/types';
import { codeOf } from './codeOf';
import { nameFor, writePlainWhole } from './whole';

const through = (format: PlainFormat, value: Dataset): Dataset =>
  parseFile(nameFor(format), writePlainWhole(format, value, { vectors: true, spreadsheetSafe: false }));

describe('writing and opening again', () => {
  it('keeps own columns of a Projector bundle, with tabs and line ends as blanks', () => {
    const own = { items: [{ text: 'a', columns: { 'n\t1': 'b\nc', __proto__: null, x: 5 } }] };
    const vectors = { data: Float32Array.of(1, 2), rows: 1, dim: 2 };
    expect(through('projector', { ...own, vectors }).items[0]!.columns).toEqual({ 'n 1': 'b c', x: 5 });
  });

  it('leaves the vectors out of CSV, TSV and JSON unless asked', () => {
    const value: Dataset = { items: [{ text: 'a' }], vectors: { data: Float32Array.of(1), rows: 1, dim: 1 } };
    for (const format of ['csv', 'tsv', 'json'] as const) {
      const bytes = writePlainWhole(format, value, { vectors: false, spreadsheetSafe: false });
      expect(parseFile(nameFor(format), bytes)).toEqual({ items: [{ text: 'a' }] });
    }
  });
});

describe('the Projector bundle, by the rules of its readers', () => {
  const value: Dataset = {
    items: [{ text: 'cat\tor\ndog', group: 'pets' }, { text: '\uFEFF\n' }, { text: 'fish' }],
    vectors: { data: Float32Array.of(0.1, -0, 1e-7, 3, 4, 5), rows: 3, dim: 2 },
    positions: { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, dim: 2 },
    space: { modelId: 'm', prompt: '{text}' },
  };
  const write = (one: Dataset) =>
    unzipSync(writePlainWhole('projector', one, { vectors: false, spreadsheetSafe: false }));

  it('has numbers only in the tensors, LF ends, and no blank line', () => {
    expect(strFromU8(write(value)['tensors.tsv']!)).toBe('0.1\t-0.0\n1e-7\t3\n4\t5\n');
    expect(strFromU8(write(value)['metadata.tsv']!)).toBe(
      'text\tgroup\tx\ty\ncat or dog\tpets\t1\t2\n(blank)\t\t3\t4\nfish\t\t5\t6\n',
    );
  });

  it('has a header if and only if there is more than one column', () => {
    const { vectors } = value;
    const alone = write({ items: [{ text: 'a\tb' }, { text: 'c' }, { text: 'd' }], ...(vectors && { vectors }) });
    expect(strFromU8(alone['metadata.tsv']!)).toBe('a b\nc\nd\n');
  });

  it('has a config of the files and their shape', () => {
    expect(JSON.parse(strFromU8(write(value)['projector_config.json']!))).toEqual({
      embeddings: [
        {
          tensorName: 'm',
          tensorShape: [3, 2],
          tensorPath: 'tensors.tsv',
          metadataPath: 'metadata.tsv',
          bookmarksPath: 'bookmarks.txt',
        },
      ],
      space: { modelId: 'm', prompt: '{text}' },
    });
    expect(strFromU8(write(value)['projector_config.pbtxt']!)).toContain('\n  bookmarks_path: "bookmarks.txt"\n}');
  });

  it('has the map as a bookmark, whole and of that shape', () => {
    const states: unknown = JSON.parse(strFromU8(write(value)['bookmarks.txt']!));
    expect(states).toMatchObject([
      {
        selectedProjection: 'umap',
        dataSetDimensions: [3, 2],
        umapIs3d: false,
        selectedLabelOption: 'text',
        projections: [
          { 'umap-0': 1, 'umap-1': 2 },
          { 'umap-0': 3, 'umap-1': 4 },
          { 'umap-0': 5, 'umap-1': 6 },
        ],
      },
    ]);
    const { positions: _, ...unplaced } = value;
    const files = ['tensors.tsv', 'metadata.tsv', 'projector_config.json', 'projector_config.pbtxt'];
    expect(Object.keys(write(unplaced))).toEqual(files);
  });

  it('refuses what the Projector would', () => {
    expect(codeOf(() => write({ items: [{ text: 'a' }] }))).toBe('projectorNeedsVectors');
    const vectors = { data: Float32Array.of(1), rows: 1, dim: 1 };
    expect(codeOf(() => write({ items: [{ text: 'a' }], vectors }))).toBe('projectorDims');
  });
});

describe('spreadsheets', () => {
  const csv = (items: NewItem[], spreadsheetSafe: boolean) =>
    new TextDecoder().decode(writePlainWhole('csv', { items }, { vectors: false, spreadsheetSafe }));

  it('prefixes risky cells and names only when asked, and never numbers', () => {
    const items = [
      { text: '=1+1', columns: { '@n': -3, b: '-3.5e2' } },
      { text: '-dash', columns: { '@n': '\tx', b: 'a=b' } },
    ];
    expect(csv(items, false)).toBe('text,@n,b\n=1+1,-3,-3.5e2\n-dash,\tx,a=b\n');
    expect(csv(items, true)).toBe("text,'@n,b\n'=1+1,-3,-3.5e2\n'-dash,'\tx,a=b\n");
  });

  it('says beforehand whether there are any', () => {
    for (const one of ['=a', '+a', '-a', '@a', '\ta', '\ra']) {
      expect(hasRiskyCells({ items: [{ text: 'a' }, { text: one }] })).toBe(true);
      expect(hasRiskyCells({ items: [{ text: 'a', group: one }] })).toBe(true);
      expect(hasRiskyCells({ items: [{ text: 'a', columns: { [one]: 1 } }] })).toBe(true);
    }
    expect(hasRiskyCells({ items: [{ text: '-3', group: '+1.5', columns: { n: -1e-7 } }] })).toBe(false);
  });
});

describe('exports', () => {
  it('refuse what cannot be written', () => {
    const options = { vectors: true, spreadsheetSafe: false };
    for (const format of ['csv', 'tsv', 'json', 'npz', 'projector'] as const) {
      expect(codeOf(() => writePlainWhole(format, { items: [] }, options))).toBe('exportEmpty');
    }
    expect(codeOf(() => writePlainWhole('csv', { items: [{ text: 'a' }] }, options))).toBe('exportNeedsVectors');
    const vectors = { data: new Float32Array(4), rows: 2, dim: 2 };
    expect(() => writePlainWhole('npz', { items: [{ text: 'a' }], vectors }, options)).toThrow(RangeError);
  });

  it('of a million numbers for the Projector are stored, and come back', () => {
    const [rows, dim] = [1001, 1000];
    const options = { vectors: true, spreadsheetSafe: false };
    const data = Float32Array.from({ length: rows * dim }, (_, i) => Math.sin(i));
    const items = Array.from({ length: rows }, (_, row) => ({ text: `text ${row}` }));
    const zip = writePlainWhole('projector', { items, vectors: { data, rows, dim } }, options);
    expect(new DataView(zip.buffer).getUint16(8, true)).toBe(0);
    const found = parseFile('a.zip', zip).vectors!.data;
    expect(found.findIndex((value, i) => value !== data[i])).toBe(-1);
    const few = { items: items.slice(0, 2), vectors: { data: data.slice(0, 2 * dim), rows: 2, dim } };
    expect(new DataView(writePlainWhole('projector', few, options).buffer).getUint16(8, true)).toBe(8);
  });

  it('have formats by ending', () => {
    expect(exportFormatOf('A.CSV')).toBe('csv');
    expect(exportFormatOf('a.zip')).toBe('projector');
    expect(() => exportFormatOf('a.xlsx')).toThrow('.csv .tsv .json .jsonl .npz');
  });

  it('give the same bytes each time', () => {
    const value = { items: [{ text: 'a' }], vectors: { data: Float32Array.of(1, 2), rows: 1, dim: 2 } };
    for (const format of ['npz', 'projector'] as const) {
      const once = writePlainWhole(format, value, { vectors: true, spreadsheetSafe: false });
      expect(writePlainWhole(format, value, { vectors: true, spreadsheetSafe: false })).toEqual(once);
    }
  });
});
