/** `constela fidelity`: how faithful a map is to the vectors of its texts. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { openFile } from '../data/open';
import { InputError } from '../errors';
import type { MapFidelity } from '../answers';
import type { Dataset, Item, Positions } from '../types';
import type { Context } from './context';
import { readInput } from './files';
import type { Inputs } from './inputs';
import { oneLine } from './oneLine';
import { addCommonOptions, type CommonOptions, numberOption } from './options';
import { count } from './progress';
import { runSession } from './session';
import { adoptGiven, chooseSpace } from './space';

interface Options extends CommonOptions {
  readonly k: number;
  readonly json?: true;
}

const meaning = [
  '',
  'What the numbers mean, each from 0 to 1, 1 for a map without fault:',
  '  trustworthiness  Whether to believe what stands together: falls with every text that is among the k nearest of another',
  '                   on the map and not by cosine, by how far down the ranks of the cosines it is.',
  '  continuity       Whether what belongs together stands together: falls with every text that is among the k nearest of',
  '                   another by cosine and not on the map, by how far down the ranks of the map it is.',
  '  share kept       Of a text: how many of its k nearest by cosine are among its k nearest on the map.',
  'Venna & Kaski 2001, Neighborhood preservation in nonlinear projection methods: an experimental study (ICANN); as',
  'trustworthiness of scikit-learn. All texts are ranked among all: 20,000 take about half a minute.',
].join('\n');

export function fidelityCommand(context: Context): Command {
  const command = new Command('fidelity')
    .description('Compare a map with the vectors of its texts: trustworthiness, continuity, and what each text kept.')
    .argument(
      '<map>',
      'A map with its vectors, as constela map writes it: .npz, or .json with --vectors. No model runs.',
    )
    .addOption(
      numberOption(
        '-k <number>',
        'Neighbours of each text that are looked at; at most what is less than half of the texts.',
        { min: 1, max: 200, whole: true },
        15,
      ),
    )
    .option(
      '--json',
      'Print {k, trustworthiness, continuity, rows}, rows being the share kept by each text in the order of MAP; without it, a table.',
    )
    .addHelpText('after', meaning)
    .action((file: string, options: Options) => fidelity(file, options, context));
  return addCommonOptions(command);
}

async function fidelity(file: string, options: Options, context: Context): Promise<void> {
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const map = await timings.time('read', async () =>
      readMap(file, await openFile({ name: file, bytes: await readInput(file, signal) })),
    );
    const { inputs, positions } = map;
    const { items } = inputs;
    const { spec } = chooseSpace(inputs, {});
    await adoptGiven(engine, inputs, spec);
    const { space } = await engine.embed(items, spec, progress.onProgress, signal);
    const ids = items.map(({ id }) => id);
    // A command can wait, and its answer has no room to say that it is one of a sample.
    const question = { kind: 'fidelity', ids, positions, k: options.k, mostExact: Infinity } as const;
    const found = await engine.ask(space, question, progress.onProgress, signal);
    if (found.k < options.k)
      progress.note(`${count(items.length, 'text')}: ${count(found.k, 'neighbour')} looked at instead of ${options.k}`);
    const shareOf = new Map(found.ids.map((id, row) => [id, found.shares[row]!]));
    const shares = ids.map((id) => shareOf.get(id) ?? NaN);
    return options.json ? toJson(found, shares) : toTable(found, shares, items);
  });
}

/** Throws an InputError that says which half a file lacks. */
function readMap(file: string, dataset: Dataset): { inputs: Inputs; positions: Positions } {
  const { vectors, positions, space } = dataset;
  if (!positions) throw new InputError('mapPositionsMissing', { file });
  if (!vectors) throw new InputError('mapVectorsMissing', { file });
  const items = dataset.items.map((item, row): Item => ({ ...item, id: String(row) }));
  return { inputs: { items, given: [{ file, firstRow: 0, vectors, ...(space && { space }) }] }, positions };
}

/** Shares in the shortest form that reads back to the same float32; what cannot be measured is null. */
function toJson({ k, trustworthiness, continuity }: MapFidelity, rows: readonly number[]): string {
  return `${JSON.stringify({ k, trustworthiness, continuity, rows: rows.map((share) => Number(formatFloat32(share))) })}\n`;
}

function toTable(found: MapFidelity, shares: readonly number[], items: readonly Item[]): string {
  const shown = (value: number, decimals: number) => (Number.isNaN(value) ? '-' : value.toFixed(decimals));
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const head = [
    `k\t${found.k}`,
    `trustworthiness\t${shown(found.trustworthiness, 4)}`,
    `continuity\t${shown(found.continuity, 4)}`,
    `mean share kept\t${shown(mean, 4)}`,
    '',
    'share kept\ttext',
  ];
  const rows = items.map(({ text }, row) => `${shown(shares[row]!, 3)}\t${oneLine(text)}`);
  return `${[...head, ...rows].join('\n')}\n`;
}
