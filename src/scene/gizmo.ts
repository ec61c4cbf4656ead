/** Three small axes in a corner that turn with the camera: which way is up, and how far the view has turned. */
import type { Shape } from './shapes';
import { drawShapes } from './shapes';
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

/** What is drawn, around a middle. */
function gizmoShapes(view: ArrayLike<number>, x: number, y: number, { background, muted, text }: SceneTheme): Shape[] {
  const ground: Shape = { kind: 'disc', middle: [x, y], radius: side / 2, colour: background, opacity: 0.8 };
  const axes = gizmoAxes(view).flatMap(({ name, right, down, towards }): Shape[] => {
    const look = { colour: towards < 0 ? muted : text, opacity: 0.75 + 0.25 * towards };
    const end = [x + right * reach, y + down * reach] as const;
    // Beyond the end; an axis that points at the person has its letter beside it.
    const length = Math.max(Math.hypot(right, down), 0.35);
    const middle = [end[0] + (right / length) * 7, end[1] + (down / length) * 7] as const;
    return [
      { kind: 'line', from: [x, y], to: end, width: 1.5, ...look },
      { kind: 'text', text: name, middle, size: 10, ...look },
    ];
  });
  return [ground, ...axes];
}

export class Gizmo {
  readonly canvas: HTMLCanvasElement;
  /** What is drawn, in CSS pixels of the host; empty while it is hidden. */
  shapes: readonly Shape[] = [];
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
    this.shapes = gizmoShapes(view, left + side / 2, top + side / 2, theme);
    canvas.hidden = false;
    canvas.style.left = `${left}px`;
    canvas.style.top = `${top}px`;
    const pixels = Math.round(side * density);
    if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, pixels, pixels);
    context.setTransform(density, 0, 0, density, -left * density, -top * density);
    drawShapes(context, this.shapes, theme.font);
  }

  hide(): void {
    if (this.canvas.hidden) return;
    this.canvas.hidden = true;
    this.shapes = [];
  }
}
