/** Bytes <-> text: UTF-8 and UTF-16, with or without a byte order mark, and windows-1252 where it is chosen. */
import { InputError } from '../errors';
import type { Encoding } from '../reading';
import { looksLike } from './magic';

/** One JavaScript string cannot hold much more (V8 allows 2^29 - 24 characters). */
export const mostTextBytes = 500_000_000;
/** So many pairs of bytes tell whether a text is UTF-16. */
const lookedPairs = 2048;
/** Letters of Western languages have a NUL in each pair: of such a text, nearly all pairs; of a binary file, or one of NULs between words, fewer. */
const pairsWithNul = 0.7;

/** The encoding by a byte order mark, or by where UTF-16 has its NULs; or else UTF-8. The beginning of a file is enough. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const pairs = Math.min(bytes.length >> 1, lookedPairs);
  let first = 0;
  let second = 0;
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) first++;
    if (bytes[2 * i + 1] === 0) second++;
  }
  const enough = Math.max(1, pairs * pairsWithNul);
  if (second >= enough && first === 0) return 'utf-16le';
  return first >= enough && second === 0 ? 'utf-16be' : 'utf-8';
}

/**
 * The text of a file, in the encoding that is chosen or detected. A byte order mark is left out. With `goesOn` these bytes are the
 * beginning of more, and a character that is cut by their end is left out.
 * Throws when it is no text (it says what it looks like), too large, or invalid (of UTF-8 it says at which byte and line).
 */
export function decodeText(
  file: string,
  bytes: Uint8Array,
  encoding: Encoding = detectEncoding(bytes),
  goesOn = false,
): string {
  const kind = looksLike(bytes);
  if (kind !== undefined) throw new InputError('fileBinary', { file, kind });
  if (bytes.length > mostTextBytes) {
    throw new InputError('fileTooLarge', { file, bytes: bytes.length, limit: mostTextBytes });
  }
  const text = decodeAs(file, bytes, encoding, goesOn);
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new InputError('fileNul', { file, line: lineAt(text, nul) });
  return text;
}

/** Number of the line (1 for the first) in which the character at `index` stands. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function decodeAs(file: string, bytes: Uint8Array, encoding: Encoding, goesOn: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: goesOn });
  } catch {
    if (encoding !== 'utf-8') throw new InputError('textInvalidUtf16', { file });
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
