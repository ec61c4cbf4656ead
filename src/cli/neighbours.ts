/** `constela neighbours`: the texts nearest to one, in the model's space. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { exportFormatOf, formatEndings, writeDataset } from '../data/write';
import { InputError } from '../errors';
import { madeOfNeighbours, withOrWithoutNeighbours } from '../exportFormats';
import type { Subject } from '../questions';
import { formatCosine } from './cosine';
import type { Context } from './context';
import {
  addColumnsOption,
  checkColumns,
  chooseColumns,
  type ColumnsOption,
  findGraph,
  neighboursIn,
} from './exportChoice';
import { checkOutput, writeOutput } from './files';
import { inputHelp, readInputs } from './inputs';
import { noteReport } from './notes';
import { oneLine } from './oneLine';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions, numberOption } from './options';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { adoptGiven, checkEmbeddable, chooseSpace } from './space';

interface Options extends CommonOptions, ModelOptions, ColumnsOption, ReadingFlags {
  readonly of?: string;
  readonly out?: string;
  readonly k: number;
  readonly json?: true;
}

export function neighboursCommand(context: Context): Command {
  const command = new Command('neighbours')
    .description(
      "List the texts of a file that are nearest to one text in the model's space: rank, cosine, text. Or write those of all texts.",
    )
    .argument('<input>', `${inputHelp} Vectors in it are used, and no model runs for those.`)
    .option(
      '--of <text>',
      'Text whose neighbours are listed. It need not be in INPUT; if it is, it is left out of its own list.',
    )
    .option(
      '-o, --out <file>',
      `Instead of that, file to write with the neighbours of all texts: ${formatEndings(madeOfNeighbours)}, or as a column ${formatEndings(withOrWithoutNeighbours)}.`,
    )
    .addOption(numberOption('-k <number>', 'How many neighbours to list.', { min: 1, max: 10_000, whole: true }, 10))
    .option(
      '--json',
      'Print a JSON array of {rank, text, cosine}; without it, one line a neighbour, separated by tabs.',
    )
    .action((file: string, options: Options) => {
      const { of, out } = options;
      if (of !== undefined && out === undefined) return neighbours(file, of, options, context);
      if (of === undefined && out !== undefined) return neighboursOfAll(file, out, options, context);
      throw new InputError('neighboursWhose');
    });
  return addCommonOptions(addReadingOptions(addModelOptions(addColumnsOption(command))));
}

/** Writes the neighbours of all texts, by vectors of the file or of the model. */
async function neighboursOfAll(file: string, out: string, options: Options, context: Context): Promise<void> {
  neighboursIn(out, options.k, '-k');
  checkColumns(out, options);
  await checkOutput(out);
  await runSession(context, options, async (session) => {
    const { engine, progress, timings, signal } = session;
    const inputs = await readInputs([file], session, options);
    const { items, positions } = inputs;
    const columns = chooseColumns(options, items, positions?.dim ?? 0, [file]);
    const { spec, named } = chooseSpace(inputs, options);
    await adoptGiven(engine, inputs, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    const graph = await findGraph(report.space, items, options.k, session);
    await timings.time('write', async () => {
      const dataset = { items, neighbours: graph, ...(positions && { positions }), ...(named && { space: spec }) };
      const chosen = { vectors: false, spreadsheetSafe: false, ...(columns && { columns }) };
      await writeOutput(out, await writeDataset(exportFormatOf(out), dataset, chosen), signal);
    });
    progress.note(`wrote ${out}: ${count(items.length, 'text')}, with ${count(graph.k, 'neighbour')} each`);
    return '';
  });
}

async function neighbours(file: string, of: string, options: Options, context: Context): Promise<void> {
  const key = textKey(of);
  if (key === '') throw new InputError('textEmpty', { option: '--of' });
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const inputs = await readInputs([file], { progress, timings, signal }, options);
    const { items } = inputs;
    const { spec, named } = chooseSpace(inputs, options);
    const own = items.find(({ text }) => textKey(text) === key);
    if (!own) checkEmbeddable(named ? spec : undefined, file);
    await adoptGiven(engine, inputs, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    const { k } = options;
    const subject: Subject = own ? { id: own.id } : { text: key };
    const found = await engine.ask(report.space, { kind: 'neighbours', of: subject, k }, progress.onProgress, signal);
    const textOf = new Map(items.map(({ id, text }) => [id, text]));
    const rows = found.map(({ id, cosine }, i) => ({ rank: i + 1, text: textOf.get(id) ?? '', cosine }));
    return options.json ? toJson(rows) : toTable(rows);
  });
}

interface Row {
  readonly rank: number;
  readonly text: string;
  readonly cosine: number;
}

function toTable(rows: readonly Row[]): string {
  return rows.map(({ rank, text, cosine }) => `${rank}\t${formatCosine(cosine, 3)}\t${oneLine(text)}\n`).join('');
}

/** Cosines in the shortest form that reads back to the same float32. */
function toJson(rows: readonly Row[]): string {
  return `${JSON.stringify(
    rows.map((row) => ({ ...row, cosine: Number(formatFloat32(row.cosine)) })),
    null,
    2,
  )}\n`;
}
