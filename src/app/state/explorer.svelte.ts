/** The explorer: its parts put together, and what a person can do with them. */
import { getContext, setContext, tick } from 'svelte';
import { columnOf } from '../../categories';
import { parseTyped } from '../../data/typed';
import { findModel } from '../../embedding/registry';
import { InputError } from '../../errors';
import type { Cloud } from '../../scene/cloud';
import { usesNeighbours } from '../../projection/options';
import type { Item, ItemId, NewItem, ProjectionOptions, SpaceSpec } from '../../types';
import { WorkerEngine } from '../../workers/engine';
import { Messages, type Language } from '../messages/messages.svelte';
import { arrive, specFor } from './arrival';
import { openAsked } from './asked';
import { Clustering } from './clusters.svelte';
import { Axes } from './axes.svelte';
import { Colouring } from './colouring.svelte';
import { CollectionState } from './collection.svelte';
import { Devices } from './devices.svelte';
import { Editing } from './editing.svelte';
import { Hiding } from './hiding.svelte';
import { Exporting } from './exporting';
import { Fidelity } from './fidelity.svelte';
import { History } from './history.svelte';
import { Imports } from './imports.svelte';
import { Inside } from './inside/inside.svelte';
import { Interface } from './interface.svelte';
import { Isolating } from './isolating.svelte';
import { Jobs } from './jobs.svelte';
import { Keeping } from './keeping.svelte';
import { Library } from './library.svelte';
import { Link } from './link.svelte';
import { Listing } from './listing.svelte';
import { Maps } from './maps.svelte';
import { Notices } from './notices.svelte';
import { Opening } from './opening.svelte';
import { OwnModels } from './ownModels.svelte';
import { Pairs } from './pairs.svelte';
import { Pasting } from './pasting';
import { Pinning } from './pinning.svelte';
import { Pins } from './pins.svelte';
import { Poses } from './poses.svelte';
import { Preferences } from './preferences.svelte';
import { Questions } from './questions.svelte';
import { Selecting } from './selecting.svelte';
import { Selection } from './selection.svelte';
import { TextComparison } from './textMatrix.svelte';
import { Theme } from './theme.svelte';
import { TwoViews } from './twoViews.svelte';
import { Wishes } from './wishes.svelte';

const key = Symbol('explorer');

export class Explorer {
  readonly engine = new WorkerEngine('wasm');
  readonly messages = new Messages();
  readonly notices = new Notices();
  readonly preferences = new Preferences();
  readonly theme = new Theme(this.preferences);
  readonly interface = new Interface();
  readonly jobs = new Jobs();
  readonly history = new History();
  readonly collection = new CollectionState();
  readonly selection = new Selection();
  readonly devices = new Devices(this.engine, this.jobs, this.preferences, this.notices);
  readonly pins = new Pins(this.collection);
  readonly maps = new Maps(this.engine, this.jobs, this.pins, specFor(navigator.language), {
    failed: (error) => this.#failed(error),
    settled: (laidOut) => {
      // A layout may have taken minutes; a text is placed again in a moment.
      if (laidOut) this.link.settled();
      if (laidOut) this.library.save();
      else this.library.saveLater();
      void this.ask();
    },
    unsupervised: (supervision) => {
      const column = columnOf(supervision);
      if (column === undefined) this.notices.say('unsupervisedGroup');
      else this.notices.say('unsupervisedColumn', { column });
    },
  });
  readonly imports = new Imports(this);
  readonly wishes = new Wishes(this);
  readonly questions: Questions = new Questions(this.engine, this.jobs, this.wishes, () => ({
    items: this.collection.items,
    spec: this.maps.spec,
    prepare: () => this.devices.prepare(this.maps.spec.modelId),
    failed: this.devices.failureOf(this.maps.spec.modelId) !== undefined,
    subjectFor: (query) => this.imports.subjectFor(query),
  }));
  readonly fidelity: Fidelity = new Fidelity(this, () => this.colouring.by === 'fidelity');
  readonly clustering = new Clustering({
    engine: this.engine,
    collection: this.collection,
    maps: this.maps,
    jobs: this.jobs,
    history: this.history,
    editing: () => this.editing,
    save: () => this.library.save(),
  });
  readonly pairs = new Pairs(this);
  readonly axes = new Axes(this);
  readonly compared = new TextComparison(this);
  readonly twoViews = new TwoViews(this);
  readonly inside: Inside = new Inside(this);
  readonly colouring: Colouring = new Colouring(this);
  readonly editing = new Editing(
    this.collection,
    this.history,
    (items) => this.#apply(items),
    (texts) => void this.keeping?.schedulePurge(texts),
    () => void this.#purge(),
  );
  readonly hiding = new Hiding(this.collection, this.history);
  readonly isolating = new Isolating(this.collection, this.maps, this.history, () => {
    this.library.save();
    void tick().then(() => this.resetView());
  });
  readonly listing = new Listing(this.collection, this.colouring, this.interface);
  readonly selecting = new Selecting({
    collection: this.collection,
    selection: this.selection,
    questions: this.questions,
    listing: this.listing,
    interface: this.interface,
    isShown: (id) => !this.hiding.here.has(id) && !this.maps.aside.has(id),
    onChosen: () => this.#chosen(),
  });
  readonly pinning = new Pinning(this.pins, this.maps, this.history, () => this.library.save());
  readonly poses = new Poses(this.history, () => this.library.save());
  readonly ownModels = new OwnModels(this);
  readonly library: Library = new Library({
    engine: this.engine,
    jobs: this.jobs,
    collection: this.collection,
    selection: this.selection,
    maps: this.maps,
    pins: this.pins,
    clustering: this.clustering,
    colouring: this.colouring,
    poses: this.poses,
    wishes: this.wishes,
    tuning: this.inside.tuning,
    history: this.history,
    keeping: () => this.keeping,
    newSpace: () => this.imports.newSpace,
    wholeMap: () => this.isolating.wholeMap,
    onShown: () => this.#shown(),
  });
  readonly link: Link = new Link(this);
  readonly exporting = new Exporting({
    engine: this.engine,
    collection: this.collection,
    maps: this.maps,
    wholeMap: () => this.isolating.wholeMap,
    snapshot: () => this.library.snapshot(),
  });
  readonly opening: Opening = new Opening(this);
  readonly pasting = new Pasting(this);
  keeping = $state.raw<Keeping | undefined>();
  /** Whether the first collection is on the screen. */
  ready = $state(false);
  /** The text that the list should show, and the cloud fly to; each wish is a new object. */
  sought = $state.raw<{ readonly id: ItemId; readonly fly: boolean } | undefined>();
  /** The cloud on the screen; undefined where there is no WebGL2. */
  cloud = $state.raw<Cloud | undefined>();

  get readOnly(): boolean {
    return this.keeping?.role === 'reader';
  }

  /** Remembers what was there, or begins with a starter; then loads the model. */
  async start(): Promise<void> {
    this.engine.warmUp();
    const keeping = await Keeping.open();
    this.keeping = keeping;
    await this.preferences.open(keeping.storage.settings);
    this.messages.language = this.preferences.language;
    keeping.onOutdated = (id) => void this.#reload(id);
    this.maps.spec = specFor(this.preferences.language);
    await this.ownModels.restore();
    await arrive(this, keeping);
    this.ready = true;
    this.interface.guide = !this.preferences.guideSeen;
    if (keeping.role === 'writer') void this.#purge();
    await this.devices.choose();
    await openAsked(this.opening, this);
    await this.link.watch();
    await this.devices.load(this.maps.spec.modelId);
  }

  /** Adds what was typed, and says whether it could. Texts that are there already are shown instead. */
  addTyped(input: string, whole: boolean): boolean {
    return this.addItems(parseTyped(input, { whole }));
  }

  /** As `addTyped`, of what is read. */
  addItems(items: readonly NewItem[]): boolean {
    if (this.readOnly || this.imports.refuses(items.map(({ text }) => text))) return false;
    const { added, duplicates } = this.editing.add(items);
    const shown = added.length === 1 ? added[0] : added.length === 0 ? duplicates[0] : undefined;
    if (duplicates.length === 1) this.notices.say('duplicate', { text: this.#textOf(duplicates[0]!) });
    if (duplicates.length > 1) this.notices.say('duplicates', { count: duplicates.length });
    if (shown === undefined) return true;
    this.selection.set([shown]);
    if (added.length === 0) this.seek(shown);
    void this.ask();
    return true;
  }

  /** Chooses a text; `additive` compares it with the one chosen before. */
  choose(id: ItemId | undefined, additive = false): void {
    if (id === undefined) this.selection.clear();
    else this.selection.choose(id, additive);
    this.interface.comparing = false;
    this.#chosen();
  }

  /** Brings a text into view, in the list and in the cloud. */
  seek(id: ItemId): void {
    this.sought = { id, fly: true };
  }

  /** Brings a text into view in the list; the camera stays. */
  reveal(id: ItemId): void {
    this.sought = { id, fly: false };
  }

  resetView(): void {
    this.cloud?.reset();
  }

  /** Another model: the same texts in its space, the selection and the seed as they were. */
  async useModel(modelId: string): Promise<void> {
    const before = this.maps.spec;
    if (before.modelId === modelId) return;
    const { aside, state } = this.maps;
    const imported = this.imports.here;
    const apply = async (spec: SpaceSpec) => {
      this.questions.forget();
      // A file's own places cannot be laid out again.
      if (spec === before && imported && aside === this.maps.aside) this.maps.bring(state);
      else await this.maps.change({ spec });
      if (this.imports.here) return;
      this.preferences.set({ modelId: spec.modelId });
      await this.devices.load(spec.modelId);
    };
    const after = { modelId, prompt: findModel(modelId).prompt };
    this.history.push({ undo: () => apply(before), redo: () => apply(after) });
    await apply(after);
  }

  /** Lays the texts out with other options. Pins that the new map cannot keep wait, which is said. */
  setOptions(options: ProjectionOptions): Promise<void> {
    const waiting = this.pinning.here.size > 0 && this.pins.count - this.pins.countOn(options);
    if (waiting) this.notices.say(usesNeighbours(options.engine) ? 'pinsOther' : 'pinsProjected', { count: waiting });
    return this.maps.change({ options });
  }

  setLanguage(language: Language): void {
    this.preferences.set({ language });
    this.messages.language = language;
  }

  closeGuide(): void {
    this.preferences.set({ guideSeen: true });
    this.interface.guide = false;
  }

  async switchTo(id: string): Promise<void> {
    try {
      await this.library.switchTo(id);
    } catch (error) {
      this.notices.error(error);
    }
  }

  /** Deletes the open collection; undo brings it back. */
  async removeCollection(): Promise<void> {
    this.interface.dialog = undefined;
    await this.library.remove(this.messages.t('untitled'));
  }

  /** Empties every store of this origin and begins anew. Returns what could not be emptied. */
  async forgetEverything(): Promise<readonly string[]> {
    this.jobs.cancelAll();
    this.engine.dispose();
    const failed = (await this.keeping?.forget()) ?? [];
    if (failed.length === 0) location.reload();
    return failed;
  }

  async ask(): Promise<void> {
    await Promise.all([this.questions.about(this.selection.ids), this.colouring.ask(), this.fidelity.follow()]);
  }

  /** Lists of neighbours are wished for otherwise: all that are on the screen are asked for again. */
  async askNeighbours(): Promise<void> {
    const { meaning } = this.questions;
    const { nearest } = this.axes;
    const again = [meaning && this.search(meaning.query), nearest && this.axes.ask()];
    await Promise.all([this.questions.about(this.selection.ids), ...again]);
  }

  async search(query: string): Promise<void> {
    try {
      await this.questions.search(query);
      // Without an answer (it was cancelled) the model may not be there.
      if (this.questions.meaning?.found) this.devices.loaded = this.maps.spec.modelId;
    } catch (error) {
      this.#failed(error);
    }
  }

  async #purge(): Promise<void> {
    const texts = this.collection.items.map(({ text }) => text);
    await this.keeping?.purge(texts);
  }

  #chosen(): void {
    void this.ask();
    this.library.saveLater();
  }

  #textOf(id: ItemId): string {
    return this.collection.byId.get(id)?.text ?? '';
  }

  #apply(items: readonly Item[]): void {
    this.collection.items = items;
    const alive = this.collection.byId;
    this.selection.keep((id) => alive.has(id));
    this.library.save();
    if (this.isolating.isDeserted) this.isolating.end();
    else void this.maps.follow(items);
  }

  #shown(): void {
    this.questions.forget();
    void this.ask();
  }

  /** Another tab saved what is shown here, or stopped writing. */
  async #reload(id: string | undefined): Promise<void> {
    if (id !== undefined && id !== this.collection.id) return;
    const stored = await this.keeping?.load(this.collection.id).catch(() => undefined);
    if (stored) this.library.show(stored);
  }

  #failed(error: unknown): void {
    const isOfDevice = !(error instanceof InputError && /^(workerDied|imported)/.test(error.code));
    if (this.devices.current === 'webgpu' && isOfDevice) this.devices.fallBack();
    this.notices.error(error);
  }
}

export function provideExplorer(explorer: Explorer): void {
  setContext(key, explorer);
}

export function useExplorer(): Explorer {
  return getContext<Explorer>(key);
}
