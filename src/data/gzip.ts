/** Gzip files (RFC 1952), in memory and piece by piece. */
import { Gunzip } from 'fflate';
import { InputError } from '../errors';
import { crc32 } from '../kernels/crc32';
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
  readonly #trailers = new Trailers();
  readonly #stream = new Gunzip((part, final) => {
    this.#parts.push(part);
    this.#trailers.add(part);
    this.#ended ||= final;
  });

  constructor(
    private readonly file: string,
    private readonly packed: number,
  ) {
    this.#stream.onmember = (at) => this.#trailers.check(at);
  }

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
      this.#trailers.begin(next);
      this.#stream.push(next, last);
    } catch (error) {
      throw damaged(file, error);
    }
    for (const part of this.#parts) this.#size += part.length;
    const limit = mostUnpacked(this.#size, packed, Infinity);
    if (this.#size > limit) throw new InputError('gzipTooLarge', { file, packed, bytes: this.#size, limit });
    return this.#parts;
  }

  end(): void {
    if (this.#head?.length === 0) throw new InputError('fileEmpty', { file: this.file });
    if (!this.#ended) throw new InputError('gzipDamaged', { file: this.file, reason: 'it ends too early' });
    try {
      this.#trailers.check();
    } catch (error) {
      throw damaged(this.file, error);
    }
  }
}

/** Behind each member of a gzip file stand the checksum and the length of what it packs; nearly all files have one member. */
class Trailers {
  /** Packed bytes in which the trailer of the member that is unpacked may be, and where they begin in the file. */
  #recent: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  #taken = 0;
  #crc = 0;
  #length = 0;
  #hasData = false;

  /** Packed bytes come. */
  begin(bytes: Uint8Array): void {
    // The trailer stands behind the last bytes that unpacked to something.
    if (this.#hasData) this.#recent.splice(0, this.#recent.length - 1);
    this.#hasData = false;
    this.#recent.push({ from: this.#taken, bytes });
    this.#taken += bytes.length;
  }

  /** What the member packs, piece by piece. */
  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#hasData = true;
    this.#crc = crc32(part, this.#crc);
    this.#length = (this.#length + part.length) >>> 0;
  }

  /** The member, and its trailer, end at `end` in the file. Throws where its trailer tells of something else. */
  check(end = this.#taken): void {
    if (this.#number(end - 8) !== this.#crc) throw new Error('its checksum is another');
    if (this.#number(end - 4) !== this.#length) throw new Error('its length is another');
    this.#crc = this.#length = 0;
    this.#recent = this.#recent.filter(({ from, bytes }) => from + bytes.length > end);
  }

  /** Of 32 bits, little-endian. */
  #number(at: number): number {
    let number = 0;
    for (let i = 3; i >= 0; i--) {
      const part = this.#recent.findLast(({ from }) => from <= at + i);
      number = (number << 8) | (part?.bytes[at + i - part.from] ?? 0);
    }
    return number >>> 0;
  }
}

function damaged(file: string, error: unknown): InputError {
  return new InputError('gzipDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
}
