import { chromium } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { pageFolder } from './scripts/built.js';
import { findChromium } from './scripts/chromium.js';
import { createServer } from './scripts/server.js';
const { address, close } = await createServer({ root: pageFolder });
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
let csv = 'text,group,year\n';
for (let i = 0; i < 60; i++) csv += i % 7 === 3 ? `word ${i}\n` : i % 11 === 5 ? `,g,${i}\n` : `word number ${i},g${i % 3},${1990 + i}\n`;
csv += '"a very long row that has far too many cells, in quotes and all, so that it wraps in the list that shows it",a,b,c,d\n';
const out = process.argv[2];
for (const [w, h] of [[1280, 800], [390, 844]]) for (const [lang, scheme] of [['en', 'dark'], ['pt-BR', 'light']]) {
  const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme });
  page.on('pageerror', (e) => console.log('ERR', e.message));
  await page.goto(`${address}?lang=${lang}`);
  await page.waitForFunction(() => /\d/.test(document.querySelector('[role=status]')?.textContent ?? ''), null, { timeout: 120000 });
  const input = page.locator('input[type=file]').first();
  await input.setInputFiles({ name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const show = page.getByRole('button', { name: lang === 'en' ? 'Show them' : 'Mostrar', exact: true });
  await show.waitFor({ timeout: 120000 });
  await page.screenshot({ path: `${out}/notice-${w}-${lang}.png` });
  await show.click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${out}/dialog-${w}-${lang}.png` });
  if (w === 1280 && lang === 'en') {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    console.log(download.suggestedFilename()); await download.saveAs(`${out}/left.csv`);
  }
  await page.close();
}
// Speed, progress and Cancel.
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`${address}?lang=en`);
await page.waitForFunction(() => /Ready/.test(document.querySelector('[role=status]')?.textContent ?? ''), null, { timeout: 120000 });
await page.waitForTimeout(3000);
const input = page.locator('input[type=file]').first();
const watch = () => page.evaluate(() => { window.seen = []; const s = document.querySelector('[role=status]'); const t0 = performance.now(); new MutationObserver(() => window.seen.push([Math.round(performance.now() - t0), s.textContent])).observe(s, { childList: true, subtree: true, characterData: true }); window.t0 = t0; });
await watch();
await input.setInputFiles(process.argv[3]);
const cancel = page.locator('footer').getByRole('button', { name: 'Cancel' });
await page.waitForFunction(() => window.seen.some(([, t]) => /Reading/.test(t)), null, { timeout: 60000 });
await page.screenshot({ path: `${out}/progress.png` });
const before = await page.evaluate(() => performance.now());
await cancel.click();
await page.waitForFunction(() => /Ready/.test(document.querySelector('[role=status]').textContent));
console.log('cancel ms, click included', await page.evaluate((b) => performance.now() - b, before), await page.evaluate(() => JSON.stringify(window.seen)));
await page.evaluate(() => { window.listed = undefined; const t0 = performance.now(); const id = setInterval(() => { if (/100[,.]?000/.test(document.body.textContent)) { window.listed = Math.round(performance.now() - t0); clearInterval(id); } }, 20); });
await input.setInputFiles(process.argv[4]);
await page.waitForFunction(() => window.listed !== undefined, null, { timeout: 60000 });
console.log('100k listed ms', await page.evaluate(() => window.listed));
await browser.close(); await close();
