/** What becomes of the vectors that a file brings: those of a model here are checked by it, others are used as imported ones. */
import { textKey } from '../../data/typed';
import { lookUpModel, type ModelEntry } from '../../embedding/registry';
import type { Engine } from '../../engine/contract';
import { InputError } from '../../errors';
import { importedSpace, readImported } from '../../imported';
import type { Subject } from '../../questions';
import type { Dataset, Item, ItemId, Matrix, Positions, SpaceSpec } from '../../types';
import { dotRows, scaleRowsToUnit } from '../../vectors';
import type { MessageKey } from '../messages/catalogue';
import type { MessageParams } from '../messages/messages.svelte';
import type { Jobs } from './jobs.svelte';

/** Texts that the model embeds anew, evenly spread over the file. */
const checkedTexts = 4;
/** As the canary asks of a model's own vectors (embedding/canary.ts). */
const minimumCosine = 0.999;

export interface Remark {
  readonly key: MessageKey;
  readonly params: MessageParams;
}

export interface Brought {
  readonly space: SpaceSpec;
  /** Vectors of two or three dimensions are their own places. */
  readonly positions?: Positions;
  /** What a person should know about them. */
  readonly remarks: readonly Remark[];
}

/** The file that vectors come from, and whether what it says of them is known to be true. */
export interface Origin {
  readonly file: string;
  readonly trusted: boolean;
}

interface Parts {
  readonly engine: Engine;
  readonly jobs: Pick<Jobs, 'run'>;
}

/**
 * Gives the engine the vectors of a dataset whose `items` these are, row by row, scaled to unit length in place. Those that a model here
 * is said to have made are checked, unless their origin is trusted. Undefined where there are none.
 */
export async function takeVectors(
  parts: Parts,
  items: readonly Item[],
  { vectors, space }: Pick<Dataset, 'vectors' | 'space'>,
  { file, trusted }: Origin,
): Promise<Brought | undefined> {
  if (!vectors) return undefined;
  const positions = asPositions(vectors);
  const zeros = scaleRowsToUnit(vectors);
  const remarks: Remark[] = zeros > 0 ? [{ key: 'importedZeros', params: { count: zeros } }] : [];
  const named = space && lookUpModel(space.modelId);
  if (named && space) {
    const lie = trusted ? undefined : await findLie(parts, items, space, named, vectors);
    if (!lie) {
      hand(parts.engine, items, space, vectors);
      return { space, remarks };
    }
    remarks.push({ key: lie.key, params: { ...lie.params, file, model: named.name } });
  }
  const texts = items.map(({ text }) => text);
  const imported = await importedSpace(originOf(file, space), texts, vectors);
  hand(parts.engine, items, imported, vectors);
  return { space: imported, ...(positions && { positions }), remarks };
}

/** Not awaited, so that the list is shown meanwhile: what asks for the space waits for it, and tells where it lacks vectors. */
function hand(engine: Engine, items: readonly Item[], space: SpaceSpec, vectors: Matrix): void {
  void engine.adopt(items, space, vectors).catch(() => undefined);
}

/** In what vectors are not those of the model that is said to have made them; undefined where they are, or it cannot be asked. */
async function findLie(
  { engine, jobs }: Parts,
  items: readonly Item[],
  space: SpaceSpec,
  { dim }: ModelEntry,
  vectors: Matrix,
): Promise<Remark | undefined> {
  if (dim !== vectors.dim) return { key: 'importedDims', params: { got: vectors.dim, expected: dim } };
  const count = Math.min(checkedTexts, items.length);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * items.length) / count));
  const sample = rows.map((row) => items[row]!);
  // A model that cannot be loaded is told of where it is needed: until then, and after a Cancel, the file is taken at its word.
  const made = await jobs
    .run('open', async (signal, onProgress) => {
      const report = await engine.embed(sample, space, onProgress, signal);
      return engine.vectors(
        report.space,
        sample.map(({ id }) => id),
      );
    })
    .catch(() => undefined);
  for (let i = 0; made && i < count; i++) {
    const cosine = dotRows(made, i, vectors, rows[i]!);
    if (!(cosine >= minimumCosine))
      return { key: 'importedDiffers', params: { text: sample[i]!.text, cosine: cosine.toFixed(3) } };
  }
  return undefined;
}

/** The file, and the model that it names where Constela does not have it; vectors that came from a file before keep its name. */
function originOf(file: string, space: SpaceSpec | undefined): string {
  if (!space || lookUpModel(space.modelId)) return file;
  return readImported(space.modelId)?.file ?? `${file} (${space.modelId})`;
}

function asPositions({ data, rows, dim }: Matrix): Positions | undefined {
  return dim === 2 || dim === 3 ? { data: data.slice(), rows, dim } : undefined;
}

/** Throws `importedText` for the first of `texts` that the collection lacks, where nothing here can make its vector. */
export function checkTexts(texts: readonly string[], spec: SpaceSpec, byText: ReadonlyMap<string, ItemId>): void {
  const imported = readImported(spec.modelId);
  if (!imported) return;
  const unknown = texts.find((text) => !byText.has(textKey(text)));
  if (unknown !== undefined) throw new InputError('importedText', { text: unknown, file: imported.file });
}

/** What a query is about: its words, or where nothing here can make their vector, the text of the collection that has them. */
export function subjectFor(query: string, spec: SpaceSpec, byText: ReadonlyMap<string, ItemId>): Subject {
  checkTexts([query], spec, byText);
  const id = readImported(spec.modelId) && byText.get(textKey(query));
  return id === undefined ? { text: query } : { id };
}

/** The space for new texts: imported vectors are of their own texts alone, and `usual` stands in for them. */
export function spaceForNew(spec: SpaceSpec, chosen: string | undefined, usual: SpaceSpec): SpaceSpec {
  if (!readImported(spec.modelId)) return spec;
  const model = chosen === undefined ? undefined : lookUpModel(chosen);
  return model ? { modelId: model.id, prompt: model.prompt } : usual;
}
