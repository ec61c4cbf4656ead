/** What a controller points with: a line that fades as it goes. */
import { Lines } from './lines';
import type { SceneTheme } from './theme';

/** Metres. */
const length = 3;
/** Of 255. */
const opacity = 220;

export class Ray extends Lines {
  constructor({ accent, background }: SceneTheme) {
    super([1, 0]);
    this.setTheme(background);
    this.allocate(Uint8Array.of(...accent, opacity));
    this.ends.set([0, 0, -length]);
    this.moved();
  }
}
