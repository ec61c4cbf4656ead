/** The WebGL canvas and its size: one renderer, which follows the host's size and survives the loss of its context. */
import { Color, PerspectiveCamera, Scene, WebGLRenderer, WebGLRenderTarget } from 'three';
import { InputError } from '../errors';
import type { Rgb } from './colour';
import { Deferred, isSoftware } from './deferred';

export interface StageHandlers {
  readonly resized: () => void;
  /** The graphics card took the context away (true), or gave it back (false). */
  readonly contextLost: (lost: boolean) => void;
}

/** More pixels than this in a CSS pixel cost time that nobody sees. */
const mostDensity = 2;
const attributes: WebGLContextAttributes = { alpha: false, antialias: false, depth: true, stencil: false };

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
  /** Where graphics are software. */
  readonly #deferred: Deferred | undefined;
  readonly #observer: ResizeObserver;
  #densityQuery: MediaQueryList | undefined;

  /** Throws `webglMissing` where there is no WebGL2. */
  constructor(
    readonly host: HTMLElement,
    readonly handlers: StageHandlers,
  ) {
    const plain = host.ownerDocument.createElement('canvas');
    const context = plain.getContext('webgl2', attributes);
    if (!context) throw new InputError('webglMissing');
    const shown = host.ownerDocument.createElement('canvas');
    this.#deferred = isSoftware(context) ? Deferred.on(shown, attributes) : undefined;
    if (this.#deferred) context.getExtension('WEBGL_lose_context')?.loseContext();
    this.canvas = this.#deferred ? shown : plain;
    this.renderer = new WebGLRenderer({ canvas: this.#surface, context: this.#deferred?.context ?? context });
    this.canvas.style.display = 'block';
    this.canvas.style.width = '100%';
    this.canvas.style.height = '100%';
    host.append(this.canvas);
    this.#surface.addEventListener('webglcontextlost', this.#onLost);
    this.#surface.addEventListener('webglcontextrestored', this.#onRestored);
    this.#observer = new ResizeObserver(this.resize);
    this.#observer.observe(host);
  }

  setBackground([r, g, b]: Rgb): void {
    this.renderer.setClearColor(new Color().setRGB(r / 255, g / 255, b / 255, 'srgb'));
  }

  /** Begins to draw a frame, and has drawn it unless `isDrawing` says otherwise; `atOnce` it has in any case. */
  draw(camera: PerspectiveCamera, atOnce: boolean): void {
    this.renderer.render(this.scene, camera);
    if (atOnce) this.#deferred?.show();
    else this.#deferred?.begin();
  }

  /** A frame is being drawn, which `land` will show. */
  get isDrawing(): boolean {
    return this.#deferred?.isPending ?? false;
  }

  /** Shows the frame that is being drawn if it is done; says whether it was. */
  land(): boolean {
    if (this.presenting) this.drop();
    return this.#deferred?.land() ?? false;
  }

  /** Lets go of the frame that is being drawn, which will not be seen. */
  drop(): void {
    this.#deferred?.drop();
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
      renderer.render(this.scene, camera);
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
    this.drop();
    this.#surface.removeEventListener('webglcontextlost', this.#onLost);
    this.#surface.removeEventListener('webglcontextrestored', this.#onRestored);
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
    if (this.#deferred) [this.canvas.width, this.canvas.height] = [this.#surface.width, this.#surface.height];
    this.handlers.resized();
  };

  /** What has the context. */
  get #surface(): HTMLCanvasElement | OffscreenCanvas {
    return this.#deferred?.surface ?? this.canvas;
  }

  #onLost = (event: Event): void => {
    event.preventDefault();
    this.lost = true;
    this.drop();
    this.handlers.contextLost(true);
  };

  #onRestored = (): void => {
    this.lost = false;
    this.handlers.contextLost(false);
  };
}
