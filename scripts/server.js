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

/**
 * Serves `root` and resolves, once it listens, to its address (ending in `/`) and a way to stop it. Every response,
 * errors included, carries `headers`; a file that is missing is 404, never another page. A `port` that is taken gives
 * way to a free one; 0 always takes a free one.
 *
 * @param {{ root: string, port?: number, host?: string, headers?: Readonly<Record<string, string>> }} options
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function createServer({ root, port = 0, host = '127.0.0.1', headers = responseHeaders }) {
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
  const server = createHttpServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain;charset=utf-8', 'Cache-Control': 'no-store' });
      response.end('Not found\n');
    });
  });
  const taken = await listen(server, port, host);
  return {
    address: `http://${host}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port that was taken
 */
function listen(server, port, host) {
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
