/**
 * How many texts lie behind each place of the view, as soft bands with lines between them: a Gaussian kernel density estimate on the
 * screen, which the graphics card adds up anew with each frame. It speaks of the picture from where one looks; `density.ts`, which
 * colours texts, of the map. From each line to the next there are twice as many texts.
 */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  CustomBlending,
  FloatType,
  GLSL3,
  HalfFloatType,
  Mesh,
  OneFactor,
  type PerspectiveCamera,
  RawShaderMaterial,
  RedFormat,
  Scene,
  Points as Sprites,
  UnsignedByteType,
  Vector2,
  Vector4,
  WebGLRenderTarget,
} from 'three';
import type { Camera } from './camera';
import { bandFragment, bandVertex, reach, splatFragment, splatVertex } from './contourShaders';
import type { Appearance } from './emphasis';
import { type Crowd, mark, type Points, setColour } from './points';
import type { Stage } from './stage';
import type { SceneTheme } from './theme';

/** Radii of a usual disc in a bandwidth: 32 pixels for 200 texts and 9 for 100,000, as the rule of n^(-1/6) has it within a third. */
const radii = 5;
/** CSS pixels of a bandwidth, at most: nearer, the view would be one blur. At least, it is twice a cell. */
const widest = 64;
/** CSS pixels of the smallest cell; a cell is half a bandwidth, so each text is as many of them whatever the view. */
const leastCell = 3;
/**
 * Where discs would cover a third of the picture they begin to fade, faster than they crowd (in their shader): the lines of 100,000
 * texts lay under them. As a bandwidth is five of their radii, that is where the kernels add up to this.
 */
const fadesFrom = 17;
/** The highest tone is where this share of all texts lies within one kernel, and at least so many texts. */
const summit = { share: 1 / 8, least: 8 };

/** What a kernel adds up in: the first that the graphics card can blend and interpolate. */
const kinds = {
  float: { type: FloatType, peak: 1 },
  /** Of 11 bits: beyond about a thousand texts in one place it counts too few. */
  half: { type: HalfFloatType, peak: 1 },
  /** Full at 21 texts in one place. */
  byte: { type: UnsignedByteType, peak: 12 / 255 },
} as const;

export class Contours {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  /** What the points fade by. */
  readonly crowd: Crowd = { crowd: { value: null }, crowdPlace: { value: new Vector4() }, crowdFade: { value: 0 } };
  readonly #tone = {
    ...this.crowd,
    peak: { value: 1 },
    top: { value: 1 },
    pixel: { value: 1 },
    accent: { value: new Color() },
    text: { value: new Color() },
  };
  readonly #inner = new Vector2(1, 1);
  readonly #used = new Vector2(1, 1);
  readonly #scene = new Scene();
  readonly #splats: Sprites<BufferGeometry, RawShaderMaterial>;
  #target: WebGLRenderTarget | undefined;
  #rows = 0;

  constructor() {
    const splat = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: splatVertex,
      fragmentShader: splatFragment,
      uniforms: { inner: { value: this.#inner }, peak: this.#tone.peak },
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneFactor,
      depthTest: false,
      depthWrite: false,
    });
    this.#splats = new Sprites(new BufferGeometry(), splat);
    this.#splats.frustumCulled = false;
    this.#scene.background = new Color(0, 0, 0);
    this.#scene.add(this.#splats);
    const band = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: bandVertex,
      fragmentShader: bandFragment,
      uniforms: this.#tone,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.mesh = new Mesh(fullView(), band);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = -1;
    this.mesh.visible = false;
  }

  /** Shows them, or not. Texts that are hidden, or that a filter leaves out, do not count. */
  set(shown: boolean, look: Appearance, { accent, text }: SceneTheme): void {
    this.mesh.visible = shown;
    this.#rows = look.sizes.length;
    setColour(this.#tone.accent.value, accent);
    setColour(this.#tone.text.value, text);
    if (shown) this.#tone.top.value = Math.log2(Math.max(countedIn(look) * summit.share, summit.least));
    else this.#forget();
  }

  /**
   * Adds up the kernels of a view; nothing while they are not shown. What is drawn next is the whole of it, or the part that
   * `part` sees.
   * @param pixel CSS pixels in one pixel of what is drawn
   */
  draw(stage: Stage, camera: Camera, points: Points, pixel: number, part = camera.perspective): void {
    if (!this.mesh.visible || stage.width === 0 || stage.height === 0) return;
    const target = this.#fit(stage);
    const bandwidth = (radii * camera.disc(this.#rows).perspective) / camera.distance;
    const cell = Math.min(Math.max(bandwidth, 2 * leastCell), widest) / 2;
    const columns = Math.ceil(stage.width / cell) + 2 * reach;
    const lines = Math.ceil(stage.height / cell) + 2 * reach;
    // A little wider than the view: kernels reach into it from beyond.
    this.#inner.set(stage.width / (columns * cell), stage.height / (lines * cell));
    this.#used.set(columns / target.width, lines / target.height);
    target.viewport.set(0, 0, columns, lines);
    this.#splats.geometry = points.mesh.geometry;
    stage.renderTo(target, this.#scene, camera.perspective);
    this.#tone.pixel.value = pixel;
    this.#place(camera.perspective, part);
  }

  /** The context was lost and is back: the grid, which went with it, is made again. */
  restore(): void {
    this.#target = undefined;
    this.mesh.geometry = fullView();
  }

  dispose(): void {
    this.#forget();
    this.#splats.material.dispose();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  #place(whole: PerspectiveCamera, part: PerspectiveCamera): void {
    const [a, b] = [whole.view, part.view];
    if (!a || !b) return;
    const x = (b.offsetX - a.offsetX) / a.width;
    const height = b.height / a.height;
    const y = 1 - (b.offsetY - a.offsetY) / a.height - height;
    this.crowd.crowdPlace.value.set(
      (0.5 + (x - 0.5) * this.#inner.x) * this.#used.x,
      (0.5 + (y - 0.5) * this.#inner.y) * this.#used.y,
      (b.width / a.width) * this.#inner.x * this.#used.x,
      height * this.#inner.y * this.#used.y,
    );
  }

  /** The grid, large enough for the smallest cells: another only where the view has another size. */
  #fit(stage: Stage): WebGLRenderTarget {
    const width = Math.ceil(stage.width / leastCell) + 2 * reach;
    const height = Math.ceil(stage.height / leastCell) + 2 * reach;
    if (this.#target?.width === width && this.#target.height === height) return this.#target;
    this.#target?.dispose();
    const { type, peak } = kinds[kindFor(stage)];
    this.#target = new WebGLRenderTarget(width, height, { type, format: RedFormat, depthBuffer: false });
    this.#tone.peak.value = peak;
    this.crowd.crowd.value = this.#target.texture;
    this.crowd.crowdFade.value = fadesFrom * peak;
    return this.#target;
  }

  #forget(): void {
    this.#target?.dispose();
    this.#target = undefined;
    this.crowd.crowd.value = null;
    this.crowd.crowdFade.value = 0;
  }
}

/** Texts that are neither hidden nor left out by a filter. */
export function countedIn({ sizes, colours }: Appearance): number {
  let count = 0;
  for (let row = 0; row < sizes.length; row++)
    if (sizes[row] !== 0 && (colours[row * 4 + 3]! & mark.apart) === 0) count++;
  return count;
}

/** What this graphics card adds up in. */
export function kindFor(stage: Pick<Stage, 'supports'>): keyof typeof kinds {
  const has = (name: string) => stage.supports(name);
  const full = has('EXT_color_buffer_float');
  if (full && has('EXT_float_blend') && has('OES_texture_float_linear')) return 'float';
  return full || has('EXT_color_buffer_half_float') ? 'half' : 'byte';
}

/** One triangle that covers the view. */
function fullView(): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('corner', new BufferAttribute(Float32Array.of(-1, -1, 3, -1, -1, 3), 2));
  geometry.setDrawRange(0, 3);
  return geometry;
}
