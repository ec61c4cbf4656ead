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
import type { ReadingOptions } from '../reading';
import type { Dataset, Matrix, Positions } from '../types';
import type { RangedBytes } from './bytes';
import { chooseRows } from './choosing';
import { capsuleFormat, capsuleVersion } from './capsuleWrite';
import { parseMatrix } from './labelled';
import { parseParquet } from './parquet';
import { readSpaceFields } from './spaceFields';
import { parseJsonObject } from './table';
import { decodeText } from './text';
import { packedFiles } from './unpack';

/**
 * Reads a capsule. `settings` are as they were written: whoever uses them checks them. Throws when it is none or damaged, when it is of
 * a newer version, when its parts disagree in rows, and as the readers of its parts do.
 */
export async function parseCapsule(file: string, bytes: RangedBytes, options: ReadingOptions = {}): Promise<Dataset> {
  // Each is unpacked when its turn comes: what the texts took is gone before there are vectors.
  const parts = packedFiles(file, bytes, (name) => /^[a-z]+\.(json|parquet|npy)$/.test(name));
  const object = (name: string) => {
    const content = parts.get(name);
    return content && parseJsonObject(decodeText(`${file}: ${name}`, content.unpack()));
  };
  const manifest: { readonly format?: unknown; readonly version?: unknown; readonly space?: unknown } | undefined =
    object('manifest.json');
  if (manifest?.format !== capsuleFormat) throw new InputError('capsuleNone', { file });
  if (typeof manifest.version !== 'number' || manifest.version > capsuleVersion)
    throw new InputError('capsuleNewer', { file, found: String(manifest.version), known: capsuleVersion });
  const table = parts.get('items.parquet');
  if (!table) throw new InputError('capsulePart', { file, missing: 'items.parquet' });
  const { items } = await parseParquet(`${file}: items.parquet`, table.unpack());
  const matrix = (name: string): Matrix | undefined => {
    const content = parts.get(name);
    const found = content && parseMatrix(`${file}: ${name}`, content.unpack());
    if (found && found.rows !== items.length)
      throw new InputError('npzRows', { file, array: name, found: found.rows, expected: items.length });
    return found;
  };
  const vectors = matrix('vectors.npy');
  const positions = matrix('positions.npy');
  const settings = object('settings.json');
  const { space: said } = manifest;
  const space = typeof said === 'object' && said !== null ? readSpaceFields(said) : undefined;
  const whole = {
    items,
    ...(vectors && { vectors }),
    ...(positions && { positions: asPositions(file, positions) }),
    ...(space && { space }),
    ...(settings && { settings: Object.fromEntries(Object.entries(settings)) }),
  };
  return chooseRows(file, whole, options);
}

function asPositions(file: string, { data, rows, dim }: Matrix): Positions {
  if (dim !== 2 && dim !== 3) throw new InputError('positionDims', { file, found: dim });
  return { data, rows, dim };
}
