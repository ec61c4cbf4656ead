// @ts-check
/** The server of the built page: static files of one folder, to this machine alone. */
import { createServer as createHttpServer } from 'node:http';
import sirv from 'sirv';
import { responseHeaders } from './policy.js';

/** Types that sirv's table lacks. A response without a type is one that a browser may guess about. */
const types = new Map([
  ['.onnx', 'application/octet-stream'],
  ['.npz', 'application/zip'],
]);

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * What answers with the files of `root`. Every response, errors included, carries `headers`; a file that is missing is 404, never
 * another page.
 *
 * @param {string} root
 * @param {Readonly<Record<string, string>>} [headers]
 * @returns {(request: Request, response: Response) => void}
 */
export function serveFolder(root, headers = responseHeaders) {
  const files = sirv(root, {
    // Looks at the disk each time: a page that was built anew is served without a restart.
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      const type = types.get(path.slice(path.lastIndexOf('.')));
      if (type) response.setHeader('Content-Type', type);
      // The names of built files hold a hash of their content; sirv says `no-cache` of all others.
      if (path.includes('/assets/')) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    files(request, response, () => refuse(response, 404, 'Not found'));
  };
}

/**
 * Ends a response with a status and a line that says why.
 *
 * @param {Response} response
 * @param {number} status
 * @param {string} why
 */
export function refuse(response, status, why) {
  response.writeHead(status, { 'Content-Type': 'text/plain;charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${why}\n`);
}

/**
 * Serves `root` and resolves, once it listens, to its address (ending in `/`) and a way to stop it. A `port` that is taken gives way
 * to a free one; 0 always takes a free one.
 *
 * @param {{ root: string, port?: number, host?: string, headers?: Readonly<Record<string, string>> }} options
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function createServer({ root, port = 0, host = '127.0.0.1', headers }) {
  const server = createHttpServer(serveFolder(root, headers));
  const taken = await listen(server, port, host);
  return { address: `http://${host}:${taken}/`, close: () => close(server) };
}

/**
 * Stops a server, and those who are still being answered.
 *
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
export function close(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Listens on `port` of `host`, or on a free one where it is taken or 0.
 *
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port that was taken
 */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (port !== 0 && 'code' in error && error.code === 'EADDRINUSE') resolve(listen(server, 0, host));
      else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error(`listening on ${host}, but not on a port`));
    });
  });
}
