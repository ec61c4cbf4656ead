/** Broken plain text, CSV and TSV, and gzip of them. */
import { gzipSync } from 'node:zlib';
import { bent, type Broken, joined, utf16, utf8 } from './broken';

const million = 1_000_000;
const manyNames = (count: number, name: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => name(i)).join(',');
const zipped = (text: string) => Uint8Array.from(gzipSync(text));
const lineEnds = () => Uint8Array.from(gzipSync(new Uint8Array(150 * million).fill(0x0a)));
const csv = (defect: string, content: string, ends: Broken['ends'], file = 'a.csv'): Broken => ({
  defect,
  file,
  bytes: () => utf8(content),
  ends,
});

export const tables: readonly Broken[] = [
  { defect: 'no bytes', file: 'a.csv', bytes: () => new Uint8Array(0), ends: 'fileEmpty' },
  csv('blank lines only', ' \n\r\n\t\n', 'noTexts', 'a.txt'),
  csv('a header only', 'text,group\n', 'noTexts'),
  csv('delimiters only', ',,,\n,,,\n', 'noTexts'),
  csv('a NUL in a cell', 'text,n\na\0b,1\n', 'fileNul'),
  csv('a NUL in a line', 'cat\nd\0g\n', 'fileNul', 'a.txt'),
  csv('two byte order marks', '\uFEFF\uFEFFtext,n\ncat,1\n', { rows: 1, texts: ['cat'], columns: [[['n', 1]]] }),
  csv('line ends of three kinds', 'text,n\rcat,1\r\ndog,2\nfox,3', { rows: 3, texts: ['cat', 'dog', 'fox'] }),
  {
    defect: 'UTF-16 with its mark',
    file: 'a.csv',
    bytes: () => utf16('\uFEFFtext;n\nolá;1\n'),
    ends: { texts: ['olá'] },
  },
  {
    defect: 'UTF-16 with its mark, big end first',
    file: 'a.csv',
    bytes: () => utf16('\uFEFFtext;n\n🎻;1\n', true),
    ends: { texts: ['🎻'] },
  },
  {
    defect: 'half a character of UTF-16',
    file: 'a.txt',
    bytes: () => joined(utf16('\uFEFFcat'), [0x61]),
    ends: 'textInvalidUtf16',
  },
  { defect: 'half a surrogate pair', file: 'a.txt', bytes: () => utf16('\uFEFFa\uD83D\n'), ends: 'textInvalidUtf16' },
  {
    defect: 'right-to-left marks, joined emoji, and letters of two parts',
    file: 'a.csv',
    bytes: () => utf8('text,group\n"\u200fשלום\u202e, x",👩🏽‍🚀\ne\u0301,\u200b\n'),
    ends: { texts: ['\u200fשלום\u202e, x', 'e\u0301'], groups: ['👩🏽‍🚀', '\u200b'] },
  },
  csv('names that an object has already', 'text,__proto__,constructor,toString\na,1,b,true\n', {
    columns: [
      [
        ['__proto__', 1],
        ['constructor', 'b'],
        ['toString', 'true'],
      ],
    ],
  }),
  csv('formulas, markup and paths', 'text,n\n=1+1,<script>\n../../etc,"@SUM(A1)"\n', {
    texts: ['=1+1', '../../etc'],
    columns: [[['n', '<script>']], [['n', '@SUM(A1)']]],
  }),
  csv('equal names', 'text,a,a,a\ncat,1,2,3\n', {
    columns: [
      [
        ['a', 1],
        ['a (2)', 2],
        ['a (3)', 3],
      ],
    ],
  }),
  csv('a lone quote', 'text,n\n"cat,1\ndog,2\n', 'csvQuote'),
  csv('a lone quote where there is no quoting', 'text\tn\n"cat\t1\ndog\t2\n', { texts: ['"cat', 'dog'] }, 'a.tsv'),
  {
    defect: '400,000 quotes',
    file: 'a.csv',
    bytes: () => utf8(`text,n\n${'"a"b'.repeat(million / 5)}\n`),
    ends: 'csvQuote',
  },
  {
    defect: '10 MB in one cell',
    file: 'a.csv',
    bytes: () => utf8(`text,n\n${'word '.repeat(2 * million)},1\n`),
    ends: { rows: 1, longest: 10 * million },
  },
  {
    defect: '4 MB of quotes and line ends in one cell',
    file: 'a.csv',
    bytes: () => utf8(`text,n\r\n"${'""a\r\n'.repeat(million)}",1\r\n`),
    ends: { rows: 1, longest: 4 * million },
  },
  {
    defect: '10 MB in one line',
    file: 'a.txt',
    bytes: () => utf8('word '.repeat(2 * million)),
    ends: { longest: 10 * million - 1 },
  },
  {
    defect: '100,000 columns',
    file: 'a.csv',
    bytes: () => utf8(`text,${manyNames(99_999, (i) => `c${i}`)}\ncat${',7'.repeat(99_999)}\n`),
    ends: { rows: 1, names: 99_999 },
  },
  {
    defect: '100,000 columns of one name',
    file: 'a.csv',
    bytes: () => utf8(`text,${manyNames(99_999, () => 'c')}\ncat${',7'.repeat(99_999)}\n`),
    ends: { rows: 1, names: 99_999 },
  },
  {
    defect: '100,000 dimensions, and no column of texts by its name',
    file: 'a.csv',
    bytes: () => utf8(`note,${manyNames(99_999, (i) => `v${i}`)}\ncat${',7'.repeat(99_999)}\n`),
    ends: { rows: 1, texts: ['cat'], dim: 99_999 },
  },
  {
    defect: 'five million delimiters',
    file: 'a.csv',
    bytes: () => utf8(`a${','.repeat(5 * million)}\n`),
    ends: 'tableTooLarge',
  },
  { defect: 'a picture', file: 'a.csv', bytes: () => joined([0x89], 'PNG\r\n', [0x1a, 0x0a, 0]), ends: 'fileBinary' },
  { defect: 'another ending than its own', file: 'a.tsv', bytes: () => utf8('PK\u0003\u0004rest'), ends: 'fileBinary' },
  { defect: 'an ending that nobody reads', file: 'a.docx', bytes: () => utf8('cat'), ends: 'fileEnding' },
  { defect: 'line ends alone', file: 'a.txt.gz', bytes: () => lineEnds(), ends: 'gzipTooLarge' },
  { defect: 'line ends alone', file: 'a.csv.gz', bytes: () => lineEnds(), ends: 'gzipTooLarge' },
  { defect: 'line ends alone', file: 'a.jsonl.gz', bytes: () => lineEnds(), ends: 'gzipTooLarge' },
  { defect: 'gzip that is none', file: 'a.csv.gz', bytes: () => utf8('text\ncat\n'), ends: 'gzipDamaged' },
  {
    defect: 'gzip cut short',
    file: 'a.csv.gz',
    bytes: () => zipped('text\ncat\ndog\n').slice(0, -12),
    ends: 'gzipDamaged',
  },
  {
    defect: 'gzip with a block of no kind',
    file: 'a.csv.gz',
    bytes: () => bent(zipped('text\ncat\n'), 10, 7, 1),
    ends: 'gzipDamaged',
  },
  {
    defect: 'gzip with another checksum',
    file: 'a.csv.gz',
    bytes: () => bent(zipped('text\ncat\n'), -8, 1),
    ends: 'gzipDamaged',
  },
  {
    defect: 'gzip with another length',
    file: 'a.csv.gz',
    bytes: () => bent(zipped('text\ncat\n'), -4, 8),
    ends: 'gzipDamaged',
  },
  {
    defect: 'gzip of two, the first with another checksum',
    file: 'a.csv.gz',
    bytes: () => joined(bent(zipped('text\ncat\n'), -8, 1), zipped('dog\n')),
    ends: 'gzipDamaged',
  },
  {
    defect: 'gzip whose end is cut short',
    file: 'a.csv.gz',
    bytes: () => zipped('text\ncat\n').slice(0, -4),
    ends: 'gzipDamaged',
  },
  {
    defect: 'nothing: gzip of several',
    file: 'a.csv.gz',
    bytes: () => joined(...['text\n', '', 'cat\n', 'dog\n'].map(zipped)),
    ends: { texts: ['cat', 'dog'] },
  },
  { defect: 'gzip of nothing', file: 'a.csv.gz', bytes: () => zipped(''), ends: 'fileEmpty' },
  {
    defect: 'gzip of gzip',
    file: 'a.csv.gz.gz',
    bytes: () => Uint8Array.from(gzipSync(gzipSync('a'))),
    ends: 'fileEnding',
  },
  {
    defect: 'gzip of 150 MB of zeros',
    file: 'a.csv.gz',
    bytes: () => Uint8Array.from(gzipSync(new Uint8Array(150 * million), { level: 1 })),
    ends: 'fileNul',
  },
];

/** Rows of a table that cannot be used. */
export const rows: readonly Broken[] = [
  csv('a row with a cell more', 'text,n\ncat,1\ndog,2,3\n', 'csvRagged'),
  csv('a row with a cell less', 'text,n\ncat,1\ndog\n', 'csvRagged'),
  csv('a vector with NaN', 'text,v0,v1\ncat,1,2\ndog,NaN,3\n', 'vectorNumber'),
  csv('a vector with infinity', 'text,v0,v1\ncat,1,2\ndog,3,1e39\n', 'vectorNumber'),
  csv('vectors of several lengths', 'text,vector\ncat,"[1,2]"\ndog,"[1,2,3]"\n', 'vectorLength'),
  csv('a row without a vector', 'text,vector\ncat,"[1,2]"\ndog,\n', 'vectorMissing'),
  csv('a line that is no JSON', '{"text":"a"}\n{"text":"b"\n', 'jsonSyntax', 'a.jsonl'),
  csv('a line of another kind', '{"text":"a"}\n7\n', 'jsonEntry', 'a.jsonl'),
  {
    defect: 'bytes that are no UTF-8',
    file: 'a.csv',
    bytes: () => joined('text\ncaf', [0xe9], '\n'),
    ends: 'textInvalidUtf8',
  },
  {
    defect: 'UTF-16 without its mark',
    file: 'a.csv',
    bytes: () => utf16('text;n\ncat;1\n'),
    ends: { rows: 1, texts: ['cat'] },
  },
];
