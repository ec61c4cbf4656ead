/** How lists of neighbours are wanted: how many, among which texts, and as seen from where. */
import { categoryNames, columnNames } from '../../categories';
import type { Engine } from '../../engine/contract';
import { askSpace } from '../../pipeline';
import type { Listed, QuestionOf, Subject } from '../../questions';
import { isSameSpace } from '../../spaceKey';
import type { ItemId, SpaceMean, Supervision } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Maps } from './maps.svelte';

/** Neighbours that are listed unless more or fewer are wished for. */
export const neighbourCount = 12;
/** Of a column with more values than this each would name few texts. */
const mostValues = 200;

/** Texts of one group, or with one value in a column. */
export interface Among {
  readonly by: Exclude<Supervision, 'none'>;
  readonly value: string;
}

interface Parts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly maps: Maps;
}

export class Wishes {
  /** How many; undefined until somebody says so. */
  k = $state.raw<number | undefined>();
  among = $state.raw<Among | undefined>();
  /** Whether the fields for all this are unfolded: they stay so from one list to the next. */
  unfolded = $state(false);
  /** Frozen when first asked for, one for each space. */
  means = $state.raw<readonly SpaceMean[]>([]);

  #asksCentre = $state.raw(false);

  constructor(private readonly parts: Parts) {}

  /** The mean of the space on the screen, where it was asked for once. */
  readonly mean: SpaceMean | undefined = $derived.by(() => {
    const { spec } = this.parts.maps;
    return this.means.find(({ space }) => isSameSpace(space, spec));
  });

  /**
   * Whether the common direction is removed. Off at every visit, and in a space whose mean nobody asked for: it should not be met
   * unasked.
   */
  get centred(): boolean {
    return this.#asksCentre && this.mean !== undefined;
  }

  /** The ids of the texts that are looked at; undefined where all are, and where there are none of those wished for any more. */
  readonly ids: readonly ItemId[] | undefined = $derived.by(() => {
    const { among } = this;
    const { items } = this.parts.collection;
    if (!among) return undefined;
    const names = categoryNames(items, among.by);
    const ids = items.flatMap(({ id }, row) => (names[row] === among.value ? [id] : []));
    return ids.length > 0 ? ids : undefined;
  });

  /** What can be chosen for `among`, by group and then by column. */
  readonly choices: readonly { readonly by: Among['by']; readonly values: readonly string[] }[] = $derived.by(() => {
    const { items } = this.parts.collection;
    const bys = ['group', ...columnNames(items).map((name) => `column:${name}` as const)] as const;
    return bys
      .map((by) => ({ by, values: [...new Set(categoryNames(items, by).filter((name) => name !== undefined))] }))
      .filter(({ values }) => values.length > 0 && values.length <= mostValues);
  });

  /** A question for the neighbours of `of`: as many as are wished for, or else `usual`. */
  question(of: Subject, usual = neighbourCount): QuestionOf<'neighbours'> {
    return { kind: 'neighbours', of, ...this.listed(usual) };
  }

  /** Which neighbours are wished for: `usual` of them, unless more or fewer are. */
  listed(usual = neighbourCount): Listed {
    return { k: this.k ?? usual, among: this.ids, centre: this.centred ? this.mean?.mean : undefined };
  }

  /** Removes the common direction, or not. The mean of the space is taken when this is first asked for, and stays. */
  async centre(on: boolean): Promise<void> {
    if (on && !this.mean) {
      const { collection, engine, maps } = this.parts;
      const { spec } = maps;
      const { mean, rows } = await askSpace(engine, collection.items, spec, { kind: 'mean' });
      this.means = [...this.means, { space: spec, mean, rows }];
    }
    this.#asksCentre = on;
  }

  /** Another collection is on the screen. */
  restore(means: readonly SpaceMean[] = []): void {
    this.means = means;
    this.among = undefined;
    this.#asksCentre = false;
  }
}
