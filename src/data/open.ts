/** A file of any format that can be opened -> Dataset. A new format is a line in `readers`. */
import { InputError } from '../errors';
import type { Dataset } from '../types';
import { type DelimitedOptions, parseDelimited } from './delimited';
import { parseJson } from './json';
import { looksLike, looksLikeZip } from './magic';
import { parseNpz } from './npz';
import { isProjector, parseProjector } from './projector';
import { parseTxt } from './txt';
import { listZip } from './zip';

/** What a reader would else detect. Formats without tables, headers or delimiters ignore what does not concern them. */
export type OpenOptions = DelimitedOptions;

type Reader = (file: string, bytes: Uint8Array, options: OpenOptions) => Dataset;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.txt', parseTxt],
  ['.csv', (file, bytes, options) => parseDelimited(file, bytes, ',', options)],
  ['.tsv', (file, bytes, options) => parseDelimited(file, bytes, '\t', options)],
  ['.json', parseJson],
  ['.npz', parseArchive],
  ['.zip', parseArchive],
]);

/** The endings of file names that can be opened, each with its dot. */
export const openEndings: readonly string[] = [...readers.keys()];

/**
 * Reads a file by the ending of its name (case ignored). Archives are told apart by what is in them, NumPy arrays or the
 * Projector's tables, whichever of the two endings they have; a text ending on binary content is refused, with what it looks
 * like. `name` is used in messages only. Throws an InputError that says what was wrong, where, and what to do.
 */
export function openFile(name: string, bytes: Uint8Array, options: OpenOptions = {}): Dataset {
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 ? '' : name.slice(dot).toLowerCase();
  const reader = readers.get(ending);
  if (!reader) throw new InputError('fileEnding', { file: name, endings: openEndings.join(' ') });
  if (bytes.length === 0) throw new InputError('fileEmpty', { file: name });
  return reader(name, bytes, options);
}

function parseArchive(file: string, bytes: Uint8Array, options: OpenOptions): Dataset {
  if (!looksLikeZip(bytes)) {
    const kind = looksLike(bytes);
    throw kind === undefined ? new InputError('fileNotZip', { file }) : new InputError('fileOtherKind', { file, kind });
  }
  const names = listZip(file, bytes);
  if (names.some((name) => name.endsWith('.npy'))) return parseNpz(file, bytes);
  if (isProjector(names)) return parseProjector(file, bytes, options);
  throw new InputError('zipContent', { file, names: names.slice(0, 5).join(', ') || '0' });
}
