/** Files into the page and out of it. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** Opens a file by the file input of the button Open. */
export async function openFileOnPage(page: Page, { name, bytes }: GivenFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await (await chooser).setFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });
}

/** Drops files on the cloud, together. */
export async function dropFile(page: Page, ...files: readonly GivenFile[]): Promise<void> {
  const data = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const { name, content } of files) transfer.items.add(new File([new Uint8Array(content)], name));
      return transfer;
    },
    files.map(({ name, bytes }) => ({ name, content: [...Buffer.from(bytes)] })),
  );
  const target = page.getByRole('main');
  await target.dispatchEvent('dragover', { dataTransfer: data });
  await target.dispatchEvent('drop', { dataTransfer: data });
}

/** Exports in the format of this name, and reads what the browser saved. */
export async function download(
  page: Page,
  format: string,
  { vectors = false, size }: { readonly vectors?: boolean; readonly size?: string } = {},
): Promise<{ name: string; bytes: Uint8Array }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  const box = dialog.getByRole('checkbox', { name: 'With the vectors' });
  if (await box.isVisible()) await box.setChecked(vectors);
  if (size !== undefined) await dialog.getByRole('combobox', { name: 'Size' }).selectOption(size);
  return save(page, dialog);
}

/** Exports as the open dialog says, and reads what the browser saved. */
export async function save(page: Page, dialog: Locator): Promise<{ name: string; bytes: Uint8Array }> {
  const coming = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const saved = await coming;
  return { name: saved.suggestedFilename(), bytes: new Uint8Array(await readFile(await saved.path())) };
}

/**
 * A PNG's size in pixels, how many colours it has (an empty picture has one), and which share of it is transparent, as the
 * browser itself reads it.
 */
export function readPicture(
  page: Page,
  bytes: Uint8Array,
): Promise<{ width: number; height: number; colours: number; clear: number }> {
  return page.evaluate(
    async (content) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(content)], { type: 'image/png' }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let clear = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] === 0) clear++;
      return { width, height, colours: new Set(new Uint32Array(data.buffer)).size, clear: clear / (width * height) };
    },
    [...bytes],
  );
}
