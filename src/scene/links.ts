/** Lines from selected texts to their neighbours: instanced quads under the points, as wide near as far. */
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
  tone = colour;
  haze = smoothstep(fog.x, fog.y, -(corner.x < 0.0 ? a.z : b.z));
}`;

const fragmentShader = /* glsl */ `
precision highp float;
in float across;
in float along;
in float haze;
flat in vec4 tone;
uniform vec3 background;
uniform float width;
uniform float fogStrength;
out vec4 fragment;
void main() {
  float cover = 1.0 - smoothstep(width - 0.6, width + 0.6, abs(across));
  fragment = vec4(mix(tone.rgb, background, haze * fogStrength), cover * tone.a * mix(1.0, 0.7, along));
}`;

/** CSS pixels. */
export const linkWidth = 1.6;
/** Half-way along: links fade from their text to its neighbour. */
export const linkOpacity = 0.85;

export interface Lines {
  /** Links x 2: the rows of the points that each joins. */
  readonly rows: Int32Array;
  /** Links x 4: red, green, blue, opacity. */
  readonly colours: Uint8Array;
}

export class Links {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  /** What is drawn. */
  lines: Lines = { rows: new Int32Array(0), colours: new Uint8Array(0) };
  #ends = new Float32Array(0);
  readonly #uniforms = {
    viewport: { value: new Vector2(1, 1) },
    fog: { value: new Vector2(0, 1) },
    fogStrength: { value: 0 },
    width: { value: linkWidth / 2 },
    background: { value: new Color() },
  };

  constructor() {
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

  set(lines: Lines): void {
    const { rows, colours } = lines;
    this.lines = lines;
    const count = rows.length / 2;
    this.mesh.visible = count > 0;
    this.mesh.geometry.dispose();
    this.#ends = new Float32Array(count * 6);
    const start = perQuad(this.#ends.subarray(0, count * 3), 3);
    const end = perQuad(this.#ends.subarray(count * 3), 3);
    this.mesh.geometry = createQuads({ start, end, colour: perQuad(colours, 4) }, count);
  }

  /** As `Points.restore`. */
  restore(): void {
    this.mesh.geometry = renewQuads(this.mesh.geometry);
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    const { rows } = this.lines;
    const half = rows.length / 2;
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i]! * 3;
      const to = ((i & 1) * half + (i >> 1)) * 3;
      this.#ends.set(positions.subarray(from, from + 3), to);
    }
    for (const name of ['start', 'end']) {
      const attribute = this.mesh.geometry.getAttribute(name);
      if (attribute instanceof InstancedBufferAttribute) attribute.needsUpdate = true;
    }
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
