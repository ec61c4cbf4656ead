/** `constela neighbours`: the texts nearest to one, in the model's space. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { InputError } from '../errors';
import type { Subject } from '../questions';
import { formatCosine } from './cosine';
import type { Context } from './context';
import { inputHelp, readInputs } from './inputs';
import { noteReport } from './notes';
import { oneLine } from './oneLine';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions, numberOption } from './options';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { adoptGiven, checkEmbeddable, chooseSpace } from './space';

interface Options extends CommonOptions, ModelOptions, ReadingFlags {
  readonly of: string;
  readonly k: number;
  readonly json?: true;
}

export function neighboursCommand(context: Context): Command {
  const command = new Command('neighbours')
    .description("List the texts of a file that are nearest to one text in the model's space: rank, cosine, text.")
    .argument('<input>', `${inputHelp} Vectors in it are used, and no model runs for those.`)
    .requiredOption(
      '--of <text>',
      'Text whose neighbours are listed. It need not be in INPUT; if it is, it is left out of its own list.',
    )
    .addOption(numberOption('-k <number>', 'How many neighbours to list.', { min: 1, max: 10_000, whole: true }, 10))
    .option(
      '--json',
      'Print a JSON array of {rank, text, cosine}; without it, one line a neighbour, separated by tabs.',
    )
    .action((file: string, options: Options) => neighbours(file, options, context));
  return addCommonOptions(addReadingOptions(addModelOptions(command)));
}

async function neighbours(file: string, options: Options, context: Context): Promise<void> {
  const key = textKey(options.of);
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
    const of: Subject = own ? { id: own.id } : { text: key };
    const found = await engine.ask(report.space, { kind: 'neighbours', of, k }, progress.onProgress, signal);
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
