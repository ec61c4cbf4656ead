/** Gzip files (RFC 1952), in memory and piece by piece. */
import { Gunzip } from 'fflate';
import { InputError } from '../errors';
import { mostUnpacked } from './bomb';
import { joinBytes } from './bytes';

/** More than this, unpacked, is refused where it has to be in memory. */
const mostBytes = 2_000_000_000;
/** Packed bytes that are looked at in one go, so that a file is refused before all of it is unpacked. */
const step = 1 << 16;

function looksLikeGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The bytes that `bytes` packs. Throws when they are damaged, cut short, or more than 2 GB. */
export function gunzip(file: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const unpacking = new Unpacking(file, bytes.length);
  for (let at = 0; at < bytes.length; at += step) {
    for (const part of unpacking.next(bytes.subarray(at, at + step), at + step >= bytes.length)) {
      parts.push(part);
      size += part.length;
    }
    if (size > mostBytes)
      throw new InputError('gzipTooLarge', { file, packed: bytes.length, bytes: size, limit: mostBytes });
  }
  unpacking.end();
  return joinBytes(parts);
}

/**
 * The first bytes, `most` at least where there are so many, of what a gzip file packs that begins with `bytes`; and how many of these
 * were looked at for them.
 */
export function gunzipBeginning(
  bytes: Uint8Array,
  most: number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly packed: number } {
  const parts: Uint8Array[] = [];
  let size = 0;
  let packed = 0;
  const stream = new Gunzip((part) => {
    parts.push(part);
    size += part.length;
  });
  while (packed < bytes.length && size < most) {
    stream.push(bytes.subarray(packed, packed + step));
    packed = Math.min(packed + step, bytes.length);
  }
  return { bytes: joinBytes(parts), packed };
}

/**
 * The bytes that the pieces of a gzip file of `packed` bytes pack, as they come: no more than a piece is in memory. Throws when they are
 * no gzip, damaged or cut short, and when they unpack to so much that they are no data.
 */
export async function* gunzipPieces(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  packed: number,
): AsyncGenerator<Uint8Array> {
  const unpacking = new Unpacking(file, packed);
  let taken = 0;
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += step) {
      const part = piece.subarray(at, at + step);
      taken += part.length;
      yield* unpacking.next(part, taken >= packed);
    }
  unpacking.end();
}

class Unpacking {
  #parts: Uint8Array[] = [];
  #size = 0;
  /** The first byte, until there are two. */
  #head: Uint8Array | undefined = new Uint8Array(0);
  #ended = false;
  readonly #stream = new Gunzip((part, final) => {
    this.#parts.push(part);
    this.#ended ||= final;
  });

  constructor(
    private readonly file: string,
    private readonly packed: number,
  ) {}

  next(bytes: Uint8Array, last: boolean): readonly Uint8Array[] {
    const { file, packed } = this;
    let next = bytes;
    if (this.#head) {
      next = new Uint8Array([...this.#head, ...bytes]);
      this.#head = next.length < 2 ? next : undefined;
      if (this.#head && !last) return [];
      if (!looksLikeGzip(next)) throw new InputError('gzipDamaged', { file, reason: 'no gzip header' });
    }
    this.#parts = [];
    try {
      this.#stream.push(next, last);
    } catch (error) {
      throw new InputError('gzipDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
    }
    for (const part of this.#parts) this.#size += part.length;
    const limit = mostUnpacked(this.#size, packed, Infinity);
    if (this.#size > limit) throw new InputError('gzipTooLarge', { file, packed, bytes: this.#size, limit });
    return this.#parts;
  }

  end(): void {
    if (this.#head?.length === 0) throw new InputError('fileEmpty', { file: this.file });
    if (!this.#ended) throw new InputError('gzipDamaged', { file: this.file, reason: 'it ends too early' });
  }
}
