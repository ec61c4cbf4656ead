/** Where the tokens of one text look: all heads at a glance, and one map of them enlarged. */
import { largestDeviation, meanOfMaps, shareTaken, takeTokens } from '../../../embedding/attention';
import { findModel } from '../../../embedding/registry';
import { isAbort } from '../../../errors';
import type { AttentionOverview } from '../../../inspections';
import { isSameSpace } from '../../../spaceKey';
import type { SpaceSpec } from '../../../types';
import type { InsideParts } from './parts';

/** What is enlarged: a head, the mean of a layer's heads, the mean of all of them, or the rollout. */
export type AttentionView =
  | { readonly kind: 'head'; readonly layer: number; readonly head: number }
  | { readonly kind: 'layer'; readonly layer: number }
  | { readonly kind: 'mean' }
  | { readonly kind: 'rollout' };

/** Cells of a small map's side: with twelve heads in the panel, a cell of a pixel or more. */
const smallSide = 32;

/** The tokens that are shown, and how they look at each other. */
export interface ShownMap {
  /** Their indices among all tokens. */
  readonly kept: readonly number[];
  /** Tokens x tokens, of those that are kept. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** The greatest of them. */
  readonly most: number;
}

interface Read {
  readonly text: string;
  readonly spec: SpaceSpec;
}

interface LayerMaps extends Read {
  readonly layer: number;
  /** Heads x tokens x tokens. */
  readonly weights: Float32Array<ArrayBuffer>;
}

export class AttentionLens {
  /** What the field holds. */
  draft = $state('');
  overview = $state.raw<AttentionOverview | undefined>();
  view = $state.raw<AttentionView>({ kind: 'head', layer: 0, head: 0 });
  hidesSpecial = $state(false);
  failure = $state.raw<unknown>();
  /** The token that the pointer is on, and the one that was chosen. */
  hovered = $state<number | undefined>();
  pinned = $state<number | undefined>();

  #read = $state.raw<Read | undefined>();
  /** The layer of which single heads are on hand: all layers of a long text would be 151 MB. */
  #layer = $state.raw<LayerMaps | undefined>();
  #followed: Read | undefined;
  /** The id of the collection that was on the screen. */
  #collection: string | undefined;

  constructor(private readonly parts: InsideParts) {}

  /** What was read, as it was typed. */
  readonly text = $derived(this.#read?.text);

  /** The enlarged map of all tokens, row-major; undefined while it is fetched. */
  readonly map: Float32Array<ArrayBuffer> | undefined = $derived.by(() => {
    const { overview, view } = this;
    if (!overview) return undefined;
    const size = overview.tokens.length ** 2;
    switch (view.kind) {
      case 'rollout':
        return overview.rollout;
      case 'mean':
        return meanOfMaps(overview.means, overview.layers);
      case 'layer':
        return overview.means.subarray(view.layer * size, (view.layer + 1) * size);
      case 'head':
        return this.#holds(view.layer)?.weights.subarray(view.head * size, (view.head + 1) * size);
    }
  });

  readonly shown: ShownMap | undefined = $derived.by(() => {
    const { map, overview, hidesSpecial } = this;
    if (!map || !overview) return undefined;
    const { tokens } = overview;
    const kept = tokens.flatMap(({ special }, i) => (hidesSpecial && special ? [] : [i]));
    const weights = takeTokens(map, tokens.length, kept);
    return { kept, weights, most: weights.reduce((high, weight) => Math.max(high, weight), 0) };
  });

  /** Of the enlarged map: the share of its weight that special tokens took, as the text's own tokens looked; its rows' deviation from 1. */
  readonly sums = $derived.by(() => {
    const { map, overview } = this;
    if (!map || !overview) return undefined;
    const special = overview.tokens.map((token) => token.special);
    return {
      taken: shareTaken(map, special, true),
      deviation: largestDeviation(map, overview.tokens.length),
    };
  });

  /** The token whose looks are read out. */
  readonly focus: number | undefined = $derived.by(() => {
    const focus = this.hovered ?? this.pinned;
    return focus !== undefined && this.shown?.kept.includes(focus) ? focus : undefined;
  });

  /**
   * Reads the selected text, unless it was read already: another that was typed since stays. What was read while another collection was
   * on the screen goes.
   */
  async follow(text: string | undefined): Promise<void> {
    const { collection, maps } = this.parts;
    const { spec } = maps;
    if (this.#collection !== collection.id) this.#forget();
    const before = this.#followed;
    if (text === undefined || (before?.text === text && isSameSpace(before.spec, spec))) return;
    this.#followed = { text, spec };
    this.draft = text;
    await this.ask();
  }

  /** Reads what the field holds. */
  async ask(): Promise<void> {
    const { collection, engine, jobs, maps } = this.parts;
    const text = this.draft.trim();
    const { spec } = maps;
    const { id } = collection;
    this.failure = undefined;
    if (text === '') return;
    try {
      const { view } = this;
      // Another model has other layers.
      const layer = 'layer' in view ? Math.min(view.layer, findModel(spec.modelId).layers - 1) : 0;
      const overview = await jobs.run('inside', (signal, onProgress) =>
        engine.inspect(spec, { kind: 'attentionOverview', text, side: smallSide, layer }, onProgress, signal),
      );
      if (!overview || id !== collection.id) return;
      this.overview = overview;
      this.#read = { text, spec };
      this.#layer = { text, spec, layer, weights: overview.ofLayer };
      this.hovered = this.pinned = undefined;
      if ('layer' in view) this.view = { ...view, layer };
    } catch (error) {
      if (isAbort(error) || id !== collection.id) return;
      this.overview = undefined;
      this.failure = error;
    }
  }

  async show(view: AttentionView): Promise<void> {
    this.view = view;
    try {
      await this.#fetch();
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    }
  }

  /** Fetches the layer of the head that is shown, if it is not on hand. */
  async #fetch(): Promise<void> {
    const { engine, jobs } = this.parts;
    const { view } = this;
    const read = this.#read;
    if (!read || view.kind !== 'head' || this.#holds(view.layer)) return;
    const { layer } = view;
    const found = await jobs.run('inside', (signal, onProgress) =>
      engine.inspect(read.spec, { kind: 'attention', text: read.text, layer }, onProgress, signal),
    );
    if (found && this.#read === read) this.#layer = { ...read, layer, weights: found.weights };
  }

  #forget(): void {
    this.#collection = this.parts.collection.id;
    this.draft = '';
    this.overview = this.failure = this.#read = this.#layer = this.#followed = undefined;
    this.hovered = this.pinned = undefined;
  }

  #holds(layer: number): LayerMaps | undefined {
    return this.#layer?.layer === layer ? this.#layer : undefined;
  }
}
