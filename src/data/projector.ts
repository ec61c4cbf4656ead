/**
 * The bundle for TensorFlow's Embedding Projector: a zip of `tensors.tsv`, `metadata.tsv`, its two configurations and, where there is a
 * map, `bookmarks.txt`. Load the files by hand, serve the folder and open `projector_config.json` with `?config=URL`, or start
 * `tensorboard --logdir` on it.
 */
import { InputError } from '../errors';
import type { Dataset } from '../types';
import { uniqueNames } from './columns';
import { formatRow } from './float32';
import { writeBookmarks } from './projectorBookmarks';
import { tableOfDataset } from './table';
import { encodeLines } from './text';
import { writeZip } from './zip';

export const TENSORS = 'tensors.tsv';
export const METADATA = 'metadata.tsv';
export const CONFIG = 'projector_config.json';
/** The same for TensorBoard, in the text format of protocol buffers. */
const SERVER_CONFIG = 'projector_config.pbtxt';
export const BOOKMARKS = 'bookmarks.txt';
/** The Projector drops blank lines, which would shift every later row against its vector. */
const BLANK = '(blank)';

/**
 * Writes the bundle. `tensors.tsv`: numbers only, no header. `metadata.tsv`: one column, the texts, without a header when there
 * is nothing else (the Projector calls it `label`); else `text`, `group`, `x`, `y`, `z` and the items' own columns, with one.
 * The positions ride in the metadata too, because the Projector can colour by any number. Tabs and
 * line ends become blanks and byte order marks go: the format cannot hold them. Model and prompt are in the config, under `space`, where
 * the Projector does not look. Throws without vectors, or with fewer than two dimensions, which the Projector refuses.
 */
export function writeProjector(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { vectors, positions, space } = dataset;
  if (!vectors) throw new InputError('projectorNeedsVectors');
  if (vectors.dim < 2) throw new InputError('projectorDims', { found: vectors.dim });
  const table = tableOfDataset(dataset);
  const rows = dataset.items.map((_, i) => {
    const [text, ...cells] = table.row(i).map(flatten);
    return [text!.trim() === '' ? BLANK : text!, ...cells].join('\t');
  });
  const header = uniqueNames(table.names.map(flatten));
  const shape = [vectors.rows, vectors.dim] as const;
  const config = {
    embeddings: [
      {
        tensorName: space?.modelId ?? 'Constela',
        tensorShape: shape,
        tensorPath: TENSORS,
        metadataPath: METADATA,
        ...(positions && { bookmarksPath: BOOKMARKS }),
      },
    ],
    ...(space && { space }),
  };
  const hasHeader = table.names.length > 1;
  // Places are columns of the metadata, which then has a header.
  const bookmarks = positions && writeBookmarks(positions, shape, header[0]!);
  const served = [
    'embeddings {',
    '  tensor_name: "Constela"',
    `  tensor_path: "${TENSORS}"`,
    `  metadata_path: "${METADATA}"`,
    ...(positions ? [`  bookmarks_path: "${BOOKMARKS}"`] : []),
    '}',
  ];
  const tensors = dataset.items.map((_, i) => formatRow(vectors.data, vectors.dim, i).join('\t'));
  return writeZip([
    { name: TENSORS, bytes: encodeLines(tensors), effort: 1 },
    { name: METADATA, bytes: encodeLines(hasHeader ? [header.join('\t'), ...rows] : rows), effort: 6 },
    { name: CONFIG, bytes: encodeLines([JSON.stringify(config, null, 2)]), effort: 6 },
    { name: SERVER_CONFIG, bytes: encodeLines(served), effort: 6 },
    ...(bookmarks ? [{ name: BOOKMARKS, bytes: bookmarks, effort: 1 } as const] : []),
  ]);
}

function flatten(cell: string): string {
  return cell.replace(/\uFEFF/g, '').replace(/[\t\n\r]+/g, ' ');
}
