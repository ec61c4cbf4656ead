/** Files inside others, and files that belong together. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pairFiles } from '../../src/app/state/pairFiles';
import { openFile } from '../../src/data/open';
import { npyOfNumbers, npyOfTexts } from './npys';

const utf8 = (text: string) => new TextEncoder().encode(text);
const named = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({ name, bytes });
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const textsOf = async (...given: Parameters<typeof openFile>) =>
  (await openFile(...given)).items.map(({ text }) => text);

describe('gzip', () => {
  it('is opened as the file inside', async () => {
    expect(await textsOf(named('a.csv.gz', gzip(utf8('text,group\ncat,a\n'))))).toEqual(['cat']);
    const two = new Uint8Array([...gzip(utf8('cat\n')), ...gzip(utf8('dog\n'))]);
    expect(await textsOf(named('a.txt.gz', two))).toEqual(['cat', 'dog']);
  });

  it('that is cut, damaged, none at all, or of another ending inside, is refused', async () => {
    const whole = gzip(utf8('cat\n'.repeat(2000)));
    const rejected = (name: string, bytes: Uint8Array<ArrayBuffer>, code: string) =>
      expect(openFile(named(name, bytes))).rejects.toMatchObject({ code });
    await rejected('a.txt.gz', whole.slice(0, -20), 'gzipDamaged');
    const bent = whole.slice();
    bent.fill(0xff, 10, 16);
    await rejected('a.txt.gz', bent, 'gzipDamaged');
    await rejected('a.txt.gz', utf8('cat'), 'gzipDamaged');
    await rejected('a.docx.gz', whole, 'fileEnding');
    await rejected('a.txt.gz', new Uint8Array(), 'fileEmpty');
  });

  it('that unpacks to far more than any text does is refused on the way', async () => {
    const bomb = gzip(new Uint8Array(150_000_000).fill(0x0a));
    await expect(openFile(named('a.txt.gz', bomb))).rejects.toMatchObject({ code: 'gzipTooLarge' });
  });
});

describe('a matrix', () => {
  const matrix = named('m.npy', npyOfNumbers(Float32Array.of(1, 2, 3, 4), [2, 2]));

  it('is opened with the file of its texts', async () => {
    const found = await openFile(matrix, named('labels.csv', utf8('text,group\ncat,a\ndog,b\n')));
    expect(found.items).toEqual([
      { text: 'cat', group: 'a' },
      { text: 'dog', group: 'b' },
    ]);
    expect([...found.vectors!.data]).toEqual([1, 2, 3, 4]);
  });

  it('without texts, with more or fewer, or that is none, is refused with the numbers', async () => {
    const refused = (...given: Parameters<typeof openFile>) => expect(openFile(...given)).rejects;
    await refused(matrix).toMatchObject({ code: 'labelsMissing', params: { rows: 2 } });
    await refused(matrix, named('a.txt', utf8('cat\n'))).toMatchObject({
      code: 'labelsRows',
      params: { rows: 2, found: 1 },
    });
    const list = named('l.npy', npyOfNumbers(Float32Array.of(1, 2), [2]));
    await refused(list, matrix).toMatchObject({ code: 'matrixShape', params: { shape: '2' } });
    const words = named('w.npy', npyOfTexts(['cat'], [1]));
    await refused(words, matrix).toMatchObject({ code: 'matrixShape', params: { kind: 'texts' } });
    const holes = named('n.npy', npyOfNumbers(Float32Array.of(1, NaN), [1, 2]));
    await refused(holes, named('a.txt', utf8('cat\n'))).toMatchObject({
      code: 'vectorNumber',
      params: { place: '1', column: 2 },
    });
  });
});

describe('files that are dropped together', () => {
  const namesOf = (...names: string[]) => pairFiles(names.map((name) => ({ name }))).map(([a, b]) => [a.name, b?.name]);

  it('a matrix takes the file that is called like it, or else the first', () => {
    expect(namesOf('a.txt', 'b.txt', 'b.npy')).toEqual([
      ['b.npy', 'b.txt'],
      ['a.txt', undefined],
    ]);
    expect(namesOf('labels.csv', 'm.npy.gz')).toEqual([['m.npy.gz', 'labels.csv']]);
    expect(namesOf('m.npy')).toEqual([['m.npy', undefined]]);
    expect(namesOf('a.txt', 'b.txt')).toEqual([
      ['a.txt', undefined],
      ['b.txt', undefined],
    ]);
  });
});
