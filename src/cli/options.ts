/** Options that several verbs share, and the reading of their values. */
import { type Command, Option } from 'commander';
import { applyPrompt } from '../embedding/prompt';
import { models } from '../embedding/registry';
import { InputError } from '../errors';
import { parseModel } from './ownModels';
import { addAdapterOption, type AdapterOption } from './adapter';

export interface CommonOptions {
  readonly quiet?: true;
  readonly timings?: true;
  /** Of the projection; as many as the machine has, unless it is said. */
  readonly threads?: number;
}

export interface ModelOptions extends AdapterOption {
  readonly model?: string;
  readonly prompt?: string;
  /** As it is given: which layers there are is the model's. */
  readonly layer?: number;
}

/** Whole numbers only where `whole`; both ends are allowed. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Of any bundled model. */
export const layerRange: NumberRange = { min: 0, max: Math.max(...models.map(({ layers }) => layers)), whole: true };

export function addCommonOptions(command: Command): Command {
  return command
    .option('-q, --quiet', 'Print no progress and no notes, only errors.')
    .option(
      '--timings',
      'Print one line of JSON on standard error at the end: milliseconds by stage, and peak memory.',
    );
}

/**
 * @param has.input whether the verb reads a file, whose own model, prompt and layer are then the defaults
 * @param has.layer whether it asks for the vectors of one layer
 */
export function addModelOptions(command: Command, has: { input?: boolean; layer?: boolean } = {}): Command {
  return addAdapterOption(addBaseOptions(command, has));
}

/** As `addModelOptions`, for a verb that takes the model's own vectors only. */
export function addBaseOptions(command: Command, { input = true, layer = true } = {}): Command {
  const known = models.map(({ id }) => id).join(', ');
  const first = models[0]!.id;
  const orInput = input ? 'that of INPUT, or ' : '';
  const prompts = models.map(({ id, prompt }) => `"${prompt}" for ${id}`).join(', ');
  command
    .addOption(
      new Option(
        '-m, --model <id>',
        `Model that makes the vectors: ${known}, or the folder or zip of your own. (default: ${orInput}${first})`,
      ).argParser(parseModel),
    )
    .addOption(
      new Option(
        '-p, --prompt <template>',
        `What the model reads, with {text} where the text belongs. (default: ${orInput}${prompts})`,
      ).argParser((prompt) => {
        applyPrompt(prompt, '');
        return prompt;
      }),
    );
  if (!layer) return command;
  const lasts = models.map(({ id, layers }) => `${layers} for ${id}`).join(', ');
  return command.addOption(
    new Option(
      '--layer <number>',
      `Layer after which the vectors are taken, from 0 (the embedding layer) to the last (${lasts}). (default: ${orInput}the last)`,
    ).argParser((value) => readNumber('--layer', value, layerRange)),
  );
}

/** An option that takes a number. Values that are none, or out of range, are refused with the option's name. */
export function numberOption(flags: string, description: string, range: NumberRange, fallback: number): Option {
  const option = new Option(flags, `${description} ${range.min} to ${range.max}.`);
  const name = option.long ?? option.short ?? flags;
  return option.default(fallback).argParser((value) => readNumber(name, value, range));
}

/** The decimal number of `value`. Throws an InputError with the option, the value and the range. */
export function readNumber(option: string, value: string, { min, max, whole }: NumberRange): number {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
  throw new InputError(whole ? 'optionWhole' : 'optionNumber', { option, value, min, max });
}
