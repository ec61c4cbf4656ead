/** Reading zip archives in memory. */
import { unzipSync } from 'fflate';
import { InputError } from '../errors';
import { mostUnpacked } from './bomb';

/** More than this, unpacked, is refused before it is unpacked: a small archive can claim any size. */
const MAX_UNPACKED_BYTES = 2_000_000_000;
/** What an archive's directory needs at least for each file (APPNOTE.TXT 6.3.10): one that says it has more lies. */
const ENTRY_BYTES = 46;

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
