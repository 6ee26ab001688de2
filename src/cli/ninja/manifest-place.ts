import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Graph } from '../../graph/graph.ts';
import { askedFor } from '../../ninja/asked-for.ts';
import { loadDyndeps } from '../../ninja/dyndep.ts';
import { type Edge, edgesByOutput, type Manifest } from '../../ninja/manifest.ts';
import { defaultTargets, manifestGraph } from '../../ninja/manifest-graph.ts';
import { oldEdges } from '../../ninja/old-edges.ts';
import { normalPath, parseManifest } from '../../ninja/parse-manifest.ts';
import { type IsThere, isLookedForHere, type Wanted, wantedFor } from '../../ninja/wanted.ts';
import { openActionLog } from '../../store/log/action-log.ts';
import { lockBuild } from '../build/lock-build.ts';
import type { Session } from '../session.ts';
import { refuseFile } from '../terminal/refuse.ts';
import { foundIn } from './known-deps.ts';
import { NinjaBuild } from './ninja-build.ts';
import { forgetNoOp } from './no-op.ts';
import { logOf, type NinjaPlace } from './place.ts';
import { remakeManifest, timesFor } from './remake-manifest.ts';
import { refuseAsNinja } from './say.ts';
import type { NinjaRequest } from './words.ts';

/** How often a manifest is made anew before we believe that it never ends. */
const mostRounds = 100;

/**
 * A build directory with a `build.ninja` of another tool. The manifest is brought up to date first, then
 * the files that tell of further dependencies.
 */
export async function manifestPlace(
  session: Session,
  directory: string,
  request: NinjaRequest,
): Promise<Result<NinjaPlace, number>> {
  const locked = await lockBuild(session, directory);
  if (!locked.ok) return locked;
  if (!request.dryRun && request.tool === undefined) forgetNoOp(session, directory);
  const opened = await read({ session, directory, request });
  if (!opened.ok) {
    locked.value.release();
    return opened;
  }
  const { manifest, graph, log, begun } = opened.value;
  return ok({
    directory,
    input: inputOf(session, directory, { graph, log }),
    manifest: () => manifest,
    defaults: defaultTargets(manifest),
    ...(begun !== undefined && { begun }),
    services: [],
    release: () => locked.value.release(),
  });
}

/** As with ninja, what a failed command left stays; and statements that make no file are an idiom of CMake's. */
function inputOf(
  { host }: Session,
  buildDirectory: string,
  { graph, log }: Pick<Read, 'graph' | 'log'>,
): NinjaPlace['input'] {
  const keeps = { failedOutputs: true };
  return { host, graph, log, buildDirectory, keeps, incompleteIsUsual: true };
}

type Log = NinjaPlace['input']['log'];

interface Read {
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly log: Log;
  readonly begun?: NinjaPlace['begun'];
}

interface Where {
  readonly session: Session;
  readonly directory: string;
  readonly request: NinjaRequest;
}

async function read(where: Where): Promise<Result<Read, number>> {
  const { session, directory, request } = where;
  const name = request.file ?? 'build.ninja';
  let log: Log | undefined;
  for (let round = 0; round < mostRounds; round++) {
    const manifest = load(where, name);
    if (!manifest.ok) return manifest;
    if (log === undefined) {
      const opened = openLog(session, directory, manifest.value);
      if (!opened.ok) return opened;
      log = opened.value;
    }
    if (request.tool !== undefined) {
      return withGraph(where, { manifest: withKnownDyndeps(where, manifest.value), log });
    }
    if (!request.dryRun) {
      const anew = await makeAnew(where, { manifest: manifest.value, log }, name);
      if (!anew.ok) return closed(log, anew.error);
      if (anew.value) continue;
    } else {
      const old = oldManifest(where, { manifest: manifest.value, log }, name);
      if (old !== undefined) return old.ok ? old : closed(log, old.error);
    }
    for (const warning of manifest.value.warnings) {
      session.terminal.printError(`ninja: warning: ${warning}`);
    }
    const whole = await withDyndeps(where, { manifest: manifest.value, log });
    return whole.ok ? whole : closed(log, whole.error);
  }
  const code = refuseAsNinja(session, `manifest '${name}' still dirty after ${mostRounds} tries`);
  return log === undefined ? err(code) : closed(log, code);
}

/** Brings the manifest up to date: whether it is another one now. */
function makeAnew(
  where: Where,
  { manifest, log }: Pick<Read, 'manifest' | 'log'>,
  name: string,
): Promise<Result<boolean, number>> | Result<boolean, number> {
  // It may be no more than one of the names of a file.
  const path = normalPath(name);
  if (!edgesByOutput(manifest).has(path)) return ok(false);
  const wanted = wantedFor(manifest, [path], { isThere: isThereFor(where) });
  if (wanted.fault !== undefined)
    return err(refuseAsNinja(where.session, `rebuilding '${path}': ${wanted.fault}`));
  return remakeManifest({
    ...where,
    name: path,
    manifest,
    log,
    inputFor: (forced) => {
      const opened = withGraph(where, { manifest, log }, forced);
      if (!opened.ok) return opened;
      const input = inputOf(where.session, where.directory, opened.value);
      // A generator configures files that it reads again the next time.
      return ok({ ...input, rewritingIsUsual: true });
    },
  });
}

/** To make an old manifest anew, where nothing is done: what there is to do then is not known before. */
function oldManifest(
  where: Where,
  { manifest, log }: Pick<Read, 'manifest' | 'log'>,
  name: string,
): Result<Read, number> | undefined {
  const path = normalPath(name);
  if (!edgesByOutput(manifest).has(path)) return undefined;
  const times = timesFor({ ...where, log });
  const old = oldEdges(manifest, [path], { times, ran: new Set() });
  const forced = new Set(old.filter(({ restat }) => !restat));
  if (forced.size === 0) return undefined;
  const build = new NinjaBuild(where.session, where.request);
  return withGraph(where, { manifest, log, begun: { goals: [path], build } }, forced);
}

function closed(log: Log, code: number): Result<never, number> {
  log.close();
  return err(code);
}

function reader({ session, directory }: Where): (path: string) => string | undefined {
  return (path) => {
    const text = session.host.files.readText(posix.resolve(directory, path));
    return text.ok ? text.value : undefined;
  };
}

function load(where: Where, name: string): Result<Manifest, number> {
  const parsed = parseManifest(name, reader(where), where.request);
  return parsed.ok ? parsed : err(refuseAsNinja(where.session, parsed.error));
}

function openLog(session: Session, directory: string, manifest: Manifest): Result<Log, number> {
  const path = logOf(directory, manifest);
  const made = session.host.files.makeDirectory(posix.dirname(path));
  if (!made.ok) return err(refuseFile(session, made.error));
  const borrowed = session.within.has(directory);
  const opened = openActionLog(session.host, path, { borrowed });
  if (!opened.ok) return err(refuseFile(session, opened.error));
  const { notice, log } = opened.value;
  if (notice !== undefined) session.terminal.printError(`kaon: ${notice}`);
  return ok(log);
}

function isThereFor({ session, directory }: Where): IsThere {
  return (path) => session.host.files.exists(posix.resolve(directory, path));
}

/** Where nothing is wrong with what is wanted. */
function faultless({ session }: Where, wanted: Wanted): Result<Wanted, number> {
  return wanted.fault === undefined ? ok(wanted) : err(refuseAsNinja(session, wanted.fault));
}

/** What nothing makes is there, or found missing when it is read. */
function madeHere(manifest: Manifest, paths: readonly string[]): readonly string[] {
  const byOutput = edgesByOutput(manifest);
  return paths.filter((path) => byOutput.has(path));
}

/**
 * Loads what tells of further dependencies, as far as it is needed: that may bring more of it. What could
 * not be made is left out, as long as the build may go on.
 */
async function withDyndeps(
  where: Where,
  { manifest, log }: Pick<Read, 'manifest' | 'log'>,
): Promise<Result<Read, number>> {
  const { session, directory, request } = where;
  const asked = askedFor(manifest, request.targets, foundIn(log));
  if (!asked.ok) return err(refuseAsNinja(session, asked.error));
  const build = new NinjaBuild(session, request);
  // The executor tells of others.
  const isThere: IsThere = (path, edge) =>
    !isLookedForHere(path, edge) || isThereFor(where)(path, edge);
  // Of those that are yet to be made nothing is known then.
  let known = request.dryRun ? withKnownDyndeps(where, manifest) : manifest;
  const find = (): Wanted => wantedFor(known, asked.value, { isThere, failed: build.failed });
  for (;;) {
    const wanted = faultless(where, find());
    if (!wanted.ok) return wanted;
    const { goals, dyndeps } = wanted.value;
    const opened = withGraph(where, { manifest: known, log, begun: { goals, build } });
    if (!opened.ok || dyndeps.length === 0 || request.dryRun) return opened;
    const input = inputOf(session, directory, opened.value);
    const makers = madeHere(known, dyndeps);
    const code = makers.length === 0 ? undefined : await build.part(input, makers);
    if (code !== undefined) return err(code);
    // Of those that failed nothing is known, now or later.
    const loaded = loadDyndeps(known, find().dyndeps, reader(where));
    if (!loaded.ok) return err(refuseAsNinja(session, loaded.error));
    known = loaded.value;
  }
}

/** With what those files tell that are there, and can be read: what they name is made, too. */
function withKnownDyndeps(where: Where, manifest: Manifest): Manifest {
  const read = reader(where);
  const all = new Set(manifest.edges.map(({ dyndep }) => dyndep));
  let known = manifest;
  for (const path of all) {
    if (path === '' || read(path) === undefined) continue;
    const loaded = loadDyndeps(known, [path], read);
    if (loaded.ok) known = loaded.value;
  }
  return known;
}

function withGraph(
  where: Where,
  { manifest, log, begun }: Omit<Read, 'graph'>,
  forced?: ReadonlySet<Edge>,
): Result<Read, number> {
  const exists = (path: string): boolean => isThereFor(where)(path, undefined);
  const graph = manifestGraph(manifest, { exists, ...(forced !== undefined && { forced }) });
  if (!graph.ok) return err(refuseAsNinja(where.session, graph.error));
  return ok({ manifest, graph: graph.value, log, ...(begun !== undefined && { begun }) });
}
