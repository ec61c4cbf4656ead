/** The way of one text through several maps of the same texts: lines from place to place, clearer towards the end. */
import type { Positions } from '../types';
import { Lines } from './lines';
import type { SceneTheme } from './theme';
import { toWorld, type Transform } from './transform';

/** Opacity of the first line and of the last, of 255. */
const opacity = { first: 70, last: 230 };

export class Path extends Lines {
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
    this.allocate(colours);
    if (!places || count === 0) return;
    const world = new Float32Array(places.rows * 3);
    toWorld(places, transform, flat, world);
    this.starts.set(world.subarray(0, count * 3));
    this.ends.set(world.subarray(3));
    this.moved();
  }
}
