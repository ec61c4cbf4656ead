/** `constela open`: a file in the page, for as long as the command runs. */
import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { openEndings } from '../data/endings';
import { InputError } from '../errors';
import type { Context } from './context';
import { checkInput } from './files';

export function openCommand(context: Context): Command {
  return new Command('open')
    .description('Open a file in the page, which is served to this machine alone until Ctrl+C.')
    .argument('<file>', `File to open: ${openEndings.join(' ')}.`)
    .option('--no-open', 'Print the address, and open no browser.')
    .addHelpText(
      'after',
      [
        '',
        'The address is printed on standard output. Whoever has it can read the file and the page while the command runs; it has another',
        'port and another secret each time. What the browser remembers there is not found the next time: export what should stay.',
        'The page is that of npm run build, or of the folder in CONSTELA_PAGE.',
      ].join('\n'),
    )
    .action((file: string, { open }: { readonly open: boolean }) => openFile(file, open, context));
}

async function openFile(file: string, inBrowser: boolean, context: Context): Promise<void> {
  const { pageFolder, signal, stdout, stderr } = context;
  if (!openEndings.some((ending) => file.toLowerCase().endsWith(ending)))
    throw new InputError('fileEnding', { file, endings: openEndings.join(' ') });
  await checkInput(file);
  await access(join(pageFolder, 'index.html'), constants.R_OK).catch(() => {
    throw new InputError('pageMissing', { folder: pageFolder });
  });
  const { servePage } = await import('./pageServer');
  const { openBrowser } = await import('../../scripts/browser.js');
  signal.throwIfAborted();
  const { address, close } = await servePage(pageFolder, resolve(file));
  stdout.write(`${address}\n`);
  stderr.write('constela: only this machine can reach it; Ctrl+C stops it\n');
  if (inBrowser)
    openBrowser(address, (reason) => stderr.write(`constela: no browser was opened (${reason}): open the address\n`));
  await new Promise((done) => {
    if (signal.aborted) done(undefined);
    else signal.addEventListener('abort', done, { once: true });
  });
  await close();
  signal.throwIfAborted();
}
