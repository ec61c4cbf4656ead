/** A headset for a browser that has none: what the page asks of WebXR, with two eyes whose picture lands on the page's canvas. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** The hands of the headset, once a session has begun. */
    headset: {
      /** Puts a hand somewhere, in metres, turned around the vertical axis by radians. */
      readonly move: (hand: number, x: number, y: number, z: number, turned?: number) => void;
      /** `selectstart`, `selectend`, `squeezestart` or `squeezeend`. */
      readonly act: (hand: number, name: string) => void;
      readonly frames: () => number;
      readonly end: () => void;
    };
  }
}

/** From the next load on. */
export async function addHeadset(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const at = (x: number, y: number, z: number, turned = 0) => {
      const [c, s] = [Math.cos(turned), Math.sin(turned)];
      return { matrix: Float32Array.of(c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0, x, y, z, 1) };
    };
    const [near, far] = [0.02, 50];
    const projection = Float32Array.of(
      ...[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, (2 * far * near) / (near - far), 0],
    );
    const eye = (x: number) => ({ x, transform: at(x, 1.6, 0), projectionMatrix: projection });
    const views = [eye(-0.032), eye(0.032)];
    const side = 512;
    /** What the page draws on: where graphics are software it is beside the canvas that is seen. */
    let surface: unknown;
    const show = () => {
      if (!(surface instanceof OffscreenCanvas)) return;
      const seen = document.querySelector<HTMLCanvasElement>('canvas[role=img]');
      seen?.getContext('bitmaprenderer')?.transferFromImageBitmap(surface.transferToImageBitmap());
    };
    class Layer {
      constructor(_session: object, { canvas }: WebGL2RenderingContext) {
        surface = canvas;
      }
      framebuffer = null;
      framebufferWidth = 2 * side;
      framebufferHeight = side;
      getViewport({ x }: { x: number }) {
        return { x: x < 0 ? 0 : side, y: 0, width: side, height: side };
      }
    }
    class Session extends EventTarget {
      enabledFeatures = [];
      renderState = {};
      visibilityState = 'visible';
      inputSources = [0, 1].map((hand) => ({
        ...{ hand: null, handedness: hand === 0 ? 'left' : 'right', targetRayMode: 'tracked-pointer' },
        ...{ profiles: [], gripSpace: null, targetRaySpace: { place: at(hand - 0.5, 1.3, -0.3) } },
      }));
      frames = 0;
      ended = false;
      updateRenderState() {}
      requestReferenceSpace = () => Promise.resolve({});
      frame = {
        session: this,
        getViewerPose: () => ({ views, transform: at(0, 1.6, 0) }),
        getPose: ({ place }: { place: object }) => ({ transform: place }),
      };
      requestAnimationFrame(act: (now: number, frame: object) => void) {
        return requestAnimationFrame((now) => {
          if (this.ended) return;
          if (++this.frames === 1) this.connect();
          act(now, this.frame);
          show();
        });
      }
      cancelAnimationFrame(handle: number) {
        cancelAnimationFrame(handle);
      }
      end() {
        this.ended = true;
        this.dispatchEvent(new Event('end'));
        return Promise.resolve();
      }
      connect() {
        const event = new Event('inputsourceschange');
        this.dispatchEvent(Object.assign(event, { added: this.inputSources, removed: [] }));
      }
    }
    let session: Session | undefined;
    const xr = Object.assign(new EventTarget(), {
      isSessionSupported: (mode: string) => Promise.resolve(mode === 'immersive-vr'),
      requestSession: () => {
        session = new Session();
        return Promise.resolve(session);
      },
    });
    Object.defineProperty(navigator, 'xr', { value: xr });
    Reflect.deleteProperty(window, 'XRWebGLBinding');
    Reflect.set(window, 'XRWebGLLayer', Layer);
    WebGL2RenderingContext.prototype.makeXRCompatible = () => Promise.resolve();
    window.headset = {
      move: (hand, x, y, z, turned) => {
        const source = session?.inputSources[hand];
        if (source) source.targetRaySpace.place = at(x, y, z, turned);
      },
      act: (hand, name) => {
        const event = new Event(name);
        session?.dispatchEvent(Object.assign(event, { inputSource: session.inputSources[hand], frame: session.frame }));
      },
      frames: () => session?.frames ?? 0,
      end: () => void session?.end(),
    };
  });
}
