// @ts-check
/** `npm run e2e`: the end-to-end tests over the built page. Arguments go to Playwright, such as the name of a spec. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPage, pageFolder } from './built.js';
import { findChromium } from './chromium.js';
import { fail, root, runPackage } from './run.js';
import { createServer } from './server.js';

try {
  const browser = await findChromium();
  await buildPage();
  const { address, close } = await createServer({ root: pageFolder });
  // The tests read and write files by the project's own code, which has kernels, and Playwright knows nothing of them.
  const hooks = `--import=${pathToFileURL(join(root, 'scripts/kernelHooks.js')).href}`;
  const options = `${process.env.NODE_OPTIONS ?? ''} ${hooks}`.trim();
  process.exitCode = await runPackage('@playwright/test', 'playwright', ['test', ...process.argv.slice(2)], {
    env: { ...process.env, CHROME_PATH: browser, CONSTELA_ADDRESS: address, NODE_OPTIONS: options },
  });
  await close();
} catch (error) {
  fail(error);
}
