/** The shaders of `contours.ts`. */
import { mark } from './points';

/** Cells from the middle of a kernel to where it ends, at three bandwidths: 1 % of its height. */
export const reach = 6;

/** Adds a text to the grid of cells. */
export const splatVertex = /* glsl */ `
precision highp float;
in vec3 place;
in vec4 colour;
in float size;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 inner;
void main() {
  gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
  gl_Position.xy *= inner;
  if (size == 0.0 || (int(colour.a * 255.0 + 0.5) & ${mark.apart}) != 0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = ${(2 * reach).toFixed(1)};
}`;

export const splatFragment = /* glsl */ `
precision highp float;
uniform float peak;
out vec4 fragment;
void main() {
  vec2 from = (gl_PointCoord * 2.0 - 1.0) * ${(reach / 2).toFixed(1)};
  fragment = vec4(peak * exp(-0.5 * dot(from, from)));
}`;

/** Tones what the grid holds over the whole view. */
export const bandVertex = /* glsl */ `
precision highp float;
in vec2 corner;
uniform vec4 crowdPlace;
out vec2 at;
void main() {
  gl_Position = vec4(corner, 0.0, 1.0);
  at = crowdPlace.xy + (corner * 0.5 + 0.5) * crowdPlace.zw;
}`;

/* Cells are joined by cubic B-splines, four weighted looks at what the card interpolates by itself: straight joins show in lines. */
export const bandFragment = /* glsl */ `
precision highp float;
in vec2 at;
uniform sampler2D crowd;
uniform float peak;
uniform float top;
uniform float pixel;
uniform vec3 accent;
uniform vec3 text;
out vec4 fragment;
float texts(vec2 place) {
  vec2 size = vec2(textureSize(crowd, 0));
  vec2 cell = place * size - 0.5;
  vec2 f = fract(cell);
  vec2 g = 1.0 - f;
  vec2 w0 = g * g * g / 6.0;
  vec2 w1 = (4.0 - 6.0 * f * f + 3.0 * f * f * f) / 6.0;
  vec2 w3 = f * f * f / 6.0;
  vec2 low = w0 + w1;
  vec2 high = 1.0 - low;
  vec2 a = (floor(cell) - 0.5 + w1 / low) / size;
  vec2 b = (floor(cell) + 1.5 + w3 / high) / size;
  float left = low.y * texture(crowd, a).r + high.y * texture(crowd, vec2(a.x, b.y)).r;
  float right = low.y * texture(crowd, vec2(b.x, a.y)).r + high.y * texture(crowd, b).r;
  return (low.x * left + high.x * right) / peak;
}
void main() {
  float level = log2(max(texts(at), 1e-3));
  float slope = max(fwidth(level), 1e-5);
  float above = clamp(level / slope + 0.5, 0.0, 1.0);
  if (above == 0.0) discard;
  float tone = clamp((floor(level) + 0.5 * fract(level) + 0.5) / top, 0.0, 1.0);
  float cover = mix(0.07, 0.6, tone);
  float apart = abs(level - round(level)) / slope * pixel;
  float line = (1.0 - smoothstep(0.3, 1.1, apart)) * (1.0 - smoothstep(0.12, 0.35, slope / pixel));
  fragment = vec4(mix(accent, text, 0.4 * line), above * mix(cover, max(cover, 0.5), line));
}`;
