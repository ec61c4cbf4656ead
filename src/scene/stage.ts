/** The WebGL canvas and its size: one renderer, which follows the host's size and survives the loss of its context. */
import { Color, PerspectiveCamera, Scene, WebGLRenderer, WebGLRenderTarget } from 'three';
import { InputError } from '../errors';
import type { Rgb } from './colour';

export interface StageHandlers {
  readonly resized: () => void;
  /** The graphics card took the context away (true), or gave it back (false). */
  readonly contextLost: (lost: boolean) => void;
}

/** More pixels than this in a CSS pixel cost time that nobody sees. */
const mostDensity = 2;

export class Stage {
  readonly canvas: HTMLCanvasElement;
  readonly scene = new Scene();
  /** CSS pixels; 0 while the host is not shown. */
  width = 0;
  height = 0;
  /** Device pixels in a CSS pixel, and those of the drawing buffer. */
  device = 1;
  density = 1;
  lost = false;
  /** A headset has the renderer: the page neither draws nor resizes. */
  presenting = false;
  /** For the headset, which draws by it too. */
  readonly renderer: WebGLRenderer;
  readonly #observer: ResizeObserver;
  #densityQuery: MediaQueryList | undefined;

  /** Throws `webglMissing` where there is no WebGL2. */
  constructor(
    readonly host: HTMLElement,
    readonly handlers: StageHandlers,
  ) {
    this.canvas = host.ownerDocument.createElement('canvas');
    const context = this.canvas.getContext('webgl2', { alpha: false, antialias: false, depth: true, stencil: false });
    if (!context) throw new InputError('webglMissing');
    this.renderer = new WebGLRenderer({ canvas: this.canvas, context });
    this.canvas.style.display = 'block';
    this.canvas.style.width = '100%';
    this.canvas.style.height = '100%';
    host.append(this.canvas);
    this.canvas.addEventListener('webglcontextlost', this.#onLost);
    this.canvas.addEventListener('webglcontextrestored', this.#onRestored);
    this.#observer = new ResizeObserver(this.resize);
    this.#observer.observe(host);
  }

  setBackground([r, g, b]: Rgb): void {
    this.renderer.setClearColor(new Color().setRGB(r / 255, g / 255, b / 255, 'srgb'));
  }

  render(camera: PerspectiveCamera): void {
    this.renderer.render(this.scene, camera);
  }

  /** Draws another scene beside the screen. */
  renderTo(target: WebGLRenderTarget, scene: Scene, camera: PerspectiveCamera): void {
    this.renderer.setRenderTarget(target);
    this.renderer.render(scene, camera);
    this.renderer.setRenderTarget(null);
  }

  /** Whether the graphics card has an extension of WebGL, which is on from then on. */
  supports(extension: string): boolean {
    return this.renderer.extensions.has(extension);
  }

  /** The most pixels on a side that the graphics card draws at once. */
  get largest(): number {
    const context = this.renderer.getContext();
    return Math.min(
      this.renderer.capabilities.maxTextureSize,
      Number(context.getParameter(context.MAX_RENDERBUFFER_SIZE)),
    );
  }

  /**
   * Draws the scene without its background, beside the screen, and reads it into `pixels`: width x height x 4 bytes, the bottom
   * row first, colours multiplied by their opacity. A side has at most `largest` pixels.
   */
  read(camera: PerspectiveCamera, width: number, height: number, pixels: Uint8Array): void {
    const target = new WebGLRenderTarget(width, height);
    const renderer = this.renderer;
    try {
      renderer.setRenderTarget(target);
      renderer.setClearAlpha(0);
      this.render(camera);
      renderer.readRenderTargetPixels(target, 0, 0, width, height, pixels);
    } finally {
      renderer.setClearAlpha(1);
      renderer.setRenderTarget(null);
      target.dispose();
    }
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#densityQuery?.removeEventListener('change', this.resize);
    this.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
    this.renderer.dispose();
    this.renderer.forceContextLoss();
    this.canvas.remove();
  }

  /** Takes on the host's size and the screen's density, where they have changed. */
  readonly resize = (): void => {
    if (this.presenting) return;
    const window = this.host.ownerDocument.defaultView;
    const device = window?.devicePixelRatio ?? 1;
    // A query holds for one density only, so it is made anew after each change.
    this.#densityQuery?.removeEventListener('change', this.resize);
    this.#densityQuery = window?.matchMedia(`(resolution: ${device}dppx)`);
    this.#densityQuery?.addEventListener('change', this.resize);
    const { clientWidth: width, clientHeight: height } = this.host;
    const density = Math.min(device, mostDensity);
    if (width === this.width && height === this.height && device === this.device) return;
    [this.width, this.height, this.device, this.density] = [width, height, device, density];
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(density);
    this.renderer.setSize(width, height, false);
    this.handlers.resized();
  };

  #onLost = (event: Event): void => {
    event.preventDefault();
    this.lost = true;
    this.handlers.contextLost(true);
  };

  #onRestored = (): void => {
    this.lost = false;
    this.handlers.contextLost(false);
  };
}
