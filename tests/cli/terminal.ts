/** The command line in this process, with its output caught. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** The bundled models. */
export const modelsFolder = join(root, 'models');
/** A folder that is not there: whoever asks for a model fails. */
export const noModels = join(root, 'no-such-folder');

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `constela` with these arguments. `signal` interrupts it. */
export async function constela(
  argv: readonly string[],
  { models = noModels, signal = new AbortController().signal } = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    signal,
    modelsFolder: models,
    debug: false,
  });
  return { code, out, err };
}

/** An empty folder that goes when the test ends, and a way to name files in it. */
export async function scratch(): Promise<(...path: string[]) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'constela-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return (...path) => join(folder, ...path);
}
