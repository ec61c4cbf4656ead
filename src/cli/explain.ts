/** `constela explain`: why two texts are close, by pairs of tokens and by leaving words out. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { InputError } from '../errors';
import type { Explanation, ReadText } from '../inspections';
import { isMarked, strongestPairs, sumParts, withoutMarked } from '../similarity/parts';
import { mostWords, removable, type Word, withoutWord, wordsOf } from '../similarity/words';
import type { Item, SpaceId } from '../types';
import { dotRows } from '../vectors';
import { formatCosine } from './cosine';
import type { Context } from './context';
import { noteReport } from './notes';
import { oneLine } from './oneLine';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions } from './options';
import { count } from './progress';
import { runSession, type Session } from './session';
import { spaceOf } from './space';

interface Options extends CommonOptions, ModelOptions {
  readonly json?: true;
  readonly words?: true;
}

/** What the cosine loses or gains without a word. */
interface WordOut extends Word {
  readonly change: number;
}

/** Pairs of tokens that are printed, and words of each text. */
const listed = 12;

const meaning = [
  '',
  'A vector is the mean of its tokens’ hidden states, brought to unit length, so the cosine is exactly a sum over pairs of tokens:',
  '  part(i, j) = (h_i . g_j) / (n m |mean h| |mean g|)',
  'A part belongs to two tokens in their contexts, as the model read them, not to two words by themselves; special tokens and those of',
  'the prompt take part. What a word causes is another question: the text is embedded again without it (Li, Monroe & Jurafsky 2016,',
  'Understanding neural networks through representation erasure, https://arxiv.org/abs/1612.08220).',
].join('\n');

export function explainCommand(context: Context): Command {
  const command = new Command('explain')
    .description('Say why two texts are close: what each pair of their tokens gives to the cosine, and each word.')
    .argument('<text...>', 'Two texts.')
    .option(
      '--json',
      'Print {cosine, tokens: [[...], [...]], matrix: [[...]]}, whose entries sum to the cosine; without it, the strongest pairs and the words.',
    )
    .option(
      '--words',
      'With --json, also {words: [[{word, start, change}], ...]}: the change of the cosine without each word.',
    )
    .addHelpText('after', meaning)
    .action((texts: string[], options: Options) => explain(texts, options, context));
  return addCommonOptions(addModelOptions(command, { input: false }));
}

async function explain(texts: readonly string[], options: Options, context: Context): Promise<void> {
  const [a, b] = texts;
  if (a === undefined || b === undefined || texts.length !== 2)
    throw new InputError('explainArguments', { found: texts.length });
  if (textKey(a) === '' || textKey(b) === '') throw new InputError('textEmpty', { option: 'text' });
  await runSession(context, options, async (session) => {
    const { engine, progress, signal } = session;
    const spec = spaceOf(options);
    const items = [a, b].map((text, i): Item => ({ id: String(i), text }));
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    const vectors = await engine.vectors(report.space, ['0', '1']);
    const cosine = dotRows(vectors, 0, vectors, 1);
    const found = await engine.inspect(spec, { kind: 'explain', a, b }, progress.onProgress, signal);
    const isWanted = options.json !== true || options.words;
    const words = isWanted
      ? [await wordsOut(0, items, report.space, session), await wordsOut(1, items, report.space, session)]
      : undefined;
    return options.json ? toJson(cosine, found, words) : toReport(cosine, found, words ?? []);
  });
}

/** The words of one of two texts, the one whose loss lowers the cosine most first. */
async function wordsOut(
  at: 0 | 1,
  items: readonly Item[],
  space: SpaceId,
  { engine, progress, signal }: Session,
): Promise<WordOut[]> {
  const { text, id } = items[at]!;
  const all = wordsOf(text);
  const words = removable(text);
  if (all.length === 1)
    progress.note(`“${oneLine(all[0]!.text)}” is the only word of its text: nothing would be left without it`);
  if (words.length < all.length && all.length > 1)
    progress.note(`${count(all.length, 'word')}: the first ${mostWords} are left out one by one`);
  const { cosine, cosines } = await engine.ask(
    space,
    {
      kind: 'variants',
      of: { id },
      texts: words.map((word) => withoutWord(text, word)),
      beside: { id: items[1 - at]!.id },
      k: 0,
    },
    progress.onProgress,
    signal,
  );
  return words.map((word, i) => ({ ...word, change: cosines[i]! - cosine })).sort((x, y) => x.change - y.change);
}

function toJson(
  cosine: number,
  { a, b, parts }: Explanation,
  words: readonly (readonly WordOut[])[] | undefined,
): string {
  const columns = b.tokens.length;
  const short = (value: number) => Number(formatFloat32(value));
  return `${JSON.stringify({
    cosine,
    tokens: [a, b].map(({ tokens }) => tokens.map(({ text }) => text)),
    matrix: a.tokens.map((_, i) => Array.from(parts.subarray(i * columns, (i + 1) * columns), short)),
    ...(words && {
      words: words.map((list) => list.map(({ text, start, change }) => ({ word: text, start, change }))),
    }),
  })}\n`;
}

function toReport(cosine: number, found: Explanation, words: readonly (readonly WordOut[])[]): string {
  const { a, b, parts } = found;
  const { total, positive, negative } = sumParts(parts);
  const own = sumParts(withoutMarked(found).parts).total;
  const signed = (value: number) => {
    const said = formatCosine(value, 4);
    return Number(said) > 0 ? `+${said}` : said;
  };
  const named = ({ tokens }: ReadText, i: number) => {
    const token = tokens[i]!;
    return isMarked(token) ? `(${oneLine(token.text)})` : oneLine(token.text);
  };
  const rows = strongestPairs(found, listed).map(
    (pair) => `${signed(pair.part)}\t${named(a, pair.a)}\t${named(b, pair.b)}`,
  );
  const wordRows = words.flatMap((list, i) => [
    '',
    `change\tword of text ${i + 1}, left out`,
    ...list.slice(0, listed).map(({ change, text }) => `${signed(change)}\t${oneLine(text)}`),
    ...(list.length > listed ? [`\tand ${count(list.length - listed, 'word')} more`] : []),
  ]);
  return `${[
    `cosine\t${formatCosine(cosine, 6)}`,
    `sum of the parts\t${formatCosine(total, 6)}`,
    `positive, negative\t${signed(positive)}\t${signed(negative)}`,
    `special tokens and prompt\t${signed(total - own)}`,
    '',
    'part\ttoken of text 1\ttoken of text 2',
    ...rows,
    ...wordRows,
  ].join('\n')}\n`;
}
