/** The graphics card that draws the cloud, to be taken away and given back. */
import type { JSHandle, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Of the context that was made last: the cloud's. */
    card: () => WEBGL_lose_context;
  }
}

/** Before the page is opened: where graphics are software, the canvas that is seen is not the one with the context. */
export async function watchCard(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let last: WebGL2RenderingContext | undefined;
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const getContext: unknown = Reflect.get(prototype, 'getContext');
      Object.assign(prototype, {
        getContext(this: unknown, ...given: unknown[]) {
          const context: unknown = typeof getContext === 'function' ? Reflect.apply(getContext, this, given) : null;
          if (context instanceof WebGL2RenderingContext) last = context;
          return context;
        },
      });
    }
    window.card = () => {
      const card = last?.getExtension('WEBGL_lose_context');
      if (!card) throw new Error('nothing was drawn by WebGL2');
      return card;
    };
  });
}

export function cardOf(page: Page): Promise<JSHandle<WEBGL_lose_context>> {
  return page.evaluateHandle(() => window.card());
}
