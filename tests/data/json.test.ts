/** JSON that is read entry by entry: `JSON.parse` of the whole says what is right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitter, Unsplittable } from '../../src/data/jsonSplitter';
import { parseFile } from '../../src/data/open';
import { codeOf } from './codeOf';

const utf8 = (text: string) => new TextEncoder().encode(text);

interface Split {
  readonly entries: readonly unknown[];
  readonly around: unknown;
}

/** What the entries are and what stands around them; undefined where the text is not split. */
function split(text: string, size: number): Split | undefined {
  const entries: unknown[] = [];
  const splitter = new JsonSplitter('items', (json) => entries.push(JSON.parse(new TextDecoder().decode(json))) > 0);
  const bytes = utf8(text);
  try {
    for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
    splitter.end();
    return { entries, around: splitter.isMember ? splitter.around() : undefined };
  } catch (error) {
    // An entry that is no JSON is found by parsing it.
    if (error instanceof Unsplittable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What JSON has in the places of both, undefined where it has none. */
function parse(text: string): Split | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { entries: value, around: undefined };
    if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items))
      return undefined;
    const { items, ...around } = value;
    return { entries: items, around };
  } catch {
    return undefined;
  }
}

const value = fc.jsonValue({ maxDepth: 3 });
const object = fc
  .tuple(
    fc.dictionary(fc.string({ maxLength: 3 }), value, { maxKeys: 3 }),
    fc.array(value, { maxLength: 5 }),
    fc.dictionary(fc.string({ maxLength: 3 }), value, { maxKeys: 2 }),
  )
  .map(([before, items, after]) => ({ ...before, items, ...after }));
const json = fc
  .tuple(fc.oneof(fc.array(value, { maxLength: 6 }), object, value), fc.constantFrom(0, 1, '\t', ' \r\n'))
  .map(([whole, space]) => JSON.stringify(whole, null, space));
const size = fc.integer({ min: 1, max: 12 });

describe('JsonSplitter', () => {
  it('finds the entries and what is around them in any pieces', () => {
    fc.assert(
      fc.property(json, size, (text, size) => {
        expect(split(text, size)).toEqual(parse(text));
        // The mark comes in one piece, as the beginning of a file does.
        expect(split(`\uFEFF ${text}\n`, size + 2)).toEqual(parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes nothing for JSON that is none', () => {
    const bent = fc.tuple(
      json,
      fc.nat(),
      fc.constantFrom('', '"', '\\', ',', ':', '[', ']', '{', '}', 'a', '1', ' ', ',,'),
    );
    fc.assert(
      fc.property(bent, size, fc.boolean(), ([text, place, instead], size, isInserted) => {
        const at = place % text.length;
        const broken = text.slice(0, at) + instead + text.slice(isInserted ? at : at + 1);
        expect(split(broken, size)).toEqual(parse(broken));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '',
    ' ',
    '[',
    '[1',
    '[1,',
    '[1 2]',
    '[,1]',
    '[1,]',
    '[1]]',
    '[1],',
    '{}',
    '{"items":[1],"items":[2]}',
    '{"items":1}',
    '{"items":[1],"items":1}',
    '{"items":[1]',
    '{"a":1}',
    '"a"',
    '{items:[1]}',
  ])('leaves %j to what reads all of it', (text) => expect(split(text, 3)).toBeUndefined());

  it('does not gather a beginning that is no list', () => {
    const splitter = new JsonSplitter('items', () => true);
    expect(() => splitter.push(utf8(`{"features":[${'[1,2],'.repeat(300_000)}[]]`))).toThrow(Unsplittable);
  });
});

describe('JsonReader', () => {
  const open = (text: string) => parseFile('a.json', utf8(text));

  it('reads an export whose vectors begin late, and whose model stands last', () => {
    const items = [
      { text: 'a' },
      { text: 'b' },
      { text: 'c', vector: [1, 0] },
      { text: 'd', vector: [0, 1] },
      { text: 'e', vector: [0, 1] },
    ];
    const { items: kept, vectors, space, reading } = open(JSON.stringify({ items, model: 'm', prompt: '' }));
    expect(kept.map(({ text }) => text)).toEqual(['c', 'd', 'e']);
    expect(Array.from(vectors?.data ?? [])).toEqual([1, 0, 0, 1, 0, 1]);
    expect(space).toEqual({ modelId: 'm', prompt: '' });
    expect(reading?.leftOut.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'noVector'],
      [2, 'noVector'],
    ]);
  });

  it('tells a newer version before it looks at the items, and after them', () => {
    expect(codeOf(() => open('{"version":2,"items":[{"name":"a"}]}'))).toBe('jsonVersion');
    expect(codeOf(() => open('{"items":[{"text":"a"}],"version":2}'))).toBe('jsonVersion');
  });

  it('takes vectors as float32, whether it parses them itself or leaves them to the engine', () => {
    // The first thousand rows tell where the vectors are.
    const entries = Array.from({ length: 1500 }, (_, i) => ({ text: `t${i}`, vector: [i / 3, (i + 1) * -1e-20, 0.1] }));
    const { vectors } = open(JSON.stringify(entries));
    expect(vectors?.data).toEqual(Float32Array.from(entries.flatMap(({ vector }) => vector)));
  });
});
