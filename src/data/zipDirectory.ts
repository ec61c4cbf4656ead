/** The directory of a zip archive, of 64-bit form too (APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). */
import { InputError } from '../errors';
import { type RangedBytes, viewOf } from './bytes';

/** A file of an archive, as its directory tells of it. */
export interface DirectoryEntry {
  readonly name: string;
  readonly method: number;
  /** Whether it needs a password. */
  readonly isEncrypted: boolean;
  /** CRC-32 of what it unpacks to. */
  readonly checksum: number;
  /** Bytes in the archive, and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly local: number;
}

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50 } as const;
/** The end record has 22 bytes and a comment of at most 65,535; what leads to the one of 64-bit form stands before it. */
const endBytes = { fixed: 22, most: 22 + 65_535, fixed64: 56, locator64: 20 };
const entryBytes = 46;
/** In place of what is noted in 64-bit form. */
const elsewhere = 0xffffffff;
const extra64 = 0x0001;
/** The file is encrypted, or the directory is. */
const encryptedFlags = 0x2001;

/** The files of the archive `file`, folders left out, in the order of its directory. Throws an InputError where that is damaged, or on another disk. */
export function readDirectory(file: string, bytes: RangedBytes): DirectoryEntry[] {
  const damaged = (reason: string) => new InputError('zipDamaged', { file, reason });
  const end = findEnd(bytes);
  if (end === undefined) throw damaged('its end is missing');
  const told = readEnd(bytes, end);
  if (!told) throw damaged('its 64-bit end is missing');
  const { count, start, disks } = told;
  if (disks > 1) throw new InputError('zipDisks', { file });
  if (start > end || count * entryBytes > end - start) throw damaged('its directory is longer than the archive');
  const entries: DirectoryEntry[] = [];
  const near = new Near(bytes);
  let at = start;
  for (let i = 0; i < count; i++) {
    const head = near.view(at, entryBytes);
    if (head?.getUint32(0, true) !== signatures.entry) throw damaged(`entry ${i + 1} of ${count}`);
    const nameEnd = entryBytes + head.getUint16(28, true);
    const extraEnd = nameEnd + head.getUint16(30, true);
    const view = near.view(at, extraEnd);
    if (!view) throw damaged(`entry ${i + 1} of ${count}`);
    const name = new TextDecoder().decode(
      new Uint8Array(view.buffer, view.byteOffset + entryBytes, nameEnd - entryBytes),
    );
    const entry = readEntry(view, name, nameEnd);
    if (!entry) throw damaged(`${name}: its 64-bit sizes are missing`);
    if (!name.endsWith('/')) entries.push(entry);
    at += extraEnd + view.getUint16(32, true);
  }
  return entries;
}

/** Small parts of a file, one behind another, for which it is not asked one by one. */
class Near {
  static readonly #most = 1 << 16;
  #from = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(private readonly bytes: RangedBytes) {}

  /** The bytes from `begin` on; undefined where there are fewer. */
  view(begin: number, length: number): DataView | undefined {
    const end = begin + length;
    if (end > this.bytes.length) return undefined;
    if (begin < this.#from || end > this.#from + this.#bytes.length) {
      this.#from = begin;
      this.#bytes = this.bytes.subarray(begin, Math.min(this.bytes.length, Math.max(end, begin + Near.#most)));
    }
    return viewOf(this.#bytes.subarray(begin - this.#from, end - this.#from));
  }
}

/** Where the end record begins: the last one that the bytes after it fit. */
function findEnd(bytes: RangedBytes): number | undefined {
  const from = Math.max(0, bytes.length - endBytes.most);
  const view = viewOf(bytes.subarray(from, bytes.length));
  for (let at = view.byteLength - endBytes.fixed; at >= 0; at--) {
    if (
      view.getUint32(at, true) === signatures.end &&
      at + endBytes.fixed + view.getUint16(at + 20, true) <= view.byteLength
    )
      return from + at;
  }
  return undefined;
}

interface End {
  readonly count: number;
  /** Where the directory begins. */
  readonly start: number;
  readonly disks: number;
}

/** Undefined where another end is told of, of 64-bit form, and is not there. */
function readEnd(bytes: RangedBytes, end: number): End | undefined {
  const view = viewOf(bytes.subarray(end, end + endBytes.fixed));
  const before = end - endBytes.locator64;
  const locator = before < 0 ? undefined : viewOf(bytes.subarray(before, end));
  if (locator?.getUint32(0, true) !== signatures.locator64)
    return { count: view.getUint16(10, true), start: view.getUint32(16, true), disks: view.getUint16(4, true) + 1 };
  const at = readLong(locator, 8);
  if (at + endBytes.fixed64 > before) return undefined;
  const view64 = viewOf(bytes.subarray(at, at + endBytes.fixed64));
  if (view64.getUint32(0, true) !== signatures.end64) return undefined;
  const disks = Math.max(locator.getUint32(16, true), view64.getUint32(16, true) + 1);
  return { count: readLong(view64, 32), start: readLong(view64, 48), disks };
}

/** An entry of the directory, by its bytes, of which the fields begin at `extra`. Undefined where a size is told to stand in that of 64 bits, and does not. */
function readEntry(view: DataView, name: string, extra: number): DirectoryEntry | undefined {
  const long = longField(view, extra);
  let isMissing = false;
  // Only what does not fit stands in the field, in this order.
  const read = (place: number): number => {
    const value = view.getUint32(place, true);
    if (value !== elsewhere) return value;
    const next = long();
    isMissing ||= next === undefined;
    return next ?? 0;
  };
  const size = read(24);
  const packed = read(20);
  const local = read(42);
  if (isMissing) return undefined;
  const isEncrypted = (view.getUint16(8, true) & encryptedFlags) !== 0;
  const method = view.getUint16(10, true);
  return { name, method, isEncrypted, checksum: view.getUint32(16, true), packed, size, local };
}

/** The numbers of an entry's 64-bit field, one after another. */
function longField(view: DataView, extra: number): () => number | undefined {
  let [at, end] = [0, 0];
  for (let field = extra; field + 4 <= view.byteLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== extra64) continue;
    [at, end] = [field + 4, Math.min(view.byteLength, field + 4 + view.getUint16(field + 2, true))];
    break;
  }
  return () => {
    if (at + 8 > end) return undefined;
    at += 8;
    return readLong(view, at - 8);
  };
}

/** Of what is above 2^53, about: it fits no archive. */
function readLong(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
