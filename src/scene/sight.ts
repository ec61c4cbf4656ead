/**
 * Where the points of the frame on the screen are: what labels, picking and pictures go by. The next frame may be under way by then,
 * with the points elsewhere and from another angle.
 */
import { Matrix4 } from 'three';
import type { Camera } from './camera';
import type { DiscSize } from './screen';
import { createScreen, projectPoints, type Screen } from './screen';

/** What a frame is drawn from. */
interface Drawing {
  /** Projection x view; nothing is in sight of zeros. */
  readonly matrix: Matrix4;
  disc: DiscSize;
  width: number;
  height: number;
  /** Rows x 3, world units. */
  places: Float32Array;
  /** Places that this frame has for itself, and which ones: they have moved so often. */
  own: Float32Array;
  version: number;
}

export class Sight {
  #screen = createScreen(0);
  #places: Float32Array = new Float32Array(0);
  #sizes: Float32Array = new Float32Array(0);
  #version = 0;
  #shown = createDrawing();
  #next = createDrawing();
  #projected = false;

  /**
   * The points are these from now on, on the screen too; both arrays are changed in place.
   * @param places rows x 3, world units
   * @param sizes row by row, as `projectPoints` takes them
   */
  setRows(places: Float32Array, sizes: Float32Array): void {
    this.#screen = createScreen(places.length / 3);
    [this.#places, this.#sizes] = [places, sizes];
    this.#shown.places = places;
    this.moved();
    this.#projected = false;
  }

  get rows(): number {
    return this.#screen.x.length;
  }

  /** The points have moved. */
  moved(): void {
    this.#version++;
  }

  /**
   * A frame is drawn of a view of this size in CSS pixels.
   * @param waits whether points may move before it is on the screen
   */
  begin(camera: Camera, width: number, height: number, waits: boolean): void {
    const next = this.#next;
    const { projectionMatrix, matrixWorldInverse } = camera.perspective;
    next.matrix.multiplyMatrices(projectionMatrix, matrixWorldInverse);
    [next.disc, next.width, next.height] = [camera.disc(this.rows), width, height];
    next.places = waits ? this.#copyInto(next) : this.#places;
  }

  /** The frame that was begun last is on the screen. */
  show(): void {
    [this.#shown, this.#next] = [this.#next, this.#shown];
    this.#projected = false;
  }

  /** Where all points are. */
  get screen(): Screen {
    if (!this.#projected) this.#project(this.rows);
    this.#projected = true;
    return this.#screen;
  }

  /** As `screen`, but only for the rows that `each` names; the others, and the nearest and farthest depth, are as they were. */
  screenOf(each: (name: (rows: Int32Array, count: number) => void) => void): Screen {
    if (!this.#projected) each((rows, count) => this.#project(count, rows));
    return this.#screen;
  }

  #project(count: number, rows?: Int32Array): void {
    const { places, matrix, width, height, disc } = this.#shown;
    projectPoints(places, count, matrix.elements, width, height, this.#sizes, disc, this.#screen, rows);
  }

  #copyInto(drawing: Drawing): Float32Array {
    if (drawing.own.length !== this.#places.length) drawing.own = this.#places.slice();
    else if (drawing.version !== this.#version) drawing.own.set(this.#places);
    drawing.version = this.#version;
    return drawing.own;
  }
}

function createDrawing(): Drawing {
  const matrix = new Matrix4().multiplyScalar(0);
  const disc = { perspective: 0, minimum: 0, maximum: 0 };
  return {
    matrix,
    disc,
    width: 0,
    height: 0,
    places: new Float32Array(0),
    own: new Float32Array(0),
    version: 0,
  };
}
