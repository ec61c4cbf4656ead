/** The bundled models, as `models/models.json` describes them: plain data that every room may read. */
import registry from '../../models/models.json';
import { InputError } from '../errors';

/** A file of a model, by its path inside the model's folder. */
export interface ModelFile {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  /** ISO 639-1 codes, the one that it serves best first. */
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
  readonly licence: string;
  readonly source: string;
  /** Path of the ONNX file inside the model's folder. Its sha256 is the model's identity. */
  readonly weights: string;
  readonly files: Readonly<Record<string, ModelFile>>;
}

export const models: readonly ModelEntry[] = registry;

/** The model called `id`. Throws an InputError that lists the known ones. */
export function findModel(id: string): ModelEntry {
  const entry = models.find((model) => model.id === id);
  if (!entry) throw new InputError('modelUnknown', { id, known: models.map((model) => model.id).join(', ') });
  return entry;
}

/** The identity of a model: the sha256 of its weights. Vectors of equal identity and prompt can be compared. */
export function modelIdentity(entry: ModelEntry): string {
  const file = entry.files[entry.weights];
  if (!file) throw new InputError('modelFileMissing', { model: entry.id, file: entry.weights });
  return file.sha256;
}

/** The model to begin with for a browser's language: the one that serves it best, else the first. */
export function defaultModelFor(language: string): ModelEntry {
  const code = language.slice(0, 2).toLowerCase();
  return models.find((model) => model.languages[0] === code) ?? models[0]!;
}
