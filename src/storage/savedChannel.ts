const channelName = 'constela';

/** Tells other tabs that a collection was saved, so that those that only read can load it again. */
export class SavedChannel {
  /** Called with the id of a collection that another tab saved or removed. */
  onSaved: ((id: string) => void) | undefined;
  /** Missing in old browsers: then other tabs see a change when they are reloaded. */
  readonly #channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);

  constructor() {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'object' && data !== null && 'saved' in data && typeof data.saved === 'string') {
        this.onSaved?.(data.saved);
      }
    });
  }

  announceSaved(id: string): void {
    this.#channel?.postMessage({ saved: id });
  }

  dispose(): void {
    this.#channel?.close();
  }
}
