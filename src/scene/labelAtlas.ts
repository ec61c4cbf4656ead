/** Which labels lie where in the texture that the graphics card writes them from; the longest unused make room for new ones. */
import type { LabelMask } from './labelRaster';

/** A label in the texture: its mask without the pixels, and its upper left corner there. */
export interface LabelTile extends Omit<LabelMask, 'planes'> {
  readonly x: number;
  readonly y: number;
  /** The last frame that it was written in. */
  used: number;
}

/** Tiles of about one height beside each other, by their left edges. */
interface Shelf {
  readonly top: number;
  height: number;
  readonly tiles: LabelTile[];
}

/** A shelf may be so many times as high as what stands on it. */
const mostAir = 1.5;

export class LabelAtlas {
  readonly #shelves: Shelf[] = [];
  /** By size, then by the ink of those whose pixels have it ('' for the rest), then by text. */
  readonly #tiles = {
    ordinary: new Map<string, Map<string, LabelTile>>(),
    prominent: new Map<string, Map<string, LabelTile>>(),
  };

  /** Sizes in pixels of the texture. */
  constructor(
    readonly width: number,
    public height: number,
  ) {}

  /** The tile of a text, which counts as used in this frame. Tiles of coloured masks are told by the ink beside. */
  find(text: string, prominent: boolean, css: string, frame: number): LabelTile | undefined {
    const tiles = prominent ? this.#tiles.prominent : this.#tiles.ordinary;
    const tile = tiles.get('')?.get(text) ?? tiles.get(css)?.get(text);
    if (tile) tile.used = frame;
    return tile;
  }

  /** Makes room for a text's mask; undefined where everything is taken by tiles of this frame. */
  add(
    text: string,
    prominent: boolean,
    css: string,
    mask: Omit<LabelMask, 'planes'>,
    frame: number,
  ): LabelTile | undefined {
    const { width, height, left, top, coloured } = mask;
    const place = this.#place(width, height * (coloured ? 5 : 2), frame);
    if (!place) return undefined;
    const { shelf, at, x } = place;
    const tile: LabelTile = { width, height, left, top, coloured, x, y: shelf.top, used: frame };
    shelf.tiles.splice(at, 0, tile);
    const tiles = prominent ? this.#tiles.prominent : this.#tiles.ordinary;
    const ink = coloured ? css : '';
    const texts = tiles.get(ink) ?? new Map<string, LabelTile>();
    tiles.set(ink, texts.set(text, tile));
    return tile;
  }

  #place(width: number, height: number, frame: number): { shelf: Shelf; at: number; x: number } | undefined {
    if (width > this.width) return undefined;
    for (;;) {
      for (const shelf of this.#shelves) {
        if (shelf.height < height) continue;
        if (shelf.height > height * mostAir && !this.#split(shelf, height)) continue;
        let x = 0;
        for (let at = 0; at <= shelf.tiles.length; at++) {
          const next = shelf.tiles[at];
          if ((next?.x ?? this.width) - x >= width) return { shelf, at, x };
          if (next) x = next.x + next.width;
        }
      }
      const last = this.#shelves.at(-1);
      const top = last ? last.top + last.height : 0;
      if (top + height <= this.height) this.#shelves.push({ top, height, tiles: [] });
      else if (!this.#forget(frame)) return undefined;
    }
  }

  /** Drops the longest unused half of the tiles that this frame does not show; says whether there were any. */
  #forget(frame: number): boolean {
    const idle = this.#shelves.flatMap(({ tiles }) => tiles.map(({ used }) => used).filter((used) => used !== frame));
    if (idle.length === 0) return false;
    const newest = idle.sort((a, b) => a - b)[(idle.length - 1) >> 1]!;
    for (const inks of Object.values(this.#tiles))
      for (const texts of inks.values())
        for (const [text, { used }] of texts) if (used <= newest && used !== frame) texts.delete(text);
    for (const { tiles } of this.#shelves)
      tiles.splice(0, tiles.length, ...tiles.filter(({ used }) => used > newest || used === frame));
    for (let i = this.#shelves.length - 1; i > 0; i--) {
      const [above, below] = [this.#shelves[i - 1]!, this.#shelves[i]!];
      if (above.tiles.length > 0 || below.tiles.length > 0) continue;
      this.#shelves.splice(i - 1, 2, { ...above, height: above.height + below.height });
    }
    if (this.#shelves.at(-1)?.tiles.length === 0) this.#shelves.pop();
    return true;
  }

  /** Makes two of an empty shelf, the first as high as asked; false where something stands on it. */
  #split(shelf: Shelf, height: number): boolean {
    if (shelf.tiles.length > 0) return false;
    const rest: Shelf = { top: shelf.top + height, height: shelf.height - height, tiles: [] };
    this.#shelves.splice(this.#shelves.indexOf(shelf) + 1, 0, rest);
    shelf.height = height;
    return true;
  }
}
