/** The way of one text through several maps of the same texts: lines from place to place, clearer towards the end. */
import type { Positions } from '../types';
import { Lines } from './lines';
import type { LinkLines } from './links';
import { createScreen, projectPoints, type Screen } from './screen';
import type { SceneTheme } from './theme';
import { toWorld, type Transform } from './transform';

/** Opacity of the first line and of the last, of 255. */
const opacity = { first: 70, last: 230 };

/** The path on the screen: lines between places of their own. */
export interface SeenPath {
  readonly screen: Screen;
  readonly lines: LinkLines;
}

export class Path extends Lines {
  #colours = new Uint8Array(0);
  /** One place a row, in layout units. */
  places: Positions | undefined;

  constructor() {
    super([1, 1]);
  }

  /** The places, the colours, or what layout units are in the world have changed. */
  restyle(transform: Transform, flat: boolean, { accent }: SceneTheme): void {
    const { places } = this;
    const count = Math.max((places?.rows ?? 0) - 1, 0);
    const colours = new Uint8Array(count * 4);
    for (let i = 0; i < count; i++) {
      const along = count > 1 ? i / (count - 1) : 1;
      colours.set([...accent, Math.round(opacity.first + along * (opacity.last - opacity.first))], i * 4);
    }
    this.#colours = colours;
    this.allocate(colours);
    if (!places || count === 0) return;
    const world = new Float32Array(places.rows * 3);
    toWorld(places, transform, flat, world);
    this.starts.set(world.subarray(0, count * 3));
    this.ends.set(world.subarray(3));
    this.moved();
  }

  /** As it is seen in a view of this size in CSS pixels; `matrix` as `projectPoints` takes it. */
  seen(matrix: ArrayLike<number>, width: number, height: number): SeenPath {
    const count = this.starts.length / 3;
    const places = new Float32Array(count * 6);
    for (let i = 0; i < count; i++) {
      places.set(this.starts.subarray(i * 3, i * 3 + 3), i * 6);
      places.set(this.ends.subarray(i * 3, i * 3 + 3), i * 6 + 3);
    }
    const screen = createScreen(count * 2);
    const none = { perspective: 0, minimum: 0, maximum: 0 };
    projectPoints(places, count * 2, matrix, width, height, new Float32Array(count * 2).fill(1), none, screen);
    return { screen, lines: { rows: Int32Array.from({ length: count * 2 }, (_, i) => i), colours: this.#colours } };
  }
}
