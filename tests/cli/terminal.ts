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
/** Nor is there a page. */
const noPage = join(root, 'no-such-page');

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `constela` with these arguments. `signal` interrupts it; `onOutput` is told of each line on standard output. */
export async function constela(
  argv: readonly string[],
  { models = noModels, page = noPage, signal = new AbortController().signal, onOutput = (_: string) => {} } = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    stdout: {
      write: (text) => {
        out += text;
        onOutput(text);
      },
    },
    stderr: { write: (text) => (err += text) },
    signal,
    modelsFolder: models,
    pageFolder: page,
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
