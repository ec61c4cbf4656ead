/** To do something once the page has been drawn: what comes first on the screen does not wait for what follows it. */

/** Milliseconds after which it is done all the same: a page that nobody sees draws no frames. */
const patience = 100;

/**
 * Resolves after the page's next frame was made, styles, layout and paint, in a task of its own: what is changed then belongs to the frame
 * after it.
 */
export function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, patience);
    const handle = requestAnimationFrame(() => {
      clearTimeout(timer);
      // A callback of a frame runs before it is painted, and its microtasks too.
      setTimeout(resolve);
    });
    function done(): void {
      cancelAnimationFrame(handle);
      resolve();
    }
  });
}
