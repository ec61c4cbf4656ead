/** Text to token ids, by the model's own tokenizer as transformers.js runs it. */
import { InputError } from '../errors';
import type { ModelFiles } from './modelFiles';
import type { ModelEntry } from './registry';

/** The ids of one text, special ones included. */
export interface Tokens {
  readonly ids: readonly number[];
  /** Whether the text was longer than the model's limit and was cut. */
  readonly truncated: boolean;
}

export type Tokenise = (text: string) => Tokens;

/** The library, loaded when a model is: a page that shows a map, or a command that embeds nothing, does without it. */
export function loadTokenizers() {
  return import('@xenova/transformers');
}

/**
 * The tokenizer of `entry`, made from files that were already read and checked: transformers.js asks its cache first,
 * and the cache answers from them or with 404, so that it never fetches anything itself.
 */
export async function createTokenizer(entry: ModelEntry, files: ModelFiles): Promise<Tokenise> {
  const { AutoTokenizer, env } = await loadTokenizers();
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: (request: string) => {
      const path = request.slice(request.indexOf(entry.id) + entry.id.length + 1);
      const bytes = request.includes(entry.id) ? files.get(path) : undefined;
      return Promise.resolve(bytes ? new Response(bytes) : new Response(null, { status: 404 }));
    },
    put: () => Promise.resolve(),
  };
  const tokenizer = await AutoTokenizer.from_pretrained(entry.id, { local_files_only: true });
  return (text) => {
    const ids: unknown = tokenizer.encode(text);
    if (!isIds(ids)) throw new InputError('tokenizerFailed', { model: entry.id });
    return truncate(ids, entry.maxTokens);
  };
}

/** Cuts to `maxTokens`, keeping the last id: the separator that ends every text the model was trained on. */
export function truncate(ids: readonly number[], maxTokens: number): Tokens {
  if (ids.length <= maxTokens) return { ids, truncated: false };
  return { ids: [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]!], truncated: true };
}

function isIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id));
}
