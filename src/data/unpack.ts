/** Archives that a stranger packed, entry by entry: what an entry declares is held against what it unpacks to. */
import { Inflate } from 'fflate';
import { InputError } from '../errors';

export interface PackedFile {
  readonly name: string;
  /** As the archive declares it. */
  readonly bytes: number;
  /** Unpacks this file alone. Throws an InputError as soon as it gives more, or at its end fewer, bytes than declared. */
  unpack(): Uint8Array<ArrayBuffer>;
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 } as const;
/** The end record has 22 bytes and a comment of at most 65,535. */
const endBytes = { fixed: 22, most: 22 + 65_535 };
/** Compressed bytes that are unpacked at a time: deflate makes at most 1,032 times as many. */
const step = 16_384;

/**
 * The files of a zip archive, folders left out, by its directory (APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 * Nothing is unpacked yet. Throws an InputError when the archive is damaged, of 64-bit form, or has a name that leads out of it.
 */
export function listPacked(archive: string, bytes: Uint8Array<ArrayBuffer>): PackedFile[] {
  const damaged = (reason: string) => new InputError('zipDamaged', { file: archive, reason });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw damaged('its end is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw damaged('64-bit archives are not read');
  const files: PackedFile[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== signatures.entry)
      throw damaged(`entry ${i + 1} of ${count}`);
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (leadsOut(name)) throw new InputError('ownFileName', { name: archive, file: name });
    if (name.endsWith('/')) continue;
    files.push({
      name,
      bytes: size,
      unpack: () => {
        if (local + 30 > bytes.length || view.getUint32(local, true) !== signatures.local) throw damaged(name);
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        if (start + packed > bytes.length) throw damaged(`${name} is cut short`);
        const data = bytes.subarray(start, start + packed);
        const wrong = (found: string) => damaged(`${name}: ${found} bytes instead of ${size}`);
        if (method === 0) {
          if (packed !== size) throw wrong(String(packed));
          return data.slice();
        }
        if (method !== 8) throw damaged(`${name}: compression ${method} is not known`);
        return inflate(data, size, wrong);
      },
    });
  }
  return files;
}

function inflate(data: Uint8Array, size: number, wrong: (found: string) => Error): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let done = 0;
  const inflater = new Inflate((chunk) => {
    if (done + chunk.length > size) throw wrong(`more than ${done + chunk.length - 1}`);
    out.set(chunk, done);
    done += chunk.length;
  });
  try {
    for (let at = 0; at < data.length; at += step)
      inflater.push(data.subarray(at, at + step), at + step >= data.length);
  } catch (error) {
    throw error instanceof InputError ? error : wrong(`damaged after ${done}`);
  }
  if (done !== size) throw wrong(String(done));
  return out;
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

/** Absolute, with a drive, or through a folder above. */
function leadsOut(name: string): boolean {
  return /^[/\\]|^[a-z]:/i.test(name) || name.split(/[/\\]/).includes('..') || name.includes('\0');
}
