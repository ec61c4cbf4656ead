/** `constela embed`: texts to vectors. */
import { Command } from 'commander';
import { writePlain } from '../data/write';
import { InputError } from '../errors';
import type { Context } from './context';
import { checkOutput, writeOutput } from './files';
import { inputHelp, readInputs } from './inputs';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions } from './options';
import { noteReport } from './notes';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { spaceOf } from './space';

interface Options extends CommonOptions, ModelOptions, ReadingFlags {
  readonly out: string;
}

export function embedCommand(context: Context): Command {
  const command = new Command('embed')
    .description('Embed the texts of files, and write them with their vectors, model and prompt as NumPy arrays.')
    .argument('<input...>', `${inputHelp} Vectors in them are made anew.`)
    .requiredOption(
      '-o, --out <file.npz>',
      'File to write: vectors (float32, n x dim), texts, model, prompt, and groups and columns_json if there are any.',
    )
    .action((files: string[], options: Options) => embed(files, options, context));
  return addCommonOptions(addReadingOptions(addModelOptions(command)));
}

async function embed(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { out } = options;
  if (!out.toLowerCase().endsWith('.npz')) throw new InputError('embedEnding', { file: out });
  await checkOutput(out);
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const { items } = await readInputs(files, { progress, timings, signal }, options);
    const space = spaceOf(options);
    const report = await engine.embed(items, space, progress.onProgress, signal);
    noteReport(report, items, space, progress);
    const ids = items.map(({ id }) => id);
    const vectors = await engine.vectors(report.space, ids);
    await timings.time('write', async () => {
      const pieces = writePlain('npz', { items, vectors, space }, { vectors: true, spreadsheetSafe: false });
      await writeOutput(out, pieces, signal);
    });
    progress.note(`wrote ${out}: ${count(items.length, 'text')}, ${vectors.dim} dimensions`);
    return '';
  });
}
