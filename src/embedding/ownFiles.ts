/** Which files of a folder or an archive make a model, in the layout of transformers.js. */
import { InputError } from '../errors';

/** One file of a folder or archive; it is read only when it is needed. */
export interface GivenFile {
  readonly bytes: number;
  /** May reject where the disk or the archive does not give it. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** By path, with `/` between folders, relative to what was opened. */
export type GivenFiles = ReadonlyMap<string, GivenFile>;

/**
 * What may be opened. 1,000 files: a clone of a repository has some hundred, and a home folder that was chosen by mistake is not
 * read through. 600 MB: the fp32 weights of models of the size of BERT base and of multilingual small ones (up to 471 MB) go in,
 * and with a copy in the session's memory stay below the 4 GB of WebAssembly (572 MB were opened and tried in Chromium).
 */
export const ownLimits = { files: 1000, bytes: 600e6 } as const;

const required = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
/** Of transformers.js, of sentence-transformers, and our own canary. */
const optional = [
  'special_tokens_map.json',
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
  'golden.json',
] as const;
/** Of several weights, the first: exact ones before compressed ones. */
const weightNames = ['model', 'model_quantized', 'model_int8', 'model_uint8', 'model_fp16', 'model_q4', 'model_q4f16'];

/** Files that an error names, of those that are there. */
const named = 12;

export interface FoundFiles {
  /** Path of the weights inside the model's folder. */
  readonly weights: string;
  /** By path inside the model's folder, those that a model needs or may have. */
  readonly files: GivenFiles;
}

/**
 * The model's files in `given`, at its root or one folder deep; weights lie in `onnx/`, or beside the others where an exporter left
 * them. Throws an InputError when there are too many files, no model, a part of one, or more bytes than may be opened.
 */
export function findOwnFiles(name: string, given: GivenFiles): FoundFiles {
  checkCount(name, given.size);
  const root = findRoot([...given.keys()]);
  if (root === undefined) throw new InputError('ownNone', { name, found: listNames([...given.keys()]) });
  const inRoot = new Map(
    [...given].flatMap(([path, file]) => (path.startsWith(root) ? [[path.slice(root.length), file]] : [])),
  );
  const has = listNames([...inRoot.keys()]);
  const weights = findWeights([...inRoot.keys()]);
  for (const file of [...required, ...(weights === undefined ? ['onnx/model.onnx'] : [])]) {
    if (!inRoot.has(file)) throw new InputError('ownFileMissing', { model: name, file, found: has });
  }
  const wanted = [...required, ...optional, weights!].filter((path) => inRoot.has(path));
  const files = new Map(wanted.map((path) => [path, inRoot.get(path)!]));
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
  checkSize(name, bytes);
  return { weights: weights!, files };
}

/** Throws an InputError for more files than may be opened: asked while a folder is still being listed. */
export function checkCount(name: string, files: number): void {
  if (files > ownLimits.files) throw new InputError('ownFilesMany', { name, found: files, limit: ownLimits.files });
}

/** Throws an InputError for more bytes than may be opened. */
export function checkSize(name: string, bytes: number): void {
  if (bytes > ownLimits.bytes)
    throw new InputError('ownFilesLarge', { name, found: megabytes(bytes), limit: megabytes(ownLimits.bytes) });
}

/** The folder that has most of a model, the shallower first, as the beginning of its paths; undefined where none has a part. */
function findRoot(paths: readonly string[]): string | undefined {
  const folders = new Set(['', ...paths.flatMap((path) => path.match(/^[^/]+\//)?.[0] ?? [])]);
  let best: { readonly root: string; readonly parts: number } | undefined;
  for (const root of folders) {
    const own = paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));
    const parts = required.filter((file) => own.includes(file)).length + (findWeights(own) === undefined ? 0 : 1);
    if (parts > (best?.parts ?? 0)) best = { root, parts };
  }
  return best?.root;
}

function findWeights(paths: readonly string[]): string | undefined {
  const folders = ['onnx/', ''];
  const usual = folders.flatMap((folder) => weightNames.map((name) => `${folder}${name}.onnx`));
  return (
    usual.find((path) => paths.includes(path)) ?? paths.filter((path) => /^(onnx\/)?[^/]+\.onnx$/.test(path)).sort()[0]
  );
}

function listNames(paths: readonly string[]): string {
  const shown = paths.slice(0, named).join(', ') || '-';
  return paths.length > named ? `${shown}, ...` : shown;
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
