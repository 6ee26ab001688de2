import { pathBelow } from '../base/path-below.ts';
import { err, ok, type Result } from '../base/result.ts';
import { sha256Of } from '../base/sha256.ts';
import { type Diagnostic, plainError } from '../diag/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { fault, type WrapFault } from './fault.ts';
import { wrapInputs } from './inputs.ts';
import { lay } from './lay.ts';
import { join } from './paths.ts';
import { changedInputs, editedFiles, readRecord, type SubprojectRecord } from './record.ts';
import { repositoryState } from './repository/repository-state.ts';
import { resolveSubmodule } from './repository/submodule.ts';
import type { FetchCrate, Outcome, PreparedSubproject, PrepareRequest } from './request.ts';
import { type Method, methods } from './wrap-file.ts';
import { type Package, unknownSubproject } from './wrap-set.ts';

const buildFiles: Readonly<Record<Method, string>> = {
  meson: 'meson.build',
  cmake: 'CMakeLists.txt',
  cargo: 'Cargo.toml',
};

/** What a look at the disk needs; getting crates is for those who may wait. */
export type ReadyRequest = Omit<PrepareRequest, 'fetchCrate'>;

interface Task {
  readonly host: Host;
  readonly request: ReadyRequest;
  readonly made: Package;
  readonly method: Method;
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly watched: readonly string[];
  /** Where it may lie, first choice first. */
  readonly spots: readonly string[];
}

/**
 * Makes sure that a subproject's sources are there: laid out from what its wrap promises, laid anew
 * where wrap, patches or rules changed since, and left alone where someone edited them.
 *
 * A project's own wraps are laid into its `subprojects` folder as Meson lays them (into the store
 * where that cannot be written); kaon's own packages into the store, keyed by all that they are made
 * of, where nothing ever changes.
 */
export async function prepareSubproject(
  host: Host,
  request: PrepareRequest,
): Outcome<PreparedSubproject> {
  const started = taskOf(host, request);
  if (!started.ok) return started;
  const { task, inputs, there } = started.value;
  if (there !== undefined) return refreshed(task, request.fetchCrate, there);
  const [first = ''] = task.spots;
  if (host.files.exists(first) && !hasBuildFile(task, first)) return existingFolder(task, first);
  return inputs.ok ? laidFirst(task, request.fetchCrate) : inputs;
}

/**
 * The answer where nothing needs doing: the sources are there, and are what wrap and rules say or
 * nobody's but the user's. Synchronous, for those who would else have to wait for a process.
 */
export function readySubproject(host: Host, request: ReadyRequest): PreparedSubproject | undefined {
  const started = taskOf(host, request);
  if (!started.ok || started.value.there === undefined) return undefined;
  const { task, there } = started.value;
  const record = readRecord(host.files, there);
  if (record === undefined) return answer(task, there, mesonWarning(task, there));
  if (changedInputs(record, task.fingerprints).length === 0) return answer(task, there);
  const owner = otherOwner(task, record);
  return owner && answer(task, there, [sharedWarning(task.made, owner)]);
}

/** Lays a subproject out again where it lies, or first where it should; what was there goes, once that is done. */
export async function layAnew(host: Host, request: PrepareRequest): Outcome<PreparedSubproject> {
  const started = taskOf(host, request);
  if (!started.ok) return started;
  const { task, inputs } = started.value;
  if (!inputs.ok) return inputs;
  const { made, fingerprints, spots } = task;
  const target = spots.find((spot) => host.files.lstat(spot) !== undefined);
  if (target === undefined) return laidFirst(task, request.fetchCrate);
  const laid = await lay(host, request, { made, target, fingerprints });
  return laid.ok ? found(task, target) : laid;
}

/** Finds the package, its method and the places it may lie in; `there` is one that can be used. */
function taskOf(
  host: Host,
  request: ReadyRequest,
): Result<
  {
    readonly task: Task;
    readonly inputs: Result<unknown, WrapFault>;
    readonly there: string | undefined;
  },
  WrapFault
> {
  const made = request.wraps.packages.get(request.name);
  // Crates of a lock need no folder of the project: they lie in the store.
  if (made === undefined || (!request.wraps.hasFolder && made.wrap === undefined))
    return err({
      kind: 'unknown-subproject',
      diagnostic: unknownSubproject(request.wraps, request.name),
    });
  const method = chosenMethod(request, made);
  if (!method.ok) return method;
  const inputs = wrapInputs(host, made);
  const { fingerprints, watched } = inputs.ok ? inputs.value : { fingerprints: {}, watched: [] };
  const spots = spotsOf(host, { request, made, fingerprints });
  const task = { host, request, made, method: method.value, fingerprints, watched, spots };
  // What another project left in the store is no reason to leave this one's folder empty.
  const found = spots.slice(0, 1).find((spot) => hasBuildFile(task, spot));
  // A folder that kaon never laid needs no patches, so a fault in them is none.
  const usable = found !== undefined && (inputs.ok || readRecord(host.files, found) === undefined);
  return ok({ task, inputs, there: usable ? found : undefined });
}

function answer(
  { request, made, method, watched }: Task,
  directory: string,
  warnings: readonly Diagnostic[] = [],
): PreparedSubproject {
  const subdir =
    pathBelow(request.sourceRoot, directory) ??
    join(request.subprojects.slice(request.sourceRoot.length + 1), made.directory);
  return { directory, subdir, method, inputs: watched, warnings };
}

/** Uses a folder that has its build file, once it agrees with its wrap. */
async function refreshed(
  task: Task,
  fetchCrate: FetchCrate,
  folder: string,
): Outcome<PreparedSubproject> {
  const { host, made, request, fingerprints } = task;
  const record = readRecord(host.files, folder);
  if (record === undefined) return ok(answer(task, folder, mesonWarning(task, folder)));
  const changed = changedInputs(record, fingerprints);
  if (changed.length === 0) return ok(answer(task, folder));
  const owner = otherOwner(task, record);
  if (owner !== undefined) return ok(answer(task, folder, [sharedWarning(made, owner)]));
  const edited = editedFiles(host.files, folder, record);
  if (edited.length > 0) {
    const [first = '', ...more] = edited;
    const which = more.length === 0 ? first : `${first} and ${more.length} more`;
    return ok(answer(task, folder, [changedWarning(made, changed, `someone edited ${which}`)]));
  }
  // Also where the wrap is none of git any more, or someone made a repository of the folder.
  if ((await repositoryState(host, folder)) !== record.repository)
    return ok(answer(task, folder, [changedWarning(made, changed, 'it has commits of its own')]));
  const laid = await lay(host, { ...request, fetchCrate }, { made, target: folder, fingerprints });
  if (laid.ok) return found(task, folder);
  if (laid.error.kind !== 'downloads-disabled') return laid;
  return ok(answer(task, folder, [changedWarning(made, changed, 'downloads are disabled')]));
}

/** A folder without a build file: a submodule that is not checked out, or a mistake. */
async function existingFolder(task: Task, folder: string): Outcome<PreparedSubproject> {
  const { host, made } = task;
  if (!host.files.isDirectory(folder))
    return fault('files', 'Path already exists but is not a directory', {
      place: made.wrap?.header,
    });
  const submodule = await resolveSubmodule(host, folder);
  return submodule.ok ? found(task, folder, submodule.value) : submodule;
}

async function laidFirst(task: Task, fetchCrate: FetchCrate): Outcome<PreparedSubproject> {
  const { host, request, made, fingerprints, spots } = task;
  let last: WrapFault | undefined;
  for (const [at, target] of spots.entries()) {
    if (at > 0 && hasBuildFile(task, target)) return found(task, target);
    const laid = await lay(host, { ...request, fetchCrate }, { made, target, fingerprints });
    if (laid.ok) return found(task, target);
    last = laid.error;
    // The next place helps where this one cannot be written, and nowhere else.
    if (last.kind !== 'files') break;
  }
  return last === undefined ? fault('files', `${made.name} has no place to lie`) : err(last);
}

function found(
  task: Task,
  folder: string,
  warnings: readonly Diagnostic[] = [],
): Result<PreparedSubproject, WrapFault> {
  if (hasBuildFile(task, folder)) return ok(answer(task, folder, warnings));
  const name = buildFiles[task.method];
  return fault('no-build-file', `Subproject exists but has no ${name} file.`, {
    place: task.made.wrap?.header,
    hint: `The folder is ${folder}.`,
  });
}

function hasBuildFile({ host: { files }, method, made }: Task, folder: string): boolean {
  if (files.isFile(join(folder, buildFiles[method]))) return true;
  // The crates of a repository may lie anywhere in it.
  return method === 'cargo' && made.wrap?.kind === 'git' && files.exists(join(folder, '.git'));
}

function chosenMethod(
  { method: forced }: ReadyRequest,
  { wrap, origin }: Package,
): Result<Method, WrapFault> {
  const field = wrap?.method;
  const said = field?.value ?? forced;
  const method = said === undefined ? 'meson' : methods.find((known) => known === said);
  if (method === undefined)
    return fault(
      'wrap-file',
      `Wrap method '${said}' is not supported, must be one of: ${methods.join(', ')}`,
      field,
    );
  // Nobody wrote kaon's own wraps for this project: what they make serves crates, too.
  if (forced !== undefined && method !== forced && origin !== 'bundled')
    return fault(
      'wrap-file',
      `Wrap method is '${method}' but we are trying to configure it with ${forced}`,
      field,
    );
  return ok(method);
}

function spotsOf(
  { files }: Host,
  { request, made, fingerprints }: Pick<Task, 'request' | 'made' | 'fingerprints'>,
): readonly string[] {
  const { subprojects, store, wraps } = request;
  const { origin, home, directory, name } = made;
  const key = sha256Of(JSON.stringify(Object.entries(fingerprints).sort())).slice(0, 16);
  const stored = join(store, `${name}-${key}`, directory);
  if (origin === 'bundled' || !wraps.hasFolder) return [stored];
  const beside = join(home, directory);
  return [files.exists(beside) ? beside : join(subprojects, directory), stored];
}

function changedWarning({ name, wrap }: Package, changed: readonly string[], why: string) {
  return {
    ...plainError(
      `Subproject ${name} is not as its wrap says: ${changed.join(', ')} changed since it was laid out, but ${why}. It is left as it is.`,
      `kaon subprojects update --reset ${name} lays it out anew.`,
    ),
    severity: 'warning' as const,
    ...(wrap === undefined ? {} : { place: wrap.header }),
  };
}

/** Two wraps of one folder would lay it anew in turns, under the feet of each other's targets. */
function otherOwner({ made, request }: Task, record: SubprojectRecord): Package | undefined {
  const owner = record.name === made.name ? undefined : request.wraps.packages.get(record.name);
  return owner?.directory === made.directory ? owner : undefined;
}

function sharedWarning({ name, wrap, directory }: Package, owner: Package) {
  return {
    ...plainError(
      `Subproject ${name} is not as its wrap says: its folder "${directory}" is the one of ${owner.name}, too.`,
      `Give ${name}.wrap another "directory", or the same sources and patches as ${owner.name}.wrap.`,
    ),
    severity: 'warning' as const,
    ...(wrap === undefined ? {} : { place: wrap.header }),
  };
}

/** What Meson says of a folder that Meson laid out from another state of the wrap file. */
function mesonWarning({ host, made }: Task, folder: string): Diagnostic[] {
  const hash = host.files.readText(join(folder, '.meson-subproject-wrap-hash.txt'));
  if (!hash.ok || made.wrap === undefined || made.redirectedFrom !== undefined) return [];
  if (hash.value.trim() === sha256Of(made.wrap.source.text)) return [];
  const message = `Subproject ${made.name}'s revision may be out of date; its wrap file has changed since it was first configured`;
  return [{ ...plainError(message), severity: 'warning' }];
}
