/** Choosing many texts by hand: a lasso or a box that is drawn over the cloud. It sees the pointer before hand and camera do. */
import type { ItemId } from '../types';
import type { Content } from './content';
import { boxPath } from './lasso';
import type { Painter } from './painter';

export type AreaShape = 'lasso' | 'box';
/** What becomes of what was chosen before. */
export type Combination = 'replace' | 'add' | 'subtract' | 'intersect';

/** A press that moves further than this, in CSS pixels, draws. */
const still = { mouse: 4, touch: 10 };
/** Corners of a lasso that are nearer than this, in CSS pixels, would not be seen. */
const cornerDistance = 2;

interface Drawing {
  readonly pointer: number;
  readonly how: Combination;
  readonly shape: AreaShape;
  readonly touch: boolean;
  /** The outline so far, x and y by turns; until the press has moved, where it went down. */
  path: number[];
  moved: boolean;
}

/** As in most editors: Shift adds, Alt takes away, both keep what is in both. */
export function combinationOf({ shiftKey, altKey }: Pick<MouseEvent, 'shiftKey' | 'altKey'>): Combination {
  if (shiftKey) return altKey ? 'intersect' : 'add';
  return altKey ? 'subtract' : 'replace';
}

export class AreaTool {
  /** These texts, in the order of the map, were drawn around. */
  onArea: ((ids: readonly ItemId[], how: Combination) => void) | undefined;
  /** A press that drew nothing: a click on a text, or with undefined on the space between them. */
  onPress: ((id: ItemId | undefined, how: Combination) => void) | undefined;
  /**
   * What a drag draws. Without it a drag with Shift or Alt still draws a box, as neither means anything to the camera; with
   * Ctrl or Meta a drag is the camera's, whatever is set here.
   */
  shape: AreaShape | undefined;

  readonly #outline: SVGPolygonElement;
  readonly #overlay: SVGSVGElement;
  readonly #ended = new AbortController();
  #drawing: Drawing | undefined;

  constructor(
    private readonly painter: Painter,
    private readonly content: Content,
    /** Called when a press begins to draw. */
    private readonly onBegin: () => void,
  ) {
    const { host } = painter.stage;
    const svg = 'http://www.w3.org/2000/svg';
    this.#overlay = host.ownerDocument.createElementNS(svg, 'svg');
    this.#outline = host.ownerDocument.createElementNS(svg, 'polygon');
    const { style } = this.#overlay;
    style.position = 'absolute';
    style.inset = '0';
    style.width = '100%';
    style.height = '100%';
    style.pointerEvents = 'none';
    // The page's own property: the outline changes with the theme by itself.
    this.#outline.style.stroke = this.#outline.style.fill = 'var(--accent)';
    this.#outline.setAttribute('fill-opacity', '0.12');
    this.#outline.setAttribute('stroke-width', '1.5');
    this.#overlay.setAttribute('aria-hidden', 'true');
    this.#overlay.append(this.#outline);
    host.append(this.#overlay);
    // On the host while capturing: before all that listens on the canvas in it.
    const options = { capture: true, signal: this.#ended.signal };
    host.addEventListener('pointerdown', this.#onDown, options);
    host.addEventListener('pointermove', this.#onMove, options);
    host.addEventListener('pointerup', this.#onUp, options);
    host.addEventListener('pointercancel', this.#onCancel, options);
  }

  /** Lets go of what is being drawn; says whether there was something. */
  cancel(): boolean {
    const drew = this.#drawing !== undefined;
    this.#drawing = undefined;
    this.#show([]);
    return drew;
  }

  dispose(): void {
    this.#ended.abort();
    this.#overlay.remove();
  }

  #onDown = (event: PointerEvent): void => {
    // A second finger or another button: neither a lasso nor a box.
    if (this.cancel() || event.button !== 0 || !event.isPrimary || event.ctrlKey || event.metaKey) return;
    const how = combinationOf(event);
    const shape = this.shape ?? (how === 'replace' ? undefined : 'box');
    if (!shape) return;
    event.stopPropagation();
    this.painter.stage.canvas.setPointerCapture(event.pointerId);
    const touch = event.pointerType === 'touch';
    this.#drawing = { pointer: event.pointerId, how, shape, touch, path: this.#place(event), moved: false };
  };

  #onMove = (event: PointerEvent): void => {
    const drawing = this.#drawing;
    if (drawing?.pointer !== event.pointerId) return;
    event.stopPropagation();
    const [x = 0, y = 0] = this.#place(event);
    const { path } = drawing;
    const [fromX, fromY] = [path[0]!, path[1]!];
    const way = drawing.touch ? still.touch : still.mouse;
    if (!drawing.moved && Math.hypot(x - fromX, y - fromY) < way) return;
    if (!drawing.moved) this.onBegin();
    drawing.moved = true;
    if (drawing.shape === 'box') drawing.path = boxPath(fromX, fromY, x, y);
    else if (Math.hypot(x - path.at(-2)!, y - path.at(-1)!) >= cornerDistance) path.push(x, y);
    this.#show(drawing.path);
  };

  #onUp = (event: PointerEvent): void => {
    const drawing = this.#drawing;
    if (drawing?.pointer !== event.pointerId) return;
    event.stopPropagation();
    this.cancel();
    const { path, how, moved, touch } = drawing;
    const { ids } = this.content.marks.rows;
    if (moved)
      this.onArea?.(
        Array.from(this.painter.rowsWithin(path), (row) => ids[row]!),
        how,
      );
    else this.onPress?.(ids[this.painter.pick(path[0]!, path[1]!, touch)], how);
  };

  #onCancel = (): void => void this.cancel();

  /** In CSS pixels of the host, and never outside it: what is out of sight is not drawn around. */
  #place(event: PointerEvent): number[] {
    const { canvas, width, height } = this.painter.stage;
    const box = canvas.getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    return [within(event.clientX - box.left, width), within(event.clientY - box.top, height)];
  }

  #show(path: readonly number[]): void {
    this.#outline.setAttribute('points', path.join(' '));
  }
}
