/** Walks the cloud's texts by id, on the screen as it was last drawn. */
import type { ItemId } from '../types';
import type { Content } from './content';
import type { Painter } from './painter';
import type { Direction } from './walk';
import { isInside, nearestToMiddle, stepTowards } from './walk';

export class Walker {
  constructor(
    private readonly painter: Painter,
    private readonly content: Content,
  ) {}

  /**
   * The nearest text from `id` in a direction on the screen; without one that is on the map, the text in the middle.
   * Undefined where no text that can be seen is that way.
   */
  step(id: ItemId | undefined, direction: Direction): ItemId | undefined {
    const { rows } = this.content.marks;
    const { free } = this.painter;
    const screen = this.painter.screen;
    const from = rows.of(id);
    if (from < 0 || screen.depth[from] === 0) return rows.ids[nearestToMiddle(screen, free)];
    return rows.ids[stepTowards(screen, screen.x[from]!, screen.y[from]!, direction, free)];
  }

  /** Whether a text's point is in the part of the view that no panel covers. */
  isInSight(id: ItemId): boolean {
    const place = this.painter.placeOf(this.content.marks.rows.of(id));
    return place !== undefined && isInside(this.painter.free, place.x, place.y);
  }
}
