/** `constela tune`: an adapter of a model, trained on pairs of texts that should be alike or unlike. */
import { Command, Option } from 'commander';
import type { PairScore, PreparedPairs, TunedMap, TuningLoss } from '../adapters';
import { InputError } from '../errors';
import { defaultTuning, tuningLosses, tuningRanges } from '../tuning/options';
import { improves } from '../tuning/verdict';
import type { Context } from './context';
import { checkOutput } from './files';
import { inputHelp } from './inputs';
import { addBaseOptions, addCommonOptions, type CommonOptions, numberOption } from './options';
import { count, type ProgressLine } from './progress';
import { runSession } from './session';
import type { Tuned, TuneOptions } from './tuning';

/** Fewer pairs held out make an accuracy of few steps. */
const fewHeldOut = 20;

const meaning = [
  '',
  'The adapter is a matrix W: a vector v of the model becomes W v, brought to unit length. It begins as the identity.',
  '  contrastive  Every alike pair is set above the other pairs of its batch (in-batch negatives: Henderson et al. 2017,',
  '               https://arxiv.org/abs/1705.00652; InfoNCE: van den Oord, Li & Vinyals 2018, https://arxiv.org/abs/1807.03748).',
  '  cosine       Alike pairs are drawn to a cosine of 1, unlike ones below 0.2.',
  'Accuracy is the share of the pairs held out that stand on their side of the threshold that parts the training pairs best; AUC the',
  'chance that an alike pair has a higher cosine than an unlike one (Hanley & McNeil 1982). Texts may be in pairs of both sides: it is',
  'the pairs that are new, not all the texts.',
  'The overlap says how many of the 10 nearest of each text of INPUT are the same before and after.',
  'Of pairs that contradict each other the later one counts. Without unlike pairs, as many drawn at random stand in.',
].join('\n');

interface Options extends CommonOptions, TuneOptions {
  readonly json?: true;
}

export function tuneCommand(context: Context): Command {
  const number = (flags: string, text: string, name: keyof typeof tuningRanges) =>
    numberOption(flags, text, tuningRanges[name], defaultTuning[name]);
  const command = new Command('tune')
    .description(
      'Train a linear adapter of a model on pairs of texts, and say how well it tells pairs apart that it has not seen.',
    )
    .argument('<input>', `${inputHelp} Vectors in it are used. Texts of the pairs need not be among them.`)
    .requiredOption('--pairs <file.csv>', 'Pairs of texts: columns a, b, and alike (1 or 0), with or without a header.')
    .requiredOption(
      '-o, --out <file>',
      'File to write: .safetensors, for --adapter of the other verbs, or .onnx, the whole model with the adapter in it and the tuned vector as its output sentence_embedding (the prompt is not in it).',
    )
    .addOption(
      new Option('--loss <name>', `What is made small: ${tuningLosses.join(' or ')}.`)
        .default(defaultTuning.loss)
        .argParser(readLoss),
    )
    .addOption(number('--rank <number>', 'Rank of what is added to the identity; 0 for no limit.', 'rank'))
    .addOption(number('--seed <number>', 'Seed of the order and of which pairs are held out.', 'seed'))
    .addOption(number('--epochs <number>', 'Passes over the pairs, at most.', 'epochs'))
    .addOption(number('--learning-rate <number>', 'Step of Adam.', 'learningRate'))
    .addOption(number('--weight-decay <number>', 'Pull towards the identity.', 'weightDecay'))
    .addOption(number('--held-out <share>', 'Share of the pairs that training does not see.', 'heldOut'))
    .option('--json', 'Print what was found as JSON; without it, a table.')
    .addHelpText('after', meaning)
    .action((file: string, options: Options) => tune(file, options, context));
  return addCommonOptions(addBaseOptions(command, { layer: false }));
}

function readLoss(value: string): TuningLoss {
  const loss = tuningLosses.find((known) => known === value);
  if (!loss) throw new InputError('lossUnknown', { value, known: tuningLosses.join(', ') });
  return loss;
}

async function tune(file: string, options: Options, context: Context): Promise<void> {
  const { out } = options;
  if (!/\.(safetensors|onnx)$/i.test(out)) throw new InputError('tuneEnding', { file: out });
  await checkOutput(out);
  await runSession(context, options, async (session) => {
    // Loaded with the first work, so that help and errors come at once.
    const { tuneModel } = await import('./tuning');
    const result = await tuneModel(file, options, session);
    notePairs(result.prepared, session.progress);
    noteVerdict(result.tuned, session.progress);
    return options.json ? toJson(result) : toTable(result);
  });
}

function notePairs({ repeated, contradicting, selves, drawn }: PreparedPairs, progress: ProgressLine): void {
  if (repeated > 0) progress.note(`${count(repeated, 'pair')} given more than once, taken once`);
  if (contradicting > 0)
    progress.note(`${count(contradicting, 'pair')} contradicting an earlier one: the later one counts`);
  if (selves > 0) progress.note(`${count(selves, 'pair')} of a text with itself, left out`);
  if (drawn > 0)
    progress.note(`no pair is unlike: ${count(drawn, 'pair')} drawn from texts of different alike pairs stand in`);
}

function noteVerdict({ before, after, heldOut }: TunedMap, progress: ProgressLine): void {
  if (!before || !after)
    return progress.note('too few pairs of either kind to hold any out: nothing says whether this helps with others');
  if (heldOut < fewHeldOut) progress.note(`only ${count(heldOut, 'pair')} held out: their accuracy is coarse`);
  if (!improves(before, after))
    progress.note(
      'warning: the pairs that were held out are told apart no better than before. More or clearer pairs may help.',
    );
}

function toJson({ adapter, given, prepared, tuned, overlap }: Tuned): string {
  const { before, after, epochs, best, trained, heldOut } = tuned;
  const { pairs, repeated, contradicting, selves, drawn } = prepared;
  const alike = pairs.filter((pair) => pair.alike).length;
  const told = {
    model: adapter.base.modelId,
    prompt: adapter.base.prompt,
    adapter: adapter.id,
    pairs: { given, alike, unlike: pairs.length - alike, repeated, contradicting, selves, drawn, trained, heldOut },
    before: before ?? null,
    after: after ?? null,
    improves: before && after ? improves(before, after) : null,
    overlap: Number.isNaN(overlap) ? null : overlap,
    best,
    epochs,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

function toTable({ adapter, prepared, tuned, overlap }: Tuned): string {
  const alike = prepared.pairs.filter((pair) => pair.alike).length;
  const said = (score: PairScore | undefined, name: keyof PairScore) => score?.[name].toFixed(3) ?? '-';
  const lines = [
    ['pairs', `${alike} alike, ${prepared.pairs.length - alike} unlike`],
    ['trained, held out', `${tuned.trained}, ${tuned.heldOut}`],
    ['best epoch', `${tuned.best} of ${tuned.epochs.length - 1}`],
    ['', 'before', 'after'],
    ['held-out accuracy', said(tuned.before, 'accuracy'), said(tuned.after, 'accuracy')],
    ['held-out AUC', said(tuned.before, 'auc'), said(tuned.after, 'auc')],
    ['neighbour overlap', Number.isNaN(overlap) ? '-' : overlap.toFixed(3)],
    ['adapter', adapter.id],
  ];
  return lines.map((cells) => `${cells.join('\t')}\n`).join('');
}
