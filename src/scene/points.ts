/**
 * All points in one draw call, each an opaque soft-edged disc with a thin outline of the background. They are the graphics
 * card's own points: of 5,000, software graphics draw a frame in 21 ms, and as instanced quads in 57: they take each
 * instance for a draw call of its own.
 */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  GLSL3,
  RawShaderMaterial,
  Points as Sprites,
  type Texture,
  type Vector4,
} from 'three';
import type { Rgb } from './colour';
import type { DiscSize } from './screen';
import type { SceneTheme } from './theme';

/** How bright the middle of a disc shines, 0 to 1, by theme. */
export const glow = { dark: 0.35, light: 0.12 };

/**
 * How a disc is marked: the fourth byte of its colour. A ring, with the others added. Where there are contours, `clear` ones do not
 * fade in a crowd, as ringed ones do not, and `apart` ones are not counted.
 */
export const mark = {
  hovered: 1,
  selected: 2,
  newborn: 4,
  hollow: 8,
  square: 16,
  clear: 32,
  apart: 64,
  intruder: 128,
} as const;
/** Those that give a disc another shape. */
export const shapeMarks = mark.hovered | mark.selected | mark.hollow | mark.square | mark.intruder;

/*
 * Discs are opaque, so the depth buffer alone sorts them. Only the outer edge is blended, over a rim that has the colour
 * of the background, so the order in which discs are drawn does not show.
 */
const vertexShader = /* glsl */ `
precision highp float;
in vec3 place;
in vec4 colour;
in float size;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform float pixel;
uniform vec3 disc;
uniform vec2 fog;
uniform float birth;
uniform sampler2D crowd;
uniform vec4 crowdPlace;
uniform float crowdFade;
flat out float opacity;
flat out float reach;
flat out float radius;
flat out vec3 tone;
flat out float haze;
flat out int ring;
flat out int hollow;
flat out int square;
flat out int intruder;
void main() {
  int code = int(colour.a * 255.0 + 0.5);
  ring = code & 3;
  hollow = code & 8;
  square = code & 16;
  intruder = ring == 0 ? code & ${mark.intruder} : 0;
  if (square + intruder > 0) ring = max(ring, 1);
  float grown = (code & 4) != 0 ? birth : 1.0;
  vec4 view = modelViewMatrix * vec4(place, 1.0);
  float depth = -view.z;
  radius = clamp(disc.x / max(depth, 1e-4) * abs(size), disc.y, disc.z) * grown;
  reach = radius + (ring > 0 ? 6.0 : 2.0);
  gl_Position = projectionMatrix * view;
  if (size == 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 2.0 * reach / pixel;
  opacity = 1.0;
  if (crowdFade > 0.0 && ring == 0 && (code & ${mark.clear}) == 0) {
    vec2 place = gl_Position.xy / gl_Position.w * 0.5 + 0.5;
    opacity = pow(crowdFade / max(texture(crowd, crowdPlace.xy + place * crowdPlace.zw).r, crowdFade), 1.3);
    if (opacity < 0.02) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  }
  tone = colour.rgb;
  haze = smoothstep(fog.x, fog.y, depth);
}`;

const fragmentShader = /* glsl */ `
precision highp float;
flat in float opacity;
flat in float reach;
flat in float radius;
flat in vec3 tone;
flat in float haze;
flat in int ring;
flat in int hollow;
flat in int square;
flat in int intruder;
uniform vec3 background;
uniform vec3 accent;
uniform vec3 text;
uniform vec3 warn;
uniform float pixel;
uniform float fogStrength;
uniform float glow;
out vec4 fragment;
void main() {
  vec2 from = abs(gl_PointCoord * 2.0 - 1.0);
  float r = reach * (square > 0 ? max(from.x, from.y) : length(from));
  float soft = 0.7 * pixel;
  float rim = min(1.2, 0.35 * radius + 0.3);
  vec3 body = mix(tone, background, haze * fogStrength);
  float shine = 1.0 - r / max(radius, 1.0);
  body = mix(body, vec3(1.0), glow * clamp(shine, 0.0, 1.0) * (1.0 - haze * fogStrength));
  float edge = radius + rim;
  vec3 shade = mix(body, background, smoothstep(radius - max(soft, 0.22 * radius), radius + soft, r));
  if (hollow > 0) shade = mix(background, shade, smoothstep(radius * 0.55 - soft, radius * 0.55 + soft, r));
  if (ring > 0) {
    float thick = ring == 2 || intruder > 0 ? 2.0 : 1.2;
    float inner = radius + 1.6;
    float band = smoothstep(inner - soft, inner + soft, r) * (1.0 - smoothstep(inner + thick - soft, inner + thick + soft, r));
    if (intruder > 0) {
      // As dashed as the lines to torn neighbours.
      vec2 at = gl_PointCoord * 2.0 - 1.0;
      float turn = fract(atan(at.y, at.x) * 1.2732395);
      band *= smoothstep(0.0, 0.1, turn) * (1.0 - smoothstep(0.55, 0.65, turn));
    }
    shade = mix(shade, ring == 2 ? accent : intruder > 0 ? warn : text, band);
    edge = inner + thick + 1.0;
  }
  float cover = opacity * (1.0 - smoothstep(edge - soft, edge + soft, r));
  if (cover < 0.02) discard;
  fragment = vec4(shade, cover);
}`;

/** What points fade by where they crowd: uniforms that are changed in place. */
export interface Crowd {
  /** A grid over the view: how many texts, by its own measure. */
  readonly crowd: { value: Texture | null };
  /** From a place in what is drawn, 0 to 1 rightwards and upwards, to one in the grid: offset and scale. */
  readonly crowdPlace: { value: Vector4 };
  /** What the grid holds where points begin to fade; 0 while there is no grid. */
  readonly crowdFade: { value: number };
}

export class Points {
  readonly mesh: Sprites<BufferGeometry, RawShaderMaterial>;
  readonly #uniforms = {
    disc: { value: [1, 1, 1] },
    fog: { value: [0, 1] },
    fogStrength: { value: 0 },
    birth: { value: 1 },
    pixel: { value: 1 },
    glow: { value: 0 },
    background: { value: new Color() },
    accent: { value: new Color() },
    text: { value: new Color() },
    warn: { value: new Color() },
  };

  constructor(crowd: Crowd) {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { ...this.#uniforms, ...crowd },
      transparent: true,
    });
    this.mesh = new Sprites(new BufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
  }

  /**
   * Points to the arrays that hold the points; the arrays are then changed in place and announced by `moved` and `styled`.
   * @param places rows x 3
   * @param colours rows x 4: red, green, blue, and a sum of `mark`
   */
  allocate(places: Float32Array, colours: Uint8Array, sizes: Float32Array): void {
    this.mesh.geometry.dispose();
    const attributes = { place: perPoint(places, 3), colour: perPoint(colours, 4), size: perPoint(sizes, 1) };
    this.mesh.geometry = createGeometry(attributes, sizes.length);
  }

  /**
   * The context was lost and is back: everything is uploaded with the next frame. The old geometry is left alone: disposing of
   * it would delete, in the new context, buffers that went with the old one.
   */
  restore(): void {
    const { attributes, drawRange } = this.mesh.geometry;
    this.mesh.geometry = createGeometry(attributes, drawRange.count);
  }

  /** The places have changed: upload the first `count` of them with the next frame. */
  moved(count: number): void {
    this.#upload('place', 0, count);
  }

  /** Colours, rings or sizes of rows `first` to `first + count` have changed. */
  styled(first: number, count: number): void {
    this.#upload('colour', first, count);
    this.#upload('size', first, count);
  }

  #upload(name: string, first: number, count: number): void {
    const attribute = this.mesh.geometry.getAttribute(name);
    if (!(attribute instanceof BufferAttribute) || count === 0) return;
    attribute.addUpdateRange(first * attribute.itemSize, count * attribute.itemSize);
    attribute.needsUpdate = true;
  }

  /** How far newborn points have grown, 0 to 1. */
  set birth(share: number) {
    this.#uniforms.birth.value = share;
  }

  setTheme({ background, accent, text, warn, dark }: SceneTheme): void {
    setColour(this.#uniforms.background.value, background);
    setColour(this.#uniforms.accent.value, accent);
    setColour(this.#uniforms.text.value, text);
    setColour(this.#uniforms.warn.value, warn);
    this.#uniforms.glow.value = dark ? glow.dark : glow.light;
  }

  /**
   * @param pixel CSS pixels in one pixel of the drawing buffer
   * @param fog depths, in world units, where the background begins to show through and where it does most
   * @param fogStrength how much of the background shows there, 0 to 1
   */
  setView(pixel: number, disc: DiscSize, fog: readonly [number, number], fogStrength: number): void {
    const uniforms = this.#uniforms;
    uniforms.pixel.value = pixel;
    uniforms.disc.value[0] = disc.perspective;
    uniforms.disc.value[1] = disc.minimum;
    uniforms.disc.value[2] = disc.maximum;
    uniforms.fog.value = [...fog];
    uniforms.fogStrength.value = fogStrength;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function createGeometry(attributes: BufferGeometry['attributes'], count: number): BufferGeometry {
  const geometry = new BufferGeometry();
  for (const [name, attribute] of Object.entries(attributes)) geometry.setAttribute(name, attribute);
  geometry.setDrawRange(0, count);
  return geometry;
}

/** An attribute over an array that is changed in place. Bytes are read as 0 to 1. */
function perPoint(array: Float32Array | Uint8Array, itemSize: number): BufferAttribute {
  return new BufferAttribute(array, itemSize, array instanceof Uint8Array).setUsage(DynamicDrawUsage);
}

/** The shaders write sRGB as it is, so the bytes go in unconverted. */
export function setColour(colour: Color, [r, g, b]: Rgb): void {
  colour.r = r / 255;
  colour.g = g / 255;
  colour.b = b / 255;
}
