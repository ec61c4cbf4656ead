/** A collection in a link: round trips, limits, and what a link that is none gives. */
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLink, linkLimits, parseLink, writeLink } from '../../src/data/link';
import { InputError } from '../../src/errors';
import type { Dataset } from '../../src/types';
import { codeOf } from './codeOf';

const words: Dataset = {
  items: [{ text: 'cat', group: 'animals' }, { text: '</script><b>' }, { text: '\u202e__proto__ 🐈' }],
  space: { modelId: 'all-MiniLM-L6-v2', prompt: 'query: {text}', layer: 3 },
  settings: { name: 'Words', options: { seed: 7 }, selection: [2, 0] },
};

test('texts, groups, space and settings come back; columns, vectors and an adapter stay behind', () => {
  expect(parseLink(writeLink(words))).toEqual(words);
  const more: Dataset = {
    ...words,
    items: words.items.map((item) => ({ ...item, columns: { rank: 1 } })),
    space: { ...words.space!, adapter: 'a'.repeat(64) },
    vectors: { data: new Float32Array(6), rows: 3, dim: 2 },
  };
  expect(parseLink(writeLink(more))).toEqual(words);
});

test('a fragment says for whom it is, has its version first, and only letters that no program changes', () => {
  const fragment = writeLink(words);
  expect(fragment).toMatch(/^map=1\.[A-Za-z0-9_-]+$/);
  expect(isLink(fragment)).toBe(true);
  expect(isLink('section-2')).toBe(false);
});

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '');
const datasets: fc.Arbitrary<Dataset> = fc.record(
  {
    items: fc.array(fc.record({ text, group: text }, { requiredKeys: ['text'] }), { minLength: 1 }),
    space: fc.record({ modelId: text, prompt: text, layer: fc.nat() }, { requiredKeys: ['modelId', 'prompt'] }),
    settings: fc.dictionary(text, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), text, fc.boolean())),
  },
  { requiredKeys: ['items'] },
);

test('any texts come back as they were', () => {
  fc.assert(
    fc.property(datasets, (dataset) => {
      const expected: unknown = JSON.parse(JSON.stringify(dataset));
      expect(parseLink(writeLink(dataset))).toEqual(expected);
    }),
  );
});

test('one letter that is another, or is missing, is noticed, or changes nothing', () => {
  const fragment = writeLink(words);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  fc.assert(
    fc.property(
      fc.integer({ min: 'map=1.'.length, max: fragment.length - 2 }),
      fc.constantFrom(...letters),
      (at, letter) => {
        fc.pre(fragment[at] !== letter);
        const changed = fragment.slice(0, at) + letter + fragment.slice(at + 1);
        // In one of a thousand places deflate has letters that mean the same.
        const code = codeOf(() => parseLink(changed));
        if (code === undefined) expect(parseLink(changed)).toEqual(words);
        else expect(['linkDamaged', 'linkTooLarge']).toContain(code);
        expect(codeOf(() => parseLink(fragment.slice(0, at)))).toBe('linkDamaged');
      },
    ),
  );
});

test('what is no link of ours is an error of ours', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      expect(codeOf(() => parseLink(`map=1.${rest}`))).toMatch(/^link/);
    }),
  );
  expect(codeOf(() => parseLink('map=2.AAAA'))).toBe('linkNewer');
  expect(codeOf(() => parseLink('map=0.AAAA'))).toBe('linkDamaged');
});

/** A fragment with any JSON in it, its checksum right. */
function pack(json: Uint8Array): string {
  const packed = deflateSync(json, { level: 9 });
  const bytes = new Uint8Array(4 + packed.length);
  bytes.set(packed, 4);
  return `map=1.${Buffer.from(bytes).toString('base64url')}`;
}

const said = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error instanceof InputError ? [error.code, error.params] : error;
  }
};

test('a bomb is refused while it is unpacked, soon after the limit', () => {
  const bomb = pack(new Uint8Array(20_000_000).fill(32));
  expect(bomb.length).toBeLessThan(linkLimits.characters);
  const [code, params] = said(() => parseLink(bomb)) as [string, { bytes: number }];
  expect(code).toBe('linkTooLarge');
  expect(params.bytes).toBeGreaterThan(linkLimits.bytes);
  expect(params.bytes).toBeLessThan(linkLimits.bytes * 2);
});

test('the limits are said, with the size that was found', () => {
  const long: Dataset = {
    items: Array.from({ length: 9000 }, (_, i) => ({ text: ((i * 2654435761) % 2 ** 32).toString(36) })),
  };
  const tooLong = said(() => writeLink(long));
  expect(tooLong).toEqual(['linkTooLong', { found: expect.any(Number), limit: 32_768 }]);
  const large: Dataset = { items: [{ text: 'a'.repeat(2 ** 20) }] };
  expect(said(() => writeLink(large))).toEqual(['linkTooLarge', { bytes: 2 ** 20 + 14, limit: 2 ** 20 }]);
  expect(codeOf(() => parseLink(`map=1.${'A'.repeat(32_768)}`))).toBe('linkTooLong');
});

test.each([
  ['no texts', '{}'],
  ['none of them', '{"texts":[]}'],
  ['a number', '{"texts":[1]}'],
  ['a blank', '{"texts":[" "]}'],
  ['a list', '["cat"]'],
  ['no JSON', 'cat'],
])('content that is not what it should be is damaged: %s', (_what, json) => {
  const bytes = new TextEncoder().encode(json);
  const whole = writeLink({ items: [{ text: 'cat' }] });
  // The checksum is that of these bytes, so that it is the content that is looked at.
  const fragment = withChecksum(bytes);
  expect(codeOf(() => parseLink(fragment))).toBe('linkDamaged');
  expect(parseLink(whole).items).toEqual([{ text: 'cat' }]);
});

function withChecksum(json: Uint8Array): string {
  const bytes = Buffer.from(pack(json).slice('map=1.'.length), 'base64url');
  bytes.writeUInt32LE(crc32(json), 0);
  return `map=1.${bytes.toString('base64url')}`;
}

/** By the remainder of a division of polynomials, bit by bit from the first. */
function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffffn;
  for (const byte of bytes)
    for (let bit = 0n; bit < 8n; bit++) {
      const differs = ((BigInt(byte) >> bit) ^ remainder) & 1n;
      remainder = (remainder >> 1n) ^ (differs * 0xedb88320n);
    }
  return Number(remainder ^ 0xffffffffn);
}
