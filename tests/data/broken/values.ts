/** Broken JSON and JSON Lines. */
import { type Broken, utf8 } from './broken';

const million = 1_000_000;
const json = (defect: string, content: string | (() => string), ends: Broken['ends'], file = 'a.json'): Broken => ({
  defect,
  file,
  bytes: () => utf8(typeof content === 'string' ? content : content()),
  ends,
});
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

export const values: readonly Broken[] = [
  json('cut short', '[{"text":"cat"},{"te', 'jsonSyntax'),
  json('cut short in a text of 10 MB', () => `["${'a'.repeat(10 * million)}`, 'jsonSyntax'),
  json('a comma too many', '["cat",]', 'jsonSyntax'),
  json('something after its end', '["cat"] ["dog"]', 'jsonSyntax'),
  json('NaN, which JSON has not', '[{"text":"cat","vector":[NaN]}]', 'jsonSyntax'),
  json('a number only', '7', 'jsonShape'),
  json('a list of lists', '[["cat"],["dog"]]', 'jsonShape'),
  json('a hundred thousand brackets', () => nested(million / 10), 'jsonShape'),
  json('a million brackets that are not closed', () => '['.repeat(million), 'jsonSyntax'),
  json('a cell of a hundred thousand brackets', () => `[{"text":"cat","n":${nested(million / 10)}}]`, {
    rows: 1,
    columns: [[['n', '[…]']]],
  }),
  json('an item of a hundred thousand brackets', () => `{"items":[${nested(million / 10)}]}`, 'jsonItem'),
  json('texts and numbers', '["cat",7]', 'jsonEntry'),
  json('objects and texts', '[{"text":"cat"},"dog"]', 'jsonEntry'),
  json('a newer version', '{"format":"constela","version":99,"items":[{"text":"cat"}]}', 'jsonVersion'),
  json('an item that is none', '{"items":[{"text":"cat"},null]}', 'jsonItem'),
  json(
    'vectors of several lengths',
    '{"items":[{"text":"a","vector":[1,2]},{"text":"b","vector":[1]}]}',
    'vectorLength',
  ),
  json('a vector beyond any float', '{"items":[{"text":"a","vector":[1,1e999]}]}', 'vectorNumber'),
  json('a position with a text in it', '{"items":[{"text":"a","position":[1,"2"]}]}', 'positionNumber'),
  json('positions of four dimensions', '{"items":[{"text":"a","position":[1,2,3,4]}]}', 'positionDims'),
  json('objects that share no name', shareNone, 'tableTooLarge'),
  json('names that an object has already', '[{"text":"a","__proto__":1,"constructor":{"x":[2]}}]', {
    columns: [
      [
        ['__proto__', 1],
        ['constructor', '{"x":[2]}'],
      ],
    ],
  }),
  json('own names of an export that an object has already', '{"items":[{"text":"a","columns":{"__proto__":"b"}}]}', {
    columns: [[['__proto__', 'b']]],
  }),
  json('a name twice', '[{"text":"cat","text":"dog"}]', { texts: ['dog'] }),
  json('half a surrogate pair, and NUL', '["a\\ud83d","b\\u0000c"]', { texts: ['a\ud83d', 'b\0c'] }),
  json('100,000 columns', wide, { rows: 1, names: 100_000 }),
  json('lists for lines', '["cat"]\n["dog"]\n', 'jsonShape', 'a.jsonl'),
  json('no line with anything', '\n\n \n', 'noTexts', 'a.ndjson'),
];

/** 2,000 objects of 100 names each: 200,000 columns, and a table of 400 million cells. */
function shareNone(): string {
  const objects = Array.from({ length: 2000 }, (_, row) => {
    const cells = Array.from({ length: 100 }, (_, i) => `"n${row}_${i}":1`);
    return `{"text":"a",${cells.join(',')}}`;
  });
  return `[${objects.join(',')}]`;
}

function wide(): string {
  const cells = Array.from({ length: 100_000 }, (_, i) => `"c${i}":${i}`);
  return `[{"text":"a",${cells.join(',')}}]`;
}
