import type { ActionCache } from '../../cache/action-cache.ts';
import { trimCache } from '../../cache/cache-size.ts';
import { localCache } from '../../cache/local-cache.ts';
import type { Host } from '../../host/host.ts';
import { privateFolder } from '../../store/setup/setup-state.ts';
import { userCache } from '../user-cache.ts';

/** 5 GiB, unless `kaon cache --limit` said otherwise. */
const usualLimitBytes = 5 * 1024 ** 3;
const betweenTrimsMs = 60 * 60 * 1000;

/** Where results of actions are kept for all of a user's build directories. */
export function actionCacheFolder(host: Host): string {
  return `${userCache(host)}/actions`;
}

/** The cache that a build directory uses; none where its option `kaon.cache` is off. */
export function actionCacheOf(host: Host, buildRoot: string): ActionCache | undefined {
  if (host.files.exists(offPath(buildRoot))) return undefined;
  return localCache(host, actionCacheFolder(host));
}

/** Writes the value of the option `kaon.cache` where a build finds it without reading options. */
export function switchActionCache({ files }: Host, buildRoot: string, to: 'on' | 'off'): void {
  if (to === 'on') files.remove(offPath(buildRoot));
  else files.write(offPath(buildRoot), '');
}

function offPath(buildRoot: string): string {
  return `${buildRoot}/${privateFolder}/kaon-cache-off`;
}

/** How large the cache of actions may become: what `kaon cache --limit` set, else what is usual. */
export function cacheLimitBytes(host: Host): number {
  const text = host.files.readText(limitPath(host));
  const bytes = text.ok ? Number(text.value) : Number.NaN;
  return Number.isFinite(bytes) && bytes >= 0 ? bytes : usualLimitBytes;
}

/** The file that says how large the cache may become, in bytes. */
export function limitPath(host: Host): string {
  return `${actionCacheFolder(host)}/limit`;
}

/** Makes room, now and then. */
export function trimActionCache(host: Host): void {
  const { files, clock } = host;
  const folder = actionCacheFolder(host);
  const mark = `${folder}/trimmed`;
  const last = files.stat(mark)?.mtimeNs;
  if (last !== undefined && clock.nowMs() - Number(last / 1_000_000n) < betweenTrimsMs) return;
  if (!files.isDirectory(folder) || !files.write(mark, '').ok) return;
  trimCache(host, folder, cacheLimitBytes(host));
}
