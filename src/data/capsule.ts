/**
 * Capsules (.constela): a collection as one file that travels, a zip of plain formats.
 *
 *   manifest.json   format, version, rows, and what made the vectors
 *   items.parquet   texts, groups and own columns, as `writeParquet` writes them
 *   vectors.npy     float32, rows x dim, where they are known
 *   positions.npy   float32, rows x 2 or 3, where the texts are on a map
 *   settings.json   what else belongs to the collection, where it comes from the page
 */
import { InputError } from '../errors';
import type { Dataset, Matrix, Positions } from '../types';
import { parseMatrix } from './labelled';
import { writeNpyNumbers } from './npy';
import { parseParquet } from './parquet';
import { writeParquet } from './parquetWrite';
import { readSpaceFields, writeSpaceFields } from './spaceFields';
import { parseJsonObject } from './table';
import { decodeText, encodeLines } from './text';
import { readZip, writeZip, type ZipEntry } from './zip';

const format = 'constela-capsule';
/** Raised by what an older Constela would read wrongly; files that it may ignore do not raise it. */
const version = 1;

export function writeCapsule(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { items, vectors, positions, space, settings } = dataset;
  const manifest = { format, version, rows: items.length, ...(space && { space: writeSpaceFields(space) }) };
  const json = (name: string, value: object): ZipEntry => ({
    name,
    bytes: encodeLines([JSON.stringify(value, null, 2)]),
    effort: 6,
  });
  const numbers = (name: string, { data, rows, dim }: Matrix | Positions): ZipEntry => ({
    name,
    bytes: writeNpyNumbers(data, [rows, dim]),
    effort: 0,
  });
  return writeZip([
    json('manifest.json', manifest),
    { name: 'items.parquet', bytes: writeParquet({ items }, { vectors: false }), effort: 0 },
    ...(vectors ? [numbers('vectors.npy', vectors)] : []),
    ...(positions ? [numbers('positions.npy', positions)] : []),
    ...(settings ? [json('settings.json', settings)] : []),
  ]);
}

/**
 * Reads a capsule. `settings` are as they were written: whoever uses them checks them. Throws when it is none or damaged, when it is of
 * a newer version, when its parts disagree in rows, and as the readers of its parts do.
 */
export async function parseCapsule(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Dataset> {
  const parts = readZip(file, bytes, (name) => /^[a-z]+\.(json|parquet|npy)$/.test(name));
  const object = (name: string) => {
    const content = parts.get(name);
    return content && parseJsonObject(decodeText(`${file}: ${name}`, content));
  };
  const manifest: { readonly format?: unknown; readonly version?: unknown; readonly space?: unknown } | undefined =
    object('manifest.json');
  if (manifest?.format !== format) throw new InputError('capsuleNone', { file });
  if (typeof manifest.version !== 'number' || manifest.version > version)
    throw new InputError('capsuleNewer', { file, found: String(manifest.version), known: version });
  const table = parts.get('items.parquet');
  if (!table) throw new InputError('capsulePart', { file, missing: 'items.parquet' });
  const { items } = await parseParquet(`${file}: items.parquet`, new Uint8Array(table));
  const matrix = (name: string): Matrix | undefined => {
    const content = parts.get(name);
    const found = content && parseMatrix(`${file}: ${name}`, content);
    if (found && found.rows !== items.length)
      throw new InputError('npzRows', { file, array: name, found: found.rows, expected: items.length });
    return found;
  };
  const vectors = matrix('vectors.npy');
  const positions = matrix('positions.npy');
  const settings = object('settings.json');
  const { space: said } = manifest;
  const space = typeof said === 'object' && said !== null ? readSpaceFields(said) : undefined;
  return {
    items,
    ...(vectors && { vectors }),
    ...(positions && { positions: asPositions(file, positions) }),
    ...(space && { space }),
    ...(settings && { settings: Object.fromEntries(Object.entries(settings)) }),
  };
}

function asPositions(file: string, { data, rows, dim }: Matrix): Positions {
  if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
  return { data, rows, dim };
}
