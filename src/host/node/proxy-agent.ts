import { Agent as PlainAgent, request } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import type { Environment } from '../../base/environment.ts';

/** An agent that goes through the proxy that the environment names for a URL; undefined where it names none. */
export function proxyAgent(url: URL, environment: Environment): PlainAgent | undefined {
  const named = proxyOf(url, environment);
  if (named === undefined || named === '' || bypassed(url, environment)) return undefined;
  let proxy: URL;
  try {
    proxy = new URL(named.includes('://') ? named : `http://${named}`);
  } catch {
    return undefined;
  }
  const headers = proxyHeaders(proxy);
  const secure = url.protocol === 'https:';
  const agent = secure ? new SecureAgent() : new PlainAgent();
  const createConnection = (
    options: ConnectionOptions,
    connected: (error: Error | null, socket?: Socket) => void,
  ): undefined => {
    const port = url.port || (secure ? '443' : '80');
    const tunnel = request({
      host: proxy.hostname,
      port: proxy.port || '80',
      method: 'CONNECT',
      path: `${url.hostname}:${port}`,
      headers: { host: `${url.hostname}:${port}`, ...headers },
    });
    tunnel.on('connect', (response, socket: Socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        connected(new Error(`the proxy answers with HTTP status ${response.statusCode}`));
      } else if (secure) {
        connected(null, connectSecurely({ ...options, socket, servername: url.hostname }));
      } else connected(null, socket);
    });
    tunnel.on('error', (error) => connected(error));
    tunnel.end();
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}

function proxyOf(url: URL, environment: Environment): string | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  return (
    environment[name] ??
    environment[name.toUpperCase()] ??
    environment['all_proxy'] ??
    environment['ALL_PROXY']
  );
}

function proxyHeaders(proxy: URL): Record<string, string> {
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
