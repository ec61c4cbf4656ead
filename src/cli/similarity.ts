/** `constela similarity`: how close two texts are, or many pairs of them. */
import { Command } from 'commander';
import { decodeText } from '../data/text';
import { textKey } from '../data/typed';
import { InputError } from '../errors';
import type { Item } from '../types';
import { dotRows } from '../vectors';
import { formatCosine } from './cosine';
import type { Context } from './context';
import { readInput } from './files';
import { noteReport } from './notes';
import { addCommonOptions, addModelOptions, type CommonOptions, type ModelOptions } from './options';
import { runSession, type Session } from './session';
import { spaceOf } from './space';

/** Two texts, and what is printed before their cosine. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly line: string;
}

interface Options extends CommonOptions, ModelOptions {
  readonly pairs?: string;
}

export function similarityCommand(context: Context): Command {
  const command = new Command('similarity')
    .description('Print the cosine similarity of two texts, -1 to 1, with six decimals.')
    .argument('[text...]', 'Two texts.')
    .option(
      '--pairs <file.tsv>',
      'Compare the two tab-separated texts of each line of this file instead, and print the lines with the cosine as a third column. Blank lines are skipped.',
    )
    .action((texts: string[], options: Options) => similarity(texts, options, context));
  return addCommonOptions(addModelOptions(command, { input: false }));
}

async function similarity(texts: readonly string[], options: Options, context: Context): Promise<void> {
  const file = options.pairs;
  const [a, b] = texts;
  if (file !== undefined) {
    if (texts.length > 0) throw new InputError('similarityBoth', { file });
  } else if (a === undefined || b === undefined || texts.length !== 2)
    throw new InputError('similarityArguments', { found: texts.length });
  else if (textKey(a) === '' || textKey(b) === '') throw new InputError('textEmpty', { option: 'text' });
  await runSession(context, options, async (session) => {
    if (file === undefined) return `${(await compare([{ a: a!, b: b!, line: '' }], options, session)).join('')}\n`;
    const pairs = await session.timings.time('read', async () =>
      parsePairs(file, await readInput(file, session.signal)),
    );
    const cosines = await compare(pairs, options, session);
    return pairs.map(({ line }, i) => `${line}\t${cosines[i]!}\n`).join('');
  });
}

/**
 * The pairs of a file: two texts a line, separated by one tab, as they stand (no quoting). Blank lines are skipped.
 * Throws an InputError that names the first line with more or fewer texts, or with an empty one; and as `decodeText` does.
 */
export function parsePairs(file: string, bytes: Uint8Array): Pair[] {
  if (bytes.length === 0) throw new InputError('fileEmpty', { file });
  const pairs: Pair[] = [];
  decodeText(file, bytes)
    .split(/\r\n?|\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      const cells = line.split('\t');
      const texts = cells.filter((cell) => textKey(cell) !== '');
      const [a, b] = texts;
      if (cells.length !== 2 || a === undefined || b === undefined)
        throw new InputError('pairLine', { file, line: i + 1, cells: cells.length, texts: texts.length });
      pairs.push({ a, b, line });
    });
  if (pairs.length === 0) throw new InputError('noTexts', { file });
  return pairs;
}

/** The cosine of each pair, with six decimals. Every text is embedded once. */
async function compare(pairs: readonly Pair[], options: ModelOptions, session: Session): Promise<string[]> {
  const { engine, progress, signal } = session;
  const rowOf = new Map<string, number>();
  for (const text of pairs.flatMap(({ a, b }) => [a, b])) if (!rowOf.has(text)) rowOf.set(text, rowOf.size);
  const items = [...rowOf].map(([text, row]): Item => ({ id: String(row), text }));
  const spec = spaceOf(options);
  const report = await engine.embed(items, spec, progress.onProgress, signal);
  noteReport(report, items, spec, progress);
  const vectors = await engine.vectors(
    report.space,
    items.map(({ id }) => id),
  );
  return pairs.map(({ a, b }) => formatCosine(dotRows(vectors, rowOf.get(a)!, vectors, rowOf.get(b)!), 6));
}
