/** The work of `constela tune`. */
import type { Adapter, PreparedPairs, TunedMap, TuningEpoch, TuningOptions } from '../adapters';
import { parsePairs } from '../data/pairs';
import { textKey } from '../data/typed';
import { applyAdapter } from '../embedding/adapter';
import { appendAdapter } from '../embedding/onnxAdapter';
import { findModel } from '../embedding/registry';
import { InputError } from '../errors';
import { modelReader } from './modelReader';
import { writeAdapter } from '../tuning/adapterFile';
import { preparePairs } from '../tuning/pairs';
import { tuneAdapter } from '../tuning/tuneAdapter';
import type { Matrix, SpaceId, SpaceSpec } from '../types';
import { readInput, writeOutput } from './files';
import { readInputs, type Inputs } from './inputs';
import { noteReport } from './notes';
import type { ModelOptions } from './options';
import { count } from './progress';
import type { Session } from './session';
import { adoptGiven, checkEmbeddable, chooseSpace } from './space';

/** Nearest texts of each text of INPUT of which it is told how many stay. */
const overlapNeighbours = 10;

export interface TuneOptions extends ModelOptions, TuningOptions {
  readonly pairs: string;
  readonly out: string;
}

export interface Tuned {
  readonly adapter: Adapter;
  /** Lines of the file. */
  readonly given: number;
  readonly prepared: PreparedPairs;
  readonly tuned: TunedMap;
  readonly overlap: number;
}

/** Trains on the pairs of a file, writes the adapter, and looks at what it changes among the texts of `file`. */
export async function tuneModel(file: string, options: TuneOptions, session: Session): Promise<Tuned> {
  const { out, pairs: pairsFile, rank, loss, seed, epochs, learningRate, weightDecay, heldOut } = options;
  const training: TuningOptions = { loss, rank, seed, epochs, learningRate, weightDecay, heldOut };
  const { engine, progress, timings, signal } = session;
  const inputs = await readInputs([file], session);
  const given = await timings.time('read', async () => parsePairs(pairsFile, await readInput(pairsFile, signal)));
  const prepared = preparePairs(given, seed);
  const { spec, named } = chooseSpace(inputs, options);
  checkEmbeddable(named ? spec : undefined, file);
  if (spec.adapter !== undefined || spec.layer !== undefined) throw new InputError('tuneBase', { file });
  await adoptGiven(engine, inputs, spec);
  const { items } = inputs;
  const report = await engine.embed(items, spec, progress.onProgress, signal);
  noteReport(report, items, spec, progress);
  const vectors = await vectorsOf(prepared.texts, inputs, spec, report.space, session);
  const onEpoch = ({ epoch }: TuningEpoch) => progress.onProgress({ stage: 'training', done: epoch, total: epochs });
  const { adapter, tuned } = await timings.time('training', () =>
    tuneAdapter(spec, vectors, prepared.pairs, training, { signal, onEpoch }),
  );
  const overlap = await overlapWith(adapter, inputs, report.space, session);
  await timings.time('write', async () => writeOutput(out, await fileOf(adapter, out, session), signal));
  return { adapter, given: given.length, prepared, tuned, overlap };
}

async function fileOf(
  adapter: Adapter,
  out: string,
  { modelsFolder, signal }: Session,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!/\.onnx$/i.test(out)) return writeAdapter(adapter);
  const entry = findModel(adapter.base.modelId);
  const model = await modelReader(modelsFolder)(entry)(entry.weights, () => undefined, signal);
  if (!model) throw new InputError('modelFileMissing', { model: entry.id, file: entry.weights });
  return appendAdapter(model, entry, adapter);
}

/** Vectors of `texts`, row by row: of those that the input has, and of others by the model. */
async function vectorsOf(
  texts: readonly string[],
  { items }: Inputs,
  spec: SpaceSpec,
  space: SpaceId,
  { engine, progress, signal }: Session,
): Promise<Matrix> {
  const idOf = new Map(items.map(({ id, text }) => [textKey(text), id]));
  const known = texts.map((text) => idOf.get(textKey(text)));
  const others = texts.filter((_, row) => known[row] === undefined);
  if (others.length > 0)
    progress.note(`${count(others.length, 'text')} of the pairs not among those of INPUT, embedded too`);
  const held = await engine.vectors(
    space,
    known.filter((id) => id !== undefined),
  );
  const fresh = others.length > 0 ? await engine.embedTexts(others, spec, progress.onProgress, signal) : held;
  const { dim } = held;
  const data = new Float32Array(texts.length * dim);
  let [fromHeld, fromFresh] = [0, 0];
  known.forEach((id, row) => {
    const [from, at] = id === undefined ? [fresh, fromFresh++] : [held, fromHeld++];
    data.set(from.data.subarray(at * dim, (at + 1) * dim), row * dim);
  });
  return { data, rows: texts.length, dim };
}

/** The mean share of the nearest texts of each text that stay; NaN for fewer than two texts. */
async function overlapWith(
  adapter: Adapter,
  { items }: Inputs,
  base: SpaceId,
  { engine, progress, signal }: Session,
): Promise<number> {
  const matrix = await engine.vectors(
    base,
    items.map(({ id }) => id),
  );
  await applyAdapter(matrix, adapter, signal);
  const { space } = await engine.adopt(items, { ...adapter.base, adapter: adapter.id }, matrix);
  const question = { kind: 'overlap', other: base, k: overlapNeighbours } as const;
  return (await engine.ask(space, question, progress.onProgress, signal)).mean;
}
