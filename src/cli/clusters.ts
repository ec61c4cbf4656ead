/** `constela clusters`: which texts of a file stand together, and what each group of them is about. */
import { Command, Option } from 'commander';
import { InputError } from '../errors';
import { buildMap } from '../pipeline';
import { defaultOptions } from '../projection/options';
import { clusterRanges, defaultClusterOptions } from '../similarity/clusterOptions';
import type { Positions } from '../types';
import type { Context } from './context';
import { inputHelp, readInputs } from './inputs';
import { noteRecall, noteReport } from './notes';
import { oneLine } from './oneLine';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions, readNumber } from './options';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { adoptGiven, chooseSpace } from './space';

type Ground = 'map' | 'vectors';

interface Options extends CommonOptions, ModelOptions, ReadingFlags {
  readonly on: Ground;
  readonly minSize?: number;
  readonly minSamples?: number;
  readonly json?: true;
}

/** As JSON has it. */
interface Cluster {
  /** From 0 by size, the largest first. */
  readonly id: number;
  readonly label: string;
  readonly size: number;
  /** In the order of the file. */
  readonly texts: readonly string[];
}

const grounds: readonly Ground[] = ['map', 'vectors'];
const few = defaultClusterOptions(200, 'map');
const many = defaultClusterOptions(20_000, 'map');
const amongVectors = defaultClusterOptions(200, 'vectors');

export function clustersCommand(context: Context): Command {
  const { minClusterSize, minSamples } = clusterRanges;
  const command = new Command('clusters')
    .description(
      'List the groups of texts that stand densely together, the largest first: id, size, label. The label is made of words typical of them.',
    )
    .argument('<input>', `${inputHelp} Vectors and positions in it are used, and no model runs for those.`)
    .addOption(
      new Option(
        '--on <what>',
        'Where density is looked at: on the map (that of INPUT, or one laid out with the defaults of constela map), or among the vectors (their graph of nearest neighbours), where words hardly crowd and most are in no group.',
      )
        .default('map')
        .argParser(readGround),
    )
    .addOption(
      new Option(
        '--min-size <number>',
        `Texts that a group has at least. ${minClusterSize.min} to ${minClusterSize.max}. (default: on a map a fifth of the square root of their number, ${many.minClusterSize} of 20,000, and at least ${few.minClusterSize}; among the vectors ${amongVectors.minClusterSize})`,
      ).argParser((value) => readNumber('--min-size', value, minClusterSize)),
    )
    .addOption(
      new Option(
        '--min-samples <number>',
        `Texts, itself included, that a text must have near it to count as dense: many leave more texts in no group. ${minSamples.min} to ${minSamples.max}. (default: ${few.minSamples}, among the vectors ${amongVectors.minSamples})`,
      ).argParser((value) => readNumber('--min-samples', value, minSamples)),
    )
    .option(
      '--json',
      'Print a JSON array of {id, label, size, texts}; without it, one line a group, separated by tabs.',
    )
    .addHelpText(
      'after',
      [
        '',
        'Groups are those of HDBSCAN (Campello, Moulavi & Sander 2013; McInnes & Healy 2017). Texts in none are noise: how many',
        'is said on standard error. Labels of longer texts are the words with the highest class-based TF-IDF (Grootendorst',
        '2022), those of words the texts nearest to the mean vector.',
      ].join('\n'),
    )
    .action((file: string, options: Options) => clusters(file, options, context));
  return addCommonOptions(addReadingOptions(addModelOptions(command)));
}

function readGround(value: string): Ground {
  const ground = grounds.find((name) => name === value);
  if (!ground) throw new InputError('groundUnknown', { value, known: grounds.join(', ') });
  return ground;
}

async function clusters(file: string, options: Options, context: Context): Promise<void> {
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const inputs = await readInputs([file], { progress, timings, signal }, options);
    const { items } = inputs;
    const { spec } = chooseSpace(inputs, options);
    await adoptGiven(engine, inputs, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    const layOut = async (): Promise<Positions> => {
      const hooks = { onProgress: progress.onProgress, signal };
      const { positions, recall } = await buildMap(engine, items, spec, defaultOptions, hooks);
      noteRecall(recall, progress);
      return positions;
    };
    const onMap = options.on === 'map';
    const usual = defaultClusterOptions(items.length, options.on);
    const question = {
      kind: 'clusters',
      ids: items.map(({ id }) => id),
      texts: items.map(({ text }) => text),
      minClusterSize: options.minSize ?? usual.minClusterSize,
      minSamples: options.minSamples ?? usual.minSamples,
      ...(onMap && { positions: inputs.positions ?? (await layOut()) }),
    } as const;
    const { labels, names } = await engine.ask(report.space, question, progress.onProgress, signal);
    const found = names.map((label, id): Cluster => {
      const texts = items.filter((_, row) => labels[row] === id).map(({ text }) => text);
      return { id, label, size: texts.length, texts };
    });
    const noise = labels.filter((label) => label < 0).length;
    const ground = !onMap
      ? 'among the vectors'
      : inputs.positions
        ? 'on the map of the file'
        : 'on a map laid out for it';
    progress.note(
      `${found.length === 1 ? '1 group' : `${found.length} groups`} of at least ${question.minClusterSize} ${ground}; ` +
        `${count(noise, 'text')} of ${items.length} in none`,
    );
    return options.json ? `${JSON.stringify(found, null, 2)}\n` : toTable(found);
  });
}

function toTable(found: readonly Cluster[]): string {
  return found.map(({ id, size, label }) => `${id}\t${size}\t${oneLine(label)}\n`).join('');
}
