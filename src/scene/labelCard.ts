/**
 * Labels written by the graphics card, on a canvas of their own: each is drawn once into a texture (labelRaster.ts, labelAtlas.ts), and a
 * frame places quads of it. The context is not that of the points: labels fade in and out without them, and have the
 * screen's own density.
 */
import { LabelAtlas, type LabelTile } from './labelAtlas';
import type { LabelSurface, WrittenLabel } from './labelPen';
import { outlineWidth } from './labelPen';
import { LabelQuads, mostQuads, quadLayout } from './labelQuads';
import { LabelRaster } from './labelRaster';
import type { LabelChooser } from './labels';
import { createLabelProgram, setUniform } from './labelShaders';
import { traceLeaders } from './leaders';
import type { Screen } from './screen';
import type { SceneTheme } from './theme';

/** Pixels of the texture, a byte each, to begin with; it becomes as high as a frame needs. */
const least = { width: 2048, height: 1024 };
/** Milliseconds at once for labels that are not in the texture yet: the rest of them come with the next frames. */
const patience = 6;

/** A label that the texture lacks. */
type Lacking = Pick<WrittenLabel, 'text' | 'prominent' | 'rightToLeft' | 'ink'>;

/** What is made anew for a restored context. */
interface Drawn {
  readonly program: WebGLProgram;
  readonly viewport: WebGLUniformLocation | null;
  readonly quads: WebGLBuffer;
  atlas: LabelAtlas;
  texture: WebGLTexture;
  /** Quads that the buffer has room for. */
  room: number;
}

export class LabelCard implements LabelSurface {
  readonly #raster: LabelRaster;
  readonly #quads = new LabelQuads();
  #drawn: Drawn | undefined;
  #theme: SceneTheme;
  #density = 1;
  #frame = 0;
  /** Labels of this frame that the texture lacks, the most wanted last; and what draws them once the frame is out. */
  readonly #lacking: Lacking[] = [];
  /** The largest texture there is was full of one frame's labels: waiting for room would take for ever. */
  #full = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #x = 0;
  #y = 0;
  /** What `traceLeaders` is lent, to draw the outlines of all lines under all lines. */
  readonly #leader: { readonly moveTo: (x: number, y: number) => void; lineTo: (x: number, y: number) => void };

  /** The card for a canvas, or undefined where there is no WebGL2 for it. @param wake a frame is due: the context is back */
  static create(canvas: HTMLCanvasElement, theme: SceneTheme, wake: () => void): LabelCard | undefined {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
    return gl ? new LabelCard(gl, canvas, theme, wake) : undefined;
  }

  private constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly canvas: HTMLCanvasElement,
    theme: SceneTheme,
    private readonly wake: () => void,
  ) {
    this.#theme = theme;
    this.#raster = new LabelRaster(canvas.ownerDocument, theme);
    const moveTo = (x: number, y: number) => void ([this.#x, this.#y] = [x, y]);
    this.#leader = { moveTo, lineTo: moveTo };
    canvas.addEventListener('webglcontextlost', this.#onLost);
    canvas.addEventListener('webglcontextrestored', this.#onRestored);
    this.#drawn = this.#make();
  }

  resize(density: number): void {
    const { canvas } = this;
    const wider = this.#drawn && canvas.width > this.#drawn.atlas.width;
    if (density === this.#density && !wider) return;
    this.#density = density;
    this.#empty();
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
    this.#raster.setTheme(theme);
    this.#empty();
    if (this.#drawn) setUniform(this.gl, this.#drawn.program, 'background', theme.background);
  }

  begin(): void {
    this.#frame++;
    this.#lacking.length = 0;
    this.#quads.clear();
  }

  leaders(chooser: LabelChooser, screen: Screen): void {
    const { background, muted } = this.#theme;
    const lines = traceLeaders(this.#line(outlineWidth(false), background), chooser, screen);
    if (lines > 0) traceLeaders(this.#line(1, muted), chooser, screen);
  }

  write({ text, left, middle, prominent, rightToLeft, ink, opacity, faintness }: WrittenLabel): boolean {
    const drawn = this.#drawn;
    // Labels that nobody can see wait for nothing.
    if (!drawn) return true;
    let tile = drawn.atlas.find(text, prominent, ink.css, this.#frame);
    if (!tile) {
      if (!prominent && !this.#full) {
        this.#lacking.push({ text, prominent, rightToLeft, ink });
        return false;
      }
      // What was chosen is there at once, as its usual label goes.
      tile = this.#draw(drawn, { text, prominent, rightToLeft, ink });
      if (!tile) return true;
    }
    const density = this.#density;
    this.#quads.addTile(tile, left * density, middle * density, ink.clear, opacity, faintness);
    return true;
  }

  end(): void {
    const { gl, canvas } = this;
    const drawn = this.#drawn;
    if (!drawn) return;
    if (this.#lacking.length > 0) this.#timer ??= setTimeout(this.#drawLacking);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const { count, room, vertices } = this.#quads;
    if (count === 0) return;
    if (room > drawn.room) {
      gl.bufferData(gl.ARRAY_BUFFER, room * quadLayout.stride * 4, gl.DYNAMIC_DRAW);
      drawn.room = room;
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, vertices);
    gl.uniform2f(drawn.viewport, canvas.width, canvas.height);
    gl.drawElements(gl.TRIANGLES, count * 6, gl.UNSIGNED_SHORT, 0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.canvas.remove();
  }

  #line(width: number, ink: SceneTheme['muted']): Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'> {
    const density = this.#density;
    this.#leader.lineTo = (x, y) =>
      this.#quads.addLine(this.#x * density, this.#y * density, x * density, y * density, width * density, ink);
    return this.#leader;
  }

  /** Between frames: drawing a label takes as long as placing all of them. */
  readonly #drawLacking = (): void => {
    this.#timer = undefined;
    const until = performance.now() + patience;
    while (this.#drawn && performance.now() < until) {
      const label = this.#lacking.pop();
      if (!label) return;
      const { text, prominent, ink } = label;
      // Two rows may have the same text.
      if (!this.#drawn.atlas.find(text, prominent, ink.css, this.#frame)) this.#draw(this.#drawn, label);
    }
  };

  #draw(drawn: Drawn, { text, prominent, rightToLeft, ink }: Lacking): LabelTile | undefined {
    const { gl } = this;
    const mask = this.#raster.draw(text, prominent, rightToLeft, ink, this.#density, drawn.atlas.width);
    let tile = drawn.atlas.add(text, prominent, ink.css, mask, this.#frame);
    while (!tile && this.#grow(drawn)) tile = drawn.atlas.add(text, prominent, ink.css, mask, this.#frame);
    this.#full = !tile;
    if (!tile) return undefined;
    const { planes, width } = mask;
    gl.texSubImage2D(gl.TEXTURE_2D, 0, tile.x, tile.y, width, planes.length / width, gl.RED, gl.UNSIGNED_BYTE, planes);
    return tile;
  }

  /** Makes the texture twice as high, with what is in it; false where the graphics card has no larger ones. */
  #grow(drawn: Drawn): boolean {
    const { gl } = this;
    const { atlas, texture } = drawn;
    if (atlas.height * 2 > Number(gl.getParameter(gl.MAX_TEXTURE_SIZE))) return false;
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    drawn.texture = this.#makeTexture(atlas.width, atlas.height * 2);
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 0, 0, atlas.width, atlas.height);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    gl.deleteFramebuffer(frame);
    gl.deleteTexture(texture);
    atlas.height *= 2;
    return true;
  }

  /** Another density, font or theme: every label is drawn anew when it is next written. */
  #empty(): void {
    if (!this.#drawn) return;
    this.gl.deleteTexture(this.#drawn.texture);
    Object.assign(this.#drawn, this.#makeAtlas());
  }

  #makeAtlas(): Pick<Drawn, 'atlas' | 'texture'> {
    const largest = Number(this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE));
    // No label is wider than the view.
    const width = Math.min(Math.max(least.width, this.canvas.width), largest);
    return { atlas: new LabelAtlas(width, least.height), texture: this.#makeTexture(width, least.height) };
  }

  #makeTexture(width: number, height: number): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R8, width, height);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    return texture;
  }

  /** All that the context holds; nothing else uses it, so that what is bound and switched on stays so. */
  #make(): Drawn | undefined {
    const { gl } = this;
    const program = createLabelProgram(gl);
    if (!program) return undefined;
    gl.useProgram(program);
    setUniform(gl, program, 'background', this.#theme.background);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    const corners = [0, 1, 2, 2, 1, 3];
    const indices = Uint16Array.from({ length: mostQuads * 6 }, (_, i) => Math.floor(i / 6) * 4 + corners[i % 6]!);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
    const quads = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, quads);
    const { stride, place, look, colour } = quadLayout;
    for (const [i, { size, offset }] of [place, look].entries())
      gl.vertexAttribPointer(i, size, gl.FLOAT, false, stride, offset);
    gl.vertexAttribPointer(2, colour.size, gl.UNSIGNED_BYTE, true, stride, colour.offset);
    for (let i = 0; i < 3; i++) gl.enableVertexAttribArray(i);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    return { program, viewport: gl.getUniformLocation(program, 'viewport'), quads, room: 0, ...this.#makeAtlas() };
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault();
    this.#drawn = undefined;
  };

  readonly #onRestored = (): void => {
    this.#drawn = this.#make();
    this.wake();
  };
}
