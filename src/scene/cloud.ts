/**
 * The cloud of a map's texts: points, labels, links, camera and hand on one host element. It knows no framework: it is
 * given arrays and ids, says what was hovered, chosen and moved, draws when something has changed, and ends with `dispose`.
 */
import type { CameraPose, ItemId, Positions } from '../types';

import { AreaTool } from './areaTool';
import { Camera } from './camera';
import type { MapChange } from './content';
import { Content } from './content';
import { Hand } from './hand';
import { Headset } from './headset';
import type { NeighbourLink } from './marks';
import type { Insets } from './painter';
import { Painter } from './painter';
import { Pictures } from './pictures';
import { Reading } from './reading';
import type { RowStyle } from './rowStyle';
import type { SceneTheme } from './theme';
import { Ticker } from './ticker';

export class Cloud {
  /** The camera is on its way to this pose. */
  onCameraMove: ((pose: CameraPose) => void) | undefined;
  /** The camera has come to rest at another pose. */
  onCameraChange: ((pose: CameraPose) => void) | undefined;
  /** The graphics card took the picture away (true), or gave it back, as it was (false). */
  onContext: ((lost: boolean) => void) | undefined;
  /** What a person does with the texts: hovering, choosing, moving. */
  readonly hand: Hand;
  /** Lasso and box, which choose many texts. */
  readonly area: AreaTool;
  readonly reading: Reading;
  /** Pictures of what is seen. */
  readonly pictures: Pictures;
  /** The cloud in a room. */
  readonly headset: Headset;

  readonly #painter: Painter;
  readonly #camera: Camera;
  readonly #content: Content;
  readonly #ticker = new Ticker((now, elapsed) => this.#step(now, elapsed));
  #reducedMotion: boolean;
  /** What the next frame must do: restyle the rows, draw all, or draw only the labels. */
  #due = { look: false, draw: false, labels: false };
  #cameraMoves = false;
  /** Whether in the frame that was begun last nothing but the view and the points are other than before. */
  #onlyMoves = false;
  /** Milliseconds that have gone by while a frame was being drawn. */
  #waited = 0;

  /** Fills `host`, whose size it follows. Throws `webglMissing` where there is no WebGL2. */
  constructor(host: HTMLElement, options: { readonly theme: SceneTheme; readonly reducedMotion: boolean }) {
    this.#painter = new Painter(host, options.theme, {
      resized: () => this.#resized(),
      contextLost: (lost) => {
        if (lost) this.headset.lose();
        else this.#painter.restore();
        this.onContext?.(lost);
        this.#redraw();
      },
    });
    this.#content = new Content(options.theme);
    this.#camera = new Camera(this.canvas, () => this.#ticker.request());
    this.#reducedMotion = this.#camera.reducedMotion = options.reducedMotion;
    this.#camera.setDims(3);
    this.hand = new Hand(this.#painter, this.#camera, this.#content, {
      hover: (id) => this.setHover(id),
      wake: () => this.#ticker.request(),
      moved: () => this.#moved(),
      settle: () => {
        this.#content.settle(this.#now(!this.#reducedMotion));
        this.#moved();
      },
    });
    this.reading = new Reading(this.#painter, this.#camera, this.#content, {
      wake: () => this.#ticker.request(),
      restyle: () => this.#restyle(),
    });
    // After the reading, which must hear a press that the area keeps to itself.
    this.area = new AreaTool(this.#painter, this.#content, () => this.hand.leave());
    const settle = () => this.#step(performance.now(), 0, true);
    this.pictures = new Pictures(this.#painter, this.#camera, this.#content, settle);
    this.headset = new Headset(this.#painter, this.#camera, this.#content, {
      settle,
      hover: (id) => this.setHover(id),
      choose: (id) => this.hand.onSelect?.(id, { additive: false }),
      restored: () => {
        this.#painter.stage.resize();
        this.#restyle();
      },
    });
    this.#painter.stage.resize();
  }

  /** The canvas of the points, for the page to name. */
  get canvas(): HTMLCanvasElement {
    return this.#painter.stage.canvas;
  }

  /** Frames drawn so far: it stands still while nothing changes. */
  get framesDrawn(): number {
    return this.#painter.framesDrawn;
  }

  /** Nothing is on its way to the screen, and nothing moves. */
  get isAtRest(): boolean {
    return !this.#ticker.isDue;
  }

  /** Whether a person or a pose has moved the camera since the cloud was last fitted into the view. */
  get cameraMoved(): boolean {
    return this.#camera.moved;
  }

  get dims(): 2 | 3 {
    return this.#camera.dims;
  }

  /**
   * Shows these texts at these positions, row by row. Texts that were shown before, told by id, glide from where they are and
   * keep their looks; new ones grow.
   * @param options.refit fit layout units to the view anew (else they stay, so that nothing breathes), and the camera too
   *   unless a person has moved it
   * @param options.begins a run begins: trails lead from where the texts stand now
   * @param options.animate false puts everything in place at once
   * Throws `positionNotFinite`, and then shows what it showed; a RangeError when the numbers of rows differ.
   */
  setMap(
    ids: readonly ItemId[],
    texts: readonly string[],
    positions: Positions,
    { refit = false, begins = refit, animate = true }: Partial<Pick<MapChange, 'refit' | 'begins' | 'animate'>> = {},
  ): void {
    const first = this.#content.rows === 0;
    const animates = animate && !first && !this.#reducedMotion;
    const change = { ...this.#now(animates), refit: refit || first, begins };
    const previous = this.#content.setMap(ids, texts, positions, change);
    this.hand.keep();
    const { marks, motion } = this.#content;
    this.#painter.setRows(motion.current, marks.look, texts, marks.style.colours, previous);
    if (first || (refit && !this.#camera.moved)) this.#fit(first ? 'home' : 'here', animates);
    else this.#camera.measure(motion.target, ids.length, marks.look.sizes);
    this.#restyle();
  }

  /** A frame of the layout of the same rows: only positions are uploaded. Throws as `setMap` does. */
  setFrame(positions: Positions): void {
    this.#content.setFrame(positions, this.#now(!this.#reducedMotion));
    this.hand.keep();
    this.#moved();
  }

  /** What the rows look like by themselves, row by row. Throws a RangeError for another number of rows. */
  setStyle(style: RowStyle): void {
    if (this.#content.marks.setStyle(style)) this.#restyle();
  }

  /** Selected texts are ringed and the rest dimmed, never hidden. */
  setSelection(ids: readonly ItemId[]): void {
    this.#content.marks.selection = ids;
    this.#restyle();
  }

  /** Neighbours of the selected texts: tinted by strength and joined to them by lines. */
  setNeighbours(links: readonly NeighbourLink[]): void {
    this.#content.marks.links = links;
    this.#restyle();
  }

  /** Texts that no run has included yet: hollow. */
  setProvisional(ids: Iterable<ItemId>): void {
    this.#content.marks.provisional = new Set(ids);
    this.#restyle();
  }

  /** Texts that stay where they are: square. */
  setPinned(ids: Iterable<ItemId>): void {
    this.#content.marks.pinned = new Set(ids);
    this.#restyle();
  }

  setHidden(ids: Iterable<ItemId>): void {
    this.#content.marks.hidden = new Set(ids);
    this.#restyle();
  }

  /** Hovers a text from outside, such as a list; the hand's `onHover` is not called. */
  setHover(id: ItemId | undefined): void {
    const changed = this.#content.marks.hover(id);
    for (const row of changed) this.#painter.points.styled(row, 1);
    if (changed.length > 0) this.#redraw();
  }

  setLabels(visible: boolean): void {
    this.#painter.labelsVisible = visible;
    this.#redraw();
  }

  /** 2D lays the points into a plane, seen straight on. */
  setDims(dims: 2 | 3): void {
    if (dims === this.#camera.dims) return;
    this.#camera.setDims(dims);
    this.#content.settle(this.#now(!this.#reducedMotion));
    this.#moved();
    this.#restyle();
    this.#fit('home', true);
  }

  /** Colours that were given by `setStyle` stay: give those of the other theme too. */
  setTheme(theme: SceneTheme): void {
    this.#content.marks.theme = theme;
    this.#painter.setTheme(theme);
    this.#restyle();
  }

  setReducedMotion(reduced: boolean): void {
    this.#reducedMotion = this.#camera.reducedMotion = reduced;
  }

  /** Panels float over the cloud: it keeps to what they leave free. */
  setInsets(insets: Insets): void {
    this.#painter.insets = insets;
    this.#frame(true);
  }

  flyTo(id: ItemId): void {
    const row = this.#content.marks.rows.of(id);
    if (row < 0) return;
    const { target } = this.#content.motion;
    this.#camera.flyTo(target[row * 3]!, target[row * 3 + 1]!, target[row * 3 + 2]!);
    this.#ticker.request();
  }

  /** The whole cloud, from the first angle. */
  reset(): void {
    this.#fit('home', true);
  }

  /** Turns the view by radians, as dragging does; for keys. */
  orbit(azimuth: number, polar: number): void {
    this.#camera.orbit(azimuth, polar);
    this.#ticker.request();
  }

  /** Moves the view by shares of its height; for keys. */
  pan(right: number, down: number): void {
    this.#camera.pan(right, down);
    this.#ticker.request();
  }

  /** Comes nearer by a factor above 1, goes back by one below; for keys and buttons. */
  zoom(factor: number): void {
    this.#camera.zoom(factor);
    this.#ticker.request();
  }

  get pose(): CameraPose {
    return this.#camera.pose(this.#content.transform);
  }

  /** Restores a pose of `pose` or `onCameraChange`, for the map that is shown. */
  setPose(pose: CameraPose, animate = false): void {
    if (pose.dims !== this.#camera.dims) this.setDims(pose.dims);
    this.#camera.setPose(pose, this.#content.transform, animate);
    this.#ticker.request();
  }

  /** Where a text's point is in the host, in CSS pixels; undefined where it is not in sight. */
  placeOf(id: ItemId): { x: number; y: number } | undefined {
    return this.#painter.placeOf(this.#content.marks.rows.of(id));
  }

  dispose(): void {
    this.headset.leave();
    this.area.dispose();
    this.hand.dispose();
    this.reading.dispose();
    this.#ticker.dispose();
    this.#camera.dispose();
    this.#painter.dispose();
  }

  #now(animate: boolean): { animate: boolean; flat: boolean; now: number } {
    return { animate, flat: this.#camera.dims === 2, now: performance.now() };
  }

  #moved(): void {
    this.#painter.follow();
    this.#redraw();
  }

  #fit(from: 'home' | 'here', animate: boolean): void {
    const { motion, marks, rows } = this.#content;
    this.#camera.fit(motion.target, rows, marks.look.sizes, from, animate);
    this.#redraw();
  }

  #resized(): void {
    const { stage, labels } = this.#painter;
    if (stage.width === 0 || stage.height === 0) return;
    labels.resize(stage.width, stage.height, stage.device);
    this.#frame(false);
    // At once: a canvas that was given another size is empty until it is drawn.
    this.#step(performance.now(), 0, true);
  }

  /** Brings the cloud into the part of the view that is free now. */
  #frame(animate: boolean): void {
    const { stage, free } = this.#painter;
    if (stage.width === 0 || stage.height === 0) return;
    this.#camera.resize(stage.width, stage.height, free);
    if (!this.#camera.moved) this.#fit('here', animate);
    this.#redraw();
  }

  #restyle(): void {
    this.#due.look = true;
    this.#ticker.request();
  }

  #redraw(): void {
    this.#due.draw = true;
    this.#ticker.request();
  }

  /** Brings everything up to the time `now` and draws it if it has changed; says whether more is to come. */
  #step(now: number, elapsed: number, atOnce = false): boolean {
    const { stage, points } = this.#painter;
    const { marks, motion } = this.#content;
    if (stage.width === 0 || stage.height === 0 || stage.lost) return false;
    this.#waited += elapsed;
    let appearing = false;
    if (stage.isDrawing && !atOnce) {
      if (!this.#painter.land(this.#camera)) return true;
      this.#due.labels = false;
      appearing = this.#drawLabels(now);
    }
    if (this.#due.look) {
      marks.apply();
      this.#painter.restyle(this.#content, this.#camera.dims === 2);
    }
    const moving = motion.moving;
    const more = motion.step(now);
    if (moving) this.#painter.follow();
    const growing = marks.newborn.size > 0;
    points.birth = this.#content.growth(now);
    const turning = this.reading.rotation.step(this.#waited);
    const cameraMoves = this.#camera.update(this.#waited);
    this.#waited = 0;
    this.hand.look(!cameraMoves);
    const changed = this.#due.look || this.#due.draw || moving || growing || cameraMoves || stage.isDrawing;
    const draws = changed && !stage.presenting;
    this.#onlyMoves = (cameraMoves || moving) && !this.#due.look && !this.#due.draw;
    if (draws) this.#painter.draw(this.#camera, atOnce);
    if (!stage.isDrawing && (draws || this.#due.labels)) appearing = this.#drawLabels(now);
    this.#due = { look: false, draw: false, labels: appearing };
    if (cameraMoves) this.onCameraMove?.(this.pose);
    if (this.#cameraMoves && !cameraMoves) this.onCameraChange?.(this.pose);
    this.#cameraMoves = cameraMoves;
    return more || growing || cameraMoves || appearing || turning || stage.isDrawing;
  }

  #drawLabels(now: number): boolean {
    return this.#painter.drawLabels(this.#camera, now, !this.#reducedMotion, this.#onlyMoves);
  }
}
