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

for (const moved of ['points', 'rows', 'the free part of the view'] as const)
  test(`a label is at its point in every frame that is seen, though ${moved} moved while it was being drawn`, async ({
    page,
  }) => {
    await page.goto(served.address);
    const seen = await page.evaluate(async (moves) => {
      const rows = 40;
      await window.showCloud({ rows, theme: 'dark' });
      const cloud = window.cloud!;
      // One text is red and has the only label, which is red, too.
      const colours = new Uint8Array(rows * 3).fill(60);
      colours.set([255, 0, 0]);
      const sizes = new Float32Array(rows).fill(0.5);
      sizes[0] = 3;
      const faint = new Uint8Array(rows).fill(1);
      faint[0] = 0;
      /** It stands in the middle of the others, or in front of them. */
      const places = (...first: number[]) => {
        const data = Float32Array.from({ length: rows * 3 }, (_, i) => 5 * Math.sin(i * i));
        data.set(first);
        return { data, rows, dim: 3 as const };
      };
      const ids = Array.from({ length: rows }, (_, i) => `id-${i}`);
      cloud.setLabels(true);
      cloud.setMap(ids, ids, places(0, 0, 0), { refit: true });
      cloud.setStyle({ colours, sizes, faint, tells: false });
      const frame = () => new Promise(requestAnimationFrame);
      const task = () => new Promise((resolve) => setTimeout(resolve));
      const rest = async () => {
        do await frame();
        while (!cloud.isAtRest);
        await task();
      };
      const [points, labels] = Array.from(document.querySelectorAll<HTMLCanvasElement>('#host canvas'));
      const { width, height } = points!;
      const scratch = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      /** The middle of what is red, from the left. */
      const middle = (canvas: HTMLCanvasElement) => {
        scratch.clearRect(0, 0, width, height);
        scratch.drawImage(canvas, 0, 0);
        const { data } = scratch.getImageData(0, 0, width, height);
        let [sum, count] = [0, 0];
        for (let p = 0; p < data.length; p += 4)
          if (data[p]! - Math.max(data[p + 1]!, data[p + 2]!) > 60 && data[p + 3]! > 100) {
            sum += (p / 4) % width;
            count++;
          }
        return count > 0 ? sum / count : NaN;
      };
      const look = () => ({ point: middle(points!), label: middle(labels!) });
      await rest();
      const before = look();
      const between: ReturnType<typeof look>[] = [];
      cloud.setLabels(true);
      await frame();
      const start = cloud.framesDrawn;
      if (moves === 'points') cloud.setFrame(places(5, 0, 0));
      else if (moves === 'rows') {
        const all = ['new', ...ids];
        const { data } = places(5, 0, 0);
        cloud.setMap(all, all, { data: Float32Array.of(-5, 0, 0, ...data), rows: rows + 1, dim: 3 });
      } else cloud.setInsets({ top: 0, right: 300, bottom: 0, left: 0 });
      for (let drawn = start; drawn < start + 3 && !cloud.isAtRest;) {
        await frame();
        await task();
        if (cloud.framesDrawn > drawn) between.push(look());
        drawn = cloud.framesDrawn;
      }
      await rest();
      return { before, between, after: look() };
    }, moved);
    const { before, between, after } = seen;
    expect(Math.abs(after.point - before.point)).toBeGreaterThan(100);
    expect(between.length).toBeGreaterThan(0);
    // A label is beside its disc: half of it and of the disc, and a gap.
    for (const { point, label } of [before, ...between, after]) expect(Math.abs(label - point)).toBeLessThan(60);
  });
