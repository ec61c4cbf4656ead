/** `constela map`: texts, or vectors made earlier, to a map. */
import { Command, Option } from 'commander';
import { exportFormatOf, writeDataset } from '../data/write';
import { buildMap } from '../pipeline';
import { InputError } from '../errors';
import { checkOptions, defaultOptions, isSupervision, optionRanges, projectionEngines } from '../projection/options';
import type { ExportFormat, ProjectionEngine, ProjectionOptions, Supervision } from '../types';
import type { Context } from './context';
import { checkOutput, writeOutput } from './files';
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
import { runSession } from './session';
import { adoptGiven, chooseSpace, withGiven } from './space';

interface Options extends CommonOptions, ModelOptions {
  readonly out: string;
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

/** Formats that carry the vectors always. */
const alwaysWithVectors: readonly ExportFormat[] = ['npz', 'projector', 'vec', 'bin'];

export function mapCommand(context: Context): Command {
  const { nNeighbors, minDist, seed } = optionRanges;
  const command = new Command('map')
    .description('Lay the texts of files out in 2D or 3D by meaning (UMAP), and write the map.')
    .argument('<input...>', `${inputHelp} Vectors in them are used, and no model runs for those.`)
    .requiredOption(
      '-o, --out <file>',
      'File to write; its ending chooses the format: .csv .tsv .json .jsonl .parquet .arrow, .npz (vectors, positions, texts), .zip (Embedding Projector), .vec or .bin (word2vec, vectors only), .glb (glTF) or .ply (points).',
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
    .option('--vectors', 'Write the vectors into .csv, .tsv and .json too; .npz and .zip always carry them.')
    .action((files: string[], options: Options) => map(files, options, context));
  for (const [name, [flags, description]] of Object.entries(fineOptions) as [
    keyof typeof fineOptions,
    [string, string],
  ][])
    command.addOption(numberOption(flags, description, optionRanges[name], defaultOptions[name]));
  return addCommonOptions(addModelOptions(command));
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

async function map(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { out } = options;
  const format = exportFormatOf(out);
  const projection = projectionOf(options);
  await checkOutput(out);
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const inputs = await readInputs(files, context, timings);
    const { items } = inputs;
    noteSupervision(items, projection, files, progress);
    const { spec, named } = chooseSpace(inputs, options);
    await adoptGiven(engine, inputs, spec);
    let space = '';
    const { positions, ids, recall } = await buildMap(engine, items, spec, projection, {
      onProgress: progress.onProgress,
      onEmbedded: (report) => {
        space = report.space;
        noteReport(report, items, spec, progress);
      },
      signal,
    });
    noteFewer(items.length, projection, progress);
    noteRecall(recall, progress);
    const carriesVectors = options.vectors === true || alwaysWithVectors.includes(format);
    const vectors = carriesVectors ? withGiven(await engine.vectors(space, ids), inputs.given) : undefined;
    await timings.time('write', async () => {
      const dataset = { items, positions, ...(vectors && { vectors }), ...(named && { space: spec }) };
      const bytes = writeDataset(format, dataset, { vectors: carriesVectors, spreadsheetSafe: false });
      await writeOutput(out, bytes, signal);
    });
    progress.note(`wrote ${out}: ${count(items.length, 'text')} in ${options.dims}D`);
    return '';
  });
}
