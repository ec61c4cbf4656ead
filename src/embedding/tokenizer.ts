/** Text to token ids, by the model's own tokenizer as transformers.js runs it. */
import { InputError, reasonOf } from '../errors';
import type { Token } from '../inspections';
import type { ModelFiles } from './modelFiles';
import type { ModelEntry } from './registry';

/** The ids of one text, special ones included. */
export interface Tokens {
  readonly ids: readonly number[];
  /** Whether the text was longer than the model's limit and was cut. */
  readonly truncated: boolean;
}

export interface Tokeniser {
  readonly tokenise: (text: string) => Tokens;
  /** Of its vocabulary: no text has a larger id. */
  readonly largestId: number;
  /** What the ids stand for, one token an id. */
  readonly describe: (ids: readonly number[]) => Token[];
}

/** What marks a WordPiece token that goes on with a word, and a SentencePiece one that begins one. */
const continuing = '##';
const beginning = '▁';

/** The library, loaded when a model is: a page that shows a map, or a command that embeds nothing, does without it. */
export function loadTokenizers() {
  return import('@xenova/transformers');
}

/**
 * The tokenizer of `entry`, made from files that were already read and checked: transformers.js asks its cache first,
 * and the cache answers from them or with 404, so that it never fetches anything itself. Throws an InputError where they are no
 * tokenizer that it can use.
 */
export async function createTokenizer(entry: ModelEntry, files: ModelFiles): Promise<Tokeniser> {
  try {
    return await readTokenizer(entry, files);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('tokenizerUnusable', { model: entry.id, reason: reasonOf(error) });
  }
}

async function readTokenizer(entry: ModelEntry, files: ModelFiles): Promise<Tokeniser> {
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
  const special = new Set(tokenizer.all_special_ids);
  // Ids without a token, which a vocabulary may leave between others, come as if they had one.
  const named = [...tokenizer.get_vocab()].filter(([token]: readonly unknown[]) => typeof token === 'string');
  const vocabulary = new Map(named.map(([token, id]) => [id, token]));
  if (vocabulary.size === 0) throw new InputError('tokenizerUnusable', { model: entry.id, reason: 'no vocabulary' });
  const isMarkedAtBeginnings = [...vocabulary.values()].some((token) => token.startsWith(beginning));
  return {
    tokenise: (text) => {
      const ids: unknown = tokenizer.encode(text);
      if (!isIds(ids)) throw new InputError('tokenizerFailed', { model: entry.id });
      return truncate(ids, entry.maxTokens);
    },
    largestId: [...vocabulary.keys()].reduce((largest, id) => Math.max(largest, id), 0),
    describe: (ids) =>
      ids.map((id) => {
        const token = vocabulary.get(id) ?? String(id);
        const unknown = id === tokenizer.unk_token_id;
        if (special.has(id)) return { text: token, special: !unknown, unknown, continues: false };
        const continues = isMarkedAtBeginnings ? !token.startsWith(beginning) : token.startsWith(continuing);
        return { text: bare(token), special: false, unknown: false, continues };
      }),
  };
}

/** A token without its mark. A lone mark is a blank of its own. */
function bare(token: string): string {
  if (token.startsWith(continuing) && token.length > continuing.length) return token.slice(continuing.length);
  return token.startsWith(beginning) ? token.slice(beginning.length) || '␣' : token;
}

/** Cuts to `maxTokens`, keeping the last id: the separator that ends every text the model was trained on. */
export function truncate(ids: readonly number[], maxTokens: number): Tokens {
  if (ids.length <= maxTokens) return { ids, truncated: false };
  return { ids: [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]!], truncated: true };
}

function isIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id));
}
