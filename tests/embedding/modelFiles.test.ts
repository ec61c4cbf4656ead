/** A model that is not what it should be is an error with its name, never a wrong map. */
import { describe, expect, test } from 'vitest';
import { checkCanary } from '../../src/embedding/canary';
import { Model } from '../../src/embedding/model';
import { loadModelFiles, type ModelFiles, type ReadModelFile } from '../../src/embedding/modelFiles';
import { sha256 } from '../../src/sha256';
import { findModel } from '../../src/embedding/registry';
import { createNodeRuntime } from '../../src/cli/runtime';
import type { ErrorCode } from '../../src/errors';
import { createEmbedder, readBundled } from './bundled';

const entry = findModel('all-MiniLM-L6-v2');
const read = readBundled(entry);
const code = (code: ErrorCode, params: object) =>
  expect.objectContaining({
    name: 'InputError',
    code,
    params: expect.objectContaining({ model: entry.id, ...params }),
  });

/** Reads as usual, but changes one file. */
function changing(
  file: string,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | undefined,
): ReadModelFile {
  return async (path, onBytes, signal) => {
    const bytes = await read(path, onBytes, signal);
    return path === file && bytes ? change(bytes) : bytes;
  };
}

describe('files', () => {
  test('sha256 is that of FIPS 180-4 (its example “abc”)', async () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await sha256(new TextEncoder().encode('abc'))).toBe(expected);
  });

  test.each([entry.weights, 'tokenizer.json', 'golden.json'])('%s missing', async (file) => {
    const reading = loadModelFiles(
      entry,
      changing(file, () => undefined),
    );
    await expect(reading).rejects.toEqual(code('modelFileMissing', { file }));
  });

  test('cut short', async () => {
    const file = entry.weights;
    const reading = loadModelFiles(
      entry,
      changing(file, (bytes) => bytes.slice(0, -1)),
    );
    const { bytes } = entry.files[file]!;
    await expect(reading).rejects.toEqual(code('modelFileSize', { file, got: bytes - 1, expected: bytes }));
  });

  test('one bit changed', async () => {
    const file = entry.weights;
    const flip = (bytes: Uint8Array<ArrayBuffer>) => {
      bytes[bytes.length >> 1]! ^= 1;
      return bytes;
    };
    await expect(loadModelFiles(entry, changing(file, flip))).rejects.toEqual(code('modelFileChanged', { file }));
  });

  test('a failed load is not remembered: the next one works', async () => {
    let broken = true;
    const embedder = createEmbedder({
      readFile: () => (path, onBytes, signal) => (broken ? Promise.resolve(undefined) : read(path, onBytes, signal)),
    });
    const spec = { modelId: entry.id, prompt: '{text}' };
    await expect(embedder.embed(['cat'], spec)).rejects.toMatchObject({ code: 'modelFileMissing' });
    broken = false;
    expect((await embedder.embed(['cat'], spec)).matrix.rows).toBe(1);
  });

  test('loading stops when it is cancelled', async () => {
    await expect(loadModelFiles(entry, read, undefined, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('canary', () => {
  interface Golden {
    texts: { text: string; ids: number[]; vector: number[] }[];
  }

  /** Checks the model against a golden.json that `change` made wrong. */
  async function checkAgainst(change: (golden: Golden) => void): Promise<void> {
    const files = await loadModelFiles(entry, read);
    const golden: Golden = JSON.parse(new TextDecoder().decode(files.get('golden.json')));
    change(golden);
    const wrong: ModelFiles = new Map([...files, ['golden.json', new TextEncoder().encode(JSON.stringify(golden))]]);
    const model = await Model.create(entry, files, await createNodeRuntime());
    await checkCanary(model, wrong).finally(() => model.dispose());
  }

  test('is content with the bundled file', async () => {
    await checkAgainst(() => undefined);
  });

  test('a vector of another direction', async () => {
    const turn = (golden: Golden) => golden.texts[0]!.vector.reverse();
    await expect(checkAgainst(turn)).rejects.toEqual(code('canaryVectors', { minimum: 0.999 }));
  });

  test('other tokens', async () => {
    const change = (golden: Golden) => golden.texts[0]!.ids.splice(1, 1);
    await expect(checkAgainst(change)).rejects.toEqual(code('canaryTokens', {}));
  });

  test('a reference of another shape', async () => {
    const shorten = (golden: Golden) => golden.texts[3]!.vector.pop();
    await expect(checkAgainst(shorten)).rejects.toEqual(code('modelFileMissing', { file: 'golden.json' }));
  });

  test('weights of another model, though their checksum were known', async () => {
    const other = findModel('multilingual-e5-small-en-pt');
    const files = await loadModelFiles(entry, read);
    const weights = (await loadModelFiles(other, readBundled(other))).get(other.weights)!;
    const model = await Model.create(entry, new Map([...files, [entry.weights, weights]]), await createNodeRuntime());
    await expect(checkCanary(model, files)).rejects.toEqual(code('canaryVectors', {}));
    await model.dispose();
  });
});
