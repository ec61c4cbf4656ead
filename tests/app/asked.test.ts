/** `?open=PATH`: what is fetched, what never is, and what is said. */
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchFile, fileNameOf, openAsked, ownAddress } from '../../src/app/state/asked';
import { InputError } from '../../src/errors';

const base = 'https://here.example/tool/';
afterEach(() => vi.unstubAllGlobals());

describe('the address of the file', () => {
  it('is relative to the page, and may name its own origin', () => {
    expect(ownAddress('data/a.csv', base).href).toBe(`${base}data/a.csv`);
    expect(ownAddress('/a.csv', base).href).toBe('https://here.example/a.csv');
    expect(ownAddress('https://here.example/a.csv?x=1', base).href).toBe('https://here.example/a.csv?x=1');
  });

  it.each([
    ...['https://elsewhere.example/a.csv', 'http://here.example/a.csv', 'https://here.example:8443/a.csv'],
    ...['//elsewhere.example/a.csv', '\\\\elsewhere.example/a.csv', 'https://here.example.elsewhere.example/a.csv'],
    ...['https://here.example@elsewhere.example/', 'blob:https://here.example/1', 'data:text/csv,a', 'file:///a.csv'],
    ...['javascript:alert(1)', 'https://[', 'ftp://here.example/a.csv'],
  ])('is refused as %s', (path) => {
    const refusal = new InputError('askedElsewhere', { url: path, origin: 'https://here.example' });
    expect(() => ownAddress(path, base)).toThrow(refusal);
  });

  it('gives the file its name, read as a person wrote it', () => {
    expect(fileNameOf(new URL('a/my%20words.csv?x=1', base))).toBe('my words.csv');
    expect(fileNameOf(new URL('a/100%.csv', base))).toBe('100%.csv');
    expect(fileNameOf(new URL('a/', base))).toBe('/tool/a/');
  });
});

/** A server that answers as told. */
async function answering(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return new URL(`http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/a.csv`);
}

describe('the file', () => {
  it('comes whole, up to the limit', async () => {
    const url = await answering((_, response) => response.end('text\ncat\n'));
    const file = await fetchFile(url, 'a.csv', 9);
    expect([file.name, await file.text()]).toEqual(['a.csv', 'text\ncat\n']);
  });

  it.each([true, false])('is refused beyond the limit, with its length said beforehand: %s', async (says) => {
    const url = await answering((_, response) => {
      if (says) response.setHeader('Content-Length', 10);
      // Without an end: no more may be waited for.
      response.write('0123456789');
    });
    await expect(fetchFile(url, 'a.csv', 9)).rejects.toThrow(
      new InputError('askedTooLarge', { file: 'a.csv', limit: 9 }),
    );
  });

  it('is missed with the status, where a page comes in its place, and where nobody answers', async () => {
    const gone = await answering((_, response) => response.writeHead(404).end());
    await expect(fetchFile(gone, 'a.csv')).rejects.toThrow('(HTTP 404)');
    const page = await answering((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>'));
    await expect(fetchFile(page, 'a.csv')).rejects.toThrow('(HTTP 200, text/html)');
    await expect(fetchFile(new URL('http://127.0.0.1:1/a.csv'), 'a.csv')).rejects.toThrow(InputError);
  });
});

describe('openAsked', () => {
  /** A page at `address`, whose every request gets `answer`. */
  function visit(address: string, { readOnly = false, answer = new Response('cat') } = {}) {
    const location = { href: address };
    const fetched = vi.fn(async () => answer);
    const replaceState = vi.fn((_state: unknown, _: string, url: URL) => (location.href = url.href));
    vi.stubGlobal('location', location);
    vi.stubGlobal('document', { baseURI: base });
    vi.stubGlobal('history', { state: null, replaceState });
    vi.stubGlobal('fetch', fetched);
    const opened: string[] = [];
    const said: unknown[] = [];
    const parts = {
      readOnly,
      notices: { error: (error: unknown) => void said.push(error) },
      open: async (files: Iterable<File>) => void opened.push(...[...files].map(({ name }) => name)),
    };
    return { location, fetched, opened, said, done: openAsked(parts, parts) };
  }

  it('opens the file once: the address forgets it, and nothing else', async () => {
    const { location, opened, said, done } = visit(`${base}?lang=en&open=data%2Fa.csv#x`);
    await done;
    expect({ opened, said }).toEqual({ opened: ['a.csv'], said: [] });
    expect(location.href).toBe(`${base}?lang=en#x`);
  });

  it('does nothing where nothing is asked for', async () => {
    const { fetched, opened, said, done } = visit(`${base}?open=`);
    await done;
    expect(fetched).not.toHaveBeenCalled();
    expect({ opened, said }).toEqual({ opened: [], said: [] });
  });

  it.each([
    ['askedElsewhere', 'https://elsewhere.example/a.csv', {}],
    ['askedReadOnly', 'a.csv', { readOnly: true }],
    ['askedMissing', 'a.csv', { answer: new Response('', { status: 404 }) }],
  ])('says %s, and the address stays as it was', async (code, path, page) => {
    const address = `${base}?open=${encodeURIComponent(path)}`;
    const { location, fetched, opened, said, done } = visit(address, page);
    await done;
    expect(said).toMatchObject([{ code }]);
    expect(opened).toEqual([]);
    expect(location.href).toBe(address);
    expect(fetched).toHaveBeenCalledTimes(code === 'askedMissing' ? 1 : 0);
  });
});
