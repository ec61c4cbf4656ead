/** A model that a person opened: its files read, checked as far as that goes without running it, and its entry made of them. */
import { InputError, reasonOf } from '../errors';
import { sha256 } from '../sha256';
import { readOnnx } from './onnx';
import { findOwnFiles, type GivenFiles } from './ownFiles';
import { type ModelEntry, type Pooling } from './registry';

export interface OwnModel {
  readonly entry: ModelEntry;
  /** Those that the entry lists, by path. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** Dimensions, layers and heads of a model are at most this; the largest of today have a tenth of it. */
const most = 65_536;
/**
 * Tokens of one text, at most: the attention weights of one layer of 12 heads take 200 MB at 2,048 tokens. Where a model says nothing,
 * 512, as BERT has it.
 */
const tokenLimits = { most: 2048, unsaid: 512 };
/** Models whose positions begin after the padding id: two of `max_position_embeddings` are no tokens. */
const offsetPositions = /^(roberta|xlm-roberta|camembert|mpnet|longformer)/;

const inputTypes = new Map([
  ['input_ids', true],
  ['attention_mask', false],
  ['token_type_ids', false],
]);
const output = 'last_hidden_state';

/**
 * Reads a model out of `given`, the files of a folder or archive called `name`. Nothing is run: `tryModel` does that. Throws an
 * InputError that names the file and says what is wrong with it: missing or no JSON, weights that are no whole ONNX file or need
 * another one, other inputs or outputs, a pooling or a further layer that is not known here, too many or too large files.
 */
export async function readOwnModel(name: string, given: GivenFiles): Promise<OwnModel> {
  const { weights, files: found } = findOwnFiles(name, given);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [path, file] of found) {
    files.set(
      path,
      await file.read().catch((error: unknown) => {
        if (error instanceof InputError) throw error;
        throw new InputError('ownUnreadable', { model: name, file: path, reason: reasonOf(error) });
      }),
    );
  }
  const json = (path: string) => readJson(name, path, files.get(path));
  checkWeights(name, weights, files.get(weights)!);
  json('tokenizer.json');
  const config = new Fields(name, 'config.json', json('config.json'));
  const pooling = readPooling(name, json('1_Pooling/config.json'), json('modules.json'));
  const limits = [
    new Fields(name, 'tokenizer_config.json', json('tokenizer_config.json')).number('model_max_length'),
    new Fields(name, 'sentence_bert_config.json', json('sentence_bert_config.json')).number('max_seq_length'),
    positionsOf(config),
  ];
  const listed = await Promise.all(
    [...files].map(async ([path, bytes]) => [path, { bytes: bytes.length, sha256: await sha256(bytes) }] as const),
  );
  const entries = Object.fromEntries(listed);
  const entry: ModelEntry = {
    id: idOf(name, entries[weights]!.sha256),
    name: name.replace(/\.zip$/i, ''),
    languages: [],
    dim: config.size('hidden_size', 'dim', 'd_model'),
    maxTokens: limits.reduce(
      (least: number, limit) => Math.min(least, isLimit(limit) ? limit : least),
      tokenLimits.most,
    ),
    layers: config.size('num_hidden_layers', 'n_layers', 'num_layers'),
    heads: config.size('num_attention_heads', 'n_heads', 'num_heads'),
    prompt: promptOf(json('config_sentence_transformers.json')),
    ...(pooling === 'cls' && { pooling }),
    own: true,
    licence: '',
    source: '',
    weights,
    files: entries,
  };
  return { entry, files };
}

/**
 * The name, as it may stand in a path, and the beginning of the sha256 of the weights: another model of the same name is another
 * one, and a file that names this one finds it again wherever it is opened.
 */
function idOf(name: string, sha256: string): string {
  const plain = name.replace(/\.zip$/i, '').normalize('NFKD');
  const safe = plain.replace(/[^\w.-]+/g, '-').replace(/^[^\w]+|[^\w]+$/g, '');
  return `${safe.slice(0, 60) || 'model'}-${sha256.slice(0, 12)}`;
}

function checkWeights(model: string, file: string, bytes: Uint8Array): void {
  const { inputs, outputs, external } = readOnnx(model, file, bytes);
  const names = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name).join(', ') || '-';
  if (external.tensors > 0) {
    const { tensors: count, location } = external;
    throw new InputError('ownExternal', { model, file, count, location });
  }
  for (const { name, type } of inputs) {
    if (!inputTypes.has(name)) throw new InputError('ownInput', { model, file, input: name, found: names(inputs) });
    if (type !== 'int64') throw new InputError('ownType', { model, file, value: name, type, expected: 'int64' });
  }
  for (const [name, isNeeded] of inputTypes) {
    if (isNeeded && !inputs.some((input) => input.name === name))
      throw new InputError('ownInputMissing', { model, file, input: name, found: names(inputs) });
  }
  const given = outputs.find(({ name }) => name === output);
  if (!given) throw new InputError('ownOutput', { model, file, output, found: names(outputs) });
  if (given.type !== 'float32')
    throw new InputError('ownType', { model, file, value: output, type: given.type, expected: 'float32' });
}

/** Tokenizers without a limit say 10^30; a text has a token besides the two special ones. */
const isLimit = (limit: number | undefined): limit is number => limit !== undefined && limit >= 3;

function positionsOf(config: Fields): number | undefined {
  const positions = config.number('max_position_embeddings');
  const isOffset = offsetPositions.test(config.text('model_type') ?? '');
  return positions === undefined ? tokenLimits.unsaid : positions - (isOffset ? 2 : 0);
}

/** Mean or first token, as sentence-transformers says it; mean where nothing does. Throws an InputError for anything else. */
function readPooling(model: string, pooling: unknown, modules: unknown): Pooling {
  if (Array.isArray(modules)) {
    for (const module of modules) {
      const type = textOf(module, 'type') ?? '?';
      if (!/\.(Transformer|Pooling|Normalize)$/.test(type)) throw new InputError('ownModule', { model, module: type });
    }
  }
  if (!isRecord(pooling)) return 'mean';
  const modes = Object.keys(pooling).filter((key) => key.startsWith('pooling_mode_') && pooling[key] === true);
  const withoutPrompt = pooling['include_prompt'] === false;
  const [mode] = modes;
  if (modes.length <= 1 && !withoutPrompt) {
    if (mode === undefined || mode === 'pooling_mode_mean_tokens') return 'mean';
    if (mode === 'pooling_mode_cls_token') return 'cls';
  }
  const said = [
    ...modes.map((key) => key.slice('pooling_mode_'.length)),
    ...(withoutPrompt ? ['without the prompt'] : []),
  ];
  throw new InputError('ownPooling', { model, pooling: said.join(', ') });
}

/** The default prompt of sentence-transformers, which stands before the text; the text alone where there is none. */
function promptOf(config: unknown): string {
  const name = textOf(config, 'default_prompt_name');
  const prompts = isRecord(config) ? config['prompts'] : undefined;
  return `${(name !== undefined && textOf(prompts, name)) || ''}{text}`;
}

/** What a JSON file holds; undefined where there is no such file. */
function readJson(model: string, file: string, bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new InputError('ownJson', { model, file, reason: reasonOf(error) });
  }
}

/** The fields of a JSON object; one that is none has no fields. */
class Fields {
  constructor(
    private readonly model: string,
    private readonly file: string,
    private readonly value: unknown,
  ) {}

  /** The first of `names` that is there. Throws an InputError where none is, or it is no whole number from 1 to 65,536. */
  size(...names: readonly string[]): number {
    const name = names.find((known) => isRecord(this.value) && this.value[known] !== undefined) ?? names[0]!;
    const found = isRecord(this.value) ? this.value[name] : undefined;
    if (typeof found === 'number' && Number.isInteger(found) && found >= 1 && found <= most) return found;
    const { model, file } = this;
    throw new InputError('ownConfig', { model, file, field: name, found: JSON.stringify(found) ?? '-', most });
  }

  number(name: string): number | undefined {
    const found = isRecord(this.value) ? this.value[name] : undefined;
    return typeof found === 'number' ? Math.floor(found) : undefined;
  }

  text(name: string): string | undefined {
    return textOf(this.value, name);
  }
}

function textOf(value: unknown, name: string): string | undefined {
  const found = isRecord(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
