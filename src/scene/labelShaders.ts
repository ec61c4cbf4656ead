/** The shaders of labels: quads in device pixels, whose pixels are those of the texture one to one. */
import type { Rgb } from './colour';

/** What a quad is: the fourth byte of its colour. */
export const quadKind = { letters: 0, coloured: 1, line: 2 } as const;

/*
 * Quads are vertices of their own, four each: software graphics take every instance for a draw call.
 * `texel` is a place in the texture, of a line the distance to its middle. `plane` is how many rows of the texture one plane of a tile has,
 * of a line half its width. `strength` is the opacity of the outline, and of what is over it.
 */
const vertexShader = /* glsl */ `#version 300 es
precision highp float;
layout(location = 0) in vec4 place;
layout(location = 1) in vec3 look;
layout(location = 2) in vec4 colour;
uniform vec2 viewport;
out vec2 texel;
flat out float plane;
flat out vec2 strength;
flat out vec3 tone;
flat out int kind;
void main() {
  gl_Position = vec4(place.x / viewport.x * 2.0 - 1.0, 1.0 - place.y / viewport.y * 2.0, 0.0, 1.0);
  texel = place.zw;
  plane = look.x;
  strength = look.yz;
  tone = colour.rgb;
  kind = int(colour.a * 255.0 + 0.5);
}`;

/** Colours are multiplied by their opacity, as the page lays them over the points. */
const fragmentShader = /* glsl */ `#version 300 es
precision highp float;
in vec2 texel;
flat in float plane;
flat in vec2 strength;
flat in vec3 tone;
flat in int kind;
uniform sampler2D atlas;
uniform vec3 background;
out vec4 fragment;
float mask(ivec2 at, int index) {
  return texelFetch(atlas, at + ivec2(0, index * int(plane)), 0).r;
}
void main() {
  if (kind == ${quadKind.line}) {
    fragment = vec4(tone, 1.0) * clamp(plane + 0.5 - abs(texel.x), 0.0, 1.0);
    return;
  }
  ivec2 at = ivec2(texel);
  float outline = mask(at, 0) * strength.x;
  float cover = mask(at, 1) * strength.y;
  vec3 own = kind == ${quadKind.coloured} ? vec3(mask(at, 2), mask(at, 3), mask(at, 4)) : tone;
  fragment = vec4(background, 1.0) * outline * (1.0 - cover) + vec4(own, 1.0) * cover;
}`;

/** The program, or undefined where the context is lost. Throws an error where the shaders do not fit together. */
export function createLabelProgram(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) === true) return program;
  if (gl.isContextLost()) return undefined;
  throw new Error(`the shaders of labels do not link: ${gl.getProgramInfoLog(program) ?? ''}`);
}

/** Sets a colour uniform, in sRGB as it is. */
export function setUniform(gl: WebGL2RenderingContext, program: WebGLProgram, name: string, [r, g, b]: Rgb): void {
  gl.uniform3f(gl.getUniformLocation(program, name), r / 255, g / 255, b / 255);
}
