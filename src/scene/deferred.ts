/**
 * Frames that are drawn beside the page and shown once they are done. Where graphics are software, the browser reads each frame of a WebGL
 * canvas back in the page's own thread, which waits until the processor has drawn it: 20 to 60 ms for 5,000 points. Here the thread goes on
 * meanwhile, and what is read back is done: 8 ms, on the same busy machine.
 */

export class Deferred {
  /** What is drawn on, for the renderer. */
  readonly context: WebGL2RenderingContext;
  readonly surface: OffscreenCanvas;
  readonly #screen: ImageBitmapRenderingContext;
  /** Passed once the frame under way is done. */
  #fence: WebGLSync | undefined;

  private constructor(surface: OffscreenCanvas, context: WebGL2RenderingContext, screen: ImageBitmapRenderingContext) {
    [this.surface, this.context, this.#screen] = [surface, context, screen];
  }

  /** Shows its frames on a canvas that has no context yet; undefined where the browser has no way to. */
  static on(canvas: HTMLCanvasElement, attributes: WebGLContextAttributes): Deferred | undefined {
    if (typeof OffscreenCanvas === 'undefined') return undefined;
    const surface = new OffscreenCanvas(1, 1);
    const context = surface.getContext('webgl2', attributes);
    const screen = context && canvas.getContext('bitmaprenderer');
    return screen ? new Deferred(surface, context, screen) : undefined;
  }

  /** Whether a frame is under way. */
  get isPending(): boolean {
    return this.#fence !== undefined;
  }

  /** What the context was asked to draw just now is the next frame, in place of one that is under way. */
  begin(): void {
    this.drop();
    const { context } = this;
    this.#fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? undefined;
    context.flush();
  }

  /** Shows the frame under way if it is done; says whether it was. */
  land(): boolean {
    const { context } = this;
    if (!this.#fence || context.getSyncParameter(this.#fence, context.SYNC_STATUS) !== context.SIGNALED) return false;
    this.show();
    return true;
  }

  /** Shows what was drawn last, and waits for it. */
  show(): void {
    this.drop();
    this.#screen.transferFromImageBitmap(this.surface.transferToImageBitmap());
  }

  /** Lets go of the frame under way, which will not be seen. */
  drop(): void {
    if (this.#fence) this.context.deleteSync(this.#fence);
    this.#fence = undefined;
  }
}

/** Whether the processor draws what this context is asked to, as far as the browser tells. */
export function isSoftware(context: WebGL2RenderingContext): boolean {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  return isProgram(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
}

/** Whether what a browser names as the graphics card is a program. */
export function isProgram(name: unknown): boolean {
  return typeof name === 'string' && /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}
