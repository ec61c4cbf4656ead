/** `constela convert`: a file of any format as a file of any other. */
import { Command } from 'commander';
import { exportEndings, exportFormatOf, writeDataset } from '../data/write';
import { InputError } from '../errors';
import { coloursOfGroups } from '../groupColours';
import type { Dataset } from '../types';
import { createMatrix } from '../vectors';
import type { Context } from './context';
import { checkOutput, writeOutput } from './files';
import { inputHelp, readInputs, type Inputs } from './inputs';
import { addCommonOptions, type CommonOptions } from './options';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession, type Session } from './session';
import { adoptGiven, unnamed } from './space';
import { checkTextsFor, findPageNeeds, type PageNeeds } from './webPage';

interface Options extends CommonOptions, ReadingFlags {
  readonly spreadsheetSafe?: true;
  readonly vectors: boolean;
}

export function convertCommand(context: Context): Command {
  const command = new Command('convert')
    .description(
      'Write the texts of files, with the vectors and positions that they bring, in another format. No model runs.',
    )
    .argument(
      '<files...>',
      `${inputHelp} The last is the one to write, whose ending chooses the format: ${exportEndings.join(' ')}.`,
    )
    .option('--no-vectors', 'Leave the vectors out, where the format can do without.')
    .option('--spreadsheet-safe', 'CSV and TSV: put an apostrophe before cells that a spreadsheet would run.')
    .addHelpText(
      'after',
      [
        '',
        'Vectors and positions are written as they are read, to the bit of float32. What a format cannot hold is left out: CSV and TSV',
        'have no model and no prompt, word2vec has words and vectors only (blanks become _), glTF and PLY points only. A web page',
        '(.html) needs vectors and positions, shows the map with the neighbours of each text, and cannot be opened here again.',
      ].join('\n'),
    )
    .action((files: string[], options: Options) => convert(files.slice(0, -1), files.at(-1)!, options, context));
  return addCommonOptions(addReadingOptions(command));
}

async function convert(files: readonly string[], output: string, options: Options, context: Context): Promise<void> {
  if (files.length === 0) throw new InputError('convertArguments');
  const format = exportFormatOf(output);
  await checkOutput(output);
  await runSession(context, options, async (session) => {
    const { progress, timings, signal } = session;
    const inputs = await readInputs(files, session, options);
    const dataset = datasetOf(inputs);
    const vectors = options.vectors && dataset.vectors !== undefined;
    const page = format === 'html' && dataset.vectors ? await pageNeeds(output, inputs, session) : undefined;
    await timings.time('write', async () => {
      const bytes = await writeDataset(
        format,
        { ...dataset, ...(page && { neighbours: page.neighbours }) },
        { vectors, spreadsheetSafe: options.spreadsheetSafe === true, ...page?.options },
      );
      await writeOutput(output, bytes, signal);
    });
    progress.note(
      `wrote ${output}: ${count(inputs.items.length, 'text')}${vectors && format !== 'html' ? ', with vectors' : ''}`,
    );
    return '';
  });
}

/** Neighbours by the vectors that came: no model runs. */
async function pageNeeds(output: string, inputs: Inputs, session: Session): Promise<PageNeeds | undefined> {
  const { engine } = session;
  const { items } = inputs;
  checkTextsFor(output, items.length);
  await adoptGiven(engine, inputs, unnamed);
  const { space } = await engine.embed(items, unnamed);
  const ids = items.map(({ id }) => id);
  return findPageNeeds(output, space, ids, session);
}

/** One dataset of all inputs: their vectors where every text has one of the same space. */
function datasetOf({ items, given, positions }: Inputs): Dataset {
  const [first] = given;
  const withVectors = given.reduce((sum, { vectors }) => sum + vectors.rows, 0);
  const isWhole =
    first && withVectors === items.length && given.every(({ vectors }) => vectors.dim === first.vectors.dim);
  const colours = coloursOfGroups(items.map(({ group }) => group));
  return {
    items,
    ...(positions && { positions }),
    ...(colours && { colours }),
    ...(isWhole && { vectors: joined(given), ...(first.space && { space: first.space }) }),
  };
}

function joined(given: Inputs['given']) {
  const { dim } = given[0]!.vectors;
  const data = new Float32Array(given.reduce((sum, { vectors }) => sum + vectors.data.length, 0));
  let at = 0;
  for (const { vectors } of given) {
    data.set(vectors.data, at);
    at += vectors.data.length;
  }
  return createMatrix(data, dim);
}
