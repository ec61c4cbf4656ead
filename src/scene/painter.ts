/** Draws one frame of the cloud: points and links on the stage, labels on the canvas above it. */
import type { Object3D, PerspectiveCamera } from 'three';
import type { Camera } from './camera';
import type { Content } from './content';
import type { Appearance } from './emphasis';
import { Guides } from './guides';
import { LabelLayer } from './labelLayer';
import type { LabelView } from './labelLook';
import { LabelPace } from './labelPace';
import { rowsWithin } from './lasso';
import type { Lines } from './lines';
import { Links } from './links';
import { pickPoint } from './picking';
import { Points } from './points';
import type { DiscSize, Rect, Screen } from './screen';
import { Sight } from './sight';
import type { StageHandlers } from './stage';
import { Stage } from './stage';
import type { SceneTheme } from './theme';

/** Panels that float over the cloud cover this much of each side, in CSS pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** One view, as the processor knows it. What is in it is changed in place. */
export interface Seen {
  readonly screen: Screen;
  readonly look: Appearance;
  readonly theme: SceneTheme;
  readonly view: LabelView;
}

/** How much of the background shows through the farthest points in 3D. */
const fogStrength = 0.62;
/** Pixels beside a disc that still count as on it: a fingertip is wider than a mouse's. */
const slop = { mouse: 5, touch: 18 };
/** Pixels kept free between labels and the edges of the free part. */
const labelMargin = 6;

export class Painter {
  readonly stage: Stage;
  readonly points: Points;
  readonly links = new Links();
  readonly labels: LabelLayer;
  readonly guides: Guides;
  readonly #lines: readonly Lines[];
  labelsVisible = true;
  labelDensity = 1;
  /** Small panels over the free part of the view, in CSS pixels: labels keep off them. */
  covers: readonly Rect[] = [];
  insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  /** Frames drawn so far: it stands still while nothing changes. */
  framesDrawn = 0;
  #theme: SceneTheme;
  #positions: Float32Array = new Float32Array(0);
  #look: Appearance = { colours: new Uint8Array(0), sizes: new Float32Array(0), wishes: new Uint8Array(0) };
  readonly #sight = new Sight();
  readonly #pace = new LabelPace();

  /** Throws `webglMissing` where there is no WebGL2. */
  constructor(host: HTMLElement, theme: SceneTheme, handlers: StageHandlers) {
    this.stage = new Stage(host, handlers);
    this.labels = new LabelLayer(host.ownerDocument, theme);
    const { style } = this.labels.canvas;
    style.position = 'absolute';
    style.inset = '0';
    style.width = '100%';
    style.height = '100%';
    style.pointerEvents = 'none';
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
    this.guides = new Guides(host.ownerDocument);
    this.points = new Points(this.guides.contours.crowd);
    this.#lines = [...this.guides.lines, this.links];
    host.append(this.labels.canvas, this.guides.gizmo.canvas, this.guides.meaning.root);
    this.stage.scene.add(this.guides.contours.mesh, ...this.inSpace);
    this.#theme = theme;
    this.setTheme(theme);
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
    this.stage.setBackground(theme.background);
    this.points.setTheme(theme);
    for (const lines of this.#lines) lines.setTheme(theme.background);
    this.labels.setTheme(theme);
  }

  /**
   * Draws from these arrays from now on; they are changed in place. A frame that is being drawn is of other rows, and will not be seen.
   * @param previous for each row the one that its text had before, or -1
   */
  setRows(
    positions: Float32Array,
    look: Appearance,
    texts: readonly string[],
    colours: Uint8Array,
    previous: Int32Array,
  ): void {
    this.#positions = positions;
    this.#look = look;
    this.stage.drop();
    this.#sight.setRows(positions, look.sizes);
    this.points.allocate(positions, look.colours, look.sizes);
    this.labels.setTexts(texts, this.stage.width, previous);
    this.labels.setColours(colours);
  }

  /** The points have moved. */
  follow(): void {
    this.#sight.moved();
    this.points.moved(this.#sight.rows);
    this.links.follow(this.#positions);
    this.guides.follow(this.#positions);
  }

  /** Selection, neighbours, colours or the choice of guides have changed. */
  restyle(content: Content, flat: boolean): void {
    this.points.styled(0, content.rows);
    this.links.set(content.marks.lines());
    this.links.follow(this.#positions);
    this.guides.restyle(content, flat);
    const { regions, rows } = content.marks;
    this.labels.regions.regions = regions.map(({ id, text }) => ({ row: rows.of(id), text }));
  }

  /** The context was lost and is back: everything that was in it is made again. */
  restore(): void {
    this.points.restore();
    this.guides.contours.restore();
    for (const lines of this.#lines) lines.restore();
    this.setTheme(this.#theme);
  }

  /** The part of the view that no panel covers, in CSS pixels; all of it where panels cover everything. */
  get free(): Rect {
    const { width, height } = this.stage;
    const { top, right, bottom, left } = this.insets;
    const fits = left + right < width && top + bottom < height;
    return fits
      ? { left, top, right: width - right, bottom: height - bottom }
      : { left: 0, top: 0, right: width, bottom: height };
  }

  /** Begins a frame, as `draw` of the stage; once it is drawn, what stands over the points follows. */
  draw(camera: Camera, atOnce: boolean): void {
    const { stage } = this;
    this.#setView(camera, 1 / stage.density);
    this.guides.contours.draw(stage, camera, this.points, 1 / stage.density);
    stage.draw(camera.perspective, atOnce);
    this.#sight.begin(camera, stage.width, stage.height, stage.isDrawing);
    if (!stage.isDrawing) this.#drawn(camera);
  }

  /** Shows the frame that is being drawn by a camera that has not moved since, if it is done; says whether it was. */
  land(camera: Camera): boolean {
    const landed = this.stage.land();
    if (landed) this.#drawn(camera);
    return landed;
  }

  #drawn(camera: Camera): void {
    this.framesDrawn++;
    this.#sight.show();
    this.guides.draw(camera, this.stage, this.free, this.#theme);
  }

  /**
   * Labels of the frame that was last drawn; says whether some are still appearing or may be others, so that they are due again.
   * @param moves whether only the view or the points have moved since the last frame, and may move on
   */
  drawLabels(camera: Camera, now: number, fade: boolean, moves: boolean): boolean {
    const { labels } = this;
    if (!this.labelsVisible) {
      labels.clear();
      return false;
    }
    const view = this.#labelView(camera);
    const follows = this.#pace.follows(moves, now);
    const screen = follows ? this.#sight.screenOf((name) => labels.eachFollowed(name)) : this.#sight.screen;
    if (follows) labels.follow(screen, this.#look, view);
    else labels.choose(screen, this.#look, view);
    const appearing = labels.draw(screen, this.#look, view, now, fade, moves);
    return this.#pace.isDue(moves, labels.changed) || appearing;
  }

  /** The row at a place of the last drawn frame, or -1: a disc, or else a label, or else what is near. */
  pick(x: number, y: number, touch: boolean): number {
    const disc = pickPoint(this.screen, x, y, 0);
    if (disc >= 0) return disc;
    const label = this.labels.pick(x, y);
    return label >= 0 ? label : pickPoint(this.screen, x, y, touch ? slop.touch : slop.mouse);
  }

  /** The rows within an outline over the last drawn frame, as `rowsWithin` of lasso.ts. */
  rowsWithin(path: readonly number[]): Int32Array {
    return rowsWithin(this.screen, path);
  }

  /** Where all points are in the last drawn frame. */
  get screen(): Screen {
    return this.#sight.screen;
  }

  /** Where a row's point is in the last drawn frame, in CSS pixels; undefined where it is hidden or behind the camera. */
  placeOf(row: number): { x: number; y: number } | undefined {
    const { x, y, depth } = this.screen;
    return row >= 0 && depth[row]! > 0 ? { x: x[row]!, y: y[row]! } : undefined;
  }

  /** Everything that a picture of this view is made of. */
  seen(camera: Camera): Seen {
    return { screen: this.screen, look: this.#look, theme: this.#theme, view: this.#labelView(camera) };
  }

  /** Points and links of a part of the view, seen by `perspective`: as `Stage.read`, with `pixel` CSS pixels to one of its own. */
  read(
    camera: Camera,
    perspective: PerspectiveCamera,
    width: number,
    height: number,
    pixel: number,
    out: Uint8Array,
  ): void {
    this.#setView(camera, pixel, width * pixel, height * pixel);
    this.guides.contours.draw(this.stage, camera, this.points, pixel, perspective);
    this.stage.read(perspective, width, height, out);
  }

  dispose(): void {
    this.stage.dispose();
    this.labels.canvas.remove();
    this.guides.gizmo.canvas.remove();
    this.guides.meaning.root.remove();
    this.points.dispose();
    this.guides.contours.dispose();
    for (const lines of this.#lines) lines.dispose();
  }

  /** What stands in space, and so in a room too: lines and points. */
  get inSpace(): readonly Object3D[] {
    return [...this.#lines.map(({ mesh }) => mesh), this.points.mesh];
  }

  /** As an eye in a room sees: of these pixels, without fog, as two eyes see depth. */
  setEye(width: number, height: number, disc: DiscSize): void {
    this.points.setView(1, disc, [0, 1], 0);
    for (const lines of this.#lines) lines.setView(width, height, [0, 1], 0);
  }

  #setView(camera: Camera, pixel: number, width = this.stage.width, height = this.stage.height): void {
    const strength = camera.dims === 3 ? fogStrength : 0;
    const fog = camera.fog();
    this.points.setView(pixel, camera.disc(this.#sight.rows), fog, strength);
    for (const lines of this.#lines) lines.setView(width, height, fog, strength);
  }

  #labelView(camera: Camera): LabelView {
    const { left, top, right, bottom } = this.free;
    const free = {
      left: left + labelMargin,
      top: top + labelMargin,
      right: right - labelMargin,
      bottom: bottom - labelMargin,
    };
    return {
      width: this.stage.width,
      height: this.stage.height,
      free,
      covers: this.covers,
      density: this.labelDensity,
      fog: camera.fog(),
      fogStrength: camera.dims === 3 ? fogStrength : 0,
    };
  }
}
