/** The model that is loaded: one at a time, checked, and run by one caller after another. */
import { InputError, isAbort } from '../errors';
import { readImported } from '../imported';
import type { OnProgress } from '../types';
import { checkCanary } from './canary';
import { Model } from './model';
import { loadModelFiles, type ModelFiles, type ReadModelFile } from './modelFiles';
import { canaryFile, findModel, type ModelEntry } from './registry';
import type { Runtime } from './runtime';
import { loadTokenizers } from './tokenizer';
import { tryModel, type Trial } from './tryModel';

export interface ModelOptions {
  readonly createRuntime: () => Promise<Runtime>;
  readonly readFile: (entry: ModelEntry) => ReadModelFile;
  /** A model that a person opened is tried whenever it is loaded, and this is told; without it, only where no canary was made of it. */
  readonly onTried?: (entry: ModelEntry, trial: Trial) => void;
}

export class ModelHolder {
  #loaded: { readonly id: string; readonly model: Promise<Model> } | undefined;
  /** The session is not re-entrant, and a typed word should not wait for a whole file: batches take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ModelOptions) {}

  /** Loads a model, checks its files and its canary. Loading the model that is loaded costs nothing. */
  async load(modelId: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<Model> {
    const imported = readImported(modelId);
    if (imported) throw new InputError('importedModel', { file: imported.file });
    if (this.#loaded?.id !== modelId) {
      const previous = this.#loaded?.model;
      const model = this.#open(findModel(modelId), onProgress, signal);
      this.#loaded = { id: modelId, model };
      // A model that failed is asked for again next time, not remembered as broken.
      model.catch(() => {
        if (this.#loaded?.model === model) this.#loaded = undefined;
      });
      void previous?.then((old) => this.inTurn(() => old.dispose())).catch(() => undefined);
    }
    try {
      return await this.#loaded!.model;
    } catch (error) {
      // Another caller's Cancel stopped the load that this one shared.
      if (isAbort(error) && !signal?.aborted) return this.load(modelId, onProgress, signal);
      throw error;
    }
  }

  /** Does what runs a model when nobody else does. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #open(entry: ModelEntry, onProgress?: OnProgress, signal?: AbortSignal): Promise<Model> {
    const [files, runtime] = await Promise.all([
      loadModelFiles(entry, this.options.readFile(entry), onProgress, signal),
      this.options.createRuntime(),
      loadTokenizers(),
    ]);
    const model = await Model.create(entry, files, runtime);
    try {
      await this.inTurn(() => this.#check(model, files));
    } catch (error) {
      // Its weights would stay in memory, and a person may try again.
      await model.dispose();
      throw error;
    }
    return model;
  }

  async #check(model: Model, files: ModelFiles): Promise<void> {
    const { entry } = model;
    const { onTried } = this.options;
    const hasCanary = files.has(canaryFile);
    if (hasCanary || !entry.own) await checkCanary(model, files);
    if (entry.own && (onTried || !hasCanary)) {
      const trial = await tryModel(model);
      onTried?.(entry, trial);
    }
  }
}
