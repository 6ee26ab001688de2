import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Graph } from '../../graph/graph.ts';
import { dyndepFiles, loadDyndeps } from '../../ninja/dyndep.ts';
import { edgesByOutput, type Manifest } from '../../ninja/manifest.ts';
import { defaultTargets, manifestGraph } from '../../ninja/manifest-graph.ts';
import { parseManifest } from '../../ninja/parse-manifest.ts';
import { openActionLog } from '../../store/action-log.ts';
import { lockBuild } from '../lock-build.ts';
import { refuse, refuseDiagnostic, refuseFile } from '../say.ts';
import type { Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';
import { runGoals } from './run-goals.ts';
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
  const opened = await read(session, directory, request);
  if (!opened.ok) {
    locked.value.release();
    return opened;
  }
  const { manifest, graph, log } = opened.value;
  return ok({
    directory,
    input: { host: session.host, graph, log, buildDirectory: directory },
    manifest: () => manifest,
    defaults: defaultTargets(manifest),
    services: [],
    release: () => locked.value.release(),
  });
}

type Log = NinjaPlace['input']['log'];

interface Read {
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly log: Log;
}

async function read(
  session: Session,
  directory: string,
  request: NinjaRequest,
): Promise<Result<Read, number>> {
  const name = request.file ?? 'build.ninja';
  let log: Log | undefined;
  const asItIs = request.dryRun || request.tool !== undefined;
  for (let round = 0; round < mostRounds; round++) {
    const manifest = load(session, directory, name);
    if (!manifest.ok) return manifest;
    const exists = (path: string): boolean =>
      session.host.files.exists(posix.resolve(directory, path));
    const graph = manifestGraph(manifest.value, { exists });
    if (!graph.ok) return err(refuseDiagnostic(session, graph.error));
    if (log === undefined) {
      const opened = openLog(session, directory, manifest.value);
      if (!opened.ok) return opened;
      log = opened.value;
    }
    const input = { manifest: manifest.value, graph: graph.value, log };
    if (asItIs) return ok(input);
    if (isOld(session, directory, manifest.value, name)) {
      const code = await build(session, { directory, request }, input, [name]);
      if (code !== 0) return err(code);
      continue;
    }
    const more = dyndepFiles(manifest.value);
    if (more.length === 0) return ok(input);
    return withDyndeps(session, { directory, request }, input, more);
  }
  return err(refuse(session, `${name} is still not up to date after ${mostRounds} attempts`));
}

function load(session: Session, directory: string, name: string): Result<Manifest, number> {
  const parsed = parseManifest(name, (path) => {
    const text = session.host.files.readText(posix.resolve(directory, path));
    return text.ok ? text.value : undefined;
  });
  return parsed.ok ? parsed : err(refuseDiagnostic(session, parsed.error));
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

interface Where {
  readonly directory: string;
  readonly request: NinjaRequest;
}

async function withDyndeps(
  session: Session,
  where: Where,
  { manifest, graph, log }: Read,
  files: readonly string[],
): Promise<Result<Read, number>> {
  const { directory } = where;
  const code = await build(session, where, { graph, log }, files);
  if (code !== 0) return err(code);
  const loaded = loadDyndeps(manifest, (path) => {
    const text = session.host.files.readText(posix.resolve(directory, path));
    return text.ok ? text.value : undefined;
  });
  if (!loaded.ok) return err(refuseDiagnostic(session, loaded.error));
  const exists = (path: string): boolean =>
    session.host.files.exists(posix.resolve(directory, path));
  const whole = manifestGraph(loaded.value, { exists });
  if (!whole.ok) return err(refuseDiagnostic(session, whole.error));
  return ok({ manifest: loaded.value, graph: whole.value, log });
}

async function build(
  session: Session,
  { directory, request }: Where,
  { graph, log }: Pick<Read, 'graph' | 'log'>,
  goals: readonly string[],
): Promise<number> {
  const { host } = session;
  const input = { host, graph, log, buildDirectory: directory };
  return (await runGoals(session, input, request, goals)).exitCode;
}
