import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import type { ReadingOptions } from '../../src/reading';
import { codeOf } from './codeOf';

const utf8 = (text: string) => new TextEncoder().encode(text);
const open = (name: string, content: string, options?: ReadingOptions) => parseFile(name, utf8(content), options);
const itemsOf = (name: string, content: string, options?: ReadingOptions) => open(name, content, options).items;
const textsOf = (name: string, content: string, options?: ReadingOptions) =>
  itemsOf(name, content, options).map(({ text }) => text);

describe('what is no file of texts', () => {
  it('refuses unknown endings and names those it knows', () => {
    for (const name of ['a.docx', 'csv', 'a.csv.bak', '']) {
      expect(() => open(name, 'cat')).toThrow('.txt .csv .tsv .json .jsonl');
    }
  });

  it('refuses empty files and files without texts', () => {
    for (const ending of ['txt', 'csv', 'tsv', 'json', 'npz', 'zip']) {
      expect(codeOf(() => open(`a.${ending}`, ''))).toBe('fileEmpty');
    }
    for (const name of ['a.txt', 'a.csv', 'a.tsv']) expect(codeOf(() => open(name, ' \n\r\n'))).toBe('noTexts');
    expect(codeOf(() => open('a.csv', 'text,group\n ,a\n'))).toBe('noTexts');
    for (const json of ['[]', '[" "]', '[{}]', '[{"text":""}]', '{"items":[]}']) {
      expect(codeOf(() => open('a.json', json))).toBe('noTexts');
    }
  });

  it('refuses binary content in text formats and says what it looks like', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
    for (const name of ['a.txt', 'a.csv', 'a.tsv', 'a.json']) {
      expect(() => parseFile(name, png)).toThrow('it looks like PNG');
      expect(() => parseFile(name, utf8('PK\u0003\u0004rest'))).toThrow('it looks like ZIP');
      expect(() => parseFile(name, utf8('"cat"\n\0dog'))).toThrow('line 2 has a NUL character');
    }
    expect(() => parseFile('a.zip', png)).toThrow('it looks like: PNG');
    expect(() => parseFile('a.npz', utf8('cat'))).toThrow('as its ending says. Give it its true ending.');
  });

  it('names the byte and the line of invalid UTF-8', () => {
    const latin1 = Uint8Array.from([...utf8('olá\ncaf'), 0xe9, ...utf8('\nchá')]);
    expect(() => parseFile('a.txt', latin1)).toThrow('at byte 8, in line 2');
    // A sequence cut by the end, a lone continuation byte, a surrogate in UTF-8.
    for (const [bad, offset] of [
      [[0x61, 0xe2, 0x82], 1],
      [[0x61, 0x62, 0x80, 0x61], 2],
      [[0xed, 0xa0, 0x80], 0],
    ] as const) {
      expect(() => parseFile('a.csv', Uint8Array.from(bad))).toThrow(`at byte ${offset}, in line 1`);
    }
  });

  it('reads UTF-8 with a byte order mark and UTF-16 with one', () => {
    const utf16 = [...'\uFEFFolá\n🎉'].flatMap((char) => [...Buffer.from(char, 'utf16le')]);
    const swapped = utf16.map((_, i) => utf16[i ^ 1]!);
    for (const bytes of [utf8('\uFEFFolá\n🎉'), Uint8Array.from(utf16), Uint8Array.from(swapped)]) {
      expect(parseFile('a.txt', bytes)).toEqual({ items: [{ text: 'olá' }, { text: '🎉' }] });
    }
    expect(codeOf(() => parseFile('a.txt', Uint8Array.of(0xff, 0xfe, 0x61)))).toBe('textInvalidUtf16');
  });
});

describe('plain text', () => {
  it('has one text a line', () => {
    expect(textsOf('A.TXT', 'cat, dog\r\n\r  big  fish \n')).toEqual(['cat, dog', 'big  fish']);
  });
});

describe('CSV and TSV', () => {
  it('reads quotes, doubled quotes, line ends inside cells, and any mix of line ends', () => {
    const csv = 'text,note\r\n"a ""b"", c",1\n"two\r\nlines",2\r"x" ,"end\r"\r\n';
    expect(itemsOf('a.csv', csv)).toEqual([
      { text: 'a "b", c', columns: { note: 1 } },
      { text: 'two\r\nlines', columns: { note: 2 } },
      { text: 'x', columns: { note: 'end\r' } },
    ]);
  });

  it('detects the delimiter', () => {
    const expected = [{ text: 'cat, or dog', group: 'pets' }];
    expect(itemsOf('a.csv', 'text;group\ncat, or dog;pets\n')).toEqual(expected);
    expect(itemsOf('a.csv', 'text\tgroup\ncat, or dog\tpets\n')).toEqual(expected);
    expect(itemsOf('a.tsv', 'text|group\ncat, or dog|pets\n')).toEqual(expected);
    expect(itemsOf('a.csv', 'text;note\ncat;1,5\n')).toEqual([{ text: 'cat', columns: { note: '1,5' } }]);
    expect(textsOf('a.csv', 'cat\ndog\n')).toEqual(['cat', 'dog']);
    expect(textsOf('a.csv', 'a,b;c,d\n', { delimiter: ';', textColumn: 'column 2' })).toEqual(['c,d']);
  });

  it('detects a header by known names or by words above numbers, and can be told', () => {
    expect(textsOf('a.csv', 'cat,animal\ndog,animal\n')).toEqual(['animal', 'animal']);
    expect(textsOf('a.csv', 'class\nlanguage\n')).toEqual(['class', 'language']);
    expect(textsOf('a.csv', 'Palavra\ncão\n')).toEqual(['cão']);
    expect(itemsOf('a.csv', 'country,people\nBrazil,213\nPortugal,10\n')).toEqual([
      { text: 'Brazil', columns: { people: 213 } },
      { text: 'Portugal', columns: { people: 10 } },
    ]);
    expect(textsOf('a.csv', 'beast\ncat\n', { header: true })).toEqual(['cat']);
    expect(textsOf('a.csv', 'word\ncat\n', { header: false })).toEqual(['word', 'cat']);
  });

  it('chooses the text column by name, by length, or as told', () => {
    expect(textsOf('a.csv', 'id,word\nlonger than that,cat\n')).toEqual(['cat']);
    expect(textsOf('a.csv', 'id,what it says\n123456789012345678,a sentence\n')).toEqual(['a sentence']);
    expect(textsOf('a.csv', 'text,word\na,b\n', { textColumn: 'word' })).toEqual(['b']);
    expect(() => open('a.csv', 'text,word\na,b\n', { textColumn: 'nome' })).toThrow('Its columns: text, word');
  });

  it('finds the group: label only where it is not the text', () => {
    expect(itemsOf('a.csv', 'text,Category\ncat,pets\ndog,\n')).toEqual([
      { text: 'cat', group: 'pets' },
      { text: 'dog' },
    ]);
    expect(itemsOf('a.csv', 'sentence,label\ncat,1\n')).toEqual([{ text: 'cat', group: '1' }]);
    expect(itemsOf('a.csv', 'label,note\ncat,pet\n')).toEqual([{ text: 'cat', columns: { note: 'pet' } }]);
    expect(itemsOf('a.csv', 'text,label\ncat,1\n')).toEqual([{ text: 'cat', group: '1' }]);
    expect(itemsOf('a.csv', 'text,topic\ncat,a\n', { groupColumn: null })).toEqual([
      { text: 'cat', columns: { topic: 'a' } },
    ]);
    expect(itemsOf('a.csv', 'text,kind\ncat,a\n', { groupColumn: 'kind' })).toEqual([{ text: 'cat', group: 'a' }]);
  });

  it('keeps what only looks like a number', () => {
    const cells = ['007', '1.50', '-0', '1e3', ' 1', 'Infinity', 'NaN', '0x10', '12345678901234567890'];
    for (const cell of cells) expect(itemsOf('a.csv', `text,n\na,${cell}\n`)[0]!.columns).toEqual({ n: cell });
    expect(itemsOf('a.csv', 'text,n\na,-1.5\n')[0]!.columns).toEqual({ n: -1.5 });
  });

  it('keeps columns of one name, __proto__ and hostile cells as text', () => {
    const [item] = itemsOf('a.csv', 'text,a,a,__proto__,../../etc\n<b>,1,2,=1+1,x\n');
    expect(item!.text).toBe('<b>');
    expect(Object.entries(item!.columns!)).toEqual([
      ['a', 1],
      ['a (2)', 2],
      ['__proto__', '=1+1'],
      ['../../etc', 'x'],
    ]);
  });

  it('names the row and both counts of ragged rows, and the row of an open quote', () => {
    expect(() => open('a.csv', 'text,group\n\ncat,a\ndog\n')).toThrow('row 4 has 1 cells; the first row has 2');
    expect(() => open('a.csv', 'text\na sentence, with a comma\n')).toThrow('row 2 has 2 cells; the first row has 1');
    expect(() => open('a.csv', 'text,group\n"cat,a\ndog,b\n')).toThrow('a quoted cell in row 2');
  });

  it('reads a TSV that has no quoting, if its quotes do not match', () => {
    expect(itemsOf('a.tsv', 'text\tgroup\n"Hello" she said\ta\n"open\tb\n')).toEqual([
      { text: '"Hello" she said', group: 'a' },
      { text: '"open', group: 'b' },
    ]);
  });

  it('takes x, y, z as positions only where all are numbers', () => {
    expect(open('a.csv', 'text,y,x\na,2,1\n,5,6\nb,4,3\n')).toMatchObject({
      items: [{ text: 'a' }, { text: 'b' }],
      positions: { data: Float32Array.of(1, 2, 3, 4), rows: 2, dim: 2 },
    });
    expect(open('a.csv', 'text,x,y\na,1,2\nb,3,\n')).toEqual({
      items: [
        { text: 'a', columns: { x: 1, y: 2 } },
        { text: 'b', columns: { x: 3 } },
      ],
      reading: { rows: 2, leftOut: [], filtered: 0, limited: false, unplaced: { columns: ['x', 'y'], row: 3 } },
    });
    // The first row has none either, and blank lines count; where no row has numbers, nothing is amiss.
    expect(open('a.csv', 'text,X,y,z\n\na,-,2,1\nb,3,1,2\n').reading?.unplaced).toEqual({
      columns: ['X', 'y', 'z'],
      row: 3,
    });
    expect(open('a.csv', 'text,x,y\na,n,2\nb,m,3\n').reading).toBeUndefined();
    expect(open('a.csv', 'text,x,y,n\na,1,2,1\nb,,3,2\n', { keep: ['n'] }).reading?.unplaced?.row).toBe(3);
    expect(open('a.csv', 'text,x\na,1\n').items).toEqual([{ text: 'a', columns: { x: 1 } }]);
  });

  it('takes v0, v1, ... or a column of arrays as vectors, and says which cell is none', () => {
    const expected = { data: Float32Array.of(0.1, -2, 3, 4), rows: 2, dim: 2 };
    expect(open('a.csv', 'v1,text,v0\n-2,a,0.1\n4,b,3\n').vectors).toEqual(expected);
    expect(open('a.csv', 'text,embedding\na,"[0.1, -2]"\nb,"[3,4]"\n').vectors).toEqual(expected);
    expect(() => open('a.csv', 'text,v0,v1\na,1,2\n\nb,3,nan\n')).toThrow(
      'row 4, column v1 of the vectors holds "nan"',
    );
    expect(() => open('a.csv', 'text,v0\na,1\nb,1e39\n')).toThrow('holds "1e39"');
    expect(() => open('a.csv', 'text,vector\na,"[1,2]"\nb,"[1]"\n')).toThrow('row 3 has 1 numbers; the first has 2');
    expect(itemsOf('a.csv', 'text,v0\na,beta\n')).toEqual([{ text: 'a', columns: { v0: 'beta' } }]);
  });
});

describe('JSON', () => {
  it('reads texts, objects, and number arrays as vectors', () => {
    expect(textsOf('a.json', '\uFEFF["cat", " ", "a,b"]')).toEqual(['cat', 'a,b']);
    expect(
      open('a.json', '[{"word":"cat","topic":"pets","n":1,"deep":{"a":[1]},"no":null,"embedding":[1,0.5]}]'),
    ).toEqual({
      items: [{ text: 'cat', group: 'pets', columns: { n: 1, deep: '{"a":[1]}', no: null } }],
      vectors: { data: Float32Array.of(1, 0.5), rows: 1, dim: 2 },
    });
    expect(itemsOf('a.json', '[{"text":"a","n":"7"},{"text":"b"}]')).toEqual([
      { text: 'a', columns: { n: '7' } },
      { text: 'b' },
    ]);
  });

  it('names line and column of what does not parse', () => {
    const broken: [string, string][] = [
      ['["cat",\n  "dog"\n  "fish"]', 'line 3, column 3'],
      ['["cat",]', 'line 1, column 8'],
      ['{"a":1,}', 'line 1, column 8'],
      ['["cat"', 'line 1, column 7'],
      ['["c\nat"]', 'line 1, column 2'],
      ['[01]', 'line 1, column 3'],
      ['{a:1}', 'line 1, column 2'],
      ['["a"]]', 'line 1, column 6'],
      ['[1}', 'line 1, column 3'],
      ['cat', 'line 1, column 1'],
      ['["\\x"]', 'line 1, column 2'],
    ];
    for (const [json, place] of broken) expect(() => open('a.json', json)).toThrow(place);
  });

  it('says what was found where the shape is wrong', () => {
    expect(() => open('a.json', '{"a":1}')).toThrow('is {"a":1}. An array of texts, of objects');
    expect(() => open('a.json', '[1,2]')).toThrow('is [1,2].');
    expect(() => open('a.json', '["a",{"text":"b"}]')).toThrow('entry 2 is {"text":"b"}');
    expect(() => open('a.json', '[{"text":"b"},"a"]')).toThrow('entry 2 is "a"');
    expect(() => open('a.json', '{"items":[{"text":"a"},{"word":"b"}]}')).toThrow('item 2 is {"word":"b"}');
    expect(() => open('a.json', '{"version":2,"items":[]}')).toThrow('version 2');
    expect(() => open('a.json', '{"items":[{"text":"a","vector":[1]},{"text":"b"}]}')).toThrow('row 2 has no vector');
    expect(() => open('a.json', '{"items":[{"text":"a","position":[1]}]}')).toThrow('1 numbers each');
    expect(() => open('a.json', '[{"text":"a","vector":[1]},{"text":"b","vector":["x"]}]')).toThrow('holds "x"');
  });
});
