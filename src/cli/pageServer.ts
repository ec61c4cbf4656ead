/** The built page and one file, served to the browsers of this machine that know the address. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { responseHeaders } from '../../scripts/policy.js';
import { close, listen, refuse, serveFolder } from '../../scripts/server.js';

const host = '127.0.0.1';
/** In bytes: 256 bits that nobody guesses. */
const tokenLength = 32;

/** On every response, refusals too: besides the page's policy, no other origin may load it, nor learn the address from a link. */
const headers: Readonly<Record<string, string>> = {
  ...responseHeaders,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/**
 * Serves the page in `pageFolder`, and `file` beside it, on a free port of the loopback address, and resolves to the address at which
 * the page opens the file. It begins with a random token: other accounts and programs of this machine reach the port, and so do
 * the pages in its browsers. A request for any other host is refused (421), so that no name of another site can be pointed here; one
 * without the token finds nothing (404).
 */
export async function servePage(
  pageFolder: string,
  file: string,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const token = randomBytes(tokenLength).toString('base64url');
  const page = serveFolder(pageFolder, headers);
  const filePath = `/file/${encodeURIComponent(basename(file))}`;
  let authority = '';
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.headers.host !== authority) {
      refuse(response, 421, 'Not for this host');
      return;
    }
    const path = afterToken(request.url ?? '', token);
    // Each start is an origin of its own: a service worker would only be left behind there.
    if (path === undefined || path === '/service-worker.js') refuse(response, 404, 'Not found');
    else if (path === filePath) void serveFile(file, request, response);
    else {
      request.url = path;
      page(request, response);
    }
  });
  authority = `${host}:${await listen(server, 0, host)}`;
  const asked = new URLSearchParams({ open: filePath.slice(1) });
  return { address: `http://${authority}/${token}/?${asked}`, close: () => close(server) };
}

/** The path below the token, or undefined where `url` does not begin with it. Takes as long for a wrong token as for the right one. */
function afterToken(url: string, token: string): string | undefined {
  const expected = Buffer.from(`/${token}/`);
  const found = Buffer.from(url.slice(0, expected.length));
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined;
  return url.slice(expected.length - 1);
}

/** The file as it is now; as bytes of no type, which a browser shows nowhere. */
async function serveFile(file: string, { method }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Only read');
    return;
  }
  const handle = await open(file).catch(() => undefined);
  if (!handle) {
    refuse(response, 404, 'Not found');
    return;
  }
  try {
    const { size } = await handle.stat();
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': size,
      'Cache-Control': 'no-store',
    });
    if (method === 'HEAD' || size === 0) response.end();
    // No further than was said, whoever writes to it meanwhile.
    else await pipeline(handle.createReadStream({ end: size - 1, autoClose: false }), response);
  } catch {
    // The page has gone, or the file has become shorter: what was sent is cut off.
    response.destroy();
  } finally {
    await handle.close();
  }
}
