// @ts-check
/** `npm run e2e`: the end-to-end tests over the built page. Arguments go to Playwright, such as the name of a spec. */
import { buildPage, pageFolder } from './built.js';
import { findChromium } from './chromium.js';
import { fail, runPackage } from './run.js';
import { createServer } from './server.js';

try {
  const browser = await findChromium();
  await buildPage();
  const { address, close } = await createServer({ root: pageFolder });
  process.exitCode = await runPackage('@playwright/test', 'playwright', ['test', ...process.argv.slice(2)], {
    env: { ...process.env, CHROME_PATH: browser, CONSTELA_ADDRESS: address },
  });
  await close();
} catch (error) {
  fail(error);
}
