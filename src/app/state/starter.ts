/** The collection that a first visit begins with: its vectors and positions were made when the page was built. */
import { defaultModelFor } from '../../embedding/registry';

export interface Starter {
  /** File name beside the page, and the message that names the collection. */
  readonly file: string;
  readonly nameKey: 'starterEnglish' | 'starterBoth';
}

const starters: Readonly<Record<string, Starter>> = {
  'all-MiniLM-L6-v2': { file: 'english-words.npz', nameKey: 'starterEnglish' },
  'multilingual-e5-small-en-pt': { file: 'english-portuguese.npz', nameKey: 'starterBoth' },
};

/** The starter for a browser's language. */
export function starterFor(language: string): Starter {
  return starters[defaultModelFor(language).id] ?? starters['all-MiniLM-L6-v2']!;
}

export async function fetchStarter({ file }: Starter): Promise<File> {
  const response = await fetch(new URL(`starters/${file}`, document.baseURI));
  if (!response.ok) throw new TypeError(`${file}: the server answered ${response.status}`);
  return new File([await response.blob()], file);
}
