/** Started by `scripts/e2e.js`, which finds the browser and serves the built page. */
import { defineConfig } from '@playwright/test';

const { CHROME_PATH: executablePath, CONSTELA_ADDRESS: baseURL } = process.env;
if (!executablePath || !baseURL) throw new Error('Run the end-to-end tests by `npm run e2e`.');

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // One picture for every platform: the browser draws by software wherever it runs.
  snapshotPathTemplate: '{testDir}/golden/{arg}{ext}',
  // One after another: a model's threads take all the cores of a small machine.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // A machine that others use too can be too slow once. The summary names what passed at the second try only.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    // On two cores each of these is a part of every test's time, and only some tests are about them: they say so. A service
    // worker fetches and keeps all of the page, 18 MB; and what glides is drawn many times, by software.
    serviceWorkers: 'block',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
