/** `constela map --append`: new texts on a map that is there, which does not move. */
import { splitDuplicates, textKey } from '../data/typed';
import { models } from '../embedding/registry';
import { InputError } from '../errors';
import { extendMap } from '../pipeline';
import { isSameSpace } from '../spaceKey';
import type { ProjectionOptions } from '../types';
import { takeRows } from '../vectors';
import { chooseColumns, type ColumnsOption } from './exportChoice';
import { readInputs, type GivenVectors, type Inputs } from './inputs';
import { noteReport } from './notes';
import type { ModelOptions } from './options';
import type { ReadingFlags } from './readingOptions';
import { count } from './progress';
import type { Session } from './session';
import {
  adoptGiven,
  checkEmbeddable,
  chooseSpace,
  contradicts,
  describeSpace,
  spaceOf,
  type ChosenSpace,
} from './space';
import type { MadeMap } from './writeMap';

/**
 * Places the texts of `files` among those of the map in `mapFile`, which keep their rows and, to the bit, their positions. Texts that
 * the map has already are left out. Of `projection`, what placing heeds counts; the dimensions are the map's. Throws an InputError
 * when the file is no map, or its space is not known or not that of the vectors in `files`.
 */
export async function appendToMap(
  files: readonly string[],
  mapFile: string,
  projection: ProjectionOptions,
  options: ModelOptions & ReadingFlags & ColumnsOption,
  session: Session,
): Promise<MadeMap> {
  const { engine, progress, signal } = session;
  const there = await readInputs([mapFile], session);
  const { positions } = there;
  if (!positions) throw new InputError('mapPositionsMissing', { file: mapFile });
  const { inputs, left } = joinNew(there, await readInputs(files, session, options));
  const columns = chooseColumns(options, inputs.items, positions.dim, [mapFile, ...files]);
  const chosen = chooseMapSpace(there, inputs, mapFile, options);
  await adoptGiven(engine, inputs, chosen.spec);
  const ids = there.items.map(({ id }) => id);
  const before = { space: chosen.spec, options: { ...projection, dims: positions.dim }, ids, positions };
  let space = '';
  const map = await extendMap(engine, inputs.items, before, {
    onProgress: progress.onProgress,
    onEmbedded: (report) => {
      space = report.space;
      noteReport(report, inputs.items, chosen.spec, progress);
    },
    signal,
  });
  if (left > 0) progress.note(`${count(left, 'text')} not added: on the map already`);
  progress.note(`${count(inputs.items.length - ids.length, 'text')} placed on the map of ${ids.length}`);
  return { inputs, chosen, space, map, ...(columns && { columns }) };
}

/** The rows of the map, then the new texts; `left` of them were there already, or came twice. */
function joinNew(there: Inputs, added: Inputs): { readonly inputs: Inputs; readonly left: number } {
  const first = there.items.length;
  const known = new Set(there.items.map(({ text }) => textKey(text)));
  const fresh = new Set(splitDuplicates(added.items, known).fresh);
  const rows = added.items.flatMap((item, row) => (fresh.has(item) ? [row] : []));
  const items = rows.map((row, i) => ({ ...added.items[row]!, id: String(first + i) }));
  const given = added.given.flatMap((part): GivenVectors[] => {
    const isOfPart = (row: number) => row >= part.firstRow && row < part.firstRow + part.vectors.rows;
    const kept = rows.filter(isOfPart).map((row) => row - part.firstRow);
    if (kept.length === 0) return [];
    return [{ ...part, firstRow: first + rows.findIndex(isOfPart), vectors: takeRows(part.vectors, kept) }];
  });
  const inputs = { ...there, items: [...there.items, ...items], given: [...there.given, ...given] };
  return { inputs, left: added.items.length - items.length };
}

/** The space in which the map stands: that of its vectors, or for a map without any the one that it or the options name. */
function chooseMapSpace(there: Inputs, all: Inputs, mapFile: string, options: ModelOptions): ChosenSpace {
  if (there.given.length > 0) return chooseSpace(all, options);
  const asked = options.model !== undefined || options.prompt !== undefined;
  const spec = there.space ?? (asked ? spaceOf(options) : undefined);
  if (!spec) throw new InputError('mapSpaceUnknown', { file: mapFile, known: models.map(({ id }) => id).join(', ') });
  if (contradicts(options, spec))
    throw new InputError('inputOtherSpace', { file: mapFile, found: describeSpace(spec) });
  checkEmbeddable(spec, mapFile);
  for (const { file, vectors, space } of all.given) {
    if (space && isSameSpace(space, spec)) continue;
    const ofB = `${vectors.dim} dimensions, ${describeSpace(space)}`;
    throw new InputError('inputsDiffer', { a: mapFile, b: file, ofA: describeSpace(spec), ofB });
  }
  return all.given.length > 0 ? chooseSpace(all, options) : { spec, named: true };
}
