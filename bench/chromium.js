// @ts-check
/** The browser of the benchmarks: that of the end-to-end tests. */
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/chromium.js';

/** @param {readonly string[]} more arguments of its own */
export async function openBrowser(more = []) {
  const executablePath = await findChromium();
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
      ...more,
    ],
  });
}
