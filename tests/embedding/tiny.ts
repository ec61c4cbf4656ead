/** The tiny model of tests/fixtures/models (make.py made it), as it would be opened, and broken copies of it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { GivenFile } from '../../src/embedding/ownFiles';

export const fixtures = fileURLToPath(new URL('../fixtures/models', import.meta.url));

export const tinyPaths = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'] as const;

export async function readFixture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(`${fixtures}/${path}`));
}

/** The files of the tiny model, with `changes` over them; undefined leaves one out. */
export async function tinyFiles(
  changes: Readonly<Record<string, Uint8Array<ArrayBuffer> | string | undefined>> = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of tinyPaths) files.set(path, await readFixture(`tiny/${path}`));
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) files.delete(path);
    else files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  return files;
}

export function asGiven(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, prefix = ''): Map<string, GivenFile> {
  return new Map(
    [...files].map(([path, bytes]) => [prefix + path, { bytes: bytes.length, read: () => Promise.resolve(bytes) }]),
  );
}

/** A copy in which every occurrence of a name is another of equal length, so that the file stays whole. */
export function rename(bytes: Uint8Array, from: string, to: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'));
}

export async function jsonOf(path: string): Promise<Record<string, unknown>> {
  const value: unknown = JSON.parse(new TextDecoder().decode(await readFixture(path)));
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no object`);
  return { ...value };
}
