/** Straight lines under the points, as wide near as far: instanced quads, drawn in one call. */
import {
  Color,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  RawShaderMaterial,
  Vector2,
} from 'three';
import type { Rgb } from './colour';
import { setColour } from './points';
import { createQuads, perQuad, renewQuads } from './quads';
import { createScreen, projectPoints, type Screen } from './screen';

const vertexShader = /* glsl */ `
precision highp float;
in vec2 corner;
in vec3 start;
in vec3 end;
in vec4 colour;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 viewport;
uniform vec2 fog;
uniform float width;
out float across;
out float along;
out float haze;
out vec2 course;
flat out vec4 tone;
void main() {
  vec4 a = modelViewMatrix * vec4(start, 1.0);
  vec4 b = modelViewMatrix * vec4(end, 1.0);
  float near = -0.02;
  if (a.z > near && b.z < near) a = mix(a, b, (near - a.z) / (b.z - a.z));
  if (b.z > near && a.z < near) b = mix(b, a, (near - b.z) / (a.z - b.z));
  vec4 p = projectionMatrix * a;
  vec4 q = projectionMatrix * b;
  vec2 run = (q.xy / q.w - p.xy / p.w) * viewport;
  vec2 side = length(run) > 1e-4 ? normalize(vec2(-run.y, run.x)) : vec2(0.0, 1.0);
  gl_Position = corner.x < 0.0 ? p : q;
  float reach = width + 1.0;
  gl_Position.xy += side * corner.y * reach * 2.0 / viewport * gl_Position.w;
  across = corner.y * reach;
  along = corner.x * 0.5 + 0.5;
  // CSS pixels from the start, and what makes them even on the screen again: values are interpolated in space.
  course = vec2(along * length(run) * 0.5, 1.0) * gl_Position.w;
  tone = colour;
  haze = smoothstep(fog.x, fog.y, -(corner.x < 0.0 ? a.z : b.z));
}`;

const fragmentShader = /* glsl */ `
precision highp float;
in float across;
in float along;
in float haze;
in vec2 course;
flat in vec4 tone;
uniform vec3 background;
uniform float width;
uniform float fogStrength;
uniform vec2 fade;
uniform float dash;
out vec4 fragment;
void main() {
  float cover = 1.0 - smoothstep(width - 0.6, width + 0.6, abs(across));
  if (dash > 0.0) {
    float place = abs(mod(course.x / course.y, dash * 2.0) - dash * 0.5);
    cover *= 1.0 - smoothstep(dash * 0.5 - 0.5, dash * 0.5 + 0.5, min(place, dash * 2.0 - place));
  }
  fragment = vec4(mix(tone.rgb, background, haze * fogStrength), cover * tone.a * mix(fade.x, fade.y, along));
}`;

/** CSS pixels. */
export const lineWidth = 1.6;
/** Pieces by which a file without depth shows a line that fades along its way. */
const fadePieces = 4;

export interface LinkLines {
  /** Links x 2: the rows of the points that each joins. */
  readonly rows: Int32Array;
  /** Links x 4: red, green, blue, opacity. */
  readonly colours: Uint8Array;
}

/** Lines on the screen, between places of their own, with the opacity that they are seen with. */
export interface SeenLines {
  readonly screen: Screen;
  readonly lines: LinkLines;
}

export class Lines {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  /** Lines x 3, world units; changed in place and announced by `moved`. */
  protected starts: Float32Array = new Float32Array(0);
  protected ends: Float32Array = new Float32Array(0);
  #colours: Uint8Array = new Uint8Array(0);
  readonly #uniforms = {
    viewport: { value: new Vector2(1, 1) },
    fog: { value: new Vector2(0, 1) },
    fogStrength: { value: 0 },
    width: { value: lineWidth / 2 },
    fade: { value: new Vector2(1, 1) },
    dash: { value: 0 },
    background: { value: new Color() },
  };

  /**
   * @param fade opacity at the start and at the end of each line, as shares of its own
   * @param dash CSS pixels of a dash, and of the gap to the next; 0 for whole lines
   */
  constructor(
    private readonly fade: readonly [number, number],
    dash = 0,
  ) {
    this.#uniforms.fade.value.set(...fade);
    this.#uniforms.dash.value = dash;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: this.#uniforms,
      transparent: true,
      depthWrite: false,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  /** @param colours lines x 4: red, green, blue, opacity; as many lines as that */
  protected allocate(colours: Uint8Array): void {
    const count = colours.length / 4;
    this.mesh.visible = count > 0;
    this.#colours = colours;
    this.mesh.geometry.dispose();
    this.starts = new Float32Array(count * 3);
    this.ends = new Float32Array(count * 3);
    const attributes = { start: perQuad(this.starts, 3), end: perQuad(this.ends, 3), colour: perQuad(colours, 4) };
    this.mesh.geometry = createQuads(attributes, count);
  }

  /** Starts or ends have changed: upload them with the next frame. */
  protected moved(): void {
    for (const name of ['start', 'end']) {
      const attribute = this.mesh.geometry.getAttribute(name);
      if (attribute instanceof InstancedBufferAttribute) attribute.needsUpdate = true;
    }
  }

  /** As they are seen in a view of this size in CSS pixels, without dashes; `matrix` as `projectPoints` takes it. */
  seen(matrix: ArrayLike<number>, width: number, height: number): SeenLines {
    const { starts, ends } = this;
    const [first, last] = this.fade;
    const pieces = first === last ? 1 : fadePieces;
    const count = (starts.length / 3) * pieces;
    const places = new Float32Array(count * 6);
    const colours = new Uint8Array(count * 4);
    for (let i = 0; i < count; i++) {
      const line = Math.floor(i / pieces);
      const along = (i % pieces) / pieces;
      for (let axis = 0; axis < 3; axis++) {
        const [from, to] = [starts[line * 3 + axis]!, ends[line * 3 + axis]!];
        places[i * 6 + axis] = from + (to - from) * along;
        places[i * 6 + 3 + axis] = from + (to - from) * (along + 1 / pieces);
      }
      const share = first + (last - first) * (along + 0.5 / pieces);
      colours.set(this.#colours.subarray(line * 4, line * 4 + 4), i * 4);
      colours[i * 4 + 3] = Math.round(this.#colours[line * 4 + 3]! * share);
    }
    const screen = createScreen(count * 2);
    const none = { perspective: 0, minimum: 0, maximum: 0 };
    projectPoints(places, count * 2, matrix, width, height, new Float32Array(count * 2).fill(1), none, screen);
    return { screen, lines: { rows: Int32Array.from({ length: count * 2 }, (_, i) => i), colours } };
  }

  /** As `Points.restore`. */
  restore(): void {
    this.mesh.geometry = renewQuads(this.mesh.geometry);
  }

  setTheme(background: Rgb): void {
    setColour(this.#uniforms.background.value, background);
  }

  /** As `Points.setView`. */
  setView(width: number, height: number, fog: readonly [number, number], fogStrength: number): void {
    this.#uniforms.viewport.value.set(width, height);
    this.#uniforms.fog.value.set(fog[0], fog[1]);
    this.#uniforms.fogStrength.value = fogStrength;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
