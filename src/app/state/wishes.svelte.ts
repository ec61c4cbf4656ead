/** How lists of neighbours are wanted: how many, among which texts, and as seen from where. */
import { categoryNames, columnNames } from '../../categories';
import type { Engine } from '../../engine/contract';
import { askSpace } from '../../pipeline';
import type { QuestionOf, Subject } from '../../questions';
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
  k = $state(neighbourCount);
  among = $state.raw<Among | undefined>();
  /** Whether the common direction is removed. Off at every visit: nobody should meet it unasked. */
  centred = $state.raw(false);
  /** Frozen when first asked for, one for each space. */
  means = $state.raw<readonly SpaceMean[]>([]);

  constructor(private readonly parts: Parts) {}

  /** The mean of the space on the screen, where it was asked for once. */
  readonly mean: SpaceMean | undefined = $derived.by(() => {
    const { modelId, prompt } = this.parts.maps.spec;
    return this.means.find(({ space }) => space.modelId === modelId && space.prompt === prompt);
  });

  /** The ids of the texts that are looked at; undefined where all are. */
  readonly ids: readonly ItemId[] | undefined = $derived.by(() => {
    const { among } = this;
    const { items } = this.parts.collection;
    if (!among) return undefined;
    const names = categoryNames(items, among.by);
    return items.flatMap(({ id }, row) => (names[row] === among.value ? [id] : []));
  });

  /** What can be chosen for `among`, by group and then by column. */
  readonly choices: readonly { readonly by: Among['by']; readonly values: readonly string[] }[] = $derived.by(() => {
    const { items } = this.parts.collection;
    const bys = ['group', ...columnNames(items).map((name) => `column:${name}` as const)] as const;
    return bys
      .map((by) => ({ by, values: [...new Set(categoryNames(items, by).filter((name) => name !== undefined))] }))
      .filter(({ values }) => values.length > 0 && values.length <= mostValues);
  });

  /** A question for the neighbours of `of`, at least `least` of them. */
  question(of: Subject, least = 1): QuestionOf<'neighbours'> {
    const k = Math.min(Math.max(this.k, least), Math.max(this.parts.collection.items.length, 1));
    return { kind: 'neighbours', of, k, among: this.ids, centre: this.centred ? this.mean?.mean : undefined };
  }

  /** Removes the common direction, or not. The mean of the space is taken when this is first asked for, and stays. */
  async centre(on: boolean): Promise<void> {
    if (on && !this.mean) {
      const { collection, engine, maps } = this.parts;
      const { spec } = maps;
      const { mean, rows } = await askSpace(engine, collection.items, spec, { kind: 'mean' });
      this.means = [...this.means, { space: spec, mean, rows }];
    }
    this.centred = on;
  }

  /** Another collection is on the screen. */
  restore(means: readonly SpaceMean[] = []): void {
    this.means = means;
    this.among = undefined;
    this.centred = false;
  }
}
