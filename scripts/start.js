// @ts-check
/** `npm start`: builds what is missing or stale, serves the page on this machine, and opens it where it can. */
import { openBrowser } from './browser.js';
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
  if (!process.env.CI && process.stdout.isTTY) openBrowser(address);
} catch (error) {
  fail(error);
}
