/** A map that was made, to a file. */
import { alwaysWithVectors, exportFormatOf, writeDataset } from '../data/write';
import { coloursOfGroups } from '../groupColours';
import type { MapView, SpaceId } from '../types';
import { writeOutput } from './files';
import type { Inputs } from './inputs';
import type { Session } from './session';
import { withGiven, type ChosenSpace } from './space';
import { findPageNeeds } from './webPage';

/** A map and what it was made of. */
export interface MadeMap {
  readonly inputs: Inputs;
  readonly chosen: ChosenSpace;
  /** Where the engine has the vectors. */
  readonly space: SpaceId;
  readonly map: MapView;
}

/** Writes `made` in the format that the ending of `out` asks for. */
export async function writeMap(
  { inputs, chosen, space, map }: MadeMap,
  { out, vectors: wanted }: { readonly out: string; readonly vectors?: true },
  session: Session,
): Promise<void> {
  const { engine, timings, signal } = session;
  const format = exportFormatOf(out);
  const { items, given, settings } = inputs;
  const { ids, positions } = map;
  const carriesVectors = wanted === true || alwaysWithVectors.includes(format);
  const page = await findPageNeeds(out, space, ids, session);
  const vectors = carriesVectors ? withGiven(await engine.vectors(space, ids), given) : undefined;
  await timings.time('write', async () => {
    const named = chosen.named && { space: chosen.spec };
    const colours = coloursOfGroups(items.map(({ group }) => group));
    const carried = { ...(vectors && { vectors }), ...(colours && { colours }), ...(settings && { settings }) };
    const dataset = { items, positions, ...named, ...carried, ...(page && { neighbours: page.neighbours }) };
    const options = { vectors: carriesVectors, spreadsheetSafe: false, ...page?.options };
    const bytes = await writeDataset(format, dataset, options);
    await writeOutput(out, bytes, signal);
  });
}
