/** The configuration of an Embedding Projector's bundle, and what its files are called. */
import { InputError } from '../errors';
import type { SpaceSpec } from '../types';
import { baseName } from './endings';
import { isObject } from './jsonEntries';
import { readSpaceFields } from './spaceFields';
import { decodeText } from './text';

/** Names in a bundle that is written, and that one which is read has where its configuration does not say. */
export const projectorFiles = {
  tensors: 'tensors.tsv',
  metadata: 'metadata.tsv',
  config: 'projector_config.json',
  /** The same in the text format of protocol buffers, for TensorBoard. */
  serverConfig: 'projector_config.pbtxt',
  bookmarks: 'bookmarks.txt',
} as const;

const configNames = /^(projector_)?config\.json$/i;
const metadataNames = /meta(data)?\.tsv$/i;
/** The Projector saves its own states as state.txt. */
const bookmarkNames = /^(bookmarks|state)\b.*\.(txt|json)$/i;

export interface ProjectorConfig {
  readonly tensorPath?: string;
  readonly tensorShape: unknown;
  readonly metadataPath?: string;
  readonly bookmarksPath?: string;
  readonly space?: SpaceSpec;
}

/** What is known of tensors without a configuration. */
export const noConfig: ProjectorConfig = { tensorShape: undefined };

/** What a file is to the tensors that it stands beside. */
export type ProjectorPart = 'config' | 'serverConfig' | 'metadata' | 'bookmarks';

/** By its name, and where a configuration names the metadata by that; undefined where it is none. */
export function partOf(name: string, config: ProjectorConfig): ProjectorPart | undefined {
  const base = baseName(name);
  const isNamed = (path: string | undefined) => path !== undefined && baseName(path) === base;
  if (configNames.test(base)) return 'config';
  if (base === projectorFiles.serverConfig) return 'serverConfig';
  if (isNamed(config.metadataPath) || (config.metadataPath === undefined && metadataNames.test(base)))
    return 'metadata';
  return isNamed(config.bookmarksPath) || bookmarkNames.test(base) ? 'bookmarks' : undefined;
}

/**
 * Reads a configuration: its embedding that has the tensors called `tensors`, or else, as without that, its first. Throws where it is no JSON.
 * @param file for messages
 */
export function readProjectorConfig(file: string, name: string, bytes: Uint8Array, tensors?: string): ProjectorConfig {
  let config: unknown;
  try {
    config = JSON.parse(decodeText(`${file}: ${name}`, bytes));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('projectorConfig', { file, config: name });
  }
  const listed = field(config, 'embeddings');
  const embeddings: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const path = (embedding: unknown, key: string): string | undefined => {
    const given = field(embedding, key);
    return typeof given === 'string' ? given : undefined;
  };
  const named = embeddings.find((one) => tensors !== undefined && baseName(path(one, 'tensorPath') ?? '') === tensors);
  const embedding = named ?? embeddings[0];
  const given = field(config, 'space');
  const [model, prompt, layer, adapter] = ['modelId', 'prompt', 'layer', 'adapter'].map((key) => field(given, key));
  const space = readSpaceFields({ model, prompt, layer, adapter });
  const paths = (['tensorPath', 'metadataPath', 'bookmarksPath'] as const).flatMap((key) => {
    const value = path(embedding, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...Object.fromEntries(paths),
    tensorShape: field(embedding, 'tensorShape'),
    ...(space && { space }),
  };
}

/** What a configuration beside tensors says of them: nothing, where it names others. Throws as `readProjectorConfig` does. */
export function configOfTensors(file: string, { name, bytes }: { name: string; bytes: Uint8Array }): ProjectorConfig {
  const tensors = baseName(file);
  const config = readProjectorConfig(file, baseName(name), bytes, tensors);
  return baseName(config.tensorPath ?? projectorFiles.tensors) === tensors ? config : noConfig;
}

function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
