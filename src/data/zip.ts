/** Zip archives in memory. */
import { type Zippable, unzipSync, zipSync } from 'fflate';
import { InputError } from '../errors';
import { mostUnpacked } from './bomb';

/** More than this, unpacked, is refused before it is unpacked: a small archive can claim any size. */
const MAX_UNPACKED_BYTES = 2_000_000_000;
/** What an archive's directory needs at least for each file (APPNOTE.TXT 6.3.10): one that says it has more lies. */
const ENTRY_BYTES = 46;

/** A file to put in an archive. `effort`: 0 stores (float32 hardly shrinks), 1 deflates fast (long files), 6 well. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly effort: 0 | 1 | 6;
}

/**
 * The files of an archive by name, only those that `wanted` takes (names are only compared, never used as paths). Throws when the
 * archive is damaged or would unpack to more than 2 GB.
 */
export function readZip(file: string, bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, Uint8Array> {
  let total = 0;
  let entries = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++entries * ENTRY_BYTES > bytes.length) throw new Error('its directory is longer than the archive');
        if (!wanted(name)) return false;
        total += originalSize;
        const limit = mostUnpacked(total, bytes.length, MAX_UNPACKED_BYTES);
        if (total > limit) throw new InputError('zipTooLarge', { file, bytes: total, limit });
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('zipDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Names of the files of an archive, without unpacking any. Throws when the archive is damaged. */
export function listZip(file: string, bytes: Uint8Array): string[] {
  const names: string[] = [];
  readZip(file, bytes, (name) => {
    if (!name.endsWith('/')) names.push(name);
    return false;
  });
  return names;
}

/** An archive of `entries`. The same entries give the same bytes: all are dated 1 January 1980, the earliest that zip knows. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = {};
  for (const { name, bytes, effort } of entries) files[name] = [bytes, { level: effort, mtime }];
  return zipSync(files);
}
