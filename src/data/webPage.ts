/** A map as a web page of its own: one file of HTML that opens from a disk and asks for nothing. `viewer/` is its script. */
import { InputError } from '../errors';
import { checkPageSize, pageDataId, type PageData, type ViewerParts } from '../standalone';
import type { Dataset, ExportOptions, NewItem, PageLanguage } from '../types';
import { encodeLines } from './encodeLines';
import { formatFloat32 } from './float32';
import type { Pieces } from './pieces';

const needsScript: Readonly<Record<PageLanguage, string>> = {
  en: 'This map is drawn by the script in this file: allow JavaScript.',
  'pt-BR': 'Este mapa é desenhado pelo script deste arquivo: permita JavaScript.',
};

/**
 * The page of `dataset`, which needs positions and the graph of its nearest neighbours. Its policy names its one script and its one style
 * sheet by their hashes, and lets nothing be fetched; texts stand in it as JSON, which no parser of HTML looks into. Throws an InputError
 * for more than 20,000 texts, and where positions or neighbours are missing.
 */
export function writeWebPage(dataset: Dataset, { page }: ExportOptions, viewer: ViewerParts): Pieces {
  const data = pageDataOf(dataset, page);
  const policy = [
    "default-src 'none'",
    `script-src ${viewer.scriptHash}`,
    `style-src ${viewer.styleHash}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return encodeLines([
    '<!doctype html>',
    `<html lang="${data.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    '<meta name="color-scheme" content="dark light">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeText(data.title)}</title>`,
    `<style>${viewer.style}</style>`,
    '</head>',
    '<body>',
    `<noscript>${needsScript[data.language]}</noscript>`,
    `<script type="application/json" id="${pageDataId}">${embedJson(data)}</script>`,
    `<script>${viewer.script}</script>`,
    '</body>',
    '</html>',
  ]);
}

function pageDataOf({ items, positions, neighbours, space }: Dataset, page: ExportOptions['page']): PageData {
  checkPageSize(items.length);
  if (!positions?.data.every(Number.isFinite)) throw new InputError('webPageNeedsMap');
  if (!neighbours) throw new InputError('exportNeedsVectors');
  const groups = items.map(({ group }) => group ?? null);
  const columns = columnsOf(items);
  const model = page?.model ?? space?.modelId;
  return {
    title: page?.title ?? 'Constela',
    language: page?.language ?? 'en',
    ...(model !== undefined && { model }),
    texts: items.map(({ text }) => text),
    ...(groups.some((group) => group !== null) && { groups }),
    ...(columns && { columns }),
    dims: positions.dim,
    positions: Array.from(positions.data, (value) => Number(formatFloat32(value))),
    k: neighbours.k,
    neighbours: [...neighbours.indices],
    cosines: Array.from(neighbours.distances, (distance) => Number((1 - distance).toFixed(3))),
    ...(neighbours.recall !== undefined && { recall: neighbours.recall }),
  };
}

/** Undefined where no text has a column of its own. */
function columnsOf(items: readonly NewItem[]): PageData['columns'] {
  const names = [...new Set(items.flatMap(({ columns }) => Object.keys(columns ?? {})))];
  if (names.length === 0) return undefined;
  const rows = items.map(({ columns = {} }) =>
    names.map((name) => (Object.hasOwn(columns, name) ? (columns[name] ?? null) : null)),
  );
  return { names, rows };
}

/** JSON that ends no script element and begins no comment, and that is a line of JavaScript too. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
