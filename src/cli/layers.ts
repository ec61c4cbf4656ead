/** `constela layers`: texts to their vectors after every layer of the model. */
import { Command } from 'commander';
import { writeLayersNpz } from '../data/npzWrite';
import { findModel } from '../embedding/registry';
import { InputError } from '../errors';
import { layerSpecs } from '../spaceKey';
import type { Matrix } from '../types';
import type { Context } from './context';
import { checkOutput, writeOutput } from './files';
import { inputHelp, readInputs } from './inputs';
import { noteReport } from './notes';
import { addBaseOptions, addCommonOptions, type CommonOptions, type ModelOptions } from './options';
import { count } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { spaceOf } from './space';

interface Options extends CommonOptions, ModelOptions, ReadingFlags {
  readonly out: string;
}

export function layersCommand(context: Context): Command {
  const command = new Command('layers')
    .description('Embed the texts of files after every layer of the model, in one pass, and write NumPy arrays.')
    .argument('<input...>', `${inputHelp} Vectors in them are made anew.`)
    .requiredOption(
      '-o, --out <file.npz>',
      'File to write: layer_0 (the embedding layer), layer_1 and so on to the last (float32, n x dim, of unit length), texts, model, prompt, and groups and columns_json if there are any.',
    )
    .action((files: string[], options: Options) => layers(files, options, context));
  return addCommonOptions(addReadingOptions(addBaseOptions(command, { layer: false })));
}

async function layers(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { out } = options;
  if (!out.toLowerCase().endsWith('.npz')) throw new InputError('embedEnding', { file: out });
  await checkOutput(out);
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const { items } = await readInputs(files, { progress, timings, signal }, options);
    const space = spaceOf(options);
    const reports = await engine.embedLayers(items, space, progress.onProgress, signal);
    noteReport(reports.at(-1)!, items, space, progress);
    const specs = layerSpecs(space, findModel(space.modelId).layers);
    const ids = items.map(({ id }) => id);
    const matrices: Matrix[] = [];
    for (const [layer, report] of reports.entries()) {
      matrices.push(await engine.vectors(report.space, ids));
      // Read once: two copies of all layers need not be held.
      await engine.embed([], specs[layer]!);
    }
    await timings.time('write', () => writeOutput(out, writeLayersNpz({ items, space }, matrices), signal));
    const { dim } = matrices[0]!;
    progress.note(`wrote ${out}: ${count(items.length, 'text')}, ${matrices.length} layers, ${dim} dimensions`);
    return '';
  });
}
