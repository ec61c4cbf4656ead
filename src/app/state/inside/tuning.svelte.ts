/** Fine-tuning: pairs that should be alike or unlike, the adapter that is trained on them, and the map as it moves there. */
import type { Adapter, PreparedPairs, TextPair, TunedMap, TuningEpoch, TuningOptions } from '../../../adapters';
import { isAbort } from '../../../errors';
import { askSpace } from '../../../pipeline';
import type { Neighbour } from '../../../answers';
import type { StoredTuning } from '../../../storage/storedTuning';
import { defaultTuning } from '../../../tuning/options';
import { keyOf, pairsOfGroups, preparePairs } from '../../../tuning/pairs';
import type { ItemId, SpaceSpec } from '../../../types';
import type { InsideParts } from './parts';
import { TuningGroups } from './tuningGroups.svelte';

/** Pairs that are drawn from groups: as many as are trained in a second or two. */
const drawnPairs = 1000;
/** Adapters that are kept with a collection; each of 384 dimensions takes 590 kB. */
const mostAdapters = 5;
const neighbourCount = 8;

interface Trained {
  readonly prepared: PreparedPairs;
  readonly tuned: TunedMap;
  readonly adapter: Adapter;
}

interface BesideNeighbours {
  readonly of: ItemId;
  readonly before: readonly Neighbour[];
  readonly after: readonly Neighbour[];
}

export class TuningLens {
  pairs = $state.raw<readonly TextPair[]>([]);
  /** The latest first. */
  adapters = $state.raw<readonly Adapter[]>([]);
  options = $state.raw<TuningOptions>(defaultTuning);
  /** Of the latest training, as it went or goes. */
  epochs = $state.raw<readonly TuningEpoch[]>([]);
  trained = $state.raw<Trained | undefined>();
  neighbours = $state.raw<BesideNeighbours | undefined>();
  failure = $state.raw<unknown>();
  /** What should be close or apart, said by groups. */
  readonly groups: TuningGroups;

  #asked = 0;

  constructor(private readonly parts: InsideParts) {
    this.groups = new TuningGroups(parts, () => this.options.seed);
  }

  get isTraining(): boolean {
    return this.parts.jobs.isRunning('tuning');
  }

  /** The adapter in use. */
  readonly current: Adapter | undefined = $derived.by(() => {
    const { adapter } = this.parts.maps.spec;
    return this.adapters.find(({ id }) => id === adapter);
  });

  /** The model's own space: what adapters are trained on. */
  readonly base: SpaceSpec = $derived.by(() => {
    const { modelId, prompt } = this.parts.maps.spec;
    return { modelId, prompt };
  });

  /** Marks the two selected texts. A pair that was marked before is marked anew. */
  mark(alike: boolean): void {
    const { collection, selection } = this.parts;
    const [a, b] = [selection.first, selection.second].map((id) =>
      id === undefined ? undefined : collection.byId.get(id),
    );
    if (!a || !b) return;
    this.#add([{ a: a.text, b: b.text, alike }]);
  }

  /** Adds the pairs that come of what was said by groups. */
  addSorted(): void {
    this.#add(this.groups.pairs);
  }

  unmark(pair: TextPair): void {
    this.#setPairs(this.pairs.filter((other) => other !== pair));
  }

  clear(): void {
    this.#setPairs([]);
  }

  /** Adds pairs of texts of one group, alike, and of two, unlike. */
  draw(): void {
    const { collection, notices } = this.parts;
    const drawn = pairsOfGroups(collection.items, drawnPairs, this.options.seed);
    const { alike, unlike, allAlike, allUnlike } = drawn;
    if (drawn.pairs.length > 0) this.#setPairs([...this.pairs, ...drawn.pairs]);
    notices.say('tuningDrew', { alike, unlike, allAlike, allUnlike });
  }

  async importPairs(file: File): Promise<void> {
    const { engine, notices } = this.parts;
    try {
      const pairs = await engine.tuningFiles.parsePairs(file.name, new Uint8Array(await file.arrayBuffer()));
      this.#setPairs([...this.pairs, ...pairs]);
      notices.say('tuningImported', { count: pairs.length, name: file.name });
    } catch (error) {
      notices.error(error);
    }
  }

  /** Trains, keeps the adapter and shows the texts as it has them; a newer call replaces an older one. */
  async train(): Promise<void> {
    const { engine, jobs } = this.parts;
    const { base, options } = this;
    this.failure = undefined;
    try {
      const trained = await jobs.run('tuning', async (signal, onProgress): Promise<Trained> => {
        const prepared = preparePairs(this.pairs, options.seed);
        this.epochs = [];
        this.trained = undefined;
        const vectors = await engine.embedTexts(prepared.texts, base, onProgress, signal);
        const onEpoch = (epoch: TuningEpoch) => {
          if (signal.aborted || !this.isTraining) return;
          this.epochs = [...this.epochs, epoch];
          onProgress({ stage: 'training', done: epoch.epoch, total: options.epochs });
        };
        return { prepared, ...(await engine.tune(base, vectors, prepared.pairs, options, onEpoch, signal)) };
      });
      if (!trained) return;
      this.epochs = trained.tuned.epochs;
      this.trained = trained;
      await this.#keep(trained.adapter);
    } catch (error) {
      this.failure = error;
    }
  }

  cancel(): void {
    this.parts.jobs.end('tuning');
  }

  async loadAdapter(file: File): Promise<void> {
    const { engine, notices } = this.parts;
    try {
      await this.#keep(await engine.tuningFiles.readAdapter(file.name, new Uint8Array(await file.arrayBuffer())));
    } catch (error) {
      notices.error(error);
    }
  }

  /** Shows the texts as an adapter has them, or without one as the model does; undo brings the map before back. */
  async use(adapter: Adapter | undefined): Promise<void> {
    const { devices, history, maps } = this.parts;
    const before = maps.state;
    const after: SpaceSpec = adapter ? { ...adapter.base, adapter: adapter.id } : this.base;
    if (after.adapter === maps.spec.adapter && after.modelId === maps.spec.modelId) return;
    const apply = async () => {
      this.parts.questions.forget();
      await maps.morphTo(after);
      await devices.load(after.modelId);
    };
    history.push({
      undo: () => {
        this.parts.questions.forget();
        maps.bring(before);
      },
      redo: apply,
    });
    await apply();
  }

  /** Lets an adapter go; one that is in use is left for the model first. */
  async remove(adapter: Adapter): Promise<void> {
    if (adapter === this.current) await this.use(undefined);
    const before = this.adapters;
    const after = before.filter((other) => other !== adapter);
    const apply = (adapters: readonly Adapter[]) => {
      this.adapters = adapters;
      this.parts.library.save();
    };
    apply(after);
    this.parts.history.push({ undo: () => apply(before), redo: () => apply(after) });
  }

  /** Asks for the neighbours of a text in the model's space and in the adapter's; a newer call drops the older one's answer. */
  async ask(of: ItemId | undefined): Promise<void> {
    const { collection, engine, maps } = this.parts;
    const asked = ++this.#asked;
    this.neighbours = undefined;
    if (of === undefined || !this.current || !collection.byId.has(of)) return;
    const question = { kind: 'neighbours', of: { id: of }, k: neighbourCount } as const;
    try {
      const before = await askSpace(engine, collection.items, this.base, question);
      const after = await askSpace(engine, collection.items, maps.spec, question);
      if (asked === this.#asked) this.neighbours = { of, before, after };
    } catch (error) {
      if (asked === this.#asked && !isAbort(error)) this.failure = error;
    }
  }

  /** What is kept with the collection. */
  kept(): StoredTuning {
    const { adapters, pairs } = this;
    return { ...(pairs.length > 0 && { pairs }), ...(adapters.length > 0 && { adapters }) };
  }

  /** Another collection is on the screen. */
  restore({ adapters = [], pairs = [] }: StoredTuning): void {
    this.pairs = pairs;
    this.adapters = adapters;
    this.groups.forget();
    this.epochs = [];
    this.trained = undefined;
    this.failure = undefined;
    // Not awaited: the worker takes requests in order.
    for (const adapter of adapters) void this.parts.engine.holdAdapter(adapter).catch(() => undefined);
  }

  async #keep(adapter: Adapter): Promise<void> {
    await this.parts.engine.holdAdapter(adapter);
    this.adapters = [adapter, ...this.adapters.filter(({ id }) => id !== adapter.id)].slice(0, mostAdapters);
    this.parts.library.save();
    await this.use(adapter);
  }

  /** Pairs that were there before are marked anew. */
  #add(added: readonly TextPair[]): void {
    const keys = new Set(added.map(keyOf));
    this.#setPairs([...this.pairs.filter((pair) => !keys.has(keyOf(pair))), ...added]);
  }

  #setPairs(after: readonly TextPair[]): void {
    const before = this.pairs;
    const apply = (pairs: readonly TextPair[]) => {
      this.pairs = pairs;
      this.parts.library.save();
    };
    apply(after);
    this.parts.history.push({ undo: () => apply(before), redo: () => apply(after) });
  }
}
