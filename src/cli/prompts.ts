/** `constela prompts`: what prompts around the texts of a file do to their vectors. */
import { Command, Option } from 'commander';
import { categoriesOf, columnNames, columnOf } from '../categories';
import { formatFloat32 } from '../data/float32';
import { applyPrompt } from '../embedding/prompt';
import { findModel, models } from '../embedding/registry';
import { InputError } from '../errors';
import { isSupervision } from '../projection/options';
import {
  churnOf,
  gainOf,
  comparedNeighbours,
  comparePrompts,
  rankPrompts,
  votingNeighbours,
  type PromptResult,
} from '../prompts';
import { isSameSpace } from '../spaceKey';
import type { Item, ItemId, SpaceSpec, Supervision } from '../types';
import type { Context } from './context';
import { inputHelp, readInputs, type Inputs } from './inputs';
import { oneLine } from './oneLine';
import { addCommonOptions, type CommonOptions, numberOption } from './options';
import { count, type ProgressLine } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession, type Session } from './session';
import { adoptGiven } from './space';

interface Options extends CommonOptions, ReadingFlags {
  readonly model?: string;
  readonly prompt?: readonly string[];
  readonly groups?: Supervision;
  readonly k: number;
  readonly voters: number;
  readonly json?: true;
}

const meaning = [
  '',
  'The baseline is the first --prompt; with only one, it is the prompt of the model. What the columns mean:',
  '  silhouette    Mean silhouette by cosine distance, -1 to 1: high where texts are nearer to their own group than to the next',
  '                (Rousseeuw 1987, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis).',
  '  gain          Silhouette less that with the baseline, the mean over the texts, and its standard error: less than about twice',
  '                that may be chance.',
  '  accuracy      Share of the texts whose group is the most frequent one among their nearest (--voters), 0 to 1.',
  '  churn         Share of the k nearest of a text that are not among its k nearest with the baseline; the mean.',
  '  shift         How far vectors are from those with the baseline; the mean. Vectors have the length 1.',
  '  common        Length of the mean shift, which all texts share.',
  '  common share  What part of the squared shifts that is, 0 to 1.',
  '  residue       Length of what is left of a text’s shift without the mean shift, its own; the mean.',
  '  cut           Texts that are longer than the model reads with this prompt around them.',
  'The prompts are in the order of the silhouettes. A number that cannot be had is - (in JSON null): without two groups of',
  'which one has two texts there is no silhouette and no accuracy.',
].join('\n');

export function promptsCommand(context: Context): Command {
  const known = models.map(({ id }) => id).join(', ');
  const command = new Command('prompts')
    .description(
      'Compare prompts around the same texts: how far they move the vectors, how many neighbours change, and how well they keep groups apart.',
    )
    .argument('<input>', inputHelp)
    .option(
      '-p, --prompt <template>',
      'What the model reads, with {text} where the text belongs; once for each prompt. (default: those that the model was trained with)',
      (prompt: string, before: readonly string[] = []) => {
        applyPrompt(prompt, '');
        if (before.includes(prompt)) throw new InputError('promptTwice', { prompt });
        return [...before, prompt];
      },
    )
    .addOption(
      new Option(
        '-g, --groups <column>',
        'What the prompts should keep apart: a column of INPUT by its name, or group. (default: the groups of INPUT, where it has any)',
      ).argParser((value): Supervision => (isSupervision(value) ? value : `column:${value}`)),
    )
    .addOption(
      new Option('-m, --model <id>', `Model that makes the vectors: ${known}. (default: ${models[0]!.id})`).argParser(
        (id) => findModel(id).id,
      ),
    )
    .addOption(
      numberOption(
        '-k <number>',
        'Neighbours of each text that are compared.',
        { min: 1, max: 200, whole: true },
        comparedNeighbours,
      ),
    )
    .addOption(
      numberOption(
        '--voters <number>',
        'Neighbours of each text that have a say in its group.',
        { min: 1, max: 200, whole: true },
        votingNeighbours,
      ),
    )
    .option(
      '--json',
      'Print {model, baseline, k, voters, groups, prompts} with each text’s shift, residue and churn; without it, a table by prompt.',
    )
    .addHelpText('after', meaning)
    .action((file: string, options: Options) => prompts(file, options, context));
  return addCommonOptions(addReadingOptions(command));
}

async function prompts(file: string, options: Options, context: Context): Promise<void> {
  await runSession(context, options, async (session) => {
    const { engine, progress, signal } = session;
    const { k, voters, groups = 'group' } = options;
    const inputs = await readInputs([file], session, options);
    const { items } = inputs;
    const { labels, labelled } = categoriesOf(items, groups);
    const column = columnOf(groups);
    if (labelled === 0 && column !== undefined)
      throw new InputError('supervisionColumn', { file, column, columns: columnNames(items).join(', ') || '-' });
    const asked = promptsOf(options);
    const spec: SpaceSpec = { modelId: modelOf(options).id, prompt: asked[0]! };
    await adoptThose(inputs, spec, asked, session);
    // A command can wait: all texts are measured, however many.
    const question = { spec, prompts: asked, labels, k, voters, mostExact: Infinity };
    const hooks = { onProgress: progress.onProgress, signal };
    const ranked = rankPrompts(await comparePrompts(engine, items, question, hooks));
    noteGroups(ranked, items, groups, progress);
    return options.json ? toJson(ranked, items, spec, options) : toTable(ranked);
  });
}

function modelOf({ model }: Options) {
  return model === undefined ? models[0]! : findModel(model);
}

/** The baseline first. Throws an InputError where there is nothing to compare it with. */
function promptsOf(options: Options): readonly string[] {
  const { id, prompt, prompts: trained = [prompt] } = modelOf(options);
  const given = options.prompt ?? trained;
  const asked = given.length === 1 && given[0] !== prompt ? [prompt, ...given] : given;
  if (asked.length < 2) throw new InputError('promptsFew', { prompt, model: id });
  return asked;
}

/** Vectors that the file brings are used where they are those of one of the prompts. */
async function adoptThose(
  { items, given }: Inputs,
  spec: SpaceSpec,
  prompts: readonly string[],
  { engine }: Session,
): Promise<void> {
  for (const prompt of prompts) {
    const own = { ...spec, prompt };
    const brought = given.filter(({ space }) => space && isSameSpace(space, own));
    await adoptGiven(engine, { items, given: brought }, own);
  }
}

const whyNot = {
  groups: 'no text has a group',
  secondGroup: 'all texts are in one group',
  companions: 'no group has two texts',
} as const;

/** Notes what the groups are, or why they could not be told apart. */
function noteGroups(
  ranked: readonly PromptResult[],
  items: readonly Item[],
  groups: Supervision,
  progress: ProgressLine,
): void {
  const { rows, groups: found, singles, largest, k, missing } = ranked[0]!.separation;
  const by = columnOf(groups) === undefined ? 'the groups' : `the column “${columnOf(groups)}”`;
  if (missing) {
    progress.note(`nothing to keep apart by ${by}: ${whyNot[missing]}; --groups names another column`);
    return;
  }
  const without = items.length > rows ? `; ${count(items.length - rows, 'text')} without one left out` : '';
  const alone = singles > 0 ? `, ${singles} of one text` : '';
  progress.note(
    `${count(rows, 'text')} in ${count(found, 'group')} by ${by}${alone}${without}; ${count(k, 'neighbour')} vote; ` +
      `the largest group has ${(100 * largest).toFixed(1)} % of the texts`,
  );
}

/** The numbers of a prompt; 0 from the baseline to itself. */
function numbersOf(result: PromptResult, baseline: PromptResult) {
  const { separation, moved } = result;
  const { silhouette, accuracy } = separation;
  const { meanLength = 0, common = 0, commonShare = NaN, meanResidue = 0 } = moved?.shift ?? {};
  const { mean: gain, error: gainError } = gainOf(result, baseline);
  const churn = churnOf(result);
  return { silhouette, gain, gainError, accuracy, churn, shift: meanLength, common, commonShare, residue: meanResidue };
}

const baselineOf = (ranked: readonly PromptResult[]) => ranked.find(({ moved }) => !moved) ?? ranked[0]!;

function toTable(ranked: readonly PromptResult[]): string {
  const head = 'silhouette\tgain\tgain error\taccuracy\tchurn\tshift\tcommon\tcommon share\tresidue\tcut\tprompt';
  const said = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(4));
  const baseline = baselineOf(ranked);
  const lines = ranked.map((result) =>
    [...Object.values(numbersOf(result, baseline)).map(said), result.cut.length, oneLine(result.prompt)].join('\t'),
  );
  return `${[head, ...lines].join('\n')}\n`;
}

function toJson(ranked: readonly PromptResult[], items: readonly Item[], spec: SpaceSpec, options: Options): string {
  const { rows, groups, singles, largest } = ranked[0]!.separation;
  const baseline = baselineOf(ranked);
  const listed = ranked.map((result) => ({
    prompt: result.prompt,
    ...numbersOf(result, baseline),
    cut: result.cut.length,
    texts: textsOf(result, items),
  }));
  const answer = {
    model: spec.modelId,
    baseline: spec.prompt,
    k: options.k,
    voters: options.voters,
    groups: { texts: rows, groups, singles, largest },
    prompts: listed,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** In the order of the file; numbers in the shortest form that reads back to the same float32. */
function textsOf({ moved }: PromptResult, items: readonly Item[]) {
  const rowIn = (ids: readonly ItemId[]) => new Map(ids.map((id, row) => [id, row]));
  const [shiftRow, overlapRow] = [rowIn(moved?.shift.ids ?? []), rowIn(moved?.overlap.ids ?? [])];
  const churns = moved?.overlap.shares.map((share) => 1 - share);
  const numberAt = (values: Float32Array | undefined, row: number | undefined) =>
    values && row !== undefined ? Number(formatFloat32(values[row]!)) : 0;
  return items.map(({ id, text }) => ({
    text,
    shift: numberAt(moved?.shift.lengths, shiftRow.get(id)),
    residue: numberAt(moved?.shift.residues, shiftRow.get(id)),
    churn: numberAt(churns, overlapRow.get(id)),
  }));
}
