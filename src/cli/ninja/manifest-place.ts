import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Graph } from '../../graph/graph.ts';
import { askedFor } from '../../ninja/asked-for.ts';
import { loadDyndeps } from '../../ninja/dyndep.ts';
import { edgesByOutput, type Manifest } from '../../ninja/manifest.ts';
import { defaultTargets, manifestGraph } from '../../ninja/manifest-graph.ts';
import { parseManifest } from '../../ninja/parse-manifest.ts';
import { type IsThere, isLookedForHere, type Wanted, wantedFor } from '../../ninja/wanted.ts';
import { openActionLog } from '../../store/action-log.ts';
import { lockBuild } from '../build/lock-build.ts';
import { refuseFile } from '../say.ts';
import type { Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';
import { runGoals } from './run-goals.ts';
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
  const opened = await read({ session, directory, request });
  if (!opened.ok) {
    locked.value.release();
    return opened;
  }
  const { manifest, graph, log, goals, ran } = opened.value;
  return ok({
    directory,
    input: inputOf(session, directory, { graph, log, ran }),
    manifest: () => manifest,
    defaults: defaultTargets(manifest),
    ...(goals !== undefined && { goals }),
    services: [],
    release: () => locked.value.release(),
  });
}

/** As with ninja, what a failed command left stays; and statements that make no file are an idiom of CMake's. */
function inputOf(
  { host }: Session,
  buildDirectory: string,
  { graph, log, ran }: Omit<Read, 'manifest' | 'goals'>,
): NinjaPlace['input'] {
  const keeps = { failedOutputs: true };
  const known = ran === undefined ? {} : { ran, alreadyRan: ran };
  return { host, graph, log, buildDirectory, keeps, incompleteIsUsual: true, ...known };
}

type Log = NinjaPlace['input']['log'];

interface Read {
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly log: Log;
  readonly goals?: readonly string[];
  /** Keys of what was run to find out what there is to do. */
  readonly ran?: Set<string> | undefined;
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
    if (!request.dryRun && isOld(session, directory, manifest.value, name)) {
      const restore = keeping(where, name);
      const goals = found(where, manifest.value, [name], 'all');
      const code = goals.ok
        ? await build(where, { manifest: manifest.value, log }, goals.value.goals)
        : goals.error;
      if (code !== 0) restore();
      if (code !== 0) return closed(log, code);
      continue;
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

/** Puts a manifest back, as old as it was: without it nobody could try again. */
function keeping({ session, directory }: Where, name: string): () => void {
  const { files } = session.host;
  const path = posix.resolve(directory, name);
  const before = files.readBytes(path);
  const madeNs = files.stat(path)?.mtimeNs;
  return () => {
    if (!before.ok || madeNs === undefined || files.exists(path)) return;
    files.write(path, before.value);
    files.setTimes(path, Number(madeNs / 1_000_000n));
  };
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
  const folder = posix.resolve(directory, manifest.builddir ?? '.');
  const made = session.host.files.makeDirectory(folder);
  if (!made.ok) return err(refuseFile(session, made.error));
  const opened = openActionLog(session.host, `${folder}/.kaon_log`);
  if (!opened.ok) return err(refuseFile(session, opened.error));
  const { notice, log } = opened.value;
  if (notice !== undefined) session.terminal.printError(`kaon: ${notice}`);
  return ok(log);
}

/** As ninja sees it: by time. The tool that made the manifest has run outside, so nothing is recorded of it. */
function isOld({ host }: Session, directory: string, manifest: Manifest, name: string): boolean {
  const edge = edgesByOutput(manifest).get(name);
  if (edge === undefined) return false;
  const made = host.files.stat(posix.resolve(directory, name))?.mtimeNs;
  return [...edge.inputs, ...edge.implicitInputs].some((path) => {
    const stat = host.files.stat(posix.resolve(directory, path));
    return stat !== undefined && made !== undefined && stat.mtimeNs > made;
  });
}

/** All that goals need, or what is wrong with them. */
function found(
  { session, directory }: Where,
  manifest: Manifest,
  goals: readonly string[],
  which: 'all' | 'not seen by the executor',
): Result<Wanted, number> {
  const isThere: IsThere = (path, edge) =>
    (which !== 'all' && !isLookedForHere(path, edge)) ||
    session.host.files.exists(posix.resolve(directory, path));
  const wanted = wantedFor(manifest, goals, isThere);
  return wanted.fault === undefined ? ok(wanted) : err(refuseAsNinja(session, wanted.fault));
}

/** Loads what tells of further dependencies, as far as it is needed: that may bring more of it. */
async function withDyndeps(
  where: Where,
  { manifest, log }: Pick<Read, 'manifest' | 'log'>,
): Promise<Result<Read, number>> {
  const { session, request } = where;
  const asked = askedFor(manifest, request.targets);
  if (!asked.ok) return err(refuseAsNinja(session, asked.error));
  // Of those that are yet to be made nothing is known then.
  let whole = request.dryRun ? withKnownDyndeps(where, manifest) : manifest;
  const ran = new Set<string>();
  for (;;) {
    const wanted = found(where, whole, asked.value, 'not seen by the executor');
    if (!wanted.ok) return wanted;
    const { goals, dyndeps } = wanted.value;
    if (dyndeps.length === 0 || request.dryRun) {
      return withGraph(where, { manifest: whole, log, goals, ran });
    }
    const code = await build(where, { manifest: whole, log, ran }, dyndeps);
    if (code !== 0) return err(code);
    const loaded = loadDyndeps(whole, dyndeps, reader(where));
    if (!loaded.ok) return err(refuseAsNinja(session, loaded.error));
    whole = loaded.value;
  }
}

/** With what those files tell that are there, and can be read: what they name is made, too. */
function withKnownDyndeps(where: Where, manifest: Manifest): Manifest {
  const read = reader(where);
  const all = new Set(manifest.edges.map(({ dyndep }) => dyndep));
  let whole = manifest;
  for (const path of all) {
    if (path === '' || read(path) === undefined) continue;
    const loaded = loadDyndeps(whole, [path], read);
    if (loaded.ok) whole = loaded.value;
  }
  return whole;
}

function withGraph(
  where: Where,
  { manifest, log, goals, ran }: Omit<Read, 'graph'>,
): Result<Read, number> {
  const { session, directory } = where;
  const exists = (path: string): boolean =>
    session.host.files.exists(posix.resolve(directory, path));
  const graph = manifestGraph(manifest, { exists });
  if (!graph.ok) return err(refuseAsNinja(session, graph.error));
  return ok({ manifest, graph: graph.value, log, ran, ...(goals !== undefined && { goals }) });
}

async function build(
  where: Where,
  { manifest, log, ran }: Pick<Read, 'manifest' | 'log' | 'ran'>,
  wanted: readonly string[],
): Promise<number> {
  const opened = withGraph(where, { manifest, log });
  if (!opened.ok) return opened.error;
  const { graph } = opened.value;
  // What nothing makes is there, or found missing when it is read.
  const goals = wanted.filter((path) => edgesByOutput(manifest).has(path));
  if (goals.length === 0) return 0;
  const { session, directory, request } = where;
  const input = inputOf(session, directory, { graph, log, ran });
  return (await runGoals(session, input, request, goals)).exitCode;
}
