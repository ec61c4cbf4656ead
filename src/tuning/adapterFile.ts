/**
 * Adapters as safetensors files: one tensor, `linear.weight` (dim x dim), as the Dense module of Sentence-Transformers has it, and what it
 * belongs to as metadata.
 */
import type { Adapter, PairScore, TuningRecord } from '../adapters';
import { parseSafetensors, writeSafetensors } from '../data/safetensors';
import { createAdapter } from '../embedding/adapter';
import { findModel, modelIdentity, models } from '../embedding/registry';
import { InputError } from '../errors';
import { defaultTuning, tuningLosses, tuningRanges } from './options';

const tensorName = 'linear.weight';

export function writeAdapter({ base, dim, weights, record }: Adapter): Uint8Array<ArrayBuffer> {
  const metadata = {
    format: 'pt',
    made_by: 'constela',
    base_model: base.modelId,
    base_model_sha256: modelIdentity(findModel(base.modelId)),
    prompt: base.prompt,
    applied: 'after mean pooling and L2 normalisation: y = W x, then L2 normalisation',
    ...(record && recordTexts(record)),
  };
  return writeSafetensors({ metadata, tensors: new Map([[tensorName, { shape: [dim, dim], data: weights }]]) });
}

/**
 * The adapter of a file. Throws as `parseSafetensors` does; `adapterTensor` without a square matrix, `adapterNumber` where one of its numbers
 * is not finite, `adapterUnnamed` where it does not say which model it belongs to, `adapterModel` with both where that is none of the known
 * ones or has other weights, and `adapterDimensions`.
 */
export async function readAdapter(file: string, bytes: Uint8Array): Promise<Adapter> {
  const { metadata, tensors } = parseSafetensors(file, bytes);
  const matrix = tensors.get(tensorName);
  const [dim, columns] = matrix?.shape ?? [];
  if (!matrix || dim === undefined || matrix.shape.length !== 2 || dim !== columns || dim === 0)
    throw new InputError('adapterTensor', {
      file,
      tensor: tensorName,
      found: [...tensors].map(([name, { shape }]) => `${name} ${shape.join(' x ')}`).join(', ') || '-',
    });
  const wrong = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new InputError('adapterNumber', { file, row: Math.floor(wrong / dim) + 1, column: (wrong % dim) + 1 });
  const { base_model: modelId, base_model_sha256: sha256, prompt } = metadata;
  if (!modelId || !sha256 || !prompt?.includes('{text}')) throw new InputError('adapterUnnamed', { file });
  const entry = models.find(({ id }) => id === modelId);
  const identities = entry ? [entry] : models;
  if (!entry || modelIdentity(entry) !== sha256)
    throw new InputError('adapterModel', {
      file,
      found: `${modelId}, sha256 ${sha256}`,
      expected: identities.map((known) => `${known.id}, sha256 ${modelIdentity(known)}`).join('; '),
    });
  if (entry.dim !== dim) throw new InputError('adapterDimensions', { got: dim, expected: entry.dim });
  return createAdapter({ modelId, prompt }, matrix.data, readRecord(metadata));
}

function recordTexts({ options, pairs, before, after }: TuningRecord): Record<string, string> {
  const score = (when: string, { accuracy, auc }: PairScore) => ({
    [`held_out_accuracy_${when}`]: String(accuracy),
    [`held_out_auc_${when}`]: String(auc),
  });
  return {
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [`training_${name}`, String(value)])),
    training_pairs: String(pairs),
    ...(before && score('before', before)),
    ...(after && score('after', after)),
  };
}

/** Undefined unless the file says all of how it was trained: it is only told. */
function readRecord(metadata: Readonly<Record<string, string>>): TuningRecord | undefined {
  const numberOf = (name: string): number => Number.parseFloat(metadata[name] ?? '');
  const loss = tuningLosses.find((kind) => kind === metadata['training_loss']);
  const pairs = numberOf('training_pairs');
  if (!loss || !Number.isInteger(pairs)) return undefined;
  const { rank, seed, epochs, learningRate, weightDecay, heldOut } = tuningRanges;
  const read = (name: string, { min, max }: { readonly min: number; readonly max: number }) => {
    const value = numberOf(`training_${name}`);
    return value >= min && value <= max ? value : NaN;
  };
  const options = {
    ...defaultTuning,
    loss,
    rank: read('rank', rank),
    seed: read('seed', seed),
    epochs: read('epochs', epochs),
    learningRate: read('learningRate', learningRate),
    weightDecay: read('weightDecay', weightDecay),
    heldOut: read('heldOut', heldOut),
  };
  if (Object.values(options).some(Number.isNaN)) return undefined;
  const score = (when: string): PairScore | undefined => {
    const [accuracy, auc] = [numberOf(`held_out_accuracy_${when}`), numberOf(`held_out_auc_${when}`)];
    return Number.isNaN(accuracy) || Number.isNaN(auc) ? undefined : { accuracy, auc };
  };
  const [before, after] = [score('before'), score('after')];
  return { options, pairs, ...(before && { before }), ...(after && { after }) };
}
