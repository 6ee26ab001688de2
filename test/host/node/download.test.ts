import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  createServer,
  get as getPlain,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download } from '../../../src/host/node/download.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaon-download-'));
const path = join(folder, 'file');
let asked: IncomingMessage[] = [];
const pausesMs = [1, 1];

function serve(request: IncomingMessage, response: ServerResponse): void {
  asked.push(request);
  switch (request.url) {
    case '/file':
      response.end('content');
      break;
    case '/there':
      response.writeHead(302, { location: '/file' }).end();
      break;
    case '/elsewhere':
      response.writeHead(302, { location: `http://localhost:${port()}/file` }).end();
      break;
    case '/circle':
      response.writeHead(302, { location: '/circle' }).end();
      break;
    case '/cut':
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
      break;
    case '/busy':
      response.writeHead(asked.length === 1 ? 503 : 200).end('content');
      break;
    case '/broken':
      response.writeHead(500).end();
      break;
    case '/reset':
      if (asked.length < 3) request.socket.destroy();
      else response.end('content');
      break;
    case '/scheme':
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      break;
    default:
      response.writeHead(404).end();
  }
}

const server = createServer(serve);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, () => resolve())));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function port(): number {
  const address = server.address() as AddressInfo; // a TCP server has one of this kind
  return address.port;
}

async function get(what: string, maxBytes = 1000): Promise<string> {
  asked = [];
  rmSync(path, { force: true });
  const url = `http://127.0.0.1:${port()}${what}`;
  const got = await download({ url, path, maxBytes, environment: {}, pausesMs });
  return got.ok ? readFileSync(path, 'utf8') : `${got.error.kind}: ${got.error.reason}`;
}

test('a file arrives whole, through redirects too', async () => {
  expect(await get('/file')).toBe('content');
  expect(await get('/there')).toBe('content');
});

test('what is not whole is not there', async () => {
  expect(await get('/cut')).toMatch(/^refused: .*: the answer was cut off$/);
  expect(() => readFileSync(path)).toThrow();
});

test('refusals have kinds', async () => {
  expect(await get('/nothing')).toMatch(/^not-found: .*404/);
  expect(await get('/file', 3)).toMatch(/^too-large: /);
  expect(await get('/circle')).toMatch(/^refused: .*redirects/);
  expect(await get('/scheme')).toMatch(/^insecure: /);
  const unreachable = { url: 'http://127.0.0.1:9/x', path, maxBytes: 9, environment: {} };
  expect((await download(unreachable)).ok).toBe(false);
});

test('a server that is busy, or that broke off, is asked again, and not without end', async () => {
  expect(await get('/busy')).toBe('content');
  expect(await get('/reset')).toBe('content');
  expect(await get('/broken')).toMatch(/^refused: .*500/);
  expect(asked).toHaveLength(3);
  await get('/nothing');
  expect(asked).toHaveLength(1);
});

/** A proxy that fetches for others, and is no tunnel. */
async function behindProxy(environment: Record<string, string>): Promise<string> {
  const through: string[] = [];
  const proxy = createServer((request, response) => {
    through.push(`${request.headers['proxy-authorization'] ?? ''} ${request.url}`);
    getPlain(request.url ?? '', (answer) => answer.pipe(response));
  });
  await new Promise<void>((resolve) => proxy.listen(0, () => resolve()));
  const address = proxy.address() as AddressInfo; // a TCP server has one of this kind
  const filled = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace('PORT', `${address.port}`),
    ]),
  );
  rmSync(path, { force: true });
  const url = `http://127.0.0.1:${port()}/file`;
  const got = await download({ url, path, maxBytes: 99, environment: filled, pausesMs: [] });
  proxy.close();
  const told = got.ok ? readFileSync(path, 'utf8') : got.error.reason;
  return [told, ...through].join('; ').replaceAll(`${port()}`, 'N');
}

test('a proxy is asked for http: by the whole address, and named where it is of another kind', async () => {
  const whole = 'http://127.0.0.1:N/file';
  expect(await behindProxy({ http_proxy: 'http://127.0.0.1:PORT' })).toBe(`content;  ${whole}`);
  expect(await behindProxy({ ALL_PROXY: 'u:p@127.0.0.1:PORT' })).toBe(
    `content; Basic ${btoa('u:p')} ${whole}`,
  );
  expect(await behindProxy({ http_proxy: '127.0.0.1:PORT', no_proxy: '127.0.0.1' })).toBe(
    'content',
  );
  expect(await behindProxy({ http_proxy: '', all_proxy: '127.0.0.1:PORT' })).toBe('content');
  expect(await behindProxy({ http_proxy: 'http://127.0.0.1:9' })).toBe(
    `${whole}: connect ECONNREFUSED 127.0.0.1:9 (by the proxy that http_proxy names)`,
  );
  expect(await behindProxy({ all_proxy: 'socks5://127.0.0.1:PORT' })).toBe(
    `${whole}: all_proxy names a proxy for socks5:; kaon knows those for http: here`,
  );
});

test('credentials go to their own host, and are not printed', async () => {
  const url = (what: string): string => `http://user:secret@127.0.0.1:${port()}${what}?token=t`;
  const request = { path, maxBytes: 99, environment: {} };
  asked = [];
  await download({ ...request, url: url('/file').replace('?token=t', '') });
  expect(asked[0]?.headers.authorization).toBe(`Basic ${btoa('user:secret')}`);
  asked = [];
  await download({ ...request, url: url('/elsewhere').replace('?token=t', '') });
  expect(asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([true, false]);
  const refused = await download({ ...request, url: url('/nothing') });
  expect(refused).toEqual({
    ok: false,
    error: { kind: 'not-found', reason: `http://127.0.0.1:${port()}/nothing: HTTP status 404` },
  });
});
