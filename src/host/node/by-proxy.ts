import { type ClientRequestArgs, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import type { Environment } from '../../base/environment.ts';
import { err, ok, type Result } from '../../base/result.ts';

const silenceMs = 60_000;

/** What a request needs to go through a proxy. */
export type ByProxy = Pick<ClientRequestArgs, 'agent' | 'hostname' | 'port' | 'path'> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** The variable that names the proxy. */
  readonly named?: string;
};

/** How a URL is asked for by the proxy that the environment names for it; nothing where it names none. */
export function byProxy(url: URL, environment: Environment): Result<ByProxy, string> {
  const named = proxyOf(url, environment);
  if (named === undefined || bypassed(url, environment)) return ok({});
  const { name, value } = named;
  const proxy = parsed(value);
  if (proxy === undefined) return err(`${name} is not the address of a proxy`);
  const { protocol } = proxy;
  if (url.protocol === 'https:' && (protocol === 'http:' || protocol === 'https:')) {
    return ok({ agent: tunnel(url, proxy), named: name });
  }
  // Many proxies refuse to be a tunnel to anything but the port of https.
  if (protocol === 'http:') {
    const headers = { host: url.host, ...credentials(proxy) };
    const path = `${url.origin}${url.pathname}${url.search}`;
    return ok({ hostname: hostOf(proxy), port: proxy.port || '80', path, headers, named: name });
  }
  const kinds = url.protocol === 'https:' ? 'http: and https:' : 'http:';
  return err(`${name} names a proxy for ${protocol}; kaon knows those for ${kinds} here`);
}

/** An agent that speaks with the server through the proxy, which cannot read what is said. */
function tunnel(url: URL, proxy: URL): SecureAgent {
  const createConnection = (
    options: ConnectionOptions,
    connected: (error: Error | null, socket?: Socket) => void,
  ): undefined => {
    const secure = proxy.protocol === 'https:';
    const there = `${url.hostname}:${url.port || '443'}`;
    const asked = (secure ? requestSecure : requestPlain)({
      host: hostOf(proxy),
      port: proxy.port || (secure ? '443' : '80'),
      method: 'CONNECT',
      path: there,
      headers: { host: there, ...credentials(proxy) },
      ...(secure && { ca: options.ca }),
    });
    asked.on('connect', (response, socket: Socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        connected(new Error(`the proxy answers with HTTP status ${response.statusCode}`));
      } else connected(null, connectSecurely({ ...options, socket, servername: url.hostname }));
    });
    asked.setTimeout(silenceMs, () => asked.destroy(new Error('the proxy does not answer')));
    asked.on('error', (error) => connected(error));
    asked.end();
    return undefined;
  };
  return Object.assign(new SecureAgent(), { createConnection });
}

function proxyOf(url: URL, environment: Environment) {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  for (const each of [name, name.toUpperCase(), 'all_proxy', 'ALL_PROXY']) {
    const value = environment[each];
    // A variable that is set to nothing says that there is none.
    if (value !== undefined) return value === '' ? undefined : { name: each, value };
  }
  return undefined;
}

function parsed(named: string): URL | undefined {
  try {
    return new URL(named.includes('://') ? named : `http://${named}`);
  } catch {
    return undefined;
  }
}

/** A URL has IPv6 addresses in brackets, a connection without. */
function hostOf(proxy: URL): string {
  return proxy.hostname.replace(/^\[|\]$/g, '');
}

function credentials(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function bypassed(url: URL, environment: Environment): boolean {
  const list = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  return list
    .split(',')
    .map((entry) => entry.trim().replace(/^\*?\./, ''))
    .some(
      (entry) =>
        entry === '*' ||
        (entry !== '' &&
          (entry === url.hostname || entry === url.host || url.hostname.endsWith(`.${entry}`))),
    );
}
