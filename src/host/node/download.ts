import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import type { Environment } from '../../base/environment.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DownloadFault } from '../host.ts';
import { byProxy } from './by-proxy.ts';
import { systemCode, systemReason } from './fault.ts';

/** A file to fetch, and how much of it is taken at most. */
export interface Download {
  readonly url: string;
  readonly path: string;
  readonly maxBytes: number;
  readonly environment: Environment;
  /** How long to wait before each further try, where a server may do better then. */
  readonly pausesMs?: readonly number[];
}

/** A fault, and whether the same question may be answered soon. */
interface Trouble extends DownloadFault {
  readonly passes?: true;
}

const maxRedirects = 10;
/** What servers say that are too busy, being restarted, or behind something that is. */
const passingStatus = new Set([408, 425, 429, 500, 502, 503, 504]);
/** A name that is not found or a port that nobody serves stays so: that is told at once. */
const passingCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** A server that says nothing for so long is gone. */
const silenceMs = 60_000;

/** Fetches a URL into a file; the file appears only when it is whole. */
export async function download(request: Download): Promise<Result<void, DownloadFault>> {
  let url: URL;
  try {
    url = new URL(request.url);
  } catch {
    return fault('other', 'this is not a URL');
  }
  const beside = `${request.path}.${process.pid}.part`;
  try {
    for (const pauseMs of request.pausesMs ?? [1000, 2000, 4000]) {
      const got = await follow(url, beside, request);
      if (got.ok || got.error.passes === undefined) return finished(got, beside, request.path);
      await setTimeout(pauseMs);
    }
    return finished(await follow(url, beside, request), beside, request.path);
  } catch (error) {
    return fault('other', systemReason(error));
  } finally {
    rmSync(beside, { force: true });
  }
}

function finished(
  got: Result<void, Trouble>,
  beside: string,
  path: string,
): Result<void, DownloadFault> {
  if (!got.ok) return fault(got.error.kind, got.error.reason);
  renameSync(beside, path);
  return got;
}

async function follow(start: URL, path: string, request: Download): Promise<Result<void, Trouble>> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      return fault('insecure', `${shown(url)}: kaon fetches https: and http: only`);
    }
    const response = await ask(url, start, request.environment);
    if (!response.ok) return response;
    const { statusCode = 0, headers } = response.value;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.value.destroy();
      const next = new URL(headers.location, url);
      if (url.protocol === 'https:' && next.protocol !== 'https:') {
        return fault('insecure', `${shown(url)} redirects from https: to ${shown(next)}`);
      }
      url = next;
    } else if (statusCode !== 200) {
      response.value.destroy();
      const kind = statusCode === 404 || statusCode === 410 ? 'not-found' : 'refused';
      const refusal = `${shown(url)}: HTTP status ${statusCode}`;
      return passingStatus.has(statusCode) ? passing(refusal) : fault(kind, refusal);
    } else {
      return save(response.value, url, { path, maxBytes: request.maxBytes });
    }
  }
  return fault('refused', `${shown(start)}: more than ${maxRedirects} redirects`);
}

/** Credentials of the URL that was asked for go to its own host only, whatever it redirects to. */
function authorization(url: URL, start: URL): { authorization?: string } {
  if (start.username === '' || url.origin !== start.origin) return {};
  const pair = `${decodeURIComponent(start.username)}:${decodeURIComponent(start.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function ask(
  url: URL,
  start: URL,
  environment: Environment,
): Promise<Result<IncomingMessage, Trouble>> {
  return new Promise((resolve) => {
    const bare = new URL(url);
    bare.username = '';
    bare.password = '';
    const secure = url.protocol === 'https:';
    const way = byProxy(url, environment);
    if (!way.ok) return resolve(fault('refused', `${shown(url)}: ${way.error}`));
    const { headers: proxyHeaders, named, ...proxied } = way.value;
    const options = {
      headers: {
        'user-agent': 'kaon',
        accept: '*/*',
        ...authorization(url, start),
        ...proxyHeaders,
      },
      timeout: silenceMs,
      ...(secure && { ca: certificates(environment) }),
      ...proxied,
    };
    const asked = (secure ? getSecure : getPlain)(bare, options, (response) =>
      resolve(ok(response)),
    );
    asked.on('timeout', () => asked.destroy(new Error('the server does not answer')));
    asked.on('error', (error) => resolve(networkFault(url, error, named)));
  });
}

/** Node knows NODE_EXTRA_CA_CERTS only from its start, and the launcher takes it away there. */
function certificates(environment: Environment): string[] {
  const all = [...rootCertificates];
  for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
    const file = environment[name];
    if (file === undefined || file === '') continue;
    try {
      all.push(readFileSync(file, 'utf8'));
    } catch {
      // As Node does: a certificate file that is not there adds nothing.
    }
  }
  return all;
}

function save(
  response: IncomingMessage,
  url: URL,
  { path, maxBytes }: { readonly path: string; readonly maxBytes: number },
): Promise<Result<void, Trouble>> {
  const expected = Number(response.headers['content-length'] ?? Number.NaN);
  const tooLarge = fault('too-large', `${shown(url)}: more than ${maxBytes} bytes`);
  if (expected > maxBytes) {
    response.destroy();
    return Promise.resolve(tooLarge);
  }
  return new Promise((resolve) => {
    const file = openSync(path, 'w');
    let size = 0;
    let result: Result<void, Trouble> | undefined;
    const stop = (reason: Result<void, Trouble>): void => {
      result ??= reason;
      response.destroy();
    };
    response.setTimeout(silenceMs, () => stop(networkFault(url, new Error('it fell silent'))));
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return stop(tooLarge);
      try {
        writeSync(file, chunk);
      } catch (error) {
        stop(fault('other', systemReason(error)));
      }
    });
    // What Node calls "aborted" is told below.
    response.on('error', () => undefined);
    response.on('close', () => {
      closeSync(file);
      const cut = !response.complete || (!Number.isNaN(expected) && size !== expected);
      resolve(result ?? (cut ? passing(`${shown(url)}: the answer was cut off`) : ok(undefined)));
    });
  });
}

const offlineCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

function networkFault(url: URL, error: Error, proxy?: string) {
  const code = systemCode(error);
  const way = proxy === undefined ? '' : ` (by the proxy that ${proxy} names)`;
  const reason = `${shown(url)}: ${error.message || code || 'no connection'}${way}`;
  if (code !== undefined && passingCodes.has(code)) return passing(reason);
  return fault(code !== undefined && offlineCodes.has(code) ? 'offline' : 'refused', reason);
}

/** A URL as it may be printed: nothing that could be a secret. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function passing(reason: string) {
  return err<Trouble>({ kind: 'refused', reason, passes: true });
}

function fault(kind: DownloadFault['kind'], reason: string) {
  return err<DownloadFault>({ kind, reason });
}
