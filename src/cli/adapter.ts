/** `--adapter`: the vectors of a model as an adapter has them. */
import type { Command } from 'commander';
import type { Adapter } from '../adapters';
import { readInput } from './files';

export interface AdapterOption {
  readonly adapter?: Adapter;
}

/** The file is read and checked before the verb begins; the verb's options hold the adapter. */
export function addAdapterOption(command: Command): Command {
  return command
    .option(
      '--adapter <file.safetensors>',
      'Apply this adapter, made by constela tune, to the vectors of the model, which is then by default the one that it was trained for.',
    )
    .hook('preAction', async (verb) => {
      const file: unknown = verb.getOptionValue('adapter');
      if (typeof file !== 'string') return;
      // Loaded with the first work, so that help and errors come at once.
      const { readAdapter } = await import('../tuning/adapterFile');
      verb.setOptionValue('adapter', await readAdapter(file, await readInput(file)));
    });
}
