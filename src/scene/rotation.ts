/** A slow turn of the view, on request, until a person touches the cloud. */
import type { Camera } from './camera';

/** Radians a second: a turn in about a minute. */
const speed = 0.1;
/** What counts as a touch of the cloud. */
const touches = ['pointerdown', 'wheel', 'keydown'] as const;

export class Rotation {
  /** A touch has stopped the turning. */
  onStop: (() => void) | undefined;
  #on = false;

  /** @param wake called when it begins, so that frames are drawn */
  constructor(
    private readonly element: Pick<HTMLElement, 'addEventListener' | 'removeEventListener'>,
    private readonly camera: Pick<Camera, 'drift'>,
    private readonly wake: () => void,
  ) {
    // While capturing: the hand keeps to itself what begins on a text that it moves.
    for (const touch of touches) element.addEventListener(touch, this.#stop, { capture: true, passive: true });
  }

  set on(on: boolean) {
    this.#on = on;
    if (on) this.wake();
  }

  /** Turns by what `elapsed` milliseconds ask; says whether it goes on, so that another frame is due. */
  step(elapsed: number): boolean {
    return this.#on && this.camera.drift((speed * elapsed) / 1000);
  }

  dispose(): void {
    for (const touch of touches) this.element.removeEventListener(touch, this.#stop, { capture: true });
  }

  #stop = (): void => {
    if (!this.#on) return;
    this.#on = false;
    this.onStop?.();
  };
}
