/** Bytes <-> text: UTF-8, with or without a byte order mark, and UTF-16 with one. */
import { InputError } from '../errors';
import type { Encoding } from '../reading';
import { looksLike } from './magic';

/** One JavaScript string cannot hold much more (V8 allows 2^29 - 24 characters). */
const MAX_TEXT_BYTES = 500_000_000;
const encoder = new TextEncoder();

/**
 * The text of a file. A byte order mark is left out.
 * Throws when it is no text (it says what it looks like), too large, or invalid (it says at which byte and line).
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  const kind = looksLike(bytes);
  if (kind !== undefined) throw new InputError('fileBinary', { file, kind });
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new InputError('fileTooLarge', { file, bytes: bytes.length, limit: MAX_TEXT_BYTES });
  }
  const text = decodeUtf16(file, bytes) ?? decodeUtf8(file, bytes);
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new InputError('fileNul', { file, line: lineAt(text, nul) });
  return text;
}

/**
 * UTF-8 of lines, each ended by a line feed, in pieces: a hundred thousand rows with vectors fit in no single string.
 * U+0000 becomes U+FFFD, because a text file with NUL characters is taken for a binary one, here and elsewhere.
 */
export function encodeLines(lines: Iterable<string>): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let pending = '';
  let length = 0;
  const flush = () => {
    const chunk = encoder.encode(pending.replaceAll('\0', '\uFFFD'));
    chunks.push(chunk);
    length += chunk.length;
    pending = '';
  };
  for (const line of lines) {
    pending += line + '\n';
    if (pending.length > 1 << 20) flush();
  }
  flush();
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Number of the line (1 for the first) in which the character at `index` stands. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** What the first bytes say of the encoding: a byte order mark, or UTF-8. */
export function encodingOf([a, b]: Uint8Array): Encoding {
  return a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
}

function decodeUtf16(file: string, bytes: Uint8Array): string | undefined {
  const label = encodingOf(bytes);
  if (label === 'utf-8') return undefined;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('textInvalidUtf16', { file });
  }
}

function decodeUtf8(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const offset = invalidUtf8Offset(bytes);
    let line = 1;
    for (let i = 0; i < offset; i++) if (bytes[i] === 0x0a) line++;
    throw new InputError('textInvalidUtf8', { file, offset, line });
  }
}

/** Offset of the first byte of the first invalid sequence; the decoder tells only that there is one, so it is bisected. */
export function invalidUtf8Offset(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle;
  }
  // The longest prefix that might go on validly can end inside a sequence, which then is the invalid one.
  while (valid > 0 && !decodes(bytes.subarray(0, valid), false)) valid--;
  return valid;
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
