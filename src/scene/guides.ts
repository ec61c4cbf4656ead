/**
 * What is drawn only on request, to help to read the cloud: a ground with drop lines, trails, contours, lines to what the map tore
 * away, and axes in a corner.
 */
import type { Positions } from '../types';
import type { Camera } from './camera';
import type { Content } from './content';
import { Contours } from './contours';
import { Gizmo } from './gizmo';
import { Ground } from './ground';
import type { Lines, SeenLines } from './lines';
import type { Rect } from './screen';
import type { Shape } from './shapes';
import type { Stage } from './stage';
import { MeaningAxes } from './meaningAxes';
import type { SceneTheme } from './theme';
import { Links, tornDash } from './links';
import { Path } from './path';
import { Trails } from './trails';
import { toWorld } from './transform';

export interface GuideChoice {
  readonly ground: boolean;
  readonly axes: boolean;
  /** From where each text stood before the last run. */
  readonly trails: boolean;
  /** Of how many texts lie behind each place of the view. */
  readonly contours: boolean;
}

/** CSS pixels between the axes and the edges of the free part of the view. */
const margin = 4;

export class Guides {
  choice: GuideChoice = { ground: false, axes: false, trails: false, contours: false };
  /** Trails begin here instead, whatever the choice: another map of the same rows. */
  trailsFrom: Positions | undefined;
  readonly gizmo: Gizmo;
  readonly contours = new Contours();
  readonly meaning: MeaningAxes;
  readonly #ground = new Ground();
  readonly #trails = new Trails();
  readonly torn = new Links(tornDash);
  readonly path = new Path();
  /** Each is one draw call, and none while it has nothing to show. */
  readonly lines: readonly Lines[];

  constructor(document: Document) {
    // Over the links, which may join the same two texts, and under the points.
    this.torn.mesh.renderOrder = 0.5;
    this.gizmo = new Gizmo(document);
    this.meaning = new MeaningAxes(document);
    this.lines = [this.#ground, this.#trails, this.torn, this.meaning, this.path];
  }

  /** Selection, colours, rows or the choice have changed. A flat map has no ground. */
  restyle({ marks, motion, origins, transform }: Content, flat: boolean): void {
    const { look, rows, selection, theme } = marks;
    const chosen = rows.all(selection);
    this.#ground.set(this.choice.ground && !flat, chosen, look.sizes, theme);
    this.contours.set(this.choice.contours, look, theme);
    const given = this.trailsFrom?.rows === rows.ids.length ? this.trailsFrom : undefined;
    const places = given ? new Float32Array(given.rows * 3) : origins.places;
    if (given) toWorld(given, transform, flat, places);
    this.#trails.set(given !== undefined || this.choice.trails, places, chosen, look);
    this.torn.set(marks.tornLines());
    this.meaning.restyle(transform, theme);
    this.path.restyle(transform, flat, theme);
    this.follow(motion.current);
  }

  /** Follows the points, whose positions are rows x 3. */
  follow(positions: Float32Array): void {
    this.#ground.follow(positions);
    this.#trails.follow(positions);
    this.torn.follow(positions);
  }

  draw(camera: Camera, { width, height, density }: Stage, free: Rect, theme: SceneTheme): void {
    this.meaning.draw(camera.perspective, width, height, free);
    if (!this.choice.axes || camera.dims === 2) {
      this.gizmo.hide();
      return;
    }
    const { elements } = camera.perspective.matrixWorldInverse;
    // At the top: on a phone a sheet may come from below.
    this.gizmo.draw(elements, free.left + margin, free.top + margin, density, theme);
  }

  /** Ground, drop lines and trails, as `Lines.seen`. */
  seen(matrix: ArrayLike<number>, width: number, height: number): readonly SeenLines[] {
    return [this.#ground, this.#trails].map((lines) => lines.seen(matrix, width, height));
  }

  /**
   * What stands over the points of the frame that was last drawn, for pictures.
   * @param measuring any context to measure with; its font changes
   */
  shapes(names: boolean, measuring: CanvasRenderingContext2D): readonly Shape[] {
    if (!names) return this.gizmo.shapes;
    measuring.font = this.meaning.nameFont;
    return [...this.gizmo.shapes, ...this.meaning.nameShapes((text) => measuring.measureText(text).width)];
  }
}
