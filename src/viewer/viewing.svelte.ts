/** What is looked at on a standalone page: its texts, and what is searched, hovered and selected. */
import { getContext, setContext } from 'svelte';
import { CollectionState } from '../app/state/collection.svelte';
import { columnChoices, paintColumn, type ColumnChoice } from '../app/state/columnPaint';
import { Interface } from '../app/state/interface.svelte';
import { faintRows, type FilterKey } from '../app/state/paint';
import { Selection } from '../app/state/selection.svelte';
import { Theme } from '../app/state/theme.svelte';
import { Walking } from '../app/state/walking.svelte';
import type { Cloud } from '../scene/cloud';
import { cssColour } from '../scene/colour';
import type { RowStyle } from '../scene/rowStyle';
import type { PageData } from '../standalone';
import type { ColourBy, Item, ItemId, Positions } from '../types';
import { ViewerMessages } from './messages';
import { Nearness } from './nearness.svelte';
import { itemsOf } from './readPage';

const key = Symbol('viewing');

export class Viewing {
  readonly messages: ViewerMessages;
  readonly theme = new Theme({ theme: 'system' });
  readonly interface = new Interface();
  readonly collection = new CollectionState();
  readonly selection = new Selection();
  readonly questions: Nearness;
  readonly walking: Walking;
  readonly positions: Positions;
  /** The columns that the page carries. */
  readonly columns: readonly ColumnChoice[];

  /** What colours the points: their groups, or one of their columns. */
  by = $state.raw<ColourBy>('group');
  labels = $state(true);
  cloud = $state.raw<Cloud | undefined>();
  /** The text that the list should show; each wish is a new object. */
  sought = $state.raw<{ readonly id: ItemId } | undefined>();
  /** Categories of the legend that are shown; where it is empty, all are. */
  filter = $state.raw<ReadonlySet<FilterKey>>(new Set());

  readonly shown: readonly Item[] = $derived.by(() => this.collection.matching(this.interface.filter));
  readonly isSearching: boolean = $derived.by(() => this.interface.filter.trim() !== '');
  readonly paint = $derived.by(() => paintColumn(this.collection.items, this.by, this.theme.scene));
  readonly style: RowStyle = $derived.by(() => ({
    colours: this.paint.colours,
    sizes: new Float32Array(this.collection.items.length).fill(1),
    faint: faintRows(this.paint, this.filter),
    tells: false,
  }));

  constructor(readonly data: PageData) {
    this.messages = new ViewerMessages(data.language);
    this.collection.items = itemsOf(data);
    this.positions = { data: Float32Array.from(data.positions), rows: data.texts.length, dim: data.dims };
    this.questions = new Nearness(data, this.selection);
    this.walking = new Walking(this);
    this.columns = columnChoices(this.collection.items);
    const [column] = this.columns;
    if (!data.groups && column) this.by = `column:${column.name}`;
  }

  /** The selected text. */
  get item(): Item | undefined {
    const { first } = this.selection;
    return first === undefined ? undefined : this.collection.byId.get(first);
  }

  choose(id: ItemId | undefined): void {
    this.selection.set(id === undefined ? [] : [id]);
    // On a phone the sheet would cover what is told of the text.
    this.interface.sheet = undefined;
  }

  /** Brings a text into view in the list. */
  reveal(id: ItemId): void {
    this.sought = { id };
  }

  /** Chooses a text, and brings it into view in the list and in the cloud. */
  visit(id: ItemId): void {
    this.choose(id);
    this.reveal(id);
    this.cloud?.flyTo(id);
  }

  setBy(by: ColourBy): void {
    this.by = by;
    this.filter = new Set();
  }

  toggle(category: FilterKey): void {
    const filter = new Set(this.filter);
    if (!filter.delete(category)) filter.add(category);
    this.filter = filter;
  }

  colourOf(id: ItemId): string {
    const { colours } = this.paint;
    const at = Number(id) * 3;
    return cssColour([colours[at]!, colours[at + 1]!, colours[at + 2]!]);
  }
}

export function provideViewing(viewing: Viewing): void {
  setContext(key, viewing);
}

export function useViewing(): Viewing {
  return getContext<Viewing>(key);
}
