/** `constela compare`: two views of the same texts beside each other. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { applyPrompt } from '../embedding/prompt';
import { findModel, models } from '../embedding/registry';
import { InputError } from '../errors';
import { isSameSpace } from '../spaceKey';
import type { Overlap } from '../answers';
import type { Item, SpaceId, SpaceSpec } from '../types';
import { takeRows } from '../vectors';
import type { Context } from './context';
import { inputHelp, readInputs, type Inputs } from './inputs';
import { noteReport } from './notes';
import { oneLine } from './oneLine';
import { parseModel } from './ownModels';
import { addAdapterOption, type AdapterOption } from './adapter';
import { addCommonOptions, type CommonOptions, layerRange, numberOption, readNumber } from './options';
import { count, type ProgressLine } from './progress';
import { runSession, type Session } from './session';
import { adoptGiven, spaceOf } from './space';

interface Options extends CommonOptions, AdapterOption {
  readonly models?: readonly string[];
  readonly prompt?: readonly string[];
  readonly layers?: readonly [number, number];
  readonly k: number;
  readonly json?: true;
}

/** Two spaces that hold the same items. */
interface Views {
  readonly items: readonly Item[];
  readonly spaces: readonly [SpaceId, SpaceId];
}

const meaning = [
  '',
  'What the numbers mean, each from 0 to 1:',
  '  overlap  Of a text: how many of its k nearest by cosine in one view are among its k nearest in the other; of all, the mean.',
  '           By chance alone it is k in as many as there are other texts.',
  '  CKA      Linear centred kernel alignment of the two sets of vectors, whatever their dimensions: 1 where one is the other',
  '           turned, mirrored or scaled. With fewer texts than dimensions it is high by itself (Kornblith, Norouzi, Lee &',
  '           Hinton 2019, Similarity of neural network representations revisited, https://arxiv.org/abs/1905.00414).',
  '           No number (null) where all vectors of one view are the same.',
  'The movers are the texts, the one whose neighbours changed most first.',
].join('\n');

export function compareCommand(context: Context): Command {
  const known = models.map(({ id }) => id).join(', ');
  const command = new Command('compare')
    .description(
      'Compare two views of the same texts: the overlap of their neighbours, linear CKA, and what moved most.',
    )
    .argument(
      '<input...>',
      `Two files whose vectors are compared text by text, or one INPUT whose texts are embedded twice, as --models, --layers or --adapter say. ${inputHelp}`,
    )
    .option(
      '--models <ids>',
      `Two models that embed INPUT, with a comma between them (${known}, or the folder or zip of your own); twice the same with two prompts. One, with --layers.`,
      (ids: string) => ids.split(',').map((id) => parseModel(id.trim())),
    )
    .option(
      '-p, --prompt <template>',
      "What a model of --models reads, with {text} where the text belongs; once for each, in their order. (default: the model's own)",
      (prompt: string, before: readonly string[] = []) => {
        applyPrompt(prompt, '');
        return [...before, prompt];
      },
    )
    .option(
      '--layers <a,b>',
      'Two layers of one model after which the vectors are taken, from 0 (the embedding layer) to its last, with a comma between them.',
      parseLayers,
    )
    .addOption(
      numberOption('-k <number>', 'Neighbours of each text that are looked at.', { min: 1, max: 200, whole: true }, 15),
    )
    .option(
      '--json',
      'Print {overlap, cka, movers: [{text, overlap}]} with all texts; without it, a table of the same.',
    )
    .addHelpText('after', meaning)
    .action((files: string[], options: Options) => compare(files, options, context));
  return addCommonOptions(addAdapterOption(command));
}

async function compare(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { models: named = [], prompt: prompts = [] } = options;
  const [a, b] = files;
  const asked = [...named, ...prompts, options.layers, options.adapter].some((option) => option !== undefined);
  const specs = files.length === 1 ? specsOf(options) : undefined;
  const isOfFiles = files.length === 2 && !asked;
  if (a === undefined || !(isOfFiles || specs))
    throw new InputError('compareArguments', { files: files.length, models: named.length, prompts: prompts.length });
  await runSession(context, options, async (session) => {
    const { engine, progress, signal } = session;
    const views = specs ? await embedTwice(a, specs, session) : await matchFiles(a, b ?? a, session);
    const [space, other] = views.spaces;
    const question = { kind: 'overlap', other, k: options.k } as const;
    const found = await engine.ask(space, question, progress.onProgress, signal);
    noteLimits(found, options.k, progress);
    return options.json ? toJson(found, views.items) : toTable(found, views.items);
  });
}

/** The two spaces that the options name; undefined where they name none, or more than two. */
function specsOf({ models: named = [], prompt: prompts = [], layers, adapter }: Options) {
  const [model, prompt] = [named[0], prompts[0]];
  const one = { ...(model !== undefined && { model }), ...(prompt !== undefined && { prompt }) };
  const isOne = named.length <= 1 && prompts.length <= 1;
  let specs: readonly [SpaceSpec, SpaceSpec] | undefined;
  if (layers && !adapter && isOne)
    specs = [spaceOf({ ...one, layer: layers[0] }), spaceOf({ ...one, layer: layers[1] })];
  else if (adapter && !layers && isOne) {
    const tuned = spaceOf({ ...one, adapter });
    specs = [{ modelId: tuned.modelId, prompt: tuned.prompt }, tuned];
  } else if (!adapter && !layers && named.length === 2 && prompts.length <= 2) {
    const specOf = (i: number): SpaceSpec => {
      const entry = findModel(named[i]!);
      return { modelId: entry.id, prompt: prompts[i] ?? entry.prompt };
    };
    specs = [specOf(0), specOf(1)];
  }
  if (specs && isSameSpace(...specs)) throw sameError(specs[0]);
  return specs;
}

function parseLayers(value: string): [number, number] {
  const [a, b, ...more] = value.split(',').map((layer) => readNumber('--layers', layer.trim(), layerRange));
  if (a === undefined || b === undefined || more.length > 0) throw new InputError('compareLayers', { value });
  return [a, b];
}

/** Vectors that the file brings are used where they are of one of the two. */
async function embedTwice(
  file: string,
  specs: readonly [SpaceSpec, SpaceSpec],
  { engine, progress, timings, signal }: Session,
): Promise<Views> {
  const inputs = await readInputs([file], { progress, timings, signal });
  const { items } = inputs;
  const embed = async (spec: SpaceSpec): Promise<SpaceId> => {
    const given = inputs.given.filter(({ space }) => space && isSameSpace(space, spec));
    await adoptGiven(engine, { items, given }, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    return report.space;
  };
  return { items, spaces: [await embed(specs[0]), await embed(specs[1])] };
}

/** The texts that both files have, the first of equal ones. A file without vectors is embedded by the first model. */
async function matchFiles(a: string, b: string, session: Session): Promise<Views> {
  const read = async (file: string) => {
    const inputs = await readInputs([file], session);
    return { file, inputs, rows: rowsByText(inputs.items) };
  };
  const sides = [await read(a), await read(b)] as const;
  const [first, second] = sides;
  const common = [...first.rows.keys()].filter((text) => second.rows.has(text));
  for (const side of sides) noteDifference(side, common.length, session.progress);
  if (common.length === 0) throw new InputError('compareDisjoint', { a, b });
  const { engine, progress, signal } = session;
  const items = common.map((text): Item => ({ id: text, text }));
  if (sides.every(({ inputs }) => inputs.given.length === 0)) throw sameError(spaceOf({}));
  // What made the vectors may be unknown, or the same for both: here each file's have a space of their own.
  const view = async ({ file, inputs, rows }: (typeof sides)[number], name: string): Promise<SpaceId> => {
    const given = inputs.given.map(({ vectors }) => ({
      file,
      firstRow: 0,
      vectors: takeRows(
        vectors,
        common.map((text) => rows.get(text)!),
      ),
    }));
    const spec = given.length > 0 ? { modelId: name, prompt: '{text}' } : spaceOf({});
    await adoptGiven(engine, { items, given }, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    if (given.length === 0) noteReport(report, items, spec, progress);
    return report.space;
  };
  return { items, spaces: [await view(first, 'first file'), await view(second, 'second file')] };
}

/** The first row of every text, as texts are told apart elsewhere. */
function rowsByText(items: readonly Item[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  items.forEach(({ text }, row) => {
    if (!rows.has(textKey(text))) rows.set(textKey(text), row);
  });
  return rows;
}

const sameError = ({ modelId, prompt }: SpaceSpec) => new InputError('compareSame', { model: modelId, prompt });

function noteDifference(
  {
    file,
    inputs,
    rows,
  }: { readonly file: string; readonly inputs: Inputs; readonly rows: ReadonlyMap<string, number> },
  common: number,
  progress: ProgressLine,
): void {
  const { length } = inputs.items;
  const distinct = rows.size;
  if (distinct > common) progress.note(`${count(distinct - common, 'text')} only in ${file}, left out`);
  if (length > distinct) progress.note(`${count(length - distinct, 'text')} more than once in ${file}, taken once`);
}

function noteLimits({ k, ids, recall }: Overlap, asked: number, progress: ProgressLine): void {
  if (k < asked) progress.note(`${count(ids.length, 'text')}: ${count(k, 'neighbour')} looked at instead of ${asked}`);
  if (recall !== undefined)
    progress.note(`by ${(100 * recall).toFixed(1)} % of the true neighbours, as measured on a sample of the texts`);
}

function moversOf({ ids, shares, movers }: Overlap, items: readonly Item[]) {
  const textOf = new Map(items.map(({ id, text }) => [id, text]));
  return Array.from(movers, (row) => ({ text: textOf.get(ids[row]!) ?? '', overlap: shares[row]! }));
}

function toJson(found: Overlap, items: readonly Item[]): string {
  const movers = moversOf(found, items).map(({ text, overlap }) => ({ text, overlap: Number(formatFloat32(overlap)) }));
  return `${JSON.stringify({ overlap: found.mean, cka: found.cka, movers }, null, 2)}\n`;
}

function toTable(found: Overlap, items: readonly Item[]): string {
  const said = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(4));
  const head = `k\t${found.k}\nmean overlap\t${said(found.mean)}\nCKA\t${said(found.cka)}\n\noverlap\ttext\n`;
  const share = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(3));
  return (
    head +
    moversOf(found, items)
      .map(({ text, overlap }) => `${share(overlap)}\t${oneLine(text)}\n`)
      .join('')
  );
}
