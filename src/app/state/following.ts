/** The map around a text while it is dragged: it follows live, one short run after another. */
import type { Places } from '../../pipeline';
import { minimumUmapRows, withDefaults } from '../../projection/options';
import type { ItemId, MapView, Positions } from '../../types';

/**
 * Most texts of a map that follows. Each step waits for the one before, so that a slower machine shows fewer of them; on the busy
 * machine that chose this a step's layout took 40 ms at 1,000 texts, 110 at 2,000 and 240 at 5,000.
 */
const mostTexts = 5000;

/** What is asked of the map on the screen. */
export interface FollowedMap {
  view: MapView | undefined;
  /** A text of it is being dragged, and the others follow. */
  followed: boolean;
  /** Whether a layout, or this, is under way. */
  readonly isRunning: boolean;
  readonly isPlacing: boolean;
  /** Texts that the map lacks. */
  readonly missing: number;
  /** Where a short run from `view` with these pins ends, row by row for its texts. */
  settleAround(view: MapView, pins: Places): Promise<Positions>;
}

interface Drag {
  /** The map as it was. Each step begins there, so that where the others stand depends on the text's place and not on its way. */
  readonly before: MapView;
  /** What the last step made of it. */
  shown: MapView;
  wanted: Places | undefined;
  busy: boolean;
}

export class Following {
  #drag: Drag | undefined;

  constructor(private readonly maps: FollowedMap) {}

  /** The dragged text is at this place now, in layout units: the map goes on around it, unless it is too large, or at work already. */
  to(id: ItemId, at: readonly number[], pins: Places): void {
    const { maps } = this;
    if (this.#drag && this.#drag.shown !== maps.view) this.end();
    const { view } = maps;
    if (!this.#drag && view && canFollow(maps, view)) {
      this.#drag = { before: view, shown: view, wanted: undefined, busy: false };
      maps.followed = true;
    }
    if (!this.#drag || !view) return;
    this.#drag.wanted = new Map([...pins, [id, at.slice(0, view.positions.dim)]]);
    if (!this.#drag.busy) void this.#step(this.#drag);
  }

  /** The drag is over. Gives the map that it began with, if what is on the screen is what has been made of it. */
  end(): MapView | undefined {
    const drag = this.#drag;
    this.#drag = undefined;
    this.maps.followed = false;
    return drag && drag.shown === this.maps.view ? drag.before : undefined;
  }

  async #step(drag: Drag): Promise<void> {
    const { maps } = this;
    drag.busy = true;
    while (drag.wanted) {
      const pins = drag.wanted;
      drag.wanted = undefined;
      // A step that fails (its worker ended) leaves the map where it is: the run after the drag tells what is wrong, if it is still so.
      const positions = await maps.settleAround(drag.before, pins).catch(() => undefined);
      if (!positions || this.#drag !== drag || maps.view !== drag.shown) break;
      maps.view = drag.shown = { ...drag.before, positions };
    }
    drag.busy = false;
  }
}

/** The project's own engine alone is fast enough, and below its fewest texts none would follow. */
function canFollow({ isRunning, isPlacing, missing }: FollowedMap, { ids, options }: MapView): boolean {
  const isIdle = !isRunning && !isPlacing && missing === 0;
  return isIdle && withDefaults(options).engine === 'umap' && ids.length >= minimumUmapRows && ids.length <= mostTexts;
}
