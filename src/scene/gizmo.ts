/** Three small axes in a corner that turn with the camera: which way is up, and how far the view has turned. */
import type { Rgb } from './colour';
import { cssColour } from './colour';
import type { SceneTheme } from './theme';

/** CSS pixels: side of the square, and length of an axis seen from its side. */
const side = 60;
const reach = 20;

export interface GizmoAxis {
  readonly name: 'x' | 'y' | 'z';
  /** On the screen, right and down; the axis seen from its side has the length 1. */
  readonly right: number;
  readonly down: number;
  /** Towards the person, -1 to 1. */
  readonly towards: number;
}

/**
 * The axes as a camera sees them, the farthest first, in which order they are drawn.
 * @param view the camera's view matrix, 16 numbers, column-major; only how it turns matters
 */
export function gizmoAxes(view: ArrayLike<number>): readonly GizmoAxis[] {
  return (['x', 'y', 'z'] as const)
    .map((name, i) => ({ name, right: view[i * 4]!, down: -view[i * 4 + 1]!, towards: view[i * 4 + 2]! }))
    .sort((a, b) => a.towards - b.towards);
}

export class Gizmo {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;

  constructor(document: Document) {
    this.canvas = document.createElement('canvas');
    this.#context = this.canvas.getContext('2d');
    this.canvas.setAttribute('aria-hidden', 'true');
    const { style } = this.canvas;
    style.position = 'absolute';
    style.width = style.height = `${side}px`;
    style.pointerEvents = 'none';
  }

  /**
   * @param left of its corner in the host, as `top`, in CSS pixels
   * @param density device pixels in a CSS pixel
   */
  draw(view: ArrayLike<number>, left: number, top: number, density: number, theme: SceneTheme): void {
    const context = this.#context;
    const { canvas } = this;
    canvas.hidden = false;
    canvas.style.left = `${left}px`;
    canvas.style.top = `${top}px`;
    const pixels = Math.round(side * density);
    if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, pixels, pixels);
    context.setTransform(density, 0, 0, density, (side / 2) * density, (side / 2) * density);
    context.fillStyle = cssColour(theme.background);
    context.globalAlpha = 0.8;
    context.beginPath();
    context.arc(0, 0, side / 2, 0, 2 * Math.PI);
    context.fill();
    context.font = `600 10px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 1.5;
    for (const { name, right, down, towards } of gizmoAxes(view)) {
      const tone: Rgb = towards < 0 ? theme.muted : theme.text;
      context.globalAlpha = 0.75 + 0.25 * towards;
      context.strokeStyle = context.fillStyle = cssColour(tone);
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(right * reach, down * reach);
      context.stroke();
      // Beyond the end; an axis that points at the person has its letter beside it.
      const length = Math.max(Math.hypot(right, down), 0.35);
      context.fillText(name, right * reach + (right / length) * 7, down * reach + (down / length) * 7);
    }
  }

  hide(): void {
    this.canvas.hidden = true;
  }
}
