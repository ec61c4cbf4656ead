/** What the cloud shows and where: the map's rows, their marks, and their way from one place to the next. */
import type { ItemId, Positions } from '../types';
import { Marks } from './marks';
import { Motion, easeOut } from './motion';
import { Origins } from './origins';
import { greyColour } from './palette';
import { Rows } from './rows';
import type { SceneTheme } from './theme';
import type { Transform } from './transform';
import { checkPositions, fitTransform, identity, toWorld } from './transform';

/** Milliseconds that points glide to a new map, and to the next frame of a layout that is being computed. */
const glide = { map: 350, frame: 140 };
/** A new point's size when it appears, as a share: it grows from there, so that its first frame already shows it. */
const sizeAtBirth = 0.4;

export interface MapChange {
  /** Fit layout units to world units anew. */
  readonly refit: boolean;
  /** A run begins: trails lead from where the texts stand now. */
  readonly begins: boolean;
  /** Glide, and let new points grow. */
  readonly animate: boolean;
  readonly flat: boolean;
  /** The time, in milliseconds. */
  readonly now: number;
}

export class Content {
  readonly marks: Marks;
  readonly motion = new Motion();
  readonly origins = new Origins();
  texts: readonly string[] = [];
  transform: Transform = identity;
  #positions: Positions = { data: new Float32Array(0), rows: 0, dim: 3 };
  #bornAt = 0;

  constructor(theme: SceneTheme) {
    this.marks = new Marks(theme);
  }

  get rows(): number {
    return this.#positions.rows;
  }

  /** As `Cloud.setMap`. Gives for each row the one that its text had before, or -1. */
  setMap(ids: readonly ItemId[], texts: readonly string[], positions: Positions, change: MapChange): Int32Array {
    if (ids.length !== positions.rows || texts.length !== ids.length)
      throw new RangeError(`${ids.length} ids and ${texts.length} texts for ${positions.rows} positions`);
    checkPositions(positions, texts);
    const { marks, motion } = this;
    const previous = marks.rows.previousOf(ids);
    if (change.refit) this.transform = fitTransform(positions);
    this.#positions = positions;
    this.texts = texts;
    const newborn = new Set<number>();
    previous.forEach((row, i) => row < 0 && newborn.add(i));
    marks.setRows(new Rows(ids), previous, greyColour(marks.theme));
    marks.newborn = change.animate ? newborn : new Set();
    this.#bornAt = change.now;
    this.origins.rearrange(previous, motion.current, change.begins);
    motion.rearrange(previous);
    toWorld(positions, this.transform, change.flat, motion.target);
    for (const row of newborn) motion.place(row);
    motion.begin(change.now, change.animate ? glide.map : 0);
    marks.apply();
    return previous;
  }

  /** As `Cloud.setFrame`. */
  setFrame(positions: Positions, { animate, flat, now }: Omit<MapChange, 'refit' | 'begins'>): void {
    if (positions.rows !== this.rows)
      throw new RangeError(`a frame of ${positions.rows} rows for a map of ${this.rows}`);
    checkPositions(positions, this.texts);
    this.#positions = positions;
    toWorld(positions, this.transform, flat, this.motion.target);
    this.motion.begin(now, animate ? glide.frame : 0);
  }

  /** Brings the points to where the map has them: into a plane, back into space, or out of a hand. */
  settle({ animate, flat, now }: Omit<MapChange, 'refit' | 'begins'>): void {
    toWorld(this.#positions, this.transform, flat, this.motion.target);
    this.motion.begin(now, animate ? glide.map : 0);
  }

  /** How far new points have grown, `sizeAtBirth` to 1. */
  growth(now: number): number {
    if (this.marks.newborn.size === 0) return 1;
    const share = (now - this.#bornAt) / glide.map;
    if (share >= 1) this.marks.newborn = new Set();
    return sizeAtBirth + (1 - sizeAtBirth) * easeOut(Math.min(Math.max(share, 0), 1));
  }
}
