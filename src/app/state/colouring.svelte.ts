/** What colours and sizes the points, which of them a filter shows, and what the legend says of it. */
import { columnOf } from '../../categories';
import type { Engine } from '../../engine/contract';
import { isAbort } from '../../errors';
import { askSpace } from '../../pipeline';
import { cssColour } from '../../scene/colour';
import { mapDensity } from '../../scene/density';
import { greyColour } from '../../scene/palette';
import { absentColour, continuousRamp, extentOf, similarityRamp, sizeValues } from '../../scene/ramps';
import { gatherStyle, type RowStyle } from '../../scene/rowStyle';
import type { Similarities } from '../../answers';
import type { ColourBy, ItemId, SizeBy } from '../../types';
import type { Clustering } from './clusters.svelte';
import type { CollectionState } from './collection.svelte';
import { colouringColumn, columnChoices, numbersOf, paintColumn, type ColumnChoice } from './columnPaint';
import type { Fidelity } from './fidelity.svelte';
import type { Maps } from './maps.svelte';
import { faintRows, paintCategories, paintNumbers, type FilterKey, type Paint } from './paint';
import type { Selection } from './selection.svelte';
import type { Theme } from './theme.svelte';

export interface ColouringParts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly selection: Selection;
  readonly clustering: Clustering;
  readonly maps: Maps;
  readonly fidelity: Fidelity;
  readonly theme: Theme;
}

export class Colouring {
  by = $state.raw<ColourBy>('group');
  sizeBy = $state.raw<SizeBy>('none');
  /** Keys of the categories that are shown while the others are dimmed; empty, all are. */
  filter = $state.raw<ReadonlySet<FilterKey>>(new Set());
  /** Why there are no similarities to show. */
  failure = $state.raw<unknown>();

  #similar = $state.raw<(Similarities & { readonly of: ItemId }) | undefined>();
  #asked = 0;
  #lastDensity: { readonly ids: readonly ItemId[]; readonly values: Float32Array } | undefined;

  readonly #rowOf: ReadonlyMap<ItemId, number> = $derived.by(
    () => new Map(this.parts.collection.items.map(({ id }, row) => [id, row])),
  );
  /** The columns that can be chosen, in order of first appearance. */
  readonly columns: readonly ColumnChoice[] = $derived.by(() => columnChoices(this.parts.collection.items));
  /** The column by which points are coloured; undefined where it is something else. */
  readonly column: string | undefined = $derived(colouringColumn(this.by));
  readonly paint: Paint = $derived.by(() => this.#paint());
  /** By row of the collection: 1 where the filter leaves a text out, else 0. */
  readonly faint: Uint8Array = $derived.by(() => faintRows(this.paint, this.filter));
  readonly isFiltering: boolean = $derived(this.faint.includes(1));
  /** What sizes the points; undefined where nothing does. */
  readonly sized = $derived.by(() => {
    const name = columnOf(this.sizeBy);
    const values = name === undefined ? undefined : numbersOf(this.parts.collection.items, name)?.values;
    if (name === undefined || !values) return undefined;
    const extent = extentOf(values);
    return { name, extent, sizes: sizeValues(values, extent) };
  });
  readonly #style: RowStyle = $derived.by(() => ({
    colours: this.paint.colours,
    sizes: this.sized?.sizes ?? new Float32Array(this.faint.length).fill(1),
    faint: this.faint,
    tells: this.by === 'similarity' && this.#similar !== undefined,
  }));

  constructor(private readonly parts: ColouringParts) {}

  /** What a collection was kept with. */
  restore(by: ColourBy = 'group', sizeBy: SizeBy = 'none'): void {
    this.by = by;
    this.sizeBy = sizeBy;
    this.filter = new Set();
    this.#similar = undefined;
    this.#lastDensity = undefined;
  }

  setBy(by: ColourBy): void {
    this.by = by;
    this.filter = new Set();
    void this.ask();
    void this.parts.fidelity.follow();
  }

  /** Shows a category, or no longer; while none is shown, all are. */
  toggle(key: FilterKey): void {
    const filter = new Set(this.filter);
    if (!filter.delete(key)) filter.add(key);
    this.filter = filter;
  }

  showAll(): void {
    this.filter = new Set();
  }

  /** Asks how similar all texts are to the selected one, where that is what colours them; a newer call drops the older one's answer. */
  async ask(): Promise<void> {
    const asked = ++this.#asked;
    const { engine, collection, maps, selection } = this.parts;
    const id = selection.first;
    this.failure = undefined;
    if (this.by !== 'similarity' || id === undefined) {
      this.#similar = undefined;
      return;
    }
    try {
      const answer = await askSpace(engine, collection.items, maps.spec, { kind: 'similarities', of: { id } });
      if (asked === this.#asked) this.#similar = { of: id, ...answer };
    } catch (error) {
      if (asked !== this.#asked || isAbort(error)) return;
      this.#similar = undefined;
      this.failure = error;
    }
  }

  /** How the texts of a map look, row by row for `ids`. */
  styleOf(ids: readonly ItemId[]): RowStyle {
    const rows = Int32Array.from(ids, (id) => this.#rowOf.get(id) ?? -1);
    return gatherStyle(this.#style, rows, greyColour(this.parts.theme.scene));
  }

  /** The colour of a text's point, for a list. */
  cssOf(id: ItemId): string {
    const row = this.#rowOf.get(id);
    if (row === undefined) return cssColour(greyColour(this.parts.theme.scene));
    const { colours } = this.paint;
    return cssColour([colours[row * 3]!, colours[row * 3 + 1]!, colours[row * 3 + 2]!]);
  }

  #paint(): Paint {
    const { collection, theme } = this.parts;
    const { by } = this;
    if (by === 'similarity') return this.#paintSimilarity();
    if (by === 'density') return this.#paintDensity();
    if (by === 'fidelity') return this.#paintFidelity();
    if (by === 'cluster')
      return paintCategories(
        collection.items.map(({ id }) => this.parts.clustering.nameOf(id)),
        theme.scene,
      );
    return paintColumn(collection.items, by, theme.scene);
  }

  #paintSimilarity(): Paint {
    const { scene } = this.parts.theme;
    const similar = this.#similar;
    if (!similar) return paintNumbers(this.#rowsFor([], []), similarityRamp(scene), greyColour(scene));
    const values = this.#rowsFor(similar.ids, similar.cosines, similar.of);
    const paint = paintNumbers(values, similarityRamp(scene), absentColour(scene));
    const self = this.#rowOf.get(similar.of);
    if (self === undefined) return paint;
    // It is more similar to itself than any other can be: as an end of the scale it would crowd all others at the other.
    paint.colours.set(scene.accent, self * 3);
    return { ...paint, extent: { ...paint.extent, absent: paint.extent.absent - 1 } };
  }

  /** By its logarithm, since twice as crowded should look the same step anywhere; the ends are multiples of the median. */
  #paintDensity(): Paint {
    const { scene } = this.parts.theme;
    const density = this.#density;
    const values = this.#rowsFor(density?.ids ?? [], density?.values ?? []).map(Math.log);
    const paint = paintNumbers(values, continuousRamp(scene), absentColour(scene));
    const { low, high, absent } = paint.extent;
    return { ...paint, extent: { low: Math.exp(low), high: Math.exp(high), absent } };
  }

  /** By the share of its neighbours that each text kept; nothing while that is being measured for the first time. */
  #paintFidelity(): Paint {
    const { theme, fidelity } = this.parts;
    const { ids, shares } = fidelity.measured?.answer ?? { ids: [], shares: [] };
    return paintNumbers(this.#rowsFor(ids, shares), continuousRamp(theme.scene), absentColour(theme.scene));
  }

  /** Of the map at rest: while a layout runs it is that of the map before. */
  readonly #density = $derived.by(() => {
    const { maps } = this.parts;
    const view = maps.view;
    if (!view) return undefined;
    if (this.#lastDensity && maps.isRunning) return this.#lastDensity;
    return (this.#lastDensity = { ids: view.ids, values: mapDensity(view.positions) });
  });

  /** Numbers given by id, row by row for the items; NaN for those that have none, and for `except`. */
  #rowsFor(ids: readonly ItemId[], numbers: ArrayLike<number>, except?: ItemId): Float64Array<ArrayBuffer> {
    const values = new Float64Array(this.parts.collection.items.length).fill(NaN);
    ids.forEach((id, i) => {
      const row = id === except ? undefined : this.#rowOf.get(id);
      if (row !== undefined) values[row] = numbers[i]!;
    });
    return values;
  }
}
