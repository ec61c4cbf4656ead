/** The texts that are nearly one, two by two, and those that are far from all others. */
import type { Engine } from '../../engine/contract';
import { askSpace } from '../../pipeline';
import type { Extremes, NearPair } from '../../answers';
import type { Item, ItemId, SpaceSpec } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Jobs } from './jobs.svelte';
import { laterOnes } from './laterOnes';
import type { Maps } from './maps.svelte';

/** Neighbours of each text that are looked at. */
const neighbours = 10;
/** Pairs that are listed and selected from; of the others the number is told. */
const mostPairs = 2000;

/**
 * Cosines from which on two texts are nearly one, by model: of 5,000 words each, 17 pairs (bullfighting, bullfight) and 16
 * (face off, face-off). E5's cosines crowd: at MiniLM's 0.9 it has 4,237.
 */
const usualThresholds: Readonly<Record<string, number>> = {
  'all-MiniLM-L6-v2': 0.9,
  'multilingual-e5-small-en-pt': 0.97,
};
const otherThreshold = 0.95;

interface PairsParts {
  readonly engine: Engine;
  readonly collection: CollectionState;
  readonly maps: Maps;
  readonly jobs: Jobs;
}

export class Pairs {
  extremes = $state.raw<Extremes | undefined>();
  failure = $state.raw<unknown>();
  /** As typed; undefined for the usual one of the model. */
  wanted = $state.raw<number | undefined>();

  /** Those above the threshold whose texts are both still there, the nearest first. */
  readonly listed: readonly NearPair[] = $derived.by(() => {
    const { byId } = this.parts.collection;
    const near = this.extremes?.pairs.filter(({ cosine }) => cosine >= this.threshold) ?? [];
    return near.filter(({ earlier, later }) => byId.has(earlier) && byId.has(later));
  });
  /** How many there are, the unlisted ones too. */
  readonly count: number = $derived(countDescending(this.extremes?.cosines, this.threshold));
  /** Texts that have more others above the threshold than were looked at: pairs of two such texts may be missing. */
  readonly crowded: number = $derived(countDescending(this.extremes?.reaches, this.threshold));

  #asked: { readonly items: readonly Item[]; readonly spec: SpaceSpec } | undefined;

  constructor(private readonly parts: PairsParts) {}

  get usualThreshold(): number {
    return usualThresholds[this.parts.maps.spec.modelId] ?? otherThreshold;
  }

  get threshold(): number {
    return this.wanted ?? this.usualThreshold;
  }

  /** Looks for them among all texts, if it was not done for these; a newer search replaces an older one. */
  async ask(): Promise<void> {
    const { engine, collection, maps, jobs } = this.parts;
    const { items } = collection;
    const { spec } = maps;
    if (this.#asked?.items === items && this.#asked.spec === spec) return;
    const asked = (this.#asked = { items, spec });
    this.failure = undefined;
    const question = { kind: 'extremes', ids: items.map(({ id }) => id), k: neighbours, most: mostPairs } as const;
    try {
      const extremes = await jobs.run('pairs', (signal, onProgress) =>
        askSpace(engine, items, spec, question, { signal, onProgress }),
      );
      if (asked !== this.#asked) return;
      this.extremes = extremes;
      // Cancelled: the next wish looks for them.
      if (!extremes) this.#asked = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#asked = this.extremes = undefined;
      this.failure = error;
    }
  }

  /** Those without which none of the listed pairs is whole. */
  laterOnes(): ItemId[] {
    return laterOnes(
      this.listed,
      this.parts.collection.items.map(({ id }) => id),
    );
  }
}

/** How many of `values`, which descend, are at least `least`. */
function countDescending(values: Float32Array | undefined, least: number): number {
  const end = values?.findIndex((value) => value < least) ?? 0;
  return end < 0 ? (values?.length ?? 0) : end;
}
