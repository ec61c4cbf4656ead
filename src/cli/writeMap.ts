/** A map that was made, to a file. */
import { exportFormatOf, writeDataset } from '../data/write';
import { carriesVectors, withColours } from '../exportFormats';
import { coloursOfGroups } from '../groupColours';
import type { ColumnChoice, MapView, SpaceId } from '../types';
import { findGraph, neighboursIn } from './exportChoice';
import { writeOutput } from './files';
import type { Inputs } from './inputs';
import type { Session } from './session';
import { withGiven, type ChosenSpace } from './space';
import { checkTextsFor, pageOptions } from './webPage';

/** A map and what it was made of. */
export interface MadeMap {
  readonly inputs: Inputs;
  readonly chosen: ChosenSpace;
  /** Where the engine has the vectors. */
  readonly space: SpaceId;
  readonly map: MapView;
  readonly columns?: ColumnChoice;
}

/** The option of `constela map`, whose `--neighbours` are those that shape the map. */
export const withNeighboursFlag = '--with-neighbours';

/** The file of a map, and what goes into it besides. */
export interface MapFile {
  readonly out: string;
  readonly vectors?: true;
  readonly withNeighbours?: number;
}

/** Writes `made` in the format that the ending of `out` asks for. */
export async function writeMap(
  { inputs, chosen, space, map, columns }: MadeMap,
  { out, vectors: wanted, withNeighbours }: MapFile,
  session: Session,
): Promise<void> {
  const { engine, timings, signal } = session;
  const format = exportFormatOf(out);
  const { items, given, settings } = inputs;
  const { ids, positions } = map;
  const isWithVectors = carriesVectors(format, wanted === true);
  checkTextsFor(out, ids.length);
  const vectors = isWithVectors ? withGiven(await engine.vectors(space, ids), given) : undefined;
  const k = neighboursIn(out, withNeighbours, withNeighboursFlag);
  const neighbours = k === undefined ? undefined : await findGraph(space, items, k, session);
  await timings.time('write', async () => {
    const named = chosen.named && { space: chosen.spec };
    const colours = withColours.includes(format) ? coloursOfGroups(items.map(({ group }) => group)) : undefined;
    const carried = { ...(vectors && { vectors }), ...(colours && { colours }), ...(settings && { settings }) };
    const dataset = { items, positions, ...named, ...carried, ...(neighbours && { neighbours }) };
    const options = {
      vectors: isWithVectors,
      spreadsheetSafe: false,
      ...(columns && { columns }),
      ...pageOptions(out),
    };
    await writeOutput(out, await writeDataset(format, dataset, options), signal);
  });
}
