import { posix } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { ConfigPlace } from '../../cargo/config/said-config.ts';
import { crateSource } from '../../cargo/crate-source.ts';
import { keptClone } from '../../cargo/kept-clone.ts';
import type { WantedSubproject } from '../../eval/input.ts';
import type { Host } from '../../host/host.ts';
import { keptCrate } from '../../wrap/archive/lay-archive.ts';
import { type CrateOfWrap, crateOfWrap } from '../../wrap/crate-of-wrap.ts';
import { fault, fileFault, type WrapFault } from '../../wrap/fault.ts';
import { offeredWraps } from '../../wrap/offered-wraps.ts';
import { prepareSubproject, readySubproject } from '../../wrap/prepare.ts';
import {
  downloadsDisabled,
  type FetchCrate,
  mayDownload,
  type PreparedSubproject,
} from '../../wrap/request.ts';
import { loadWraps, noWraps, type Package } from '../../wrap/wrap-set.ts';
import { resolverHere } from '../crates/cargo-metadata.ts';
import { cargoIn } from '../crates/run-cargo.ts';
import type { Session } from '../session.ts';
import { Wrapdb } from '../subprojects/wrapdb.ts';
import { userCache } from '../user-cache.ts';

type Prepared = Result<PreparedSubproject, WrapFault>;

/** What the other kaon answers: the result, and the lines to be said before it. */
interface Answer {
  readonly prepared: Prepared;
  readonly told: readonly string[];
}

/** A request as text, for a process of its own. */
interface Message extends Omit<WantedSubproject, 'wraps' | 'tell'> {
  readonly sourceRoot: string;
  /** Of Cargo's. */
  readonly config: ConfigPlace;
  /** The one that is wanted, and those that had better be brought with it. */
  readonly packages: readonly Package[];
  readonly hasFolder: boolean;
  /** The folder of sources that no source tree has. */
  readonly store: string;
}

interface Place {
  readonly sourceRoot: string;
  readonly buildRoot: string;
  /** Where Cargo's configuration for the project lies. */
  readonly config: ConfigPlace;
}

/**
 * Makes sure that a subproject's sources are there, and waits for it. Evaluation is synchronous and
 * fetching is not, so another kaon does it; with the first crate that is missing it brings all.
 */
export function subprojectPreparer(
  session: Session,
  place: Place,
): (wanted: WantedSubproject) => Prepared {
  const brought = new Set<string>();
  return (wanted) => {
    const { host } = session;
    const { sourceRoot } = place;
    const stores = storesOf(host, place);
    for (const store of stores) {
      const ready = readySubproject(host, { ...wanted, sourceRoot, store });
      if (ready !== undefined) return ok(ready);
    }
    const own = wanted.wraps.packages.get(wanted.name);
    const lock = own && lockOf(own);
    const also = lock === undefined || brought.has(lock) ? [] : cratesOf(wanted, lock);
    if (lock !== undefined) brought.add(lock);
    // That may take minutes, in which nothing else is said.
    if (also.length > 1 && mayDownload(wanted.wrapMode) && !session.json)
      session.terminal.printError(
        `Fetching what is not here yet of the ${also.length} crates of ${lock}`,
      );
    // Of one that there is not, the others tell whose name is like it.
    const packages = own === undefined ? [...wanted.wraps.packages.values()] : [own, ...also];
    return prepareElsewhere(session, place, { ...wanted, packages });
  };
}

/**
 * Where sources are laid that no source tree has: the user's cache, for all builds; where that cannot be
 * written (a home that is not there, a container's), the build directory.
 */
function storesOf(host: Host, place: Place): readonly string[] {
  const own = ownStore(place);
  return [sharedStore(host), ...(host.files.isDirectory(own) ? [own] : [])];
}

function sharedStore(host: Host): string {
  return `${userCache(host)}/sources`;
}

function ownStore({ buildRoot }: Place): string {
  return `${buildRoot}/meson-private/sources`;
}

function writableStore(host: Host, place: Place): string {
  const { files, system } = host;
  const shared = sharedStore(host);
  const probe = `${shared}/.kaon-${system.processId}`;
  const isWritable = files.makeDirectory(shared).ok && files.write(probe, '').ok;
  files.remove(probe);
  return isWritable ? shared : ownStore(place);
}

interface Candidates {
  /** What may bring it, and what is fetched in one go with it. */
  readonly packages: readonly Package[];
}

function prepareElsewhere(
  { host, self }: Session,
  place: Place,
  { wraps, tell, packages, ...wanted }: WantedSubproject & Candidates,
): Prepared {
  const { sourceRoot, buildRoot, config } = place;
  const message: Message = {
    ...wanted,
    sourceRoot,
    config,
    packages: [...new Set(packages)],
    hasFolder: wraps.hasFolder,
    store: writableStore(host, place),
  };
  const file = `${buildRoot}/meson-private/prepare-${wanted.name.replaceAll('/', '_')}.json`;
  const failed = (why: string) =>
    fault('tool', `Subproject ${wanted.name} cannot be fetched: ${why}`);
  const written = host.files.write(file, textOf(message));
  if (!written.ok) return failed(written.error.reason);
  const { ended, stdout, stderr } = host.processes.run({
    argv: [...self, 'internal', 'prepare', file],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
    // What it laid by then would take the place of what a later setup has laid.
    endsWithUs: true,
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
export async function prepareMessage(session: Session, text: string): Promise<string> {
  const { host } = session;
  const message = messageOf(text);
  const { packages: known, hasFolder, store, config, ...rest } = message;
  const packages = new Map(known.map((one) => [one.name, one]));
  const offered = await fetchOffered(host, packages, message);
  const told: string[] = [];
  const answer = (prepared: Prepared) => JSON.stringify({ prepared, told } satisfies Answer);
  if (!offered.ok) return answer(offered);
  const fetchCrate = crateSource(host, { folder: message.sourceRoot, config });
  const wraps = { ...noWraps, packages, hasFolder };
  const others = await neededCrates(session, message, fetchCrate);
  const prepared: Prepared = await prepareSubproject(host, {
    ...rest,
    wraps,
    store,
    fetchCrate,
    keptClone: (repository) => keptClone(host, repository),
    tell: (line) => void told.push(line),
  });
  // What fails is told when it is asked for, if it ever is.
  for (const { name } of others) {
    await prepareSubproject(host, { ...rest, name, wraps, store, fetchCrate });
  }
  return answer(prepared);
}

/** Which of the crates that might be brought as well this machine needs: Cargo knows, and gets what it lacks in one go. */
async function neededCrates(
  session: Session,
  message: Message,
  fetchCrate: FetchCrate,
): Promise<readonly Package[]> {
  const [own, ...others] = message.packages;
  const lock = own?.name === message.name ? lockOf(own) : undefined;
  if (own === undefined || lock === undefined || others.length === 0) return [];
  const folder = posix.join(message.sourceRoot, posix.dirname(lock));
  const cargo = cargoIn(session, configOf(message, folder), new AbortController().signal);
  if (!cargo.ok) return [];
  const resolve = await resolverHere(cargo.value, `${folder}/Cargo.toml`);
  if (!resolve.ok) return [];
  let resolved = await resolve.value(['--locked', '--offline']);
  // What someone laid down for us to do without a network is no reason to look for one.
  if (!resolved.ok && mayDownload(message.wrapMode)) {
    const kept = (crate: CrateOfWrap) => keptCrate(session.host, message, crate);
    if (await isHere(own, kept, fetchCrate)) return [];
    resolved = await resolve.value(['--locked']);
  }
  if (!resolved.ok) return [];
  const needed = new Set(resolved.value.packages.map((one) => `${one.name} ${one.version}`));
  return others.filter(({ wrap }) => {
    const crate = wrap && crateOfWrap(wrap);
    return crate !== undefined && needed.has(`${crate.name} ${crate.version}`);
  });
}

/** What a command brings is for the project itself. */
function configOf({ sourceRoot, config }: Message, folder: string): ConfigPlace {
  return folder === sourceRoot ? config : { folder, said: [] };
}

/** Whether a crate can be had without asking Cargo. */
async function isHere(
  { wrap }: Package,
  kept: (crate: CrateOfWrap) => string | undefined,
  fetchCrate: FetchCrate,
): Promise<boolean> {
  const crate = wrap && crateOfWrap(wrap);
  if (crate?.sha256 === undefined) return false;
  const { name, version, sha256 } = crate;
  if (kept(crate) !== undefined) return true;
  return (await fetchCrate({ name, version, sha256 }, 'cache')).ok;
}

/** The lock file that a crate's package was read from. */
function lockOf({ wrap }: Package): string | undefined {
  return wrap?.kind === 'file' && /(?:^|\/)Cargo\.lock$/.test(wrap.source.path)
    ? wrap.source.path
    : undefined;
}

/** The crates of a lock file. */
function cratesOf({ wraps }: WantedSubproject, lock: string): readonly Package[] {
  return [...wraps.packages.values()].filter((one) => lockOf(one) === lock);
}

/** As JSON, with each file that packages were read from in it once. */
function textOf(message: Message): string {
  const sources: unknown[] = [];
  const numbers = new Map<unknown, number>();
  const text = JSON.stringify(message, (key, value: unknown) => {
    if (key !== 'source' || typeof value !== 'object') return value;
    const number = numbers.get(value) ?? sources.push(value) - 1;
    numbers.set(value, number);
    return number;
  });
  return JSON.stringify([sources, text]);
}

/** What `textOf` wrote. */
function messageOf(text: string): Message {
  const [sources, message] = JSON.parse(text) as [unknown[], string];
  return JSON.parse(message, (key, value: unknown) =>
    key === 'source' && typeof value === 'number' ? sources[value] : value,
  ) as Message;
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
