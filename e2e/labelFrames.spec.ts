/** Labels in motion and at rest, of the cloud alone: what is copied while they move looks as what is written at rest. */
import { expect, test, type Page } from '@playwright/test';
import { serveCloud } from './cloud/server';

test.use({ viewport: { width: 900, height: 600 }, deviceScaleFactor: 1 });

let served: Awaited<ReturnType<typeof serveCloud>>;
test.beforeAll(async () => {
  served = await serveCloud();
});
test.afterAll(() => served.close());

/** Shows a cloud with labels, whose text names nothing else. */
async function show(page: Page): Promise<void> {
  await page.goto(served.address);
  await page.evaluate(async () => {
    await window.showCloud({ rows: 3000, theme: 'dark' });
    window.cloud!.setLabels(true);
  });
}

test('labels that are copied while the view turns are those that are written at rest, pixel for pixel', async ({
  page,
}) => {
  await show(page);
  const seen = await page.evaluate(async () => {
    const canvas = document.querySelectorAll<HTMLCanvasElement>('#host canvas')[1]!;
    const context = canvas.getContext('2d')!;
    let copies = 0;
    let texts = 0;
    const { drawImage, fillText } = context;
    context.drawImage = (...given: unknown[]) => {
      copies++;
      Reflect.apply(drawImage, context, given);
    };
    context.fillText = (...given) => {
      texts++;
      fillText.apply(context, given);
    };
    const pixels = () => context.getImageData(0, 0, canvas.width, canvas.height).data;
    /** The next labels: where graphics are software, they follow the points some frames later. */
    const read = async () => {
      [copies, texts] = [0, 0];
      while (copies + texts === 0) await new Promise(requestAnimationFrame);
      return { copies, texts, pixels: pixels() };
    };
    // So little that no label comes or goes; frame after frame more of them have their drawings.
    const turn = () => {
      window.cloud!.orbit(2e-5, 0);
      return read();
    };
    for (let i = 0; i < 60; i++) await turn();
    const moving = await turn();
    const resting = await read();
    let apart = 0;
    for (let i = 0; i < moving.pixels.length; i++)
      if (
        Math.abs(
          moving.pixels[i]! * (i % 4 === 3 ? 1 : moving.pixels[i | 3]! / 255) -
            resting.pixels[i]! * (i % 4 === 3 ? 1 : resting.pixels[i | 3]! / 255),
        ) > 8
      )
        apart++;
    const count = ({ copies: copied, texts: written }: typeof moving) => ({ copied, written });
    return { moving: count(moving), resting: count(resting), apart };
  });
  expect(seen.resting.copied).toBe(0);
  expect(seen.resting.written).toBeGreaterThan(50);
  expect(seen.moving.copied).toBeGreaterThan(seen.resting.written);
  expect(seen.moving.copied / 2 + seen.moving.written).toBe(seen.resting.written);
  expect(seen.apart).toBe(0);
});

test('under reduced motion too, frames at rest change no label once the first have been drawn', async ({ page }) => {
  await show(page);
  const pictures = await page.evaluate(async () => {
    const canvas = document.querySelectorAll<HTMLCanvasElement>('#host canvas')[1]!;
    const rest = async () => {
      await new Promise(requestAnimationFrame);
      while (!window.cloud!.isAtRest) await new Promise(requestAnimationFrame);
    };
    const taken: string[][] = [];
    for (let i = 0; i < 12; i++) {
      window.cloud!.orbit(0.5, 0.02);
      await rest();
      const before = canvas.toDataURL();
      window.cloud!.setLabels(true);
      await rest();
      taken.push([before, canvas.toDataURL()]);
    }
    return taken;
  });
  for (const [before, after] of pictures) expect(after === before).toBe(true);
  expect(new Set(pictures.map(([before]) => before)).size).toBe(12);
});
