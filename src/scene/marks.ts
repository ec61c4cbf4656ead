/** Who is selected, near, provisional, pinned, hidden and hovered, by id, and what that makes of every row of the map. */
import type { ItemId } from '../types';
import type { Rgb } from './colour';
import type { Appearance, EmphasisInput } from './emphasis';
import { applyEmphasis, applyEmphasisTo } from './emphasis';
import { similarityColour } from './ramps';
import { createRowStyle, gatherStyle, isSameStyle, type RowStyle } from './rowStyle';
import type { LinkLines } from './lines';
import type { Region } from './regionLabels';
import { Rows } from './rows';
import type { SceneTheme } from './theme';

/** A line from a selected text to one of its neighbours. */
export interface NeighbourLink {
  readonly from: ItemId;
  readonly to: ItemId;
  /** How alike they are among all, 0 to 1: the tint of the neighbour and its line. A percentile spreads better than a cosine. */
  readonly strength: number;
  /** The colour of both ends and the line, where several neighbourhoods are told apart. */
  readonly tint?: Rgb;
}

/** What the map misplaces around a text: near ones that are far away on it, and near ones on it that are none. */
export interface MisplacedMarks {
  readonly of: ItemId;
  readonly torn: readonly ItemId[];
  readonly intruders: readonly ItemId[];
}

/** Of the lines to torn neighbours, 0 to 255. */
const tornOpacity = 220;

export class Marks {
  rows = new Rows([]);
  /** What rows look like by themselves. Its arrays are changed in place. */
  style = createRowStyle(0);
  selection: readonly ItemId[] = [];
  links: readonly NeighbourLink[] = [];
  misplaced: MisplacedMarks | undefined;
  provisional: ReadonlySet<ItemId> = new Set();
  pinned: ReadonlySet<ItemId> = new Set();
  hidden: ReadonlySet<ItemId> = new Set();
  found: ReadonlySet<ItemId> = new Set();
  newborn: ReadonlySet<number> = new Set();
  /** Parts of the map that have a name, the most important first. */
  regions: readonly Region[] = [];
  hovered: ItemId | undefined;
  look: Appearance = createAppearance(0);
  #input: EmphasisInput | undefined;

  constructor(public theme: SceneTheme) {}

  /** Other rows: own looks go with their ids, and new rows have the colour `fresh`. */
  setRows(rows: Rows, previous: Int32Array, fresh: readonly [number, number, number]): void {
    this.style = gatherStyle(this.style, previous, fresh);
    this.rows = rows;
    this.look = createAppearance(previous.length);
  }

  /** Takes over another style of the same rows; says whether it differs. Throws a RangeError for another number of rows. */
  setStyle(style: RowStyle): boolean {
    const { colours, sizes, faint } = this.style;
    if (style.sizes.length !== sizes.length)
      throw new RangeError(`a style of ${style.sizes.length} rows for a map of ${sizes.length}`);
    if (isSameStyle(this.style, style)) return false;
    colours.set(style.colours);
    sizes.set(style.sizes);
    faint.set(style.faint);
    this.style = { ...this.style, tells: style.tells };
    return true;
  }

  /** Fills `look` for all rows. */
  apply(): void {
    const { rows, theme, newborn, style } = this;
    const neighbours = new Map<number, number>();
    for (const { to, strength } of this.links) {
      const row = rows.of(to);
      if (row >= 0) neighbours.set(row, Math.max(strength, neighbours.get(row) ?? 0));
    }
    this.#input = {
      count: rows.ids.length,
      style,
      selected: rows.all(this.selection),
      neighbours,
      torn: rows.all(this.misplaced?.torn ?? []),
      intruders: rows.all(this.misplaced?.intruders ?? []),
      tints: this.#tints(),
      provisional: rows.all(this.provisional),
      pinned: rows.all(this.pinned),
      hidden: rows.all(this.hidden),
      found: rows.all(this.found),
      newborn,
      hovered: rows.of(this.hovered),
      theme,
    };
    applyEmphasis(this.#input, this.look);
  }

  /** Hovers another text, and gives the one or two rows whose look that changed. */
  hover(id: ItemId | undefined): readonly number[] {
    const before = this.rows.of(this.hovered);
    const after = this.rows.of(id);
    this.hovered = id;
    if (before === after || !this.#input) return [];
    this.#input = { ...this.#input, hovered: after };
    const changed = [before, after].filter((row) => row >= 0);
    for (const row of changed) applyEmphasisTo(row, this.#input, this.look);
    return changed;
  }

  /** By row, the colour of the neighbourhood that it is in, or of plain text where it is in several. */
  #tints(): ReadonlyMap<number, Rgb> {
    const tints = new Map<number, Rgb>();
    for (const { from, to, tint } of this.links) {
      if (!tint) continue;
      tints.set(this.rows.of(from), tint);
      const row = this.rows.of(to);
      const other = tints.get(row);
      tints.set(row, other && other !== tint ? this.theme.text : tint);
    }
    return tints;
  }

  /** LinkLines to draw. */
  lines(): LinkLines {
    const rows: number[] = [];
    const colours: number[] = [];
    for (const { from, to, strength, tint } of this.links) {
      const [a, b] = [this.rows.of(from), this.rows.of(to)];
      if (a < 0 || b < 0 || this.hidden.has(from) || this.hidden.has(to)) continue;
      rows.push(a, b);
      colours.push(
        ...(tint ?? similarityColour(strength, this.theme)),
        Math.round(90 + 120 * Math.min(Math.max(strength, 0), 1)),
      );
    }
    return { rows: Int32Array.from(rows), colours: Uint8Array.from(colours) };
  }

  /** LinkLines to the neighbours that the map tore away. */
  tornLines(): LinkLines {
    const { of, torn } = this.misplaced ?? { of: undefined, torn: [] };
    const from = this.isShown(of) ? this.rows.of(of) : -1;
    const ends = from < 0 ? [] : torn.filter((id) => this.isShown(id)).map((id) => this.rows.of(id));
    return {
      rows: Int32Array.from(ends.flatMap((to) => [from, to])),
      colours: Uint8Array.from(ends.flatMap(() => [...this.theme.warn, tornOpacity])),
    };
  }

  private isShown(id: ItemId | undefined): boolean {
    return id !== undefined && this.rows.of(id) >= 0 && !this.hidden.has(id);
  }
}

function createAppearance(rows: number): Appearance {
  return { colours: new Uint8Array(rows * 4), sizes: new Float32Array(rows), wishes: new Uint8Array(rows) };
}
