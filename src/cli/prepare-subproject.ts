import { posix } from 'node:path';
import { ok, type Result } from '../base/result.ts';
import { crateSource } from '../cargo/crate-source.ts';
import type { WantedSubproject } from '../eval/input.ts';
import type { Host } from '../host/host.ts';
import { fault, fileFault, type WrapFault } from '../wrap/fault.ts';
import { offeredWraps } from '../wrap/offered-wraps.ts';
import { prepareSubproject, readySubproject } from '../wrap/prepare.ts';
import { downloadsDisabled, mayDownload, type PreparedSubproject } from '../wrap/request.ts';
import { loadWraps, type Package } from '../wrap/wrap-set.ts';
import type { Session } from './session.ts';
import { Wrapdb } from './subprojects/wrapdb.ts';
import { userCache } from './user-cache.ts';

type Prepared = Result<PreparedSubproject, WrapFault>;

/** What the other kaon answers: the result, and the lines to be said before it. */
interface Answer {
  readonly prepared: Prepared;
  readonly told: readonly string[];
}

/** A request as text, for a process of its own. */
interface Message extends Omit<WantedSubproject, 'wraps' | 'tell'> {
  readonly sourceRoot: string;
  readonly packages: readonly (readonly [string, Package])[];
  readonly hasFolder: boolean;
}

/**
 * Makes sure that a subproject's sources are there, and waits for it. Evaluation is synchronous and
 * fetching is not, so another kaon does it.
 */
export function prepareAndWait(
  { host, self }: Session,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
  wanted: WantedSubproject,
): Prepared {
  const ready = readySubproject(host, {
    ...wanted,
    sourceRoot,
    store: `${userCache(host)}/sources`,
  });
  if (ready !== undefined) return ok(ready);
  const { wraps, tell, ...rest } = wanted;
  const message: Message = {
    ...rest,
    sourceRoot,
    packages: [...wraps.packages],
    hasFolder: wraps.hasFolder,
  };
  const file = `${buildRoot}/meson-private/prepare-${wanted.name.replaceAll('/', '_')}.json`;
  const failed = (why: string) =>
    fault('tool', `Subproject ${wanted.name} cannot be fetched: ${why}`);
  const written = host.files.write(file, JSON.stringify(message));
  if (!written.ok) return failed(written.error.reason);
  const { ended, stdout, stderr } = host.processes.run({
    argv: [...self, 'internal', 'prepare', file],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  host.files.remove(file);
  if (ended.kind === 'exited' && ended.code === 0) {
    const answer = JSON.parse(stdout) as Answer; // written by prepareMessage below
    for (const line of answer.told) tell?.(line);
    return answer.prepared;
  }
  return failed(ended.kind === 'not-started' ? ended.reason : stderr.trim() || 'it was killed');
}

/** What the other kaon does: a request in, the result out, both as text. */
export async function prepareMessage({ host }: Session, text: string): Promise<string> {
  const message = JSON.parse(text) as Message; // written by prepareAndWait above
  const { packages: known, hasFolder, ...rest } = message;
  const packages = new Map(known);
  const offered = await fetchOffered(host, packages, message);
  const told: string[] = [];
  const answer = (prepared: Prepared) => JSON.stringify({ prepared, told } satisfies Answer);
  if (!offered.ok) return answer(offered);
  const fetch = crateSource(host, { folder: message.sourceRoot });
  const prepared: Prepared = await prepareSubproject(host, {
    ...rest,
    wraps: {
      packages,
      dependencies: new Map(),
      programs: new Map(),
      loaded: new Set(),
      hasFolder,
      warnings: [],
    },
    store: `${userCache(host)}/sources`,
    fetchCrate: fetch,
    tell: (line) => void told.push(line),
  });
  return answer(prepared);
}

/** Brings the wrap of a project that `wrapdb.json` offers, as Meson does. */
async function fetchOffered(
  host: Host,
  packages: Map<string, Package>,
  { name, subprojects, wrapMode }: Message,
): Promise<Result<void, WrapFault>> {
  if (packages.has(name)) return ok(undefined);
  const [version] = offeredWraps(host.files, subprojects).get(name)?.versions ?? [];
  if (version === undefined) return ok(undefined);
  if (!mayDownload(wrapMode)) return fault('downloads-disabled', downloadsDisabled);
  const url = host.system.environment['KAON_WRAPDB'];
  const kept = `${subprojects}/wrapdb.json`;
  const database = new Wrapdb(host, { url, kept, allowInsecure: false });
  const text = await database.wrapFile(name, version);
  if (!text.ok) return fault('download', `The wrap of ${name} ${version}: ${text.error}`);
  const path = `${subprojects}/${name}.wrap`;
  const written = host.files.write(path, text.value);
  if (!written.ok) return fileFault(written.error);
  const wraps = loadWraps(host, subprojects, posix.basename(subprojects));
  const made = wraps.ok ? wraps.value.packages.get(name) : undefined;
  if (made !== undefined) packages.set(name, made);
  return ok(undefined);
}
