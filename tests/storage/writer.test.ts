import { afterEach, describe, expect, it, vi } from 'vitest';
import { SavedChannel } from '../../src/storage/savedChannel';
import { WriterLock } from '../../src/storage/writer';
import type { WriterRole } from '../../src/storage/writer';

type Grant = (lock: Lock | null) => unknown;

/** Web Locks for one exclusive lock, after the specification: a queue, `ifAvailable`, and a signal that leaves the queue. */
class OneLock {
  #held = false;
  readonly #queue: (() => void)[] = [];

  readonly request = (async (name: string, options: LockOptions, grant: Grant): Promise<unknown> => {
    await Promise.resolve();
    if (this.#held) {
      if (options.ifAvailable) return grant(null);
      await new Promise<void>((resolve, reject) => {
        this.#queue.push(resolve);
        options.signal?.addEventListener('abort', () => {
          const at = this.#queue.indexOf(resolve);
          if (at >= 0) this.#queue.splice(at, 1);
          reject(options.signal?.reason);
        });
      });
    }
    this.#held = true;
    try {
      return await grant({ name, mode: 'exclusive' });
    } finally {
      this.#held = false;
      this.#queue.shift()?.();
    }
  }) as LockManager['request'];
}

/** The next change of role. */
const nextRole = (lock: WriterLock) =>
  new Promise<WriterRole>((resolve) => {
    lock.onChange = resolve;
  });

afterEach(() => vi.unstubAllGlobals());

describe('WriterLock', () => {
  it('lets one tab write, and the next when it closes, in order', async () => {
    const locks = new OneLock();
    const [first, second, third] = [new WriterLock(locks), new WriterLock(locks), new WriterLock(locks)];
    expect(first.role).toBe('unknown');
    expect(await first.acquire()).toBe('writer');
    expect(await second.acquire()).toBe('reader');
    expect(await third.acquire()).toBe('reader');
    expect(await second.acquire()).toBe('reader');

    const promoted = nextRole(second);
    first.release();
    expect(await promoted).toBe('writer');
    expect([first.role, second.role, third.role]).toEqual(['unknown', 'writer', 'reader']);
    const last = nextRole(third);
    second.release();
    expect(await last).toBe('writer');
  });

  it('leaves the line when it is released', async () => {
    const locks = new OneLock();
    const [first, second, third] = [new WriterLock(locks), new WriterLock(locks), new WriterLock(locks)];
    await first.acquire();
    await second.acquire();
    await third.acquire();
    second.release();
    const promoted = nextRole(third);
    first.release();
    expect(await promoted).toBe('writer');
    expect(second.role).toBe('unknown');
  });

  it('holds nothing when it is released before the answer, and can ask again', async () => {
    const locks = new OneLock();
    const first = new WriterLock(locks);
    const asked = first.acquire();
    first.release();
    expect(await asked).toBe('unknown');
    expect(await new WriterLock(locks).acquire()).toBe('writer');
    expect(await first.acquire()).toBe('reader');
  });

  it('writes where there are no locks, or none are given out', async () => {
    expect(await new WriterLock(undefined).acquire()).toBe('writer');
    const refuse = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) };
    expect(await new WriterLock(refuse).acquire()).toBe('writer');
  });
});

describe('SavedChannel', () => {
  it('tells the others, and not itself, which collection was saved', async () => {
    const [writer, reader] = [new SavedChannel(), new SavedChannel()];
    const own: string[] = [];
    writer.onSaved = (id) => own.push(id);
    const heard = new Promise<string[]>((resolve) => {
      const ids: string[] = [];
      reader.onSaved = (id) => {
        ids.push(id);
        if (id === 'last') resolve(ids);
      };
    });
    const stranger = new BroadcastChannel('constela');
    writer.announceSaved('c1');
    stranger.postMessage({ saved: 7 });
    stranger.postMessage(null);
    writer.announceSaved('last');
    expect(await heard).toEqual(['c1', 'last']);
    expect(own).toEqual([]);
    stranger.close();
    writer.dispose();
    reader.dispose();
  });

  it('is silent where there is no BroadcastChannel', () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const channel = new SavedChannel();
    channel.announceSaved('c1');
    channel.dispose();
  });
});
