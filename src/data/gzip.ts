/** Gzip files (RFC 1952) in memory. */
import { Gunzip } from 'fflate';
import { InputError } from '../errors';
import { mostUnpacked } from './bomb';

/** More than this, unpacked, is refused. */
const mostBytes = 2_000_000_000;
/** Packed bytes that are looked at in one go, so that a file is refused before all of it is unpacked. */
const step = 1 << 16;

export function looksLikeGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The bytes that `bytes` packs. Throws when they are damaged, cut short, or more than 2 GB. */
export function gunzip(file: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Gunzip((part, final) => {
    parts.push(part);
    size += part.length;
    ended ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += step) {
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
      const limit = mostUnpacked(size, bytes.length, mostBytes);
      if (size > limit) throw new InputError('gzipTooLarge', { file, packed: bytes.length, bytes: size, limit });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('gzipDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
  }
  if (!ended) throw new InputError('gzipDamaged', { file, reason: 'it ends too early' });
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
