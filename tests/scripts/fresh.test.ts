import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFresh } from '../../scripts/fresh.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'constela-fresh-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  for (const path of ['built', 'src/a', 'src/deep/b']) writeFileSync(join(folder, path), '');
  for (const path of ['src/a', 'src/deep/b', 'src/deep', 'src']) touch(path, 100);
  touch('built', 200);
});
afterEach(() => rmSync(folder, { recursive: true }));

const touch = (path: string, seconds: number): void => utimesSync(join(folder, path), seconds, seconds);
const fresh = (built = 'built'): boolean => isFresh(join(folder, built), [join(folder, 'src'), join(folder, 'none')]);

describe('isFresh', () => {
  it('is true when all sources are older, and one that does not exist counts for nothing', () => {
    expect(fresh()).toBe(true);
  });
  it('is false when nothing was built', () => {
    expect(fresh('missing')).toBe(false);
  });
  it('is false when a file deep in a folder is newer', () => {
    touch('src/deep/b', 300);
    expect(fresh()).toBe(false);
  });
  it('is false when a file was taken away since', () => {
    rmSync(join(folder, 'src/deep/b'));
    expect(fresh()).toBe(false);
  });
});
