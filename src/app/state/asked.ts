/** The file that the page's address asks for: `?open=PATH`, relative to the page and of its own origin. */
import { InputError } from '../../errors';

const parameter = 'open';
/** In bytes: a file is held twice while it is read, as it came and as what is in it. */
const mostBytes = 2 ** 30;

interface Opener {
  open(files: Iterable<File>): Promise<void>;
}

interface Parts {
  readonly readOnly: boolean;
  readonly notices: { error(error: unknown): void };
}

/**
 * Opens the file that the address asks for as a new collection, like one that was dropped, and takes the wish out of the address, so
 * that loading the page again does not open it again. Where it cannot be opened that is said, and the address stays for another try.
 * Never rejects.
 */
export async function openAsked(opening: Opener, parts: Parts): Promise<void> {
  const path = new URL(location.href).searchParams.get(parameter);
  if (path === null || path === '') return;
  try {
    const url = ownAddress(path, document.baseURI);
    const file = fileNameOf(url);
    if (parts.readOnly) throw new InputError('askedReadOnly', { file });
    await opening.open([await fetchFile(url, file)]);
    const without = new URL(location.href);
    without.searchParams.delete(parameter);
    history.replaceState(history.state, '', without);
  } catch (error) {
    parts.notices.error(error);
  }
}

/** Where `path` leads from `base`. Throws an InputError when that is another origin, or nowhere. */
export function ownAddress(path: string, base: string): URL {
  const { origin } = new URL(base);
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
  // The origin of a blob: address is that of the page which made it.
  if (!url || url.origin !== origin || !/^https?:$/.test(url.protocol))
    throw new InputError('askedElsewhere', { url: path, origin });
  return url;
}

/** The last part of the path, as a person reads it. */
export function fileNameOf({ pathname }: URL): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last) || pathname;
  } catch {
    return last;
  }
}

/**
 * The file at `url`, which redirects nowhere else. Throws an InputError when the server has none (it may answer with a page instead),
 * and when it has more than `limit` bytes, of which no more are read than that.
 */
export async function fetchFile(url: URL, file: string, limit = mostBytes): Promise<File> {
  const missing = (reason: string) => new InputError('askedMissing', { file, reason });
  try {
    const response = await fetch(url, { mode: 'same-origin' });
    if (!response.ok) throw missing(`HTTP ${response.status}`);
    if (/^text\/html\b/.test(response.headers.get('Content-Type') ?? ''))
      throw missing(`HTTP ${response.status}, text/html`);
    return new File(await readChunks(response, file, limit), file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw missing(error instanceof Error ? error.message : String(error));
  }
}

async function readChunks({ headers, body }: Response, file: string, limit: number): Promise<BlobPart[]> {
  const tooLarge = () => new InputError('askedTooLarge', { file, limit });
  const reader = body?.getReader();
  if (!reader) return [];
  const chunks: BlobPart[] = [];
  try {
    if (Number(headers.get('Content-Length')) > limit) throw tooLarge();
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // What is said of the length may be wrong, or be that of the compressed bytes.
      size += part.value.length;
      if (size > limit) throw tooLarge();
      chunks.push(part.value);
    }
    return chunks;
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error;
  }
}
