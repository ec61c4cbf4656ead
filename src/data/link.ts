/**
 * A small collection in the fragment of a link, which no browser sends to a server.
 *
 *   map=1.BASE64URL   the version of the form, then bytes: the CRC-32 of the JSON (4, little-endian: deflate does
 *                   not notice a letter that changed on its way), and the JSON deflated
 *
 * The JSON has `texts`, and where there are any `groups` (row by row, null for none), `model`, `prompt` and `layer`, and `settings` as
 * `storage/travelling.ts` packs them. Vectors and positions do not travel: the same texts, model, options and seed give them again.
 */
import { deflateSync, Inflate } from 'fflate';
import { InputError } from '../errors';
import { crc32 } from '../kernels/crc32';
import type { Dataset, NewItem } from '../types';
import { readSpaceFields, writeSpaceFields } from './spaceFields';

const begin = 'map=';
/** Raised by what an older Constela would read wrongly. */
const version = 1;
/** Of the fragment: what mail and chat programs carry whole. Of the JSON: so that no link fills the memory. */
export const linkLimits = { characters: 32 * 1024, bytes: 2 ** 20 } as const;
const checksumBytes = 4;
/** Packed bytes that are inflated at a time: deflate makes at most 1,032 times as many. */
const step = 512;

/** Whether a fragment, without its `#`, is meant for Constela. */
export function isLink(fragment: string): boolean {
  return fragment.startsWith(begin);
}

/**
 * The fragment, without its `#`, of texts with their groups, what made their vectors, and settings; own columns, vectors and positions
 * stay behind, and so does an adapter. Throws `linkTooLarge` or `linkTooLong` with the size and the limit.
 */
export function writeLink({ items, space, settings }: Dataset): string {
  const groups = items.map(({ group }) => group ?? null);
  const { adapter: _left, ...fields } = space ? writeSpaceFields(space) : {};
  const content = {
    texts: items.map(({ text }) => text),
    ...(groups.some((group) => group !== null) && { groups }),
    ...fields,
    ...(settings && { settings }),
  };
  const json = new TextEncoder().encode(JSON.stringify(content));
  if (json.length > linkLimits.bytes)
    throw new InputError('linkTooLarge', { bytes: json.length, limit: linkLimits.bytes });
  const packed = deflateSync(json, { level: 9 });
  const bytes = new Uint8Array(checksumBytes + packed.length);
  new DataView(bytes.buffer).setUint32(0, crc32(json), true);
  bytes.set(packed, checksumBytes);
  const fragment = `${begin}${version}.${toBase64Url(bytes)}`;
  if (fragment.length > linkLimits.characters)
    throw new InputError('linkTooLong', { found: fragment.length, limit: linkLimits.characters });
  return fragment;
}

/**
 * What `writeLink` was given, settings as they were written: whoever uses them checks them. Throws an InputError for a fragment of a newer
 * version, one that is too long or holds too much, and one that is damaged.
 */
export function parseLink(fragment: string): Dataset {
  if (fragment.length > linkLimits.characters)
    throw new InputError('linkTooLong', { found: fragment.length, limit: linkLimits.characters });
  const [, number = '', text = ''] = /^map=(\d{1,9})\.([\w-]*)$/.exec(fragment) ?? [];
  if (Number(number) > version) throw new InputError('linkNewer', { found: number, known: version });
  if (Number(number) !== version) throw new InputError('linkDamaged');
  const bytes = fromBase64Url(text);
  const json = inflate(bytes.subarray(checksumBytes));
  if (bytes.length < checksumBytes || new DataView(bytes.buffer).getUint32(0, true) !== crc32(json))
    throw new InputError('linkDamaged');
  return datasetOf(json);
}

function datasetOf(json: Uint8Array): Dataset {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new InputError('linkDamaged');
  }
  if (!isRecord(content)) throw new InputError('linkDamaged');
  const { texts, groups, model, prompt, layer, settings } = content;
  if (!Array.isArray(texts) || texts.length === 0) throw new InputError('linkDamaged');
  const groupOf = (row: number): unknown => (Array.isArray(groups) ? groups[row] : undefined);
  const items = texts.map((text: unknown, row): NewItem => {
    const group = groupOf(row);
    if (typeof text !== 'string' || text.trim() === '') throw new InputError('linkDamaged');
    return { text, ...(typeof group === 'string' && { group }) };
  });
  const space = readSpaceFields({ model, prompt, layer });
  return { items, ...(space && { space }), ...(isRecord(settings) && { settings }) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Never holds more than the limit and what one step makes. */
function inflate(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate((part) => {
    parts.push(part);
    size += part.length;
    if (size > linkLimits.bytes) throw new InputError('linkTooLarge', { bytes: size, limit: linkLimits.bytes });
  });
  try {
    for (let at = 0; at < packed.length; at += step)
      inflater.push(packed.subarray(at, at + step), at + step >= packed.length);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError('linkDamaged');
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Without padding (RFC 4648, section 5). */
function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new InputError('linkDamaged');
  }
}
