/** `constela axes`: texts on axes of meaning, and the texts nearest to a formula. */
import { Command } from 'commander';
import { formatFloat32 } from '../data/float32';
import { textKey } from '../data/typed';
import { InputError } from '../errors';
import type { AxesAnswer } from '../answers';
import { parseAxis, parseFormula, printAxis, subjectOf, textsIn, type Axis, type Formula } from '../similarity/formula';
import type { Item, ItemId } from '../types';
import { formatCosine } from './cosine';
import type { Context } from './context';
import { inputHelp, readInputs } from './inputs';
import { noteReport } from './notes';
import { oneLine } from './oneLine';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions, numberOption } from './options';
import type { ProgressLine } from './progress';
import { addReadingOptions, type ReadingFlags } from './readingOptions';
import { runSession } from './session';
import { adoptGiven, checkEmbeddable, chooseSpace } from './space';

/** As many as the page can show. */
const mostAxes = 3;

interface Options extends CommonOptions, ModelOptions, ReadingFlags {
  readonly axis?: readonly Axis[];
  readonly formula?: Formula;
  readonly k: number;
  readonly json?: true;
}

export function axesCommand(context: Context): Command {
  const command = new Command('axes')
    .description('Place the texts of a file on axes of meaning, or list those nearest to a formula of texts.')
    .argument('<input>', `${inputHelp} Vectors in it are used, and no model runs for those.`)
    .option(
      '--axis <axis>',
      `An axis from one end to the other, such as "{he, man} -> {she, woman}"; up to ${mostAxes} times.`,
      (typed: string, axes: readonly Axis[] = []) => [...axes, parseAxis(typed)],
    )
    .option('--formula <formula>', 'A sum of texts, such as "king - man + woman".', parseFormula)
    .addOption(
      numberOption('-k <number>', 'How many texts to list for --formula.', { min: 1, max: 10_000, whole: true }, 10),
    )
    .option(
      '--json',
      'Print {axes, texts: [{text, values}]} for --axis, [{text, cosine}] for --formula; without it, one line a text, separated by tabs.',
    )
    .addHelpText(
      'after',
      [
        '',
        'In an axis and a formula: + and - with a blank before them; weights (2 * king, 0.5 king); {a, b} for the mean of texts;',
        'brackets; and double quotes around a text with such characters in it. Texts that INPUT has not are embedded.',
        "A text's value on an axis is its cosine with the difference of the ends' vectors, both of unit length: -1 to 1, below 0 where",
        'it is nearer to the first end, above 0 to the second (SemAxis: An, Kwak & Ahn 2018, https://aclanthology.org/P18-1228).',
        "The residual is the share of the texts' squared length that the axes together do not give (least squares): how much of the",
        'meaning they leave out, 0 to 1.',
        'A formula lists the texts with the highest cosine with its sum, -1 to 1, without its own texts (Mikolov, Yih & Zweig 2013,',
        'https://aclanthology.org/N13-1090).',
      ].join('\n'),
    )
    .action((file: string, options: Options) => axes(file, options, context));
  return addCommonOptions(addReadingOptions(addModelOptions(command)));
}

async function axes(file: string, { axis = [], formula, ...options }: Options, context: Context): Promise<void> {
  if (axis.length > 0 === (formula !== undefined)) throw new InputError('axesNothing');
  if (axis.length > mostAxes) throw new InputError('axesMany', { found: axis.length, limit: mostAxes });
  await runSession(context, options, async ({ engine, progress, timings, signal }) => {
    const inputs = await readInputs([file], { progress, timings, signal }, options);
    const { items } = inputs;
    const { spec, named } = chooseSpace(inputs, options);
    const idOf = new Map(items.toReversed().map(({ id, text }) => [textKey(text), id]));
    const itemOf = (text: string) => idOf.get(textKey(text));
    const typed = [...(formula ?? []), ...axis.flatMap(({ from, to }) => [...from, ...to])];
    const unknown = textsIn(typed).filter((text) => itemOf(text) === undefined);
    if (unknown.length > 0) checkEmbeddable(named ? spec : undefined, file);
    await adoptGiven(engine, inputs, spec);
    const report = await engine.embed(items, spec, progress.onProgress, signal);
    noteReport(report, items, spec, progress);
    noteUnknown(unknown, progress);
    if (formula) {
      const of = subjectOf(formula, itemOf);
      const question = { kind: 'neighbours', of, k: options.k } as const;
      const found = await engine.ask(report.space, question, progress.onProgress, signal);
      return listNearest(found, items, options.json);
    }
    const asked = axis.map((ends) => ({
      name: printAxis(ends),
      from: subjectOf(ends.from, itemOf),
      to: subjectOf(ends.to, itemOf),
    }));
    const placed = await engine.ask(report.space, { kind: 'axes', axes: asked }, progress.onProgress, signal);
    notePlacement(placed, asked, progress);
    const names = asked.map(({ name }) => name);
    return options.json ? placesToJson(placed, names, items) : placesToTable(placed, names, items);
  });
}

function noteUnknown(unknown: readonly string[], progress: ProgressLine): void {
  if (unknown.length === 0) return;
  const named = [...new Set(unknown)].map((text) => `“${text}”`);
  progress.note(`not among the texts, so embedded for this question only: ${named.join(', ')}`);
}

/** What is said of the axes themselves: where their ends stand, how alike they are, and what they leave out. */
function notePlacement(
  { ends, cosines, residual }: AxesAnswer,
  asked: readonly { readonly name: string }[],
  progress: ProgressLine,
): void {
  asked.forEach(({ name }, i) => {
    const [from, to] = [ends[2 * i]!, ends[2 * i + 1]!].map((end) => formatCosine(end, 3));
    progress.note(`${name}: from ${from} to ${to}`);
    for (let j = 0; j < i; j++) {
      const cosine = formatCosine(cosines[i * asked.length + j]!, 3);
      progress.note(`cosine of the axes ${j + 1} and ${i + 1}: ${cosine}`);
    }
  });
  progress.note(
    `residual: ${(100 * residual).toFixed(1)} % of the texts' squared length is outside ${asked.length === 1 ? 'the axis' : 'the axes'}`,
  );
}

function listNearest(
  found: readonly { readonly id: ItemId; readonly cosine: number }[],
  items: readonly Item[],
  json?: true,
): string {
  const textOf = new Map(items.map(({ id, text }) => [id, text]));
  const rows = found.map(({ id, cosine }) => ({ text: textOf.get(id) ?? '', cosine }));
  if (!json)
    return rows.map(({ text, cosine }, i) => `${i + 1}\t${formatCosine(cosine, 3)}\t${oneLine(text)}\n`).join('');
  return toJson(rows.map(({ text, cosine }) => ({ text, cosine: exact(cosine) })));
}

/** A head with the axes, then a line a text in the order of the file: its values and the text. */
function placesToTable(placed: AxesAnswer, names: readonly string[], items: readonly Item[]): string {
  const values = valuesById(placed, names.length);
  const lines = items.map(({ id, text }) => {
    const cells = [...values(id)].map((value) => formatCosine(value, 3));
    return `${[...cells, oneLine(text)].join('\t')}\n`;
  });
  return `${[...names.map(oneLine), 'text'].join('\t')}\n${lines.join('')}`;
}

function placesToJson(placed: AxesAnswer, names: readonly string[], items: readonly Item[]): string {
  const values = valuesById(placed, names.length);
  return toJson({ axes: names, texts: items.map(({ id, text }) => ({ text, values: [...values(id)].map(exact) })) });
}

function valuesById({ ids, values }: AxesAnswer, axesCount: number): (id: ItemId) => Float32Array {
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  return (id) => {
    const row = rowOf.get(id) ?? 0;
    return values.subarray(row * axesCount, (row + 1) * axesCount);
  };
}

/** In the shortest form that reads back to the same float32. */
const exact = (value: number) => Number(formatFloat32(value));

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
