/** The directory of a zip archive, of 64-bit form too (APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). */
import { InputError } from '../errors';

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
export function readDirectory(file: string, bytes: Uint8Array): DirectoryEntry[] {
  const damaged = (reason: string) => new InputError('zipDamaged', { file, reason });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw damaged('its end is missing');
  const told = readEnd(view, end);
  if (!told) throw damaged('its 64-bit end is missing');
  const { count, start, disks } = told;
  if (disks > 1) throw new InputError('zipDisks', { file });
  if (start > end || count * entryBytes > end - start) throw damaged('its directory is longer than the archive');
  const entries: DirectoryEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > bytes.length || view.getUint32(at, true) !== signatures.entry)
      throw damaged(`entry ${i + 1} of ${count}`);
    const nameEnd = at + entryBytes + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > bytes.length) throw damaged(`entry ${i + 1} of ${count}`);
    const name = new TextDecoder().decode(bytes.subarray(at + entryBytes, nameEnd));
    const entry = readEntry(view, at, name, nameEnd, extraEnd);
    if (!entry) throw damaged(`${name}: its 64-bit sizes are missing`);
    if (!name.endsWith('/')) entries.push(entry);
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the end record begins: the last one that the bytes after it fit. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endBytes.fixed;
  for (let at = last; at >= Math.max(0, view.byteLength - endBytes.most); at--) {
    if (
      view.getUint32(at, true) === signatures.end &&
      at + endBytes.fixed + view.getUint16(at + 20, true) <= view.byteLength
    )
      return at;
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
function readEnd(view: DataView, end: number): End | undefined {
  const locator = end - endBytes.locator64;
  if (locator < 0 || view.getUint32(locator, true) !== signatures.locator64)
    return {
      count: view.getUint16(end + 10, true),
      start: view.getUint32(end + 16, true),
      disks: view.getUint16(end + 4, true) + 1,
    };
  const at = readLong(view, locator + 8);
  if (at + endBytes.fixed64 > locator || view.getUint32(at, true) !== signatures.end64) return undefined;
  const disks = Math.max(view.getUint32(locator + 16, true), view.getUint32(at + 16, true) + 1);
  return { count: readLong(view, at + 32), start: readLong(view, at + 48), disks };
}

/** Undefined where a size is told to stand in the entry's 64-bit field, and does not. */
function readEntry(
  view: DataView,
  at: number,
  name: string,
  extra: number,
  extraEnd: number,
): DirectoryEntry | undefined {
  const long = longField(view, extra, extraEnd);
  let isMissing = false;
  // Only what does not fit stands in the field, in this order.
  const read = (place: number): number => {
    const value = view.getUint32(place, true);
    if (value !== elsewhere) return value;
    const next = long();
    isMissing ||= next === undefined;
    return next ?? 0;
  };
  const size = read(at + 24);
  const packed = read(at + 20);
  const local = read(at + 42);
  if (isMissing) return undefined;
  const isEncrypted = (view.getUint16(at + 8, true) & encryptedFlags) !== 0;
  const method = view.getUint16(at + 10, true);
  return { name, method, isEncrypted, checksum: view.getUint32(at + 16, true), packed, size, local };
}

/** The numbers of an entry's 64-bit field, one after another. */
function longField(view: DataView, extra: number, extraEnd: number): () => number | undefined {
  let [at, end] = [0, 0];
  for (let field = extra; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== extra64) continue;
    [at, end] = [field + 4, Math.min(extraEnd, field + 4 + view.getUint16(field + 2, true))];
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
