/** Models of the person's own: opened from a folder or a zip, for this visit or kept on this machine. */
import { isOwnEntry, models, type ModelEntry } from '../../embedding/registry';
import { InputError, reasonOf } from '../../errors';
import { openModelStore, type ModelStore } from '../../storage/ownModels';
import type { OwnModel, OwnSource, WorkerEngine } from '../../workers/engine';
import type { Folder } from '../dropped';
import type { CollectionState } from './collection.svelte';
import type { Devices } from './devices.svelte';
import type { Interface } from './interface.svelte';
import type { Jobs } from './jobs.svelte';
import type { Maps } from './maps.svelte';
import type { Notices } from './notices.svelte';

interface Parts {
  readonly engine: WorkerEngine;
  readonly collection: CollectionState;
  readonly devices: Devices;
  readonly jobs: Jobs;
  readonly interface: Interface;
  readonly maps: Maps;
  readonly notices: Notices;
  useModel(id: string): Promise<void>;
}

interface Own extends OwnModel {
  readonly kept: boolean;
}

export class OwnModels {
  list = $state.raw<readonly Own[]>([]);
  /** Why the last one was refused, for the dialog; undefined when it was not. */
  failure = $state.raw<unknown>();
  /** What the person can choose from: the bundled ones first. */
  readonly all: readonly ModelEntry[] = $derived([...models, ...this.list.map(({ entry }) => entry)]);
  /** Undefined where this browser keeps nothing, or was not asked yet. */
  #store = $state.raw<ModelStore | undefined>();

  constructor(private readonly parts: Parts) {}

  get canKeep(): boolean {
    return this.#store !== undefined;
  }

  get isOpening(): boolean {
    return this.parts.jobs.isRunning('trial');
  }

  isHere(id: string): boolean {
    return this.all.some((model) => model.id === id);
  }

  /** Makes those known again that were kept. One that cannot be read is left where it is, and not listed. */
  async restore(): Promise<void> {
    this.#store = await openModelStore();
    const kept = (await this.#store?.list().catch(() => undefined)) ?? [];
    for (const { id, entry, files } of kept) {
      if (isOwnEntry(entry) && entry.id === id) this.#add({ entry, files, kept: true });
    }
  }

  openFolder({ name, files }: Folder): Promise<void> {
    return this.#open(name, { kind: 'folder', files });
  }

  openZip(file: File): Promise<void> {
    return this.#open(file.name, { kind: 'zip', file });
  }

  /** Keeps a model on this machine, or for this visit alone from now on. */
  async setKept(id: string, kept: boolean): Promise<void> {
    const model = this.list.find(({ entry }) => entry.id === id);
    if (!model || !this.#store) return;
    try {
      if (kept) await this.#store.keep({ id, entry: model.entry, files: model.files });
      else {
        // Its files lie in what goes: they are read before it does.
        const files = await Promise.all(
          [...model.files].map(async ([path, blob]) => [path, await copy(blob)] as const),
        );
        this.#replace({ ...model, files: new Map(files) });
        await this.#store.remove(id);
      }
      this.#replace({ ...this.list.find(({ entry }) => entry.id === id)!, kept });
    } catch (error) {
      this.parts.notices.error(new InputError('ownNotKept', { model: model.entry.name, reason: reasonOf(error) }));
    }
  }

  /** Forgets a model; that of the map on the screen stays. */
  async remove(id: string): Promise<void> {
    if (id === this.parts.maps.spec.modelId) return;
    this.list = this.list.filter(({ entry }) => entry.id !== id);
    this.parts.engine.removeModel(id);
    await this.#store?.remove(id).catch((error: unknown) => this.parts.notices.error(error));
  }

  async #open(name: string, source: OwnSource): Promise<void> {
    const { engine, collection, devices, jobs, maps, notices } = this.parts;
    this.failure = undefined;
    try {
      const tried = await jobs.run('trial', (signal) => engine.openModel(name, source, signal));
      if (!tried) return;
      const entry = { ...tried.entry, name: this.#nameFor(tried.entry) };
      this.#add({ entry, files: tried.files, kept: false });
      const { id, dim, layers } = entry;
      if (tried.shift !== undefined)
        notices.warn('ownByBatch', { name: entry.name, shift: tried.shift.toPrecision(2) });
      if (id === maps.spec.modelId) {
        // The map on the screen waited for it.
        void maps.follow(collection.items);
        await devices.load(id);
      } else if (!this.#isShown) {
        const use = { key: 'ownUse', run: () => void this.parts.useModel(id) } as const;
        notices.say('ownOpened', { name: entry.name, dim, layers }, use);
      }
    } catch (error) {
      if (this.#isShown) this.failure = error;
      else notices.error(error);
    }
  }

  /** Whether the dialog that lists the models is open, which shows what became of one. */
  get #isShown(): boolean {
    return this.parts.interface.dialog === 'models';
  }

  /** Two of one name are told apart by their ids, which end in the weights' sha256. */
  #nameFor({ id, name }: ModelEntry): string {
    const isTaken = this.all.some((model) => model.name === name && model.id !== id);
    return isTaken ? `${name} ${id.slice(-12, -6)}` : name;
  }

  #add(own: Own): void {
    const { id } = own.entry;
    this.parts.engine.addModel(own);
    if (!this.isHere(id)) this.list = [...this.list, own];
  }

  #replace(own: Own): void {
    this.list = this.list.map((model) => (model.entry.id === own.entry.id ? own : model));
    this.parts.engine.addModel(own);
  }
}

const copy = async (blob: Blob) => new Blob([await blob.arrayBuffer()]);
