/**
 * The bundle for TensorFlow's Embedding Projector: a zip of `tensors.tsv`, `metadata.tsv`, its two configurations and, where there is a
 * map, `bookmarks.txt`. Load the files by hand, serve the folder and open `projector_config.json` with `?config=URL`, or start
 * `tensorboard --logdir` on it.
 */
import { InputError } from '../errors';
import type { Dataset, Matrix } from '../types';
import { rowOf } from '../vectors';
import { uniqueNames } from './columns';
import { tableOfDataset } from './datasetTable';
import { encodeLines, type Line } from './encodeLines';
import type { Pieces } from './pieces';
import { projectorFiles } from './projectorConfig';
import { writeBookmarks } from './projectorBookmarksWrite';
import { writeZip } from './zipWrite';

/** Beyond so many, numbers are stored: 38 million are written in 1 s of the processor, and deflated in 11 more to 0.44 of their bytes. */
const MANY_NUMBERS = 1_000_000;
/** Beyond so many, texts are deflated fast: 100,000 sentences in 0.23 s to 0.28 of their bytes, instead of 0.41 s to 0.26. */
const MANY_TEXTS = 10_000;
/** The Projector drops blank lines, which would shift every later row against its vector. */
const BLANK = '(blank)';

/**
 * Writes the bundle. `tensors.tsv`: numbers only, no header. `metadata.tsv`: one column, the texts, without a header when there
 * is nothing else (the Projector calls it `label`); else `text`, `group`, `x`, `y`, `z` and the items' own columns, with one.
 * The positions ride in the metadata too, because the Projector can colour by any number. Tabs and
 * line ends become blanks and byte order marks go: the format cannot hold them. Model and prompt are in the config, under `space`, where
 * the Projector does not look. Throws without vectors, or with fewer than two dimensions, which the Projector refuses.
 */
export function writeProjector(dataset: Dataset): Pieces {
  const { items, vectors, positions } = dataset;
  if (!vectors) throw new InputError('projectorNeedsVectors');
  if (vectors.dim < 2) throw new InputError('projectorDims', { found: vectors.dim });
  const table = tableOfDataset(dataset);
  const header = uniqueNames(table.names.map(flatten));
  function* metadata(): Generator<Line> {
    if (header.length > 1) yield header.join('\t');
    for (let i = 0; i < items.length; i++) {
      const [text, ...cells] = table.row(i).map(flatten);
      yield [text!.trim() === '' ? BLANK : text!, ...cells].join('\t');
    }
  }
  const config = () => encodeLines([JSON.stringify(configOf(dataset, vectors), null, 2)]);
  const served = () => encodeLines(serverConfigOf(dataset));
  // Places are columns of the metadata, which then has a header.
  const bookmarks = positions && (() => writeBookmarks(positions, [vectors.rows, vectors.dim] as const, header[0]!));
  const packing = vectors.data.length > MANY_NUMBERS ? ({ effort: 0, once: true } as const) : ({ effort: 1 } as const);
  return writeZip([
    { name: projectorFiles.tensors, pieces: () => encodeLines(tensorLines(vectors)), ...packing },
    { name: projectorFiles.metadata, pieces: () => encodeLines(metadata()), effort: items.length > MANY_TEXTS ? 1 : 6 },
    { name: projectorFiles.config, pieces: config, effort: 6 },
    { name: projectorFiles.serverConfig, pieces: served, effort: 6 },
    ...(bookmarks ? [{ name: projectorFiles.bookmarks, pieces: bookmarks, effort: 1 } as const] : []),
  ]);
}

function* tensorLines(vectors: Matrix): Generator<Line> {
  for (let row = 0; row < vectors.rows; row++) yield [{ numbers: rowOf(vectors, row), separator: '\t' }];
}

function configOf({ positions, space }: Dataset, { rows, dim }: Matrix) {
  return {
    embeddings: [
      {
        tensorName: space?.modelId ?? 'Constela',
        tensorShape: [rows, dim],
        tensorPath: projectorFiles.tensors,
        metadataPath: projectorFiles.metadata,
        ...(positions && { bookmarksPath: projectorFiles.bookmarks }),
      },
    ],
    ...(space && { space }),
  };
}

function serverConfigOf({ positions }: Dataset): string[] {
  return [
    'embeddings {',
    '  tensor_name: "Constela"',
    `  tensor_path: "${projectorFiles.tensors}"`,
    `  metadata_path: "${projectorFiles.metadata}"`,
    ...(positions ? [`  bookmarks_path: "${projectorFiles.bookmarks}"`] : []),
    '}',
  ];
}

function flatten(cell: string): string {
  return cell.replace(/\uFEFF/g, '').replace(/[\t\n\r]+/g, ' ');
}
