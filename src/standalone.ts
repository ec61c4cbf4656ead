/** What a standalone page holds: its writer (`data/webPage.ts`) and its script (`viewer/`) agree on this. */
import { InputError } from './errors';
import type { Cell, PageLanguage } from './types';

/** The `id` of the block of JSON in the page. */
export const pageDataId = 'map';

/** More than this, and the file is tens of megabytes and its cloud slow on a phone. */
const mostTexts = 20_000;

/** Throws an InputError where these are more texts than a page holds: before anything is computed for it. */
export function checkPageSize(texts: number): void {
  if (texts > mostTexts) throw new InputError('webPageTooMany', { found: texts, limit: mostTexts });
}

/** Neighbours of each text that a page carries. */
export const pageNeighbours = 10;

/** Row by row for the texts, as JSON holds it. */
export interface PageData {
  readonly title: string;
  readonly language: PageLanguage;
  /** What made the vectors, where that is known. */
  readonly model?: string;
  readonly texts: readonly string[];
  /** Null where a text has none. */
  readonly groups?: readonly (string | null)[];
  /** Own columns: names, and as many cells in each row; null where a text has none. */
  readonly columns?: { readonly names: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
  readonly dims: 2 | 3;
  /** Rows x dims, in layout units. */
  readonly positions: readonly number[];
  /** Neighbours of each text. */
  readonly k: number;
  /** Rows x k, rows of the texts: nearest first by their vectors. */
  readonly neighbours: readonly number[];
  /** Rows x k, to three decimals, as they are shown. */
  readonly cosines: readonly number[];
  /** As in `KnnGraph`. */
  readonly recall?: number;
}

/** The viewer as the build makes it (scripts/vite/standalone.ts): one script, one style sheet, and what a policy calls them. */
export interface ViewerParts {
  readonly script: string;
  readonly style: string;
  /** `'sha256-…'` of the script's UTF-8, with the quotes. */
  readonly scriptHash: string;
  readonly styleHash: string;
}
