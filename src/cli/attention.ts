/** `constela attention`: where the tokens of a text look. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { meanOfMaps, receivedWeights, shareTaken } from '../embedding/attention';
import { InputError } from '../errors';
import type { Attention, AttentionOverview, ReadTokens } from '../inspections';
import { nextTurn } from '../turn';
import type { Context } from './context';
import { oneLine } from './oneLine';
import { addCommonOptions, addBaseOptions, type CommonOptions, type ModelOptions } from './options';
import type { ProgressLine } from './progress';
import { runSession } from './session';
import { spaceOf } from './space';

interface Options extends CommonOptions, ModelOptions {
  readonly json?: true;
}

export function attentionCommand(context: Context): Command {
  const command = new Command('attention')
    .description(
      'Show where the tokens of a text look, in every layer and head of the model. Attention is not, by itself, an explanation.',
    )
    .argument('<text>', 'Text to read, up to the limit of the model.')
    .option(
      '--json',
      'Print {"tokens", "layers"}: weights by layer, head, token that looks, token that is looked at; each row sums to 1. ' +
        'Without it, a line a token: the mean weight that it received from all tokens, in all heads, and by attention rollout.',
    )
    .action((text: string, options: Options) => attention(text, options, context));
  return addCommonOptions(addBaseOptions(command, { input: false, layer: false }));
}

async function attention(text: string, options: Options, context: Context): Promise<void> {
  if (textKey(text) === '') throw new InputError('textEmpty', { option: 'text' });
  await runSession(context, options, async ({ engine, progress, signal, stdout }) => {
    const space = spaceOf(options);
    if (options.json) {
      const found = await engine.inspect(space, { kind: 'attention', text }, progress.onProgress, signal);
      progress.clear();
      noteCut(found, space.modelId, progress);
      for (const part of jsonParts(found)) {
        await nextTurn();
        signal.throwIfAborted();
        stdout.write(part);
      }
      return '';
    }
    // No map is drawn: nothing of one head alone is needed.
    const asked = { kind: 'attentionOverview', text, side: 1, layer: 0 } as const;
    const found = await engine.inspect(space, asked, progress.onProgress, signal);
    noteCut(found, space.modelId, progress);
    noteSums(found, progress);
    return toTable(found);
  });
}

/** A part a head: all weights of a long text are more than one string holds (512 tokens: 38 million numbers). */
function* jsonParts({ tokens, layers, heads, weights }: Attention): Generator<string> {
  const count = tokens.length;
  yield `{"tokens":${JSON.stringify(tokens.map(({ text }) => text))},"layers":[`;
  for (let map = 0; map < layers * heads; map++) {
    const rows = Array.from({ length: count }, (_, from) => {
      const at = (map * count + from) * count;
      return `[${Array.from(weights.subarray(at, at + count), formatFloat32).join(',')}]`;
    });
    const head = map % heads;
    yield `${head > 0 ? ',' : map > 0 ? '],[' : '['}[${rows.join(',')}]`;
  }
  yield ']]}\n';
}

function toTable({ tokens, layers, means, rollout }: AttentionOverview): string {
  const received = receivedWeights(meanOfMaps(means, layers), tokens.length);
  const reached = receivedWeights(rollout, tokens.length);
  const lines = tokens.map(({ text }, i) => [
    String(i + 1),
    received[i]!.toFixed(4),
    reached[i]!.toFixed(4),
    oneLine(text),
  ]);
  return [['token', 'received', 'rollout', 'text'], ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

function noteCut({ tokens, truncated }: ReadTokens, modelId: string, progress: ProgressLine): void {
  if (truncated)
    progress.note(`the text is longer than ${tokens.length} tokens, the limit of ${modelId}: read up to there`);
}

function noteSums({ tokens, layers, heads, means, deviation }: AttentionOverview, progress: ProgressLine): void {
  const special = tokens.map((token) => token.special);
  const taken = (100 * shareTaken(means, special, true)).toFixed(1);
  progress.note(
    `${layers} layers of ${heads} heads: every row sums to 1, to ${deviation.toExponential(0)}; special tokens took ${taken} % ` +
      'of what the other tokens gave. Attention is not, by itself, an explanation.',
  );
}
