// @ts-check
/** `npm start`: builds what is missing or stale, serves the page on this machine, and opens it where it can. */
import { spawn } from 'node:child_process';
import { buildPage, pageFolder } from './built.js';
import { fail } from './run.js';
import { createServer } from './server.js';

const preferredPort = 4173;

try {
  await buildPage();
  const { address, close } = await createServer({ root: pageFolder, port: preferredPort });
  console.log(`
  Constela is at  ${address}

  Only this machine can reach it; Ctrl+C stops it. To offer it to others, put the folder dist/ on any static
  host with HTTPS: over plain HTTP browsers refuse what it needs (crypto.subtle), except on localhost.
`);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
  openBrowser(address);
} catch (error) {
  fail(error);
}

/**
 * Opens the address in the person's browser. The address was printed, so whatever goes wrong here is no failure.
 *
 * @param {string} address
 */
function openBrowser(address) {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.env.CI || !hasDisplay || !process.stdout.isTTY) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""']
        : ['xdg-open'];
  const child = spawn(command, [...args, address], { detached: true, stdio: 'ignore' });
  child.once('error', () => {});
  child.unref();
}
