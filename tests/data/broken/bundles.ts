/** Broken bundles of the Embedding Projector, and capsules. */
import { unzipSync, zipSync } from 'fflate';
import { writeCapsule } from '../../../src/data/capsuleWrite';
import { joinPieces } from '../../../src/data/pieces';
import type { Dataset } from '../../../src/types';
import { createMatrix } from '../../../src/vectors';
import { type Broken, floats, npy, utf8 } from './broken';

const shape = (tensorShape: unknown) =>
  JSON.stringify({ embeddings: [{ tensorPath: 'a.bytes', metadataPath: 'metadata.tsv', tensorShape }] });
const bundle = (defect: string, files: Record<string, string | Uint8Array>, ends: Broken['ends']): Broken => ({
  defect,
  file: 'a.zip',
  bytes: () =>
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? utf8(content) : content]),
      ),
    ),
  ends,
});
const raw = (defect: string, tensorShape: unknown, bytes: Uint8Array, ends: Broken['ends']) =>
  bundle(defect, { 'projector_config.json': shape(tensorShape), 'a.bytes': bytes, 'metadata.tsv': 'cat\ndog\n' }, ends);

const dataset: Dataset = {
  items: [{ text: 'cat' }, { text: 'dog' }],
  vectors: createMatrix(Float32Array.of(1, 2, 3, 4), 2),
  positions: { data: Float32Array.of(1, 2, 3, 4), rows: 2, dim: 2 },
  settings: { a: 1 },
};
const capsule = (defect: string, ends: Broken['ends'], parts: Record<string, Uint8Array | null>): Broken => ({
  defect,
  file: 'a.constela',
  bytes: () => {
    const files = { ...unzipSync(joinPieces(writeCapsule(dataset))), ...parts };
    return zipSync(Object.fromEntries(Object.entries(files).flatMap(([name, part]) => (part ? [[name, part]] : []))));
  },
  ends,
});

export const bundles: readonly Broken[] = [
  bundle('no metadata', { 'tensors.tsv': '1\t2\n' }, { texts: ['1'], data: [1, 2] }),
  bundle(
    'no metadata that is named',
    { 'tensors.tsv': '1\t2\n', 'config.json': '{"embeddings":[{"metadataPath":"a.tsv"}]}' },
    'projectorMissing',
  ),
  bundle('fewer texts than vectors', { 'tensors.tsv': '1\t2\n3\t4\n', 'metadata.tsv': 'cat\n' }, 'projectorRows'),
  bundle('tensors of several lengths', { 'tensors.tsv': '1\t2\n3\n', 'metadata.tsv': 'cat\ndog\n' }, 'vectorLength'),
  bundle('NaN', { 'tensors.tsv': '1\t2\n3\tNaN\n', 'metadata.tsv': 'cat\ndog\n' }, 'vectorNumber'),
  bundle(
    'a configuration that is no JSON',
    { 'projector_config.json': '{', 'tensors.tsv': '1\t2\n' },
    'projectorConfig',
  ),
  bundle(
    'folders that lead out of it',
    { '../../tensors.tsv': '1\t2\n', '/root/metadata.tsv': '../cat\n' },
    { texts: ['../cat'], dim: 2 },
  ),
  raw('a shape that is too large', [9, 2], floats(1, 2, 3, 4), 'projectorBytes'),
  raw('a thousand million rows without a dimension', [1e9, 0], floats(), 'projectorBytes'),
  raw('negative lengths', [-2, -2], floats(1, 2, 3, 4), 'projectorBytes'),
  raw('half a dimension', [8, 0.5], floats(1, 2, 3, 4), 'projectorBytes'),
  raw('a shape that is none', '2 x 2', floats(1, 2, 3, 4), 'projectorBytes'),
  raw('infinity', [2, 2], floats(1, 2, 3, Infinity), 'vectorNumber'),
  { defect: 'no archive', file: 'a.constela', bytes: () => utf8('cat'), ends: 'zipDamaged' },
  capsule('no manifest', 'capsuleNone', { 'manifest.json': null }),
  capsule('a manifest of something else', 'capsuleNone', { 'manifest.json': utf8('{"format":"x","version":1}') }),
  capsule('a newer version', 'capsuleNewer', { 'manifest.json': utf8('{"format":"constela-capsule","version":9}') }),
  capsule('no texts', 'capsulePart', { 'items.parquet': null }),
  capsule('texts that are no Parquet', 'parquetDamaged', { 'items.parquet': utf8('cat') }),
  capsule('more vectors than texts', 'npzRows', { 'vectors.npy': npy("'<f4'", '(3, 1)', floats(1, 2, 3)) }),
  capsule('positions of one dimension', 'positionDims', { 'positions.npy': npy("'<f4'", '(2, 1)', floats(1, 2)) }),
  capsule(
    'settings of a hundred thousand brackets',
    { rows: 2 },
    { 'settings.json': utf8('['.repeat(100_000) + ']'.repeat(100_000)) },
  ),
];
