/** The real process, as a shell starts it: streams, exit codes, signals and what it leaves on the disk. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelsFolder, root, scratch } from './terminal';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built command; `watch` sees standard error as it comes. */
function start(
  argv: readonly string[],
  env: Record<string, string> = {},
  watch?: (err: string, stop: () => void) => void,
) {
  const child = spawn(process.execPath, [join(root, 'bin/constela.js'), ...argv], { env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    watch?.(err, () => child.kill('SIGINT'));
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, ended };
}

// The first start builds the command when it is stale; afterwards standard error is the command's own.
beforeAll(() => start(['--version']).ended, 120_000);

describe('the process', () => {
  test('prints results alone on standard output, and the timings last of all on standard error', async () => {
    const home = await scratch();
    const { code, out, err } = await start(['similarity', 'cat', 'dog', '--timings'], {
      HOME: home(),
      XDG_CACHE_HOME: home('cache'),
    }).ended;
    // tests/fixtures/reference-cosines.json: 0.658954458
    expect({ code, out }).toEqual({ code: 0, out: '0.658954\n' });
    const lines = err.trimEnd().split('\n');
    expect(lines.slice(0, -1)).toEqual(['constela: loading model', 'constela: embedding 2 texts']);
    const timings = JSON.parse(lines.at(-1)!);
    expect(Object.keys(timings)).toEqual([
      ...['read', 'model', 'embedding', 'neighbours', 'graph', 'start', 'layout', 'write', 'total', 'peakMemoryMB'],
    ]);
    expect(timings.model).toBeGreaterThan(0);
    expect(timings.embedding).toBeGreaterThan(0);
    expect(timings.layout).toBe(0);
    expect(timings.total).toBeGreaterThan(timings.model + timings.embedding);
    // The weights alone are 24 MB.
    expect(timings.peakMemoryMB).toBeGreaterThan(24);
    // No library made itself a cache.
    expect(await readdir(home())).toEqual([]);
    expect(existsSync(join(root, 'node_modules/@xenova/transformers/.cache'))).toBe(false);
  });

  test('says its version and the help of every verb, each option with a sentence', async () => {
    expect((await start(['--version']).ended).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const options = {
      attention: ['--json', '--model', '--prompt', '--timings'],
      axes: ['--axis', '--formula', '-k', '--json', '--model', '--prompt', '--timings'],
      compare: ['--models', '--prompt', '-k', '--json', '--timings'],
      embed: ['--out', '--model', '--prompt', '--quiet', '--timings'],
      map: [
        '--out',
        '--append',
        '--model',
        '--prompt',
        '--dims',
        '--neighbours',
        '--min-dist',
        '--seed',
        '--vectors',
        '--timings',
      ],
      fidelity: ['-k', '--json', '--quiet', '--timings'],
      open: ['--no-open'],
      neighbours: ['--of', '--out', '-k', '--json', '--model', '--prompt', '--timings'],
      similarity: ['--pairs', '--model', '--prompt', '--timings'],
    };
    for (const [verb, names] of Object.entries(options)) {
      const { code, out, err } = await start([verb, '--help']).ended;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const name of names) expect(out).toMatch(new RegExp(`^ .*${name}[ ,<].* [A-Z][^\\n]+`, 'm'));
      // Defaults come from the file that a verb reads; similarity and attention read none, and fidelity has none of them.
      expect(out.includes('INPUT')).toBe(!['similarity', 'attention', 'fidelity', 'open'].includes(verb));
    }
  });

  test('models in another folder are those of CONSTELA_MODELS, and what they lack is one line', async () => {
    const at = await scratch();
    const { code, out, err } = await start(['similarity', 'a', 'b', '-q'], { CONSTELA_MODELS: at() }).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^constela: The file \S+ of the model all-MiniLM-L6-v2 is missing\.[^\n]*\n$/);
    const again = await start(['similarity', 'cat', 'dog', '-q'], { CONSTELA_MODELS: modelsFolder }).ended;
    expect(again.out).toBe('0.658954\n');
  });

  test('an interrupt ends it with 130, in silence, and leaves no file', async () => {
    const at = await scratch();
    await mkdir(at('out'));
    // Enough texts for a layout that is still running when the signal comes.
    await writeFile(at('words.txt'), Array.from({ length: 600 }, (_, i) => `word ${i}`).join('\n'));
    const { ended } = start(['map', at('words.txt'), '--out', at('out', 'map.csv')], {}, (err, stop) => {
      if (err.includes('layout')) stop();
    });
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err.trimEnd().split('\n').at(-1)).toMatch(/^constela: layout/);
    expect(await readdir(at('out'))).toEqual([]);
  });

  test('open serves until an interrupt, also where no browser can be started', async () => {
    const at = await scratch();
    await mkdir(at('page'));
    await writeFile(at('page', 'index.html'), 'the page');
    await writeFile(at('words.txt'), 'cat\ndog\n');
    // A display, and no program that could show anything on it.
    const env = { CONSTELA_PAGE: at('page'), DISPLAY: ':0', PATH: at() };
    const { code, out, err } = await start(['open', at('words.txt')], env, (said, stop) => {
      if (said.includes('no browser was opened')) stop();
    }).ended;
    expect(code).toBe(130);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/\?open=file%2Fwords\.txt\n$/);
    expect(err.trimEnd().split('\n')).toEqual([
      'constela: only this machine can reach it; Ctrl+C stops it',
      expect.stringMatching(/^constela: no browser was opened \(.+\): open the address$/),
    ]);
  });

  test('a reader that has had enough ends it in silence', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), 'cat\ndog\nking\n');
    const { child, ended } = start(['neighbours', at('words.txt'), '--of', 'cat', '-q']);
    child.stdout.destroy();
    const { code, err } = await ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('wrong arguments end it with 2', async () => {
    const { code, out, err } = await start(['neighbors', 'x.csv']).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^constela: unknown verb 'neighbors' \(Did you mean neighbours\?\)[^\n]*\n$/);
  });
});
