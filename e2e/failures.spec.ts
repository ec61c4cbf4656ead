/** What breaks around the page: each time it says so in place, and everything else can still be used. */
import { expect, test, type Page } from '@playwright/test';
import registry from '../models/models.json' with { type: 'json' };
import { cardOf, watchCard } from './card';
import { addWords, expectCount, openPage, rankedIn, refuseModels, selectText, starterSize } from './page';
import { download, readPicture } from './transfer';

const modelFile = 'onnx/model_quantized.onnx';
const modelAddress = `**/models/all-MiniLM-L6-v2/${modelFile}`;
const neighbours = (page: Page) => page.getByRole('region', { name: 'Neighbours' });

/** Lists and neighbours of the starter need neither the model nor the cloud. */
async function expectListsWork(page: Page): Promise<void> {
  await selectText(page, 'dog');
  expect((await rankedIn(neighbours(page))).map(({ text }) => text)).toContain('cat');
}

test('a missing model file is told of in place, and trying again loads it', async ({ page }) => {
  await page.route(modelAddress, (route) => route.fulfill({ status: 404, body: 'not here' }));
  await openPage(page);
  const alert = page.getByRole('alert').filter({ hasText: `The file ${modelFile} of the model all-MiniLM-L6-v2` });
  await expect(alert).toContainText('is missing');
  await expectListsWork(page);
  await page.unroute(modelAddress);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toBeHidden();
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await expect(page.getByRole('img', { name: `Map of ${starterSize + 1} texts` })).toBeVisible();
});

test('a model file that was changed is told of in place, and never used', async ({ page }) => {
  const bytes = registry.find(({ id }) => id === 'all-MiniLM-L6-v2')!.files[modelFile].bytes;
  await page.route(modelAddress, (route) => route.fulfill({ body: Buffer.alloc(bytes, 7) }));
  await openPage(page);
  await expect(page.getByRole('alert').filter({ hasText: 'is not the one that was checked' })).toBeVisible();
  await expectListsWork(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await expect(page.getByRole('img', { name: `Map of ${starterSize} texts` })).toBeVisible();
});

test('where storage is refused it works, and says that it will not remember', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  await openPage(page);
  await expect(page.getByText('Not remembered: this browser’s storage is off or full')).toBeVisible();
  await expectListsWork(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await rankedIn(neighbours(page));
});

test('where storage is full it works, and says that it will not remember', async ({ page, context, baseURL }) => {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin, quotaSize: 1 });
  await openPage(page);
  await expect(page.getByText('Not remembered: this browser’s storage is off or full')).toBeVisible();
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await rankedIn(neighbours(page));
});

test('without WebGL there is a notice in place of the cloud, and everything else', async ({ page }) => {
  await page.addInitScript(() => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, kind: string, ...more: []) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...more);
      },
    });
  });
  await openPage(page);
  await expect(page.getByRole('alert').filter({ hasText: 'The cloud cannot be drawn' })).toBeVisible();
  await expectListsWork(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  expect((await download(page, 'CSV')).bytes.length).toBeGreaterThan(0);
});

test('a lost WebGL context is told of, and the cloud comes back', async ({ page }) => {
  await refuseModels(page);
  await watchCard(page);
  await openPage(page);
  const extension = await cardOf(page);
  await extension.evaluate((lose) => lose.loseContext());
  const alert = page.getByRole('alert').filter({ hasText: 'The graphics card took the picture away.' });
  await expect(alert).toBeVisible();
  await expectListsWork(page);
  await extension.evaluate((lose) => lose.restoreContext());
  await expect(alert).toBeHidden();
  const { colours } = await readPicture(page, (await download(page, 'PNG', { size: '1x' })).bytes);
  expect(colours).toBeGreaterThan(50);
});

test('after the worker that holds the vectors died, or the one that runs the model, what is asked next is answered', async ({
  page,
}) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await rankedIn(neighbours(page));
  for (const [i, [part, text]] of [
    ['space.worker', 'okapi'] as const,
    ['embedding.worker', 'gnu'] as const,
  ].entries()) {
    const worker = page.workers().find((candidate) => candidate.url().includes(part))!;
    const closed = worker.waitForEvent('close');
    await worker.evaluate(() => self.close());
    await closed;
    await expectListsWork(page);
    await addWords(page, text);
    await expectCount(page, starterSize + 2 + i);
    await expect(page.getByRole('img', { name: `Map of ${starterSize + 2 + i} texts` })).toBeVisible();
  }
});
