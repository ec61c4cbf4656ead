/** The formats that the export dialog offers, in its order. */
import type { ExportFormat } from '../../types';

/** Pictures are made by the scene. */
export type PictureFormat = 'png' | 'svg' | 'webm';

export type Choice = ExportFormat | PictureFormat | 'link';

/** `name` is the format's own, `title` and `note` are messages. */
export const choices = [
  { format: 'capsule', ending: 'constela', name: 'Constela', note: 'capsuleNote' },
  { format: 'csv', ending: 'csv', name: 'CSV', note: 'csvNote' },
  { format: 'tsv', ending: 'tsv', name: 'TSV', note: 'tsvNote' },
  { format: 'json', ending: 'json', name: 'JSON', note: 'jsonNote' },
  { format: 'jsonl', ending: 'jsonl', name: 'JSON Lines', note: 'jsonlNote' },
  { format: 'parquet', ending: 'parquet', name: 'Parquet', note: 'parquetNote' },
  { format: 'arrow', ending: 'arrow', name: 'Arrow', note: 'arrowNote' },
  { format: 'npz', ending: 'npz', name: 'NumPy', note: 'npzNote' },
  { format: 'npy', ending: 'npy', title: 'npyTitle', note: 'npyNote' },
  { format: 'vec', ending: 'vec', name: 'word2vec (text)', note: 'vecNote' },
  { format: 'bin', ending: 'bin', name: 'word2vec (binary)', note: 'binNote' },
  { format: 'projector', ending: 'zip', name: 'Embedding Projector', note: 'projectorNote' },
  { format: 'graphml', ending: 'graphml', name: 'GraphML', note: 'graphmlNote' },
  { format: 'gexf', ending: 'gexf', name: 'GEXF', note: 'gexfNote' },
  { format: 'neighboursCsv', ending: 'neighbours.csv', title: 'neighboursCsv', note: 'neighboursCsvNote' },
  { format: 'neighboursJson', ending: 'neighbours.json', title: 'neighboursJson', note: 'neighboursJsonNote' },
  { format: 'html', ending: 'html', title: 'htmlName', note: 'htmlNote' },
  { format: 'link', ending: '', name: 'Link', note: 'linkNote' },
  { format: 'glb', ending: 'glb', name: 'glTF', note: 'glbNote' },
  { format: 'ply', ending: 'ply', name: 'PLY', note: 'plyNote' },
  { format: 'png', ending: 'png', name: 'PNG', note: 'pngNote' },
  { format: 'svg', ending: 'svg', name: 'SVG', note: 'svgNote' },
  { format: 'webm', ending: 'webm', name: 'WebM', note: 'webmNote' },
] as const;

/** Formats before which another kind begins. */
export const kinds: readonly Choice[] = ['npz', 'graphml', 'html', 'glb', 'png'];

export function isPicture(choice: Choice): choice is PictureFormat {
  return ['png', 'svg', 'webm'].includes(choice);
}
