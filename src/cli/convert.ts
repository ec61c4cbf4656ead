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
import { runSession } from './session';

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
        'have no model and no prompt, word2vec has words and vectors only (blanks become _), glTF and PLY points only.',
      ].join('\n'),
    )
    .action((files: string[], options: Options) => convert(files.slice(0, -1), files.at(-1)!, options, context));
  return addCommonOptions(addReadingOptions(command));
}

async function convert(files: readonly string[], output: string, options: Options, context: Context): Promise<void> {
  if (files.length === 0) throw new InputError('convertArguments');
  const format = exportFormatOf(output);
  await checkOutput(output);
  await runSession(context, options, async ({ progress, timings, signal }) => {
    const inputs = await readInputs(files, { progress, timings, signal }, options);
    const dataset = datasetOf(inputs);
    const vectors = options.vectors && dataset.vectors !== undefined;
    await timings.time('write', async () => {
      const bytes = await writeDataset(format, dataset, { vectors, spreadsheetSafe: options.spreadsheetSafe === true });
      await writeOutput(output, bytes, signal);
    });
    progress.note(`wrote ${output}: ${count(inputs.items.length, 'text')}${vectors ? ', with vectors' : ''}`);
    return '';
  });
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
