import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checkOutput, readInput, writeOutput } from '../../src/cli/files';
import { InputError, type ErrorCode } from '../../src/errors';
import { scratch } from './terminal';

const bytes = new TextEncoder().encode('new');
const code = (code: ErrorCode) => expect.objectContaining({ name: 'InputError', code });

describe('writeOutput', () => {
  test('puts a whole file in the place of another', async () => {
    const at = await scratch();
    await writeFile(at('out.csv'), 'old and longer');
    await writeOutput(at('out.csv'), bytes);
    expect(await readFile(at('out.csv'), 'utf8')).toBe('new');
    expect(await readdir(at())).toEqual(['out.csv']);
  });

  test('follows a link, which stays one', async () => {
    const at = await scratch();
    await mkdir(at('real'));
    await writeFile(at('real/out.csv'), 'old');
    await symlink(at('real/out.csv'), at('link.csv'));
    await writeOutput(at('link.csv'), bytes);
    expect(await readFile(at('real/out.csv'), 'utf8')).toBe('new');
    expect((await lstat(at('link.csv'))).isSymbolicLink()).toBe(true);
  });

  test('leaves the old file and nothing else when it is interrupted', async () => {
    const at = await scratch();
    await writeFile(at('out.csv'), 'old');
    await expect(writeOutput(at('out.csv'), bytes, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readFile(at('out.csv'), 'utf8')).toBe('old');
    expect(await readdir(at())).toEqual(['out.csv']);
  });

  test('puts pieces of any length behind each other, though the next one is made in the memory of the last', async () => {
    const at = await scratch();
    const memory = new Uint8Array(1_000_000);
    const lengths = [1_000_000, 3, 0, 999_999, 1_000_000, 1];
    function* pieces() {
      for (const [i, length] of lengths.entries()) yield memory.subarray(0, length).fill(i + 1);
    }
    await writeOutput(at('out.bin'), pieces());
    const expected = Buffer.concat(lengths.map((length, i) => Buffer.alloc(length, i + 1)));
    expect(expected.equals(await readFile(at('out.bin')))).toBe(true);
  });

  test('leaves the old file when a piece cannot be made, and says why', async () => {
    const at = await scratch();
    await writeFile(at('out.bin'), 'old');
    function* pieces() {
      yield bytes;
      throw new InputError('exportTooLarge', { bytes: 5, limit: 4 });
    }
    await expect(writeOutput(at('out.bin'), pieces())).rejects.toEqual(code('exportTooLarge'));
    expect(await readFile(at('out.bin'), 'utf8')).toBe('old');
    expect(await readdir(at())).toEqual(['out.bin']);
  });

  test('stops between two pieces when it is interrupted', async () => {
    const at = await scratch();
    const stop = new AbortController();
    let made = 0;
    function* pieces() {
      for (; made < 1000; made++) {
        if (made === 3) stop.abort();
        yield bytes;
      }
    }
    await expect(writeOutput(at('out.bin'), pieces(), stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(made).toBe(3);
    expect(await readdir(at())).toEqual([]);
  });

  test('leaves nothing when the rename fails', async () => {
    const at = await scratch();
    // A folder cannot be replaced by a file.
    await mkdir(at('out.csv'));
    await expect(writeOutput(at('out.csv'), bytes)).rejects.toEqual(code('outputFailed'));
    expect(await readdir(at())).toEqual(['out.csv']);
  });
});

describe('checkOutput', () => {
  test('takes a new file, an old one, and a name without a folder', async () => {
    const at = await scratch();
    await writeFile(at('old.csv'), 'old');
    await checkOutput(at('new.csv'));
    await checkOutput(at('old.csv'));
    await checkOutput('constela-test-new.csv');
  });

  test('refuses what is no plain file, and a folder that is not there or is a file', async () => {
    const at = await scratch();
    await writeFile(at('file'), '');
    await expect(checkOutput('/dev/null')).rejects.toEqual(code('outputNotFile'));
    await expect(checkOutput(at('none', 'out.csv'))).rejects.toEqual(code('outputFolderMissing'));
    await expect(checkOutput(at('file', 'out.csv'))).rejects.toEqual(code('outputFolderMissing'));
  });
});

describe('readInput', () => {
  test('tells a missing file from a folder', async () => {
    const at = await scratch();
    await expect(readInput(at('none'))).rejects.toEqual(code('inputMissing'));
    await expect(readInput(at())).rejects.toEqual(code('inputFolder'));
  });

  test('stops when it is interrupted', async () => {
    const at = await scratch();
    await writeFile(at('in.txt'), 'cat');
    await expect(readInput(at('in.txt'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
