/**
 * The models that are known: the bundled ones, as `models/models.json` describes them, and those that a person opened. Plain data
 * that every room may read; the page, its embedding worker and the command line each have a list of their own.
 */
import registry from '../../models/models.json';
import { InputError } from '../errors';

/** A file of a model, by its path inside the model's folder. */
export interface ModelFile {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** How the vectors of a text's tokens become one: their mean, or that of the first token. */
export type Pooling = 'mean' | 'cls';

export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  /** ISO 639-1 codes, the one that it serves best first; none where they are not known. */
  readonly languages: readonly string[];
  readonly dim: number;
  /** Tokens of one text, special ones and the prompt's counted in; longer texts are cut. */
  readonly maxTokens: number;
  /** Hidden layers without the embedding layer, which is layer 0: the last is the model's own output. */
  readonly layers: number;
  /** Attention heads of each layer. */
  readonly heads: number;
  /** Default prompt, with `{text}` in it. */
  readonly prompt: string;
  /** The prompts that it was trained with, the default first; without it, that alone. */
  readonly prompts?: readonly string[];
  /** Without it, the mean. */
  readonly pooling?: Pooling;
  /** Opened by the person, and not bundled. */
  readonly own?: true;
  readonly licence: string;
  readonly source: string;
  /** Path of the ONNX file inside the model's folder. */
  readonly weights: string;
  readonly files: Readonly<Record<string, ModelFile>>;
}

/** The bundled ones. */
export const models: readonly ModelEntry[] = registry;

/** Those that were opened, by id. */
const opened = new Map<string, ModelEntry>();

/** Every model that can be named: the bundled ones first. */
export function knownModels(): readonly ModelEntry[] {
  return [...models, ...opened.values()];
}

/** Makes a model known that a person opened. Throws an InputError where another one has its id; the same one changes nothing. */
export function addModel(entry: ModelEntry): void {
  const there = lookUpModel(entry.id);
  if (there && modelIdentity(there) !== modelIdentity(entry)) throw new InputError('ownTwice', { model: entry.id });
  if (!there) opened.set(entry.id, entry);
}

/** Bundled models stay. */
export function removeModel(id: string): void {
  opened.delete(id);
}

/** The model called `id`, if it is known. */
export function lookUpModel(id: string): ModelEntry | undefined {
  return knownModels().find((model) => model.id === id);
}

/** Ids of models that were opened end as `ownModel.ts` makes them. */
const ownId = /-[0-9a-f]{12}$/;

/** The model called `id`. Throws an InputError that lists the known ones, or says that one which was opened is not here any more. */
export function findModel(id: string): ModelEntry {
  const entry = lookUpModel(id);
  if (!entry && ownId.test(id)) throw new InputError('modelGone', { id });
  if (!entry)
    throw new InputError('modelUnknown', {
      id,
      known: knownModels()
        .map((model) => model.id)
        .join(', '),
    });
  return entry;
}

/**
 * What a model's vectors are remembered under, beside the prompt: the sha256 of a bundled model's weights. Of one that was opened,
 * all that shapes its vectors, because nobody checked that its tokenizer belongs to its weights.
 */
export function modelIdentity({ id, weights, files, own, pooling = 'mean', maxTokens }: ModelEntry): string {
  const file = files[weights];
  if (!file) throw new InputError('modelFileMissing', { model: id, file: weights });
  if (!own) return file.sha256;
  const shaping = Object.entries(files).filter(([path]) => path !== canaryFile && path !== weights);
  const others = shaping.map(([path, { sha256 }]) => `${path} ${sha256}`).sort();
  return [file.sha256, pooling, maxTokens, ...others].join('\n');
}

/** Texts with the vectors that a model should give them, inside its folder. */
export const canaryFile = 'golden.json';

/** Whether `value`, which was read from storage, is the entry of a model that was opened. */
export function isOwnEntry(value: unknown): value is ModelEntry {
  if (typeof value !== 'object' || value === null) return false;
  // Each field is looked at below.
  const entry = value as Partial<Record<keyof ModelEntry, unknown>>;
  const { id, own, languages, files, pooling } = entry;
  const isWhole = (number: unknown) => Number.isInteger(number) && Number(number) > 0;
  return (
    own === true &&
    typeof id === 'string' &&
    ownId.test(id) &&
    [entry.name, entry.prompt, entry.licence, entry.source, entry.weights].every((text) => typeof text === 'string') &&
    [entry.dim, entry.maxTokens, entry.layers, entry.heads].every(isWhole) &&
    Array.isArray(languages) &&
    (pooling === undefined || pooling === 'mean' || pooling === 'cls') &&
    typeof files === 'object' &&
    files !== null &&
    Object.values(files).every(isModelFile) &&
    Object.hasOwn(files, String(entry.weights))
  );
}

function isModelFile(value: unknown): value is ModelFile {
  if (typeof value !== 'object' || value === null || !('bytes' in value) || !('sha256' in value)) return false;
  return typeof value.bytes === 'number' && typeof value.sha256 === 'string';
}

/** The model to begin with for a browser's language: the one that serves it best, else the first. */
export function defaultModelFor(language: string): ModelEntry {
  const code = language.slice(0, 2).toLowerCase();
  return models.find((model) => model.languages[0] === code) ?? models[0]!;
}
