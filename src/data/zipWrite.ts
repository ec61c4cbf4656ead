/** Writing zip archives (APPNOTE.TXT 6.3.10), piece by piece. */
import { Deflate } from 'fflate';
import { InputError } from '../errors';
import { crc32 } from '../kernels/crc32';
import type { Bytes, Pieces } from './pieces';

/** A file to put in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Its bytes, the same at every call. */
  readonly pieces: () => Pieces;
  /** 0 stores (float32 hardly shrinks), 1 deflates fast (long files), 6 well. What is deflated is held until its length is known. */
  readonly effort: 0 | 1 | 6;
  /**
   * Of what is stored and takes long to make: it is made once, and its length and checksum stand behind it, which readers of the archive's
   * directory do not mind. Else they stand before it, and it is made twice.
   */
  readonly once?: true;
}

/** An entry as both of its headers tell of it. */
interface Described {
  readonly name: Bytes;
  readonly flags: number;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

const signatures = { local: 0x04034b50, descriptor: 0x08074b50, directory: 0x02014b50, end: 0x06054b50 };
/** The version of the format that is needed: 2.0. */
const version = 20;
const flagsOf = { lengthBehind: 1 << 3, utf8: 1 << 11 };
/** 1 January 1980, the earliest date that zip knows: the same entries give the same bytes. */
const date = 0x21;
/** Lengths and places are numbers of 32 bits. */
const most = 0xffff_fffe;

/** An archive of `entries`. Throws `exportTooLarge` where it would have 4 GB or more. */
export function* writeZip(entries: Iterable<ZipEntry>): Generator<Bytes> {
  const directory: Bytes[] = [];
  let offset = 0;
  for (const entry of entries) {
    const described = yield* writeEntry(entry);
    directory.push(directoryHeader(described, offset));
    const { name, flags, packed } = described;
    offset += localBytes + name.length + packed + (flags & flagsOf.lengthBehind ? descriptorBytes : 0);
    checkLength(offset);
  }
  yield* directory;
  const length = directory.reduce((sum, { length }) => sum + length, 0);
  checkLength(offset + length);
  yield fields(
    [4, signatures.end],
    [4, 0],
    [2, directory.length],
    [2, directory.length],
    [4, length],
    [4, offset],
    [2, 0],
  );
}

function* writeEntry({ name, pieces, effort, once }: ZipEntry): Generator<Bytes, Described> {
  const encoded = new TextEncoder().encode(name);
  const flags = encoded.length === name.length ? 0 : flagsOf.utf8;
  const method = effort === 0 ? 0 : 8;
  const known = { name: encoded, flags, method } as const;
  if (effort !== 0) {
    const { chunks, ...rest } = deflate(pieces(), effort);
    const described = { ...known, ...rest };
    yield localHeader(described);
    yield* chunks;
    return described;
  }
  if (once) {
    const behind = { ...known, flags: flags | flagsOf.lengthBehind };
    yield localHeader({ ...behind, crc: 0, packed: 0, size: 0 });
    const { crc, size } = yield* passOn(pieces());
    yield fields([4, signatures.descriptor], [4, crc], [4, size], [4, size]);
    return { ...behind, crc, size, packed: size };
  }
  const sum = new Sum();
  for (const piece of pieces()) sum.add(piece);
  const described = { ...known, crc: sum.crc, size: sum.size, packed: sum.size };
  yield localHeader(described);
  yield* pieces();
  return described;
}

/** Length and checksum of pieces. */
class Sum {
  size = 0;
  crc = 0;

  add(piece: Bytes): void {
    this.size += piece.length;
    checkLength(this.size);
    this.crc = crc32(piece, this.crc);
  }
}

function* passOn(pieces: Pieces): Generator<Bytes, Sum> {
  const sum = new Sum();
  for (const piece of pieces) {
    sum.add(piece);
    yield piece;
  }
  return sum;
}

function deflate(pieces: Pieces, level: 1 | 6) {
  const sum = new Sum();
  const chunks: Bytes[] = [];
  const deflater = new Deflate({ level }, (chunk) => chunks.push(chunk));
  for (const piece of pieces) {
    sum.add(piece);
    deflater.push(piece);
  }
  deflater.push(new Uint8Array(0), true);
  return { chunks, crc: sum.crc, size: sum.size, packed: chunks.reduce((length, chunk) => length + chunk.length, 0) };
}

const localBytes = 30;
const descriptorBytes = 16;

function localHeader(described: Described): Bytes {
  return join(fields([4, signatures.local], ...describe(described)), described.name);
}

function directoryHeader(described: Described, offset: number): Bytes {
  // No comment, on the first disk, without attributes.
  const more: Field[] = [
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  ];
  const head = fields([4, signatures.directory], [2, version], ...describe(described), ...more);
  return join(head, described.name);
}

/** What both headers have in common. */
function describe({ name, flags, method, crc, packed, size }: Described): Field[] {
  return [
    [2, version],
    [2, flags],
    [2, method],
    [2, 0],
    [2, date],
    [4, crc],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, 0],
  ];
}

/** A whole number, and how many bytes it has. */
type Field = readonly [bytes: 2 | 4, value: number];

function fields(...given: readonly Field[]): Bytes {
  const out = new Uint8Array(given.reduce((sum, [bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of given) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return out;
}

function join(head: Bytes, name: Bytes): Bytes {
  const out = new Uint8Array(head.length + name.length);
  out.set(head);
  out.set(name, head.length);
  return out;
}

function checkLength(bytes: number): void {
  if (bytes > most) throw new InputError('exportTooLarge', { bytes, limit: most });
}
