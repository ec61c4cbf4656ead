/** Models that the arguments name by their folder or zip archive, opened before a verb begins. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { listPacked } from '../data/unpack';
import { checkCount, checkSize, type GivenFile } from '../embedding/ownFiles';
import type { ReadModelFile } from '../embedding/modelFiles';
import { readOwnModel } from '../embedding/ownModel';
import { addModel, findModel, lookUpModel, type ModelEntry } from '../embedding/registry';
import { readInput } from './files';

/** The files of the models that were opened, by the model's id. */
const opened = new Map<string, ReadonlyMap<string, Uint8Array<ArrayBuffer>>>();

/** A model's id, or the path of one on the disk as it is. Throws an InputError for what is neither. */
export function parseModel(value: string): string {
  if (lookUpModel(value) || isOnDisk(value)) return value;
  return findModel(value).id;
}

/** Opens the models whose paths stand in the options `model` and `models` of `verb`, and puts their ids there. */
export async function openNamedModels(verb: Command, signal: AbortSignal): Promise<void> {
  const { model, models }: { model?: unknown; models?: unknown } = verb.opts();
  if (typeof model === 'string') verb.setOptionValue('model', await openModel(model, signal));
  if (Array.isArray(models)) {
    const ids: string[] = [];
    for (const one of models) ids.push(await openModel(String(one), signal));
    verb.setOptionValue('models', ids);
  }
}

/** Reads the files of a model that was opened; undefined for any other. */
export function ownReader({ id }: ModelEntry): ReadModelFile | undefined {
  const files = opened.get(id);
  return (
    files &&
    ((path, onBytes) => {
      const bytes = files.get(path);
      onBytes(bytes?.length ?? 0);
      return Promise.resolve(bytes);
    })
  );
}

/** The id of the model called `value`, or of the one that lies there. */
async function openModel(value: string, signal: AbortSignal): Promise<string> {
  if (lookUpModel(value)) return value;
  const name = basename(resolve(value));
  const given = (await stat(value)).isDirectory()
    ? await listFolder(name, value)
    : await listArchive(name, value, signal);
  const { entry, files } = await readOwnModel(name, given);
  addModel(entry);
  opened.set(entry.id, files);
  return entry.id;
}

async function listArchive(name: string, path: string, signal: AbortSignal): Promise<Map<string, GivenFile>> {
  checkSize(name, (await stat(path)).size);
  const packed = listPacked(name, await readInput(path, signal));
  return new Map(packed.map((file) => [file.name, { bytes: file.bytes, read: async () => file.unpack() }]));
}

/** The files of the folder, and of those in it; hidden ones are left out, such as those of git. */
async function listFolder(name: string, folder: string): Promise<Map<string, GivenFile>> {
  const files = new Map<string, GivenFile>();
  const visit = async (inside: string, depth: number): Promise<void> => {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      const full = join(folder, path);
      // Links too: a cache of models is made of them.
      const found = await stat(full).catch(() => undefined);
      if (found?.isDirectory() && depth < deepest) await visit(path, depth + 1);
      if (found?.isFile())
        files.set(path, { bytes: found.size, read: async () => new Uint8Array(await readFile(full)) });
      checkCount(name, files.size);
    }
  };
  await visit('', 0);
  return files;
}

/** Folders in folders that are looked into: a model one folder deep has `onnx/` in it. */
const deepest = 2;

function isOnDisk(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
