/** Labels in a room, where there is no page to draw on: boards that face the person, each with a text drawn by the system's fonts. */
import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  Group,
  LinearFilter,
  Mesh,
  RawShaderMaterial,
  Texture,
  Vector2,
} from 'three';
import { cssColour } from './colour';
import { fitText, isRightToLeft } from './labelText';
import type { SceneTheme } from './theme';

export interface BoardLook {
  /** Lines of text, at most; longer texts end in an ellipsis. */
  readonly lines: number;
  /** Pixels of the board. */
  readonly width: number;
  readonly height: number;
  readonly font: number;
  /** Metres in a pixel. */
  readonly pixel: number;
}

/** Of a text's label, and of the panel that shows a selected one whole. */
export const boards: Readonly<Record<'label' | 'panel', BoardLook>> = {
  label: { lines: 1, width: 384, height: 48, font: 30, pixel: 0.0007 },
  panel: { lines: 6, width: 768, height: 320, font: 40, pixel: 0.0006 },
};

const vertexShader = /* glsl */ `
precision highp float;
in vec2 corner;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 size;
uniform float lift;
out vec2 at;
void main() {
  at = corner;
  vec4 place = modelViewMatrix * vec4(0.0, 0.0, 0.0, 1.0);
  gl_Position = projectionMatrix * (place + vec4((corner.x - 0.5) * size.x, corner.y * size.y + lift, 0.0, 0.0));
}`;

const fragmentShader = /* glsl */ `
precision highp float;
in vec2 at;
uniform sampler2D board;
out vec4 fragment;
void main() {
  fragment = texture(board, at);
}`;

/** A text on a board, drawn when it changes. */
class Board {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  /** Metres from its place up to its lower edge. */
  readonly lift = { value: 0 };
  readonly #canvas: HTMLCanvasElement;
  readonly #texture: Texture;
  #shown = '';

  constructor(
    document: Document,
    readonly look: BoardLook,
    readonly theme: SceneTheme,
  ) {
    this.#canvas = document.createElement('canvas');
    [this.#canvas.width, this.#canvas.height] = [look.width, look.height];
    this.#texture = new Texture(this.#canvas);
    this.#texture.generateMipmaps = false;
    this.#texture.minFilter = LinearFilter;
    const geometry = new BufferGeometry();
    geometry.setAttribute('corner', new BufferAttribute(Float32Array.of(0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1), 2));
    geometry.setDrawRange(0, 6);
    const size = { value: new Vector2(look.width * look.pixel, look.height * look.pixel) };
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { board: { value: this.#texture }, size, lift: this.lift },
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = look.lines > 1 ? 3 : 2;
    this.mesh.visible = false;
  }

  write(text: string): void {
    this.mesh.visible = true;
    if (text === this.#shown) return;
    this.#shown = text;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    const { width, height, font, lines: most } = this.look;
    context.clearRect(0, 0, width, height);
    context.font = `${most > 1 ? 600 : 500} ${font}px ${this.theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.direction = isRightToLeft(text) ? 'rtl' : 'ltr';
    const lines = wrapText(text, most, width - font, (part) => context.measureText(part).width);
    const step = font * 1.25;
    if (most > 1) {
      context.fillStyle = cssColour(this.theme.background, 0.88);
      const tall = lines.length * step + font * 0.8;
      context.beginPath();
      const broad = Math.min(Math.max(...lines.map((line) => context.measureText(line).width)) + font * 1.2, width);
      context.roundRect((width - broad) / 2, height - tall, broad, tall, font * 0.4);
      context.fill();
    }
    const bottom = height - (most > 1 ? font * 0.4 : height / 2 - step / 2);
    context.lineWidth = font / 4;
    context.strokeStyle = cssColour(this.theme.background);
    context.fillStyle = cssColour(this.theme.text);
    lines.forEach((line, i) => {
      const y = bottom - (lines.length - i - 0.5) * step;
      if (most === 1) context.strokeText(line, width / 2, y);
      context.fillText(line, width / 2, y);
    });
    this.#texture.needsUpdate = true;
  }

  dispose(): void {
    this.#texture.dispose();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

/** As many boards as are wanted at once, over the texts that they name. */
export class Boards {
  readonly group = new Group();
  readonly #boards: readonly Board[];

  constructor(document: Document, look: BoardLook, count: number, theme: SceneTheme) {
    this.#boards = Array.from({ length: count }, () => new Board(document, look, theme));
    this.group.add(...this.#boards.map(({ mesh }) => mesh));
  }

  /** These rows' texts, at their places in the group; the rest of the boards shows nothing. */
  show(rows: ArrayLike<number>, texts: readonly string[], positions: Float32Array): void {
    this.#boards.forEach((board, i) => {
      const row = rows[i];
      if (row === undefined) board.mesh.visible = false;
      else {
        board.write(texts[row] ?? '');
        board.mesh.position.fromArray(positions, row * 3);
      }
    });
  }

  /** Metres from a text's place up to the lower edge of its board. */
  set lift(metres: number) {
    for (const { lift } of this.#boards) lift.value = metres;
  }

  dispose(): void {
    for (const board of this.#boards) board.dispose();
  }
}

/** A text in at most `most` lines of `limit` pixels, broken between words, or within one that is longer. */
export function wrapText(text: string, most: number, limit: number, width: (text: string) => number): string[] {
  const lines: string[] = [];
  let rest = text.replace(/\s+/gu, ' ').trim();
  while (rest !== '' && lines.length < most - 1) {
    const whole = fitText(rest, limit, width);
    if (whole === rest) break;
    const fitting = whole.endsWith('…') ? whole.slice(0, -1) : whole;
    const space = rest[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
    const line = space > 0 ? rest.slice(0, space) : fitting;
    if (line === '') break;
    lines.push(line);
    rest = rest.slice(line.length).trim();
  }
  if (rest !== '') lines.push(fitText(rest, limit, width));
  return lines;
}
