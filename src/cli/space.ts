/** Which space the texts of the inputs share, and the vectors that it already has. */
import { findModel, knownModels, lookUpModel, models } from '../embedding/registry';
import { InputError } from '../errors';
import type { Engine } from '../engine/contract';
import { isSameSpace, spaceAtLayer } from '../spaceKey';
import type { Matrix, SpaceSpec } from '../types';
import { createMatrix, scaleRowsToUnit } from '../vectors';
import type { GivenVectors, Inputs } from './inputs';
import type { ModelOptions } from './options';

/** The engine's name for vectors whose file does not say what made them. */
export const unnamed: SpaceSpec = { modelId: 'unnamed', prompt: '{text}' };

export interface ChosenSpace {
  readonly spec: SpaceSpec;
  /** Whether it is known what makes its vectors, so that further texts can be embedded and an export can say it. */
  readonly named: boolean;
}

/**
 * The space of the options: by default the first model with its own prompt, or the one that the adapter was trained in. Throws
 * `adapterModel` where the options name another model than the adapter's, `adapterLayer` where they name a layer besides, and
 * `layerUnknown` for one that the model lacks.
 */
export function spaceOf({ model, prompt, layer, adapter }: ModelOptions): SpaceSpec {
  const id = model ?? adapter?.base.modelId ?? models[0]!.id;
  const entry = findModel(id);
  if (adapter && id !== adapter.base.modelId)
    throw new InputError('adapterModel', { file: '--adapter', found: adapter.base.modelId, expected: id });
  if (adapter && layer !== undefined) throw new InputError('adapterLayer', { layer });
  const { layers } = entry;
  if (layer !== undefined && layer > layers) throw new InputError('layerUnknown', { layer, layers, model: id });
  const base = { modelId: id, prompt: prompt ?? adapter?.base.prompt ?? entry.prompt };
  return adapter ? { ...base, adapter: adapter.id } : spaceAtLayer(base, layer ?? layers, layers);
}

/**
 * The space in which the inputs stand: that of the vectors they bring, or the one of the options. For vectors that name
 * none, the options say what made them. Throws an InputError when inputs disagree with each other or with the options, or
 * when some texts have vectors and the model for the others is not known.
 */
export function chooseSpace({ items, given }: Inputs, options: ModelOptions): ChosenSpace {
  const first = given[0];
  if (!first) return { spec: spaceOf(options), named: true };
  for (const other of given.slice(1)) {
    if (!isSame(first, other))
      throw new InputError('inputsDiffer', {
        a: first.file,
        b: other.file,
        ofA: describe(first),
        ofB: describe(other),
      });
  }
  const asked = [options.model, options.prompt, options.layer, options.adapter].some((option) => option !== undefined);
  const spec = first.space ?? (asked ? spaceOf(options) : undefined);
  if (first.space && contradicts(options, first.space))
    throw new InputError('inputOtherSpace', { file: first.file, found: describe(first) });
  const entry = spec && lookUpModel(spec.modelId);
  if (entry && entry.dim !== first.vectors.dim)
    throw new InputError('inputDimensions', {
      file: first.file,
      got: first.vectors.dim,
      expected: entry.dim,
      model: entry.id,
    });
  const withVectors = given.reduce((sum, { vectors }) => sum + vectors.rows, 0);
  if (withVectors < items.length) checkEmbeddable(spec, first.file);
  return { spec: spec ?? unnamed, named: spec !== undefined };
}

/** Throws an InputError unless further texts can be embedded where the vectors of `file` stand. */
export function checkEmbeddable(spec: SpaceSpec | undefined, file: string): void {
  if (!spec)
    throw new InputError('inputUnnamed', {
      file,
      known: knownModels()
        .map(({ id }) => id)
        .join(', '),
    });
  findModel(spec.modelId);
}

/** Gives the engine the vectors that the inputs brought, scaled to unit length, so that no model runs for them. */
export async function adoptGiven(engine: Engine, { items, given }: Inputs, spec: SpaceSpec): Promise<void> {
  const first = given[0];
  if (!first) return;
  const { dim } = first.vectors;
  const adopted = given.flatMap(({ firstRow, vectors }) => items.slice(firstRow, firstRow + vectors.rows));
  const matrix = createMatrix(new Float32Array(adopted.length * dim), dim);
  let at = 0;
  for (const { vectors } of given) {
    matrix.data.set(vectors.data, at);
    at += vectors.data.length;
  }
  scaleRowsToUnit(matrix);
  await engine.adopt(adopted, spec, matrix);
}

/** Vectors for an export, row by row for the items: those of the inputs as they were given, the engine's for the others. */
export function withGiven(vectors: Matrix, given: readonly GivenVectors[]): Matrix {
  const data = vectors.data.slice();
  for (const { firstRow, vectors: own } of given) data.set(own.data, firstRow * vectors.dim);
  return { ...vectors, data };
}

function isSame(a: GivenVectors, b: GivenVectors): boolean {
  if (a.vectors.dim !== b.vectors.dim) return false;
  return a.space && b.space ? isSameSpace(a.space, b.space) : a.space === b.space;
}

/** Whether the options name another model, prompt, layer or adapter than `space` has. */
export function contradicts({ model, prompt, layer, adapter }: ModelOptions, space: SpaceSpec): boolean {
  const found = space.layer ?? lookUpModel(space.modelId)?.layers;
  return (
    (adapter !== undefined && adapter.id !== space.adapter) ||
    (model !== undefined && model !== space.modelId) ||
    (prompt !== undefined && prompt !== space.prompt) ||
    (layer !== undefined && layer !== found)
  );
}

function describe({ vectors, space }: GivenVectors): string {
  return `${vectors.dim} dimensions, ${describeSpace(space)}`;
}

/** A space in an error. */
export function describeSpace(space: SpaceSpec | undefined): string {
  const layer = space?.layer === undefined ? '' : `, layer ${space.layer}`;
  const adapter = space?.adapter === undefined ? '' : `, adapter ${space.adapter.slice(0, 8)}`;
  return space ? `${space.modelId}, prompt “${space.prompt}”${layer}${adapter}` : 'no model named';
}
