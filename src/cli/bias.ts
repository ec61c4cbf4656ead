/** `constela bias`: association tests of sets of words. */
import { Command } from 'commander';
import { setKeys, type Association, type DirectionKind, type SetKey, type WordSets } from '../association';
import { textKey } from '../data/typed';
import { parseWordSets } from '../data/wordSets';
import { InputError } from '../errors';
import type { WithoutDirection } from '../answers';
import type { AskedSets } from '../questions';
import { readyTests, sentencesOf, templates as readyTemplates } from '../similarity/associationSets';
import { checkSets, type Caution } from '../similarity/preconditions';
import type { Item, SpaceSpec } from '../types';
import type { Context } from './context';
import { readInput } from './files';
import { noteReport } from './notes';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions, numberOption } from './options';
import type { ProgressLine } from './progress';
import { runSession } from './session';
import { spaceOf } from './space';

interface Options extends CommonOptions, ModelOptions {
  readonly ready?: string;
  readonly sentences?: true;
  readonly template?: readonly string[];
  readonly without?: DirectionKind;
  readonly seed: number;
  readonly permutations: number;
  readonly json?: true;
}

export function biasCommand(context: Context): Command {
  const ids = readyTests.map(({ id }) => id).join(', ');
  const command = new Command('bias')
    .description('Test whether two sets of words are associated with two others (WEAT, SEAT), by a model.')
    .argument(
      '[sets.json]',
      'Word sets: {"X": [...], "Y": [...], "A": [...], "B": [...]}, and "names" by set if you wish.',
    )
    .option('--ready <test>', `A test that is ready instead of a file: ${ids}.`)
    .option(
      '--sentences',
      'Test the words in sentences that say hardly anything else (SEAT), such as "This is {word}."',
    )
    .option(
      '--template <template>',
      'A sentence of your own with {word} in it, for --sentences; can be given several times.',
      (template: string, given: readonly string[] = []) => [...given, checkTemplate(template)],
    )
    .option(
      '--without <kind>',
      'Test once more without the direction from A to B, found by means or by pairs: the first word of A with the first of B, and so on.',
      readDirectionKind,
    )
    .addOption(numberOption('--seed <number>', 'Of what is drawn.', { min: 0, max: 2 ** 32 - 1, whole: true }, 42))
    .addOption(
      numberOption(
        '--permutations <number>',
        'Partitions that are drawn where there are more than 3,000,000 (13 words a set); otherwise all are looked at.',
        { min: 100, max: 10_000_000, whole: true },
        100_000,
      ),
    )
    .option('--json', 'Print {effectSize, p, interval, rnd, ...}; without it, one line a number, separated by tabs.')
    .addHelpText(
      'after',
      [
        '',
        "effectSize: the mean association of X less that of Y, in standard deviations (of the population) of all their words'. The",
        'association of a word is its mean cosine with A less that with B (WEAT: Caliskan, Bryson & Narayanan 2017).',
        'p: the share of the partitions of X and Y together into two sets of equal size whose difference is at least as large; one-sided.',
        'interval: percentile bootstrap of the effect size at 95 %, over the words of all four sets.',
        'rnd: relative norm distance of A to the means of X and Y (Garg et al. 2018), below 0 where A is nearer to X; rndB: of B.',
        'An association in vectors is no intention of a person, depends on the words, and its absence is no proof of fairness.',
      ].join('\n'),
    )
    .action((file: string | undefined, options: Options) => bias(file, options, context));
  return addCommonOptions(addModelOptions(command, { input: false }));
}

async function bias(file: string | undefined, options: Options, context: Context): Promise<void> {
  if ((file === undefined) === (options.ready === undefined)) throw new InputError('biasSets');
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const { sets, tongue } =
      file === undefined
        ? readySets(options.ready ?? '')
        : {
            sets: parseWordSets(file, await timings.time('read', () => readInput(file, signal))),
            tongue: 'en' as const,
          };
    noteCautions(checkSets(sets, textKey), progress);
    const sentences = options.template ?? (options.sentences ? readyTemplates[tongue] : undefined);
    const textsBy = (key: SetKey) => sentencesOf(sets[key].words, sentences ?? ['{word}']);
    const texts = new Set(setKeys.flatMap(textsBy));
    const items = [...texts].map((text): Item => ({ id: text, text }));
    const spec = spaceOf(options);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    const subjects = (key: SetKey) => textsBy(key).map((id) => ({ id }));
    const asked: AskedSets = {
      x: subjects('X'),
      y: subjects('Y'),
      a: subjects('A'),
      b: subjects('B'),
      sentences: sentences?.length ?? 1,
      seed: options.seed,
      permutations: options.permutations,
    };
    const found = await engine.ask(report.space, { kind: 'association', ...asked }, progress.onProgress, signal);
    const without = options.without
      ? await engine.ask(
          report.space,
          { kind: 'withoutDirection', ...asked, by: options.without, k: 10 },
          progress.onProgress,
          signal,
        )
      : undefined;
    if (!options.json) return toTable(found, without);
    const result = toObject(found, without, { sets, sentences, spec, seed: options.seed });
    return `${JSON.stringify(result, null, 2)}\n`;
  });
}

function readySets(id: string) {
  const ready = readyTests.find((test) => test.id === id);
  if (!ready) throw new InputError('biasReady', { id, known: readyTests.map((test) => test.id).join(', ') });
  const named = (key: SetKey) => ({ name: ready.sets[key].id, words: ready.sets[key].words });
  const sets: WordSets = { X: named('X'), Y: named('Y'), A: named('A'), B: named('B') };
  return { sets, tongue: ready.tongue };
}

function checkTemplate(template: string): string {
  if (!template.includes('{word}')) throw new InputError('templateWithoutWord', { template });
  return template;
}

function readDirectionKind(value: string): DirectionKind {
  if (value !== 'means' && value !== 'pairs')
    throw new InputError('directionUnknown', { value, known: 'means, pairs' });
  return value;
}

function noteCautions(cautions: readonly Caution[], progress: ProgressLine): void {
  for (const caution of cautions) {
    if (caution.kind === 'unequal')
      progress.note(
        `X has ${caution.x} words and Y ${caution.y}: without sets of equal size there is no permutation test, and p is null`,
      );
    else if (caution.kind === 'few')
      progress.note(
        `the smallest set has ${caution.words} words, where 8 or more would tell more; p cannot be below ${caution.least.toPrecision(2)}`,
      );
    else progress.note(`“${caution.word}” is in ${caution.target} and in ${caution.attribute}, so it is like itself`);
  }
}

function toTable({ effectSize, permutation, interval, rnd }: Association, without?: WithoutDirection): string {
  const lines: [string, number | undefined][] = [
    ['effectSize', effectSize],
    ['low', interval.low],
    ['high', interval.high],
    ['p', permutation?.p],
    ['rnd', rnd.a],
    ['rndB', rnd.b],
  ];
  if (without) lines.push(['effectSizeWithout', without.after.effectSize], ['pWithout', without.after.permutation?.p]);
  return lines.map(([name, value]) => `${name}\t${value === undefined ? '-' : decimal(value)}\n`).join('');
}

const decimal = (value: number) => (Math.abs(value) < 1e-3 && value !== 0 ? value.toExponential(2) : value.toFixed(4));

interface Asked {
  readonly sets: WordSets;
  readonly sentences: readonly string[] | undefined;
  readonly spec: SpaceSpec;
  readonly seed: number;
}

/** What JSON cannot hold, numbers that there are not, is null in it. */
function toObject(found: Association, without: WithoutDirection | undefined, { sets, sentences, spec, seed }: Asked) {
  const { permutation, interval } = found;
  const words = (key: 'X' | 'Y', values: Float64Array) =>
    sets[key].words.map((text, i) => ({ text, set: key, association: values[i]! }));
  return {
    effectSize: found.effectSize,
    p: permutation?.p ?? null,
    interval: [interval.low, interval.high],
    rnd: found.rnd.a,
    rndB: found.rnd.b,
    difference: found.difference,
    level: interval.level,
    partitions: permutation?.partitions ?? null,
    exact: permutation?.exact ?? null,
    seed,
    model: spec.modelId,
    prompt: spec.prompt,
    ...(sentences && { templates: sentences }),
    names: Object.fromEntries(setKeys.map((key) => [key, sets[key].name])),
    words: [...words('X', found.x), ...words('Y', found.y)],
    ...(without && { without: withoutToObject(without) }),
  };
}

function withoutToObject({ before, after, explained }: WithoutDirection) {
  const of = ({ effectSize, difference, permutation, ownSet, pairCosine }: WithoutDirection['before']) => ({
    effectSize,
    difference,
    p: permutation?.p ?? null,
    ownSet,
    pairCosine,
  });
  return { explained: explained ?? null, before: of(before), after: of(after) };
}
