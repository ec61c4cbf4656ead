/** `constela convert`: a file of any format as a file of any other. */
import { Command } from 'commander';
import { exportEndings, exportFormatOf, writeDataset } from '../data/write';
import { InputError } from '../errors';
import { alwaysWithVectors, withColours, withOrWithoutVectors } from '../exportFormats';
import { coloursOfGroups } from '../groupColours';
import type { Dataset, KnnGraph } from '../types';
import { createMatrix } from '../vectors';
import type { Context } from './context';
import {
  addColumnsOption,
  checkColumns,
  chooseColumns,
  type ColumnsOption,
  findGraph,
  neighboursIn,
  neighboursOption,
} from './exportChoice';
import { checkOutput, writeOutput } from './files';
import { inputHelp, readInputs, type Inputs } from './inputs';
import { addCommonOptions, type CommonOptions } from './options';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession, type Session } from './session';
import { adoptGiven, unnamed } from './space';
import { checkTextsFor, pageOptions } from './webPage';

interface Options extends CommonOptions, ColumnsOption, ReadingFlags {
  readonly neighbours?: number;
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
    .addOption(neighboursOption('--neighbours'))
    .addHelpText(
      'after',
      [
        '',
        'Vectors and positions are written as they are read, to the bit of float32. What a format cannot hold is left out: CSV and TSV',
        'have no model and no prompt, word2vec has words and vectors only (blanks become _), .npy has vectors only (write the texts into',
        'a file of their own, and give both to open it again), glTF and PLY points only. Graphs (GraphML, GEXF) and lists of neighbours',
        'are not read, and neither is a web page (.html), which needs vectors and positions. Neighbours are those among the texts of the file, by cosine; a text is not its own.',
      ].join('\n'),
    )
    .action((files: string[], options: Options) => convert(files.slice(0, -1), files.at(-1)!, options, context));
  return addCommonOptions(addColumnsOption(addReadingOptions(command)));
}

async function convert(files: readonly string[], output: string, options: Options, context: Context): Promise<void> {
  if (files.length === 0) throw new InputError('convertArguments');
  const format = exportFormatOf(output);
  const k = neighboursIn(output, options.neighbours, '--neighbours');
  checkColumns(output, options);
  await checkOutput(output);
  await runSession(context, options, async (session) => {
    const { progress, timings, signal } = session;
    const inputs = await readInputs(files, session, options);
    const { items } = inputs;
    const dataset = datasetOf(inputs);
    const vectors = options.vectors && dataset.vectors !== undefined;
    const columns = chooseColumns(options, items, dataset.positions?.dim ?? 0, files);
    if (dataset.vectors) checkTextsFor(output, items.length);
    // Of a page without vectors the writer says all that it lacks.
    const isAsked = k !== undefined && (format !== 'html' || dataset.vectors !== undefined);
    const neighbours = isAsked ? await neighboursOf(inputs, dataset, k, session) : undefined;
    await timings.time('write', async () => {
      const chosen = { vectors, spreadsheetSafe: options.spreadsheetSafe === true, ...(columns && { columns }) };
      const colours = withColours.includes(format) ? coloursOfGroups(items.map(({ group }) => group)) : undefined;
      const written = { ...dataset, ...(neighbours && { neighbours }), ...(colours && { colours }) };
      await writeOutput(output, await writeDataset(format, written, { ...chosen, ...pageOptions(output) }), signal);
    });
    if (format === 'npy') progress.note('.npy has the vectors alone: write the texts into a file of their own');
    const carries = vectors && [...alwaysWithVectors, ...withOrWithoutVectors].includes(format);
    const held = [...(carries ? ['vectors'] : []), ...(neighbours ? [count(neighbours.k, 'neighbour')] : [])];
    progress.note(
      `wrote ${output}: ${count(items.length, 'text')}${held.length > 0 ? `, with ${held.join(' and ')}` : ''}`,
    );
    return '';
  });
}

/** By the vectors that the inputs brought, whatever made them: no model runs. Throws an InputError unless each text has one. */
async function neighboursOf(inputs: Inputs, { vectors }: Dataset, k: number, session: Session): Promise<KnnGraph> {
  if (!vectors) throw new InputError('exportNeedsNeighbours');
  await adoptGiven(session.engine, inputs, unnamed);
  const { space } = await session.engine.embed(inputs.items, unnamed);
  return findGraph(space, inputs.items, k, session);
}

/** One dataset of all inputs: their vectors where every text has one of the same space. */
function datasetOf({ items, given, positions }: Inputs): Dataset {
  const [first] = given;
  const withVectors = given.reduce((sum, { vectors }) => sum + vectors.rows, 0);
  const isWhole =
    first && withVectors === items.length && given.every(({ vectors }) => vectors.dim === first.vectors.dim);
  return {
    items,
    ...(positions && { positions }),
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
