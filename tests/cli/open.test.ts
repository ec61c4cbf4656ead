/** `constela open`: who is answered, with what, and who is not. */
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { servePage } from '../../src/cli/pageServer';
import { constela, scratch } from './terminal';

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As a client sends it that keeps to no rule of browsers: any path, unchanged, and any header. */
function get(address: string, path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Got> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      response.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

/** A page of two files, with a file of texts beside its folder, which is opened, and one that nobody should see. */
async function served(name = 'my words & ção.csv') {
  const at = await scratch();
  await mkdir(at('page', 'assets'), { recursive: true });
  await writeFile(at('page', 'index.html'), 'the page');
  await writeFile(at('page', 'service-worker.js'), 'kept');
  await writeFile(at('page', 'assets', 'a.js'), 'export {}');
  await writeFile(at(name), 'text\ncat\n');
  await writeFile(at('secret.txt'), 'a secret');
  const { address, close } = await servePage(at('page'), at(name));
  onTestFinished(close);
  const { pathname, searchParams, port } = new URL(address);
  return { at, address, page: pathname, asked: searchParams.get('open')!, port, close };
}

describe('the server of constela open', () => {
  test('serves the page and the file under a secret of 256 bits, another one each time', async () => {
    const { address, page, asked } = await served();
    const other = await served();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/\?open=/);
    expect(other.page).not.toBe(page);
    expect(await get(address, page)).toMatchObject({ status: 200, body: 'the page' });
    expect(await get(address, `${page}assets/a.js`)).toMatchObject({ status: 200, body: 'export {}' });
    // What the page asks for is what its address says.
    const file = new URL(asked, new URL(page, address)).pathname;
    const got = await get(address, file);
    expect(got).toMatchObject({ status: 200, body: 'text\ncat\n' });
    expect(got.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-length': '9' });
    expect(decodeURIComponent(file)).toMatch(/\/file\/my words & ção\.csv$/);
    expect(await get(address, file, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await get(address, file, {}, 'POST')).toMatchObject({ status: 405 });
    expect(await get(address, `${page}service-worker.js`)).toMatchObject({ status: 404 });
  });

  test('says on every response, refusals too, that nothing else may use it', async () => {
    const { address, page, asked } = await served();
    for (const path of [page, `${page}${asked}`, '/', `${page}none`]) {
      const { headers } = await get(address, path, { Origin: 'https://elsewhere.example' });
      expect(headers['content-security-policy'], path).toContain("connect-src 'self'");
      expect(headers, path).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('answers its own host only, to the letter', async () => {
    const { address, page, port } = await served();
    const hosts = [
      'elsewhere.example',
      `elsewhere.example:${port}`,
      `localhost:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.`,
    ];
    for (const host of hosts) {
      const { status, body } = await get(address, page, { Host: host });
      expect({ host, status, body }).toEqual({ host, status: 421, body: 'Not for this host\n' });
    }
    expect((await get(address, page, { Host: `127.0.0.1:${port}` })).status).toBe(200);
  });

  test('finds nothing without the secret, and nothing outside the page’s folder with it', async () => {
    const { address, page } = await served();
    const token = page.slice(1, -1);
    const wrong = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    const paths = [
      ...['/', '/index.html', '/assets/a.js', '/file/my%20words%20%26%20%C3%A7%C3%A3o.csv', `/${wrong}/`, `/${token}`],
      ...[
        `/${token.slice(0, -1)}/`,
        `/${token}x/`,
        `http://127.0.0.1/${token}/`,
        `//${token}/`,
        `/${token.toUpperCase()}/`,
      ],
      ...['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '..\\secret.txt', 'assets/../../secret.txt'].map(
        (path) => page + path,
      ),
      ...['file/', 'file/secret.txt', 'file/../secret.txt', 'file/..%2fsecret.txt', '%00', '%'].map(
        (path) => page + path,
      ),
      `${page}file/my words`.replaceAll(' ', '%20'),
    ];
    for (const path of paths) {
      const { status, body } = await get(address, path);
      expect({ path, status, body }).toEqual({ path, status: 404, body: 'Not found\n' });
    }
  });

  test('gives the file as it is now, and goes on when it is gone', async () => {
    const { at, address, page, asked } = await served('words.csv');
    await writeFile(at('words.csv'), 'text\ndog\nhen\n');
    expect((await get(address, page + asked)).body).toBe('text\ndog\nhen\n');
    await truncate(at('words.csv'));
    expect(await get(address, page + asked)).toMatchObject({ status: 200, body: '' });
    await rm(at('words.csv'));
    expect(await get(address, page + asked)).toMatchObject({ status: 404 });
    expect((await get(address, page)).status).toBe(200);
  });
});

describe('constela open', () => {
  test('prints the address, serves until it is interrupted, and then nobody answers', async () => {
    const { at } = await served('words.csv');
    const abort = new AbortController();
    let answered: number | undefined;
    const { code, out, err } = await constela(['open', at('words.csv'), '--no-open'], {
      page: at('page'),
      signal: abort.signal,
      onOutput: (address) =>
        void get(address.trim(), new URL(address).pathname).then(({ status }) => {
          answered = status;
          abort.abort();
        }),
    });
    expect(answered).toBe(200);
    expect(code).toBe(130);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/\?open=file%2Fwords\.csv\n$/);
    expect(err).toBe('constela: only this machine can reach it; Ctrl+C stops it\n');
    await expect(get(out.trim(), '/')).rejects.toThrow('ECONNREFUSED');
  });

  test('says what is wrong with the file, and how to build a page that is not there', async () => {
    const { at } = await served('words.csv');
    const cases: [string, string][] = [
      [at('none.csv'), 'There is no file'],
      [at('page'), 'its ending is none of'],
      [at('words.csv'), 'The page is not built: there is no index.html in'],
    ];
    await mkdir(at('folder.csv'));
    cases.push([at('folder.csv'), 'is a folder']);
    for (const [file, says] of cases) {
      const { code, out, err } = await constela(['open', file, '--no-open'], { page: join(at(), 'nothing') });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(says);
    }
  });
});
