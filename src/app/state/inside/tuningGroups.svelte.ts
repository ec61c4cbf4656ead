/** What should be close and what apart, said by groups, clusters and selections of texts: pairs are drawn from it. */
import type { TextPair } from '../../../adapters';
import { pairsOfBunches } from '../../../tuning/pairs';
import type { ItemId } from '../../../types';
import type { InsideParts } from './parts';

/** Texts that are moved together. They are those that it had when it was put somewhere. */
export interface Bunch {
  readonly key: string;
  readonly kind: 'group' | 'cluster' | 'selection';
  /** Empty for a selection. */
  readonly name: string;
  readonly ids: readonly ItemId[];
}

export type TuningField = 'close' | 'apart';

interface Arrangement {
  /** The texts of a line, which may be of several bunches, should be close to each other. */
  readonly close: readonly (readonly Bunch[])[];
  /** The texts of one should be apart from those of the others. */
  readonly apart: readonly Bunch[];
}

/** Pairs that are drawn: as many as are trained in a second or two. */
const drawnPairs = 1000;
const nothing: Arrangement = { close: [], apart: [] };

export class TuningGroups {
  #arrangement = $state.raw<Arrangement>(nothing);

  /** What can be moved: groups, clusters, and what is selected. */
  readonly pool: readonly Bunch[] = $derived.by(() => {
    const { clustering, collection, selection } = this.parts;
    const members = new Map(collection.groups.map((group): [string, ItemId[]] => [group, []]));
    for (const { id, group } of collection.items) if (group !== undefined) members.get(group)?.push(id);
    const groups = [...members].map(([name, ids]): Bunch => ({ key: `group ${name}`, kind: 'group', name, ids }));
    const clusters = clustering.list.map(({ label, name, ids }): Bunch => ({
      key: `cluster ${label} ${name}`,
      kind: 'cluster',
      name,
      ids,
    }));
    const { ids } = selection;
    const selected: Bunch[] =
      ids.length > 0 ? [{ key: `selection ${ids.join(' ')}`, kind: 'selection', name: '', ids }] : [];
    return [...selected, ...groups, ...clusters];
  });

  /** The pairs that come of it. */
  readonly pairs: readonly TextPair[] = $derived.by(() => {
    const { byId } = this.parts.collection;
    const textsOf = (bunches: readonly Bunch[]) =>
      bunches.flatMap(({ ids }) => ids.flatMap((id) => byId.get(id)?.text ?? []));
    const { close, apart } = this.#arrangement;
    const sides = apart.map((bunch) => textsOf([bunch]));
    return pairsOfBunches(close.map(textsOf), sides, drawnPairs, this.seed());
  });

  constructor(
    private readonly parts: Pick<InsideParts, 'clustering' | 'collection' | 'history' | 'selection'>,
    private readonly seed: () => number,
  ) {}

  get close(): Arrangement['close'] {
    return this.#arrangement.close;
  }

  get apart(): Arrangement['apart'] {
    return this.#arrangement.apart;
  }

  /** Puts a bunch into a field, unless it is there. */
  put(bunch: Bunch, field: TuningField): void {
    const { close, apart } = this.#arrangement;
    if ((field === 'close' ? close.flat() : apart).some(({ key }) => key === bunch.key)) return;
    this.#change(field === 'close' ? { close: [...close, [bunch]], apart } : { close, apart: [...apart, bunch] });
  }

  /** Says that the texts of two bunches belong together: `bunch` joins the line of `other`. */
  join(bunch: Bunch, other: Bunch): void {
    const { close, apart } = this.#arrangement;
    const has = (line: readonly Bunch[], { key }: Bunch) => line.some((one) => one.key === key);
    if (bunch.key === other.key || close.some((line) => has(line, bunch) && has(line, other))) return;
    const others = without(close, bunch);
    const joined = others.some((line) => has(line, other))
      ? others.map((line) => (has(line, other) ? [...line, bunch] : line))
      : [...others, [other, bunch]];
    this.#change({ close: joined, apart });
  }

  takeOut(bunch: Bunch, field: TuningField): void {
    const { close, apart } = this.#arrangement;
    this.#change(
      field === 'close'
        ? { close: without(close, bunch), apart }
        : { close, apart: apart.filter(({ key }) => key !== bunch.key) },
    );
  }

  /** Another collection is on the screen. */
  forget(): void {
    this.#arrangement = nothing;
  }

  #change(after: Arrangement): void {
    const before = this.#arrangement;
    this.#arrangement = after;
    this.parts.history.push({
      undo: () => void (this.#arrangement = before),
      redo: () => void (this.#arrangement = after),
    });
  }
}

/** The lines without a bunch; one that has no other goes. */
function without(lines: Arrangement['close'], bunch: Bunch): Arrangement['close'] {
  return lines.map((line) => line.filter(({ key }) => key !== bunch.key)).filter((line) => line.length > 0);
}
