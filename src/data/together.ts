/** Files that were chosen, dropped or named together: which of them belong to others. */
import { InputError } from '../errors';
import { joinBytes } from './bytes';
import { endingOf, folderOf, inner } from './endings';
import { type NamedFile, unpackedPieces, unpackedRanges, unpackedWhole } from './namedFiles';
import { lacksTexts } from './npz';
import { configOfTensors, noConfig, partOf, type ProjectorConfig, type ProjectorPart } from './projectorConfig';
import { isTensors, lookedCharacters } from './projectorTensors';
import { detectEncoding } from './text';

/** How lists of numbers without texts begin. */
const jsonBeginnings: Readonly<Record<string, RegExp>> = {
  '.json': /^\uFEFF?\s*\[\s*\[\s*-?\d/,
  '.jsonl': /^\uFEFF?\s*\[\s*-?\d/,
  '.ndjson': /^\uFEFF?\s*\[\s*-?\d/,
};

/**
 * The files by index, each with those that stand beside it (see `openFile`), in their order. Vectors without texts take the file of their
 * texts: that which is called like them, or else the next one that is free, or the first. Tensors of an Embedding Projector first take what
 * is called like the parts of their bundle, or is named by its configuration, and lies in the same folder.
 */
export async function groupFiles(files: readonly NamedFile[]): Promise<number[][]> {
  if (files.length < 2) return files.map((_, i) => [i]);
  const bare = new Set<number>();
  for (const [i, file] of files.entries()) if (await isBare(file)) bare.add(i);
  const others = [...files.keys()].filter((i) => !bare.has(i));
  const used = new Set<number>();
  const beside = new Map<number, readonly number[]>();
  const unnamed: number[] = [];
  for (const i of bare) {
    const parts = await bundleParts(files, i, others);
    if (!parts.has('metadata')) unnamed.push(i);
    for (const part of parts.values()) used.add(part);
    beside.set(i, [...parts.values()]);
  }
  for (const i of unnamed) {
    const free = others.filter((other) => !used.has(other));
    const stem = stemOf(files[i]!);
    const labels =
      free.find((other) => files[other]!.name.startsWith(`${stem}.`)) ?? free.find((other) => other > i) ?? free[0];
    if (labels === undefined) continue;
    used.add(labels);
    beside.set(i, [...beside.get(i)!, labels]);
  }
  return [...files.keys()].filter((i) => !used.has(i)).map((i) => [i, ...(beside.get(i) ?? [])]);
}

/** Whether a file has vectors and no texts, as far as its name and its beginning tell. */
async function isBare(file: NamedFile): Promise<boolean> {
  const name = inner(file.name);
  const ending = endingOf(name);
  if (ending === '.npy' || ending === '.bytes') return true;
  try {
    if (ending === '.npz') return lacksTexts(name, await unpackedRanges(file));
    if (ending !== '.tsv' && !Object.hasOwn(jsonBeginnings, ending)) return false;
    const { text, isWhole } = await beginningOf(file);
    return ending === '.tsv' ? isTensors(name, text, isWhole) : jsonBeginnings[ending]!.test(text);
  } catch (error) {
    // Reading it says what is wrong with it.
    if (error instanceof InputError) return false;
    throw error;
  }
}

async function beginningOf(file: NamedFile): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let isWhole = true;
  for await (const part of unpackedPieces(file)) {
    parts.push(part);
    length += part.length;
    if (length > lookedCharacters) {
      isWhole = false;
      break;
    }
  }
  const bytes = joinBytes(parts);
  return { text: new TextDecoder(detectEncoding(bytes)).decode(bytes), isWhole };
}

/** Of tensors, the other files of their bundle, one of each kind. */
async function bundleParts(
  files: readonly NamedFile[],
  tensors: number,
  others: readonly number[],
): Promise<ReadonlyMap<ProjectorPart, number>> {
  const { name } = files[tensors]!;
  const parts = new Map<ProjectorPart, number>();
  if (!['.tsv', '.bytes'].includes(endingOf(inner(name)))) return parts;
  const near = others.filter((i) => folderOf(files[i]!.name) === folderOf(name));
  const configuration = near.find((i) => partOf(inner(files[i]!.name), noConfig) === 'config');
  const config = configuration === undefined ? noConfig : await configIn(files[configuration]!, inner(name));
  for (const i of near) {
    const part = partOf(inner(files[i]!.name), config);
    if (part && !parts.has(part)) parts.set(part, i);
  }
  return parts;
}

/** One that cannot be read says nothing here: opening the tensors says what is wrong with it. */
async function configIn(file: NamedFile, tensors: string): Promise<ProjectorConfig> {
  try {
    return configOfTensors(tensors, { name: inner(file.name), bytes: await unpackedWhole(file) });
  } catch (error) {
    if (error instanceof InputError) return noConfig;
    throw error;
  }
}

function stemOf({ name }: NamedFile): string {
  const whole = inner(name);
  return whole.slice(0, whole.length - endingOf(whole).length);
}
