/** `constela map`: texts, or vectors made earlier, to a map. */
import { Command, Option } from 'commander';
import { exportFormatOf } from '../data/write';
import { buildMap } from '../pipeline';
import { InputError } from '../errors';
import { checkOptions, defaultOptions, isSupervision, optionRanges, projectionEngines } from '../projection/options';
import type { ProjectionEngine, ProjectionOptions, Supervision } from '../types';
import { appendToMap } from './append';
import type { Context } from './context';
import {
  addColumnsOption,
  checkColumns,
  chooseColumns,
  type ColumnsOption,
  neighboursIn,
  neighboursOption,
} from './exportChoice';
import { checkOutput } from './files';
import { inputHelp, readInputs } from './inputs';
import { noteFewer, noteRecall, noteReport, noteSupervision } from './notes';
import {
  addCommonOptions,
  addModelOptions,
  type CommonOptions,
  type ModelOptions,
  numberOption,
  readNumber,
} from './options';
import { count } from './progress';
import { addReadingOptions, readingFlags, type ReadingFlags } from './readingOptions';
import { runSession, type Session } from './session';
import { adoptGiven, chooseSpace } from './space';
import { checkTextsFor } from './webPage';
import { withNeighboursFlag, writeMap, type MadeMap } from './writeMap';

interface Options extends CommonOptions, ModelOptions, ColumnsOption, ReadingFlags {
  readonly out: string;
  readonly append?: string;
  readonly dims: 2 | 3;
  readonly neighbours: number;
  readonly minDist: number;
  readonly seed: number;
  readonly engine: ProjectionEngine;
  readonly epochs: number;
  readonly spread: number;
  readonly negativeSampleRate: number;
  readonly repulsionStrength: number;
  readonly setOperationRatio: number;
  readonly localConnectivity: number;
  readonly supervise: Supervision;
  readonly targetWeight: number;
  readonly densityWeight: number;
  readonly densityFraction: number;
  readonly densityShift: number;
  readonly vectors?: true;
  readonly withNeighbours?: number;
}

/** Options of UMAP that are seldom changed: flags and what they do. */
const fineOptions = {
  epochs: ['--epochs <number>', 'Passes over all pairs of neighbours; 0 for as many as the number of texts asks for.'],
  spread: ['--spread <number>', 'Scale of the distances on the map; at least --min-dist.'],
  negativeSampleRate: ['--negative-sample-rate <number>', 'Random texts that push for each pull.'],
  repulsionStrength: ['--repulsion-strength <number>', 'Strength of those pushes.'],
  setOperationRatio: ['--set-operation-ratio <number>', '1 joins what either of two texts calls near, 0 what both do.'],
  localConnectivity: ['--local-connectivity <number>', 'Nearest neighbours to which a text is fully tied.'],
  targetWeight: ['--target-weight <number>', 'How far --supervise parts its categories: at 1 no tie is left.'],
  densityWeight: [
    '--density-weight <number>',
    'How strongly dense groups stay tight and sparse ones spread (densMAP; engine umap): 0 not at all, 2 is usual.',
  ],
  densityFraction: ['--density-fraction <number>', 'The last share of the epochs in which --density-weight acts.'],
  densityShift: [
    '--density-shift <number>',
    'Added to the variance of the map’s log radii, which --density-weight heeds.',
  ],
} as const;

/** What placing heeds; every other option of the projection lays a map out anew. */
const placing: readonly string[] = [
  ...['neighbours', 'minDist', 'seed', 'spread', 'negativeSampleRate', 'repulsionStrength'],
];

export function mapCommand(context: Context): Command {
  const { nNeighbors, minDist, seed } = optionRanges;
  const command = new Command('map')
    .description('Lay the texts of files out in 2D or 3D by meaning (UMAP), and write the map.')
    .argument('<input...>', `${inputHelp} Vectors in them are used, and no model runs for those.`)
    .requiredOption(
      '-o, --out <file>',
      'File to write; its ending chooses the format: .csv .tsv .json .jsonl .parquet .arrow, .npz (vectors, positions, texts), .constela (a capsule, with everything), .zip (Embedding Projector), .vec or .bin (word2vec, vectors only), .graphml or .gexf (the graph of neighbours), .glb (glTF) or .ply (points), .html (a web page that shows the map).',
    )
    .addOption(
      new Option('-d, --dims <number>', 'Dimensions of the map: 2 or 3.')
        .default(defaultOptions.dims)
        .argParser((value) => readNumber('--dims', value, optionRanges.dims)),
    )
    .addOption(
      numberOption(
        '-n, --neighbours <number>',
        'Neighbours that shape the map, the text itself included: few show detail, many the whole.',
        nNeighbors,
        defaultOptions.nNeighbors,
      ),
    )
    .addOption(
      numberOption(
        '--min-dist <number>',
        'How close points may stand: small packs groups tightly, large spreads them.',
        minDist,
        defaultOptions.minDist,
      ),
    )
    .addOption(
      numberOption(
        '-s, --seed <number>',
        'Start of every random choice: the same seed gives the same map.',
        seed,
        defaultOptions.seed,
      ),
    )
    .addOption(
      new Option(
        '--engine <name>',
        'What lays the map out: umap, umap-js (the reference, slow), pca or random (a Gaussian random projection).',
      )
        .default(defaultOptions.engine)
        .argParser(readEngine),
    )
    .addOption(
      new Option(
        '--threads <number>',
        'Threads that share the work, 1 to 64; the map is the same. (default: one a core)',
      ).argParser((value) => readNumber('--threads', value, { min: 1, max: 64, whole: true })),
    )
    .addOption(
      new Option(
        '--supervise <what>',
        'Draw texts of one category together (umap and umap-js): group, or column:NAME for an own column; none for nothing.',
      )
        .default(defaultOptions.supervision)
        .argParser(readSupervision),
    )
    .addOption(neighboursOption(withNeighboursFlag))
    .option('--vectors', 'Write the vectors into .csv, .tsv and .json too; .npz and .zip always carry them.')
    .option(
      '--append <map>',
      'Place the texts of INPUT on this map, a file that constela map or the page wrote, which does not move.',
    )
    .action((files: string[], options: Options) => {
      if (options.append !== undefined) checkPlacing(command);
      return map(files, options, context);
    });
  for (const [name, [flags, description]] of Object.entries(fineOptions) as [
    keyof typeof fineOptions,
    [string, string],
  ][])
    command.addOption(numberOption(flags, description, optionRanges[name], defaultOptions[name]));
  return addCommonOptions(addReadingOptions(addModelOptions(addColumnsOption(command))));
}

function readEngine(value: string): ProjectionEngine {
  const engine = projectionEngines.find((name) => name === value);
  if (!engine) throw new InputError('engineUnknown', { engine: value, known: projectionEngines.join(', ') });
  return engine;
}

function readSupervision(value: string): Supervision {
  if (!isSupervision(value)) throw new InputError('supervisionUnknown', { value });
  return value;
}

/** Throws an InputError when options do not go together. */
function projectionOf(options: Options): ProjectionOptions {
  const { neighbours: nNeighbors, dims, minDist, seed, engine, epochs, spread } = options;
  const { negativeSampleRate, repulsionStrength, setOperationRatio, localConnectivity } = options;
  const { supervise: supervision, targetWeight, densityWeight, densityFraction, densityShift } = options;
  const basic = { nNeighbors, dims, minDist, seed, engine, epochs, spread };
  const fine = { negativeSampleRate, repulsionStrength, setOperationRatio, localConnectivity, targetWeight };
  const density = { densityWeight, densityFraction, densityShift };
  const projection = { ...basic, ...fine, ...density, supervision };
  checkOptions(projection);
  return projection;
}

/** Throws an InputError when an option is given that --append cannot heed. */
function checkPlacing(command: Command): void {
  const heeded = [
    ...placing,
    'out',
    'append',
    'model',
    'prompt',
    'vectors',
    'columns',
    'withNeighbours',
    'threads',
    'quiet',
    'timings',
    ...readingFlags,
  ];
  const other = command.options.find((option) => {
    const name = option.attributeName();
    return !heeded.includes(name) && command.getOptionValueSource(name) === 'cli';
  });
  if (other) throw new InputError('appendOption', { option: other.long ?? other.flags });
}

async function map(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { out, append } = options;
  exportFormatOf(out);
  neighboursIn(out, options.withNeighbours, withNeighboursFlag);
  checkColumns(out, options);
  const projection = projectionOf(options);
  await checkOutput(out);
  await runSession(context, options, async (session) => {
    const made =
      append === undefined
        ? await layOut(files, projection, options, session)
        : await appendToMap(files, append, projection, options, session);
    await writeMap(made, options, session);
    const { ids, positions } = made.map;
    session.progress.note(`wrote ${out}: ${count(ids.length, 'text')} in ${positions.dim}D`);
    return '';
  });
}

async function layOut(
  files: readonly string[],
  projection: ProjectionOptions,
  options: Options,
  session: Session,
): Promise<MadeMap> {
  const { engine, progress, signal } = session;
  const { items, given } = await readInputs(files, session, options);
  checkTextsFor(options.out, items.length);
  noteSupervision(items, projection, files, progress);
  const columns = chooseColumns(options, items, projection.dims, files);
  const inputs = { items, given };
  const chosen = chooseSpace(inputs, options);
  await adoptGiven(engine, inputs, chosen.spec);
  let space = '';
  const map = await buildMap(engine, items, chosen.spec, projection, {
    onProgress: progress.onProgress,
    onEmbedded: (report) => {
      space = report.space;
      noteReport(report, items, chosen.spec, progress);
    },
    signal,
  });
  noteFewer(items.length, projection, progress);
  noteRecall(map.recall, progress);
  return { inputs, chosen, space, map, ...(columns && { columns }) };
}
