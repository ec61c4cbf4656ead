/** The way into a headset and back: what the page needs to know of it. The room itself (`vr.ts`) is loaded when it is entered. */
import type { Camera } from './camera';
import type { Content } from './content';
import type { Painter } from './painter';
import type { Room, RoomHost } from './vr';

export interface HeadsetHost extends RoomHost {
  /** The page has its cloud again: everything is drawn anew. */
  readonly restored: () => void;
}

/** Calls `told` with whether the browser offers immersive VR, now and whenever a headset comes or goes. Returns what ends that. */
export function watchHeadset(told: (offered: boolean) => void): () => void {
  const { xr } = navigator;
  if (!xr) {
    told(false);
    return () => {};
  }
  const look = () =>
    void xr.isSessionSupported('immersive-vr').then(told, () => {
      // A page whose policy forbids it is one without a headset.
      told(false);
    });
  xr.addEventListener('devicechange', look);
  look();
  return () => xr.removeEventListener('devicechange', look);
}

export class Headset {
  /** A session has begun (true) or ended, whoever ended it. */
  onChange: ((inside: boolean) => void) | undefined;
  /** The graphics card took the picture away, and the session ended with it. */
  onLost: (() => void) | undefined;
  #room: Room | undefined;
  #session: XRSession | undefined;

  constructor(
    private readonly painter: Painter,
    private readonly camera: Camera,
    private readonly content: Content,
    private readonly host: HeadsetHost,
  ) {}

  /** Shows the cloud in a room. Rejects with what the browser says where it does not let one in. */
  async enter(): Promise<void> {
    if (this.#session || !navigator.xr) return;
    // First of all: a click lets one in only for a moment.
    const session = await navigator.xr.requestSession('immersive-vr', { requiredFeatures: ['local-floor'] });
    this.#session = session;
    try {
      const { Room } = await import('./vr');
      this.#room = new Room(this.painter, this.camera, this.content, this.host);
      await this.#room.open(session);
      if (this.painter.stage.lost) throw new Error('the graphics card took the picture away');
      // After the renderer's own, which gives the canvas back the size that it had.
      session.addEventListener('end', this.#left);
      this.onChange?.(true);
    } catch (error) {
      await session.end().catch(() => {});
      this.#left();
      throw error;
    }
  }

  leave(): void {
    // One that has ended already has nothing left to do.
    void this.#session?.end().catch(() => {});
  }

  /** The graphics card took the picture away: no eye has anything to see, so the session ends, and the page goes on as it does without one. */
  lose(): void {
    // One that is being entered ends by itself.
    if (!this.#session || !this.painter.stage.presenting) return;
    this.leave();
    this.onLost?.();
  }

  #left = (): void => {
    this.#room?.close();
    this.#room = this.#session = undefined;
    this.host.restored();
    this.onChange?.(false);
  };
}
