import type { Command } from 'commander';
import { emptyCache, trimCache } from '../../cache/cache-size.ts';
import { actionCacheFolder, cacheLimitBytes, limitPath } from '../build/action-cache.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseFile } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';

/** `kaon cache`: what is kept of earlier compilations, for all build directories of a user. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const summary = 'Show, limit or empty the cache of compilations.';
  const parsed = parseWords(session.terminal, { name: 'cache', summary, define }, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { host, terminal, json } = session;
  const { files } = host;
  const folder = actionCacheFolder(host);
  const limit = text(parsed.options, 'limit');
  if (limit !== undefined) {
    const bytes = bytesOf(limit);
    if (bytes === undefined) return refuse(session, `'${limit}' is no size; 500M and 10G are`);
    const made = files.makeDirectory(folder);
    const written = made.ok ? files.replace(limitPath(host), String(bytes)) : made;
    if (!written.ok) return refuseFile(session, written.error);
  }
  if (flag(parsed.options, 'clear')) {
    const emptied = emptyCache(host, folder);
    if (!emptied.ok) return refuseFile(session, emptied.error);
  }
  const limitBytes = cacheLimitBytes(host);
  // Builds make room now and then only.
  const size = trimCache(host, folder, limitBytes);
  if (json) {
    terminal.print(JSON.stringify({ v: 1, kind: 'cache', folder, ...size, limitBytes }));
    return exitCodes.ok;
  }
  terminal.print(`Folder:  ${folder}`);
  terminal.print(`Size:    ${shown(size.bytes)} of ${shown(limitBytes)}`);
  terminal.print(`Entries: ${size.entries}`);
  return exitCodes.ok;
}

function define(command: Command): void {
  command
    .option('--clear', 'Forget all')
    .option('--limit <size>', 'How much is kept: 500M, 10G (5G); what was used least goes first');
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

function bytesOf(size: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMG]?)(?:i?B)?$/i.exec(size) ?? [];
  const factor = units[unit.toUpperCase()];
  return number === undefined || factor === undefined ? undefined : Math.round(+number * factor);
}

function shown(bytes: number): string {
  const [unit = '', factor = 1] =
    Object.entries(units).findLast(([, one]) => bytes >= one) ?? Object.entries(units)[0] ?? [];
  return `${(bytes / factor).toFixed(unit === '' ? 0 : 1)} ${unit === '' ? 'bytes' : `${unit}iB`}`;
}
