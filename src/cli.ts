/** Node door: the pipeline without a page. Both this file and its build, dist-cli/constela.js, lie one folder below the package's. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interrupted, run } from './cli/run';

// Nothing here fetches, and a library that tried would find nobody: transformers.js, loaded later, keeps this one.
globalThis.fetch = () => Promise.reject(new Error('the command line uses no network'));

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const abort = new AbortController();
let exitOnSignal: number | undefined;

/** Asks the work to stop, which removes what it had half written; 128 and the signal's number is what shells expect. */
function stopOn(signal: NodeJS.Signals, number: number): void {
  process.on(signal, () => {
    exitOnSignal ??= 128 + number;
    abort.abort();
  });
}
stopOn('SIGINT', 2);
stopOn('SIGTERM', 15);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read, `head` for one, has had enough.
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`constela: standard output cannot be written (${error.code ?? error.message}).\n`);
  process.exit(1);
});
// Nobody is left to be told.
process.stderr.on('error', () => undefined);

const exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: abort.signal,
  modelsFolder: process.env['CONSTELA_MODELS'] ?? join(packageFolder, 'models'),
  pageFolder: process.env['CONSTELA_PAGE'] ?? join(packageFolder, 'dist'),
  debug: process.env['CONSTELA_DEBUG'] === '1',
});
process.exitCode = exitCode === interrupted ? (exitOnSignal ?? exitCode) : exitCode;
