/** What the engine knows of a space without holding its vectors: which texts are its rows, and what is to be told of them. */
import { outsideLanguages } from '../embedding/languages';
import { lookUpModel } from '../embedding/registry';
import type { EmbedReport, Item, ItemId, KnnGraph, SpaceId, SpaceSpec } from '../types';

/** A graph and what its rows are: rows may come and go while it is computed. */
export interface RowGraph {
  readonly version: number;
  readonly k: number;
  readonly ids: readonly ItemId[];
  readonly graph: KnnGraph;
}

/** Rows that go, and those that come after the ones that stay. */
export interface RowChange {
  readonly removed: readonly ItemId[];
  readonly added: readonly ItemId[];
}

export class Ledger {
  /** Row order of the space. */
  ids: readonly ItemId[] = [];
  /** Changes with the rows; a graph of another version is stale. */
  version = 0;
  graph?: RowGraph;
  readonly #textOf = new Map<ItemId, string>();
  readonly #truncated = new Set<ItemId>();
  readonly #foreign = new Set<ItemId>();
  /** What was held last, and what was found then: a list that is asked about again is not gone through again. */
  #latest: { readonly items: readonly Item[]; readonly report: EmbedReport } | undefined;

  /** @param dim numbers of a vector */
  constructor(
    readonly space: SpaceId,
    readonly spec: SpaceSpec,
    readonly dim: number,
  ) {}

  /** Whether the item is a row, with this text. */
  holds({ id, text }: Item): boolean {
    return this.#textOf.get(id) === text;
  }

  /** Those of `ids` that are rows. */
  held(ids: readonly ItemId[]): readonly ItemId[] {
    return ids.filter((id) => this.#textOf.has(id));
  }

  /** What brings the rows to exactly `items`, of which those of `fresh` are new or have another text; undefined where nothing does. */
  changeTo(items: readonly Item[], fresh: readonly Item[]): RowChange | undefined {
    const removed = this.ids.length > 0 ? this.#goneWith(items, fresh) : [];
    if (removed.length === 0 && fresh.length === 0) return undefined;
    this.#latest = undefined;
    return { removed, added: fresh.map(({ id }) => id) };
  }

  #goneWith(items: readonly Item[], fresh: readonly Item[]): readonly ItemId[] {
    const freshIds = new Set(fresh.map(({ id }) => id));
    const stay = new Set(items.filter(({ id }) => !freshIds.has(id)).map(({ id }) => id));
    return this.ids.filter((id) => !stay.has(id));
  }

  /** The rows have changed so. */
  take({ removed, added }: RowChange, fresh: readonly Item[], truncated: ReadonlySet<ItemId>): void {
    const gone = new Set(removed);
    this.ids = [...this.ids.filter((id) => !gone.has(id)), ...added];
    for (const id of removed) {
      this.#textOf.delete(id);
      this.#truncated.delete(id);
      this.#foreign.delete(id);
    }
    const languages = lookUpModel(this.spec.modelId)?.languages ?? [];
    for (const { id, text } of fresh) {
      this.#textOf.set(id, text);
      if (languages.length > 0 && outsideLanguages(text, languages)) this.#foreign.add(id);
    }
    for (const id of truncated) this.#truncated.add(id);
    this.version++;
  }

  /** What is to be told of `items`; `reused` of their vectors were known. */
  report(items: readonly Item[], reused: number): EmbedReport {
    const those = (set: ReadonlySet<ItemId>) => items.filter(({ id }) => set.has(id)).map(({ id }) => id);
    const { space, dim } = this;
    const report = { space, dim, truncated: those(this.#truncated), foreign: those(this.#foreign), reused };
    this.#latest = { items, report };
    return report;
  }

  /** The report of this very list, if it was the last one. */
  reportedLast(items: readonly Item[]): EmbedReport | undefined {
    return this.#latest?.items === items ? { ...this.#latest.report, reused: items.length } : undefined;
  }
}
