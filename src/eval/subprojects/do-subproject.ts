import { capitalized } from '../../base/capitalized.ts';
import { versionMatches } from '../../base/version.ts';
import { type Diagnostic, type Place, placePosition } from '../../diag/diagnostic.ts';
import type { Source } from '../../diag/source.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { Method } from '../../wrap/wrap-file.ts';
import { loadWraps, mergeWraps, unknownSubproject } from '../../wrap/wrap-set.ts';
import type { Call } from '../call.ts';
import { cargoBuildFile, readyForCargo } from '../cargo/cargo-build-files.ts';
import { checkAgainstLock } from '../cargo/cargo-lock.ts';
import { type CmakeOptions, cmakeSource, declareOriginals } from '../cmake/cmake-subproject.ts';
import type { CmakeSubprojectPlace } from '../cmake/cmake-subproject-place.ts';
import { EvaluationError, failAt } from '../evaluation-error.ts';
import { Limits } from '../interpreter/limits.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { type SubprojectObject, subprojectType } from '../objects/subproject.ts';
import type { GivenOptions } from '../options/option-key.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { calledOptions } from './called-options.ts';
import { subprojectKey, subprojectsOf } from './known-subprojects.ts';
import { runProject } from './run-project.ts';
import { withdrawal } from './withdraw.ts';
import { wrapModeOf } from './wrap-mode.ts';

/** How a subproject is asked for. */
export interface SubprojectWanted {
  readonly required: boolean;
  /** For the build machine. */
  readonly native?: boolean;
  /** Requirements of its version. */
  readonly version: readonly string[];
  readonly defaultOptions?: GivenOptions;
  /** The feature that is disabled and so decides against it. */
  readonly disabled?: string;
  readonly method?: Method;
  /** For CMake, where its project is one of CMake's. */
  readonly cmake?: CmakeOptions;
}

/** A subproject that a call asks for. */
interface AskedSubproject extends SubprojectWanted {
  readonly name: string;
  /** It is known by this, for the machine that it is read for. */
  readonly key: string;
  readonly machine: MachineChoice;
}

/** Subprojects that are being read now, outermost first. */
const stacks = perEvaluation((): StackedSubproject[] => []);

/** A subproject that is being read. */
interface StackedSubproject {
  readonly key: string;
  readonly name: string;
  readonly native: boolean;
}

/** As Meson names them: the first that is for the build machine says so, and for those in it. */
function stackNames(stack: readonly StackedSubproject[]): readonly string[] {
  const first = stack.findIndex(({ native }) => native);
  return stack.map(({ name }, at) => (at === first ? `${name} (build)` : name));
}

/** Reads a subproject, unless it was read before. */
export function doSubproject(call: Call, name: string, wanted: SubprojectWanted): SubprojectObject {
  const { evaluation } = call;
  const known = subprojectsOf(evaluation);
  const machine = chosenMachine(call, wanted.native ?? false);
  const key = subprojectKey(name, machine);
  const asked: AskedSubproject = { ...wanted, name, key, machine };
  if (wanted.disabled !== undefined) {
    evaluation.log(`Subproject ${name} : skipped: feature ${wanted.disabled} disabled`);
    return remember(call, asked, { kind: 'disabled', feature: wanted.disabled });
  }
  checkName(call, name);
  const stack = stacks(evaluation);
  if (stack.some((each) => each.key === key))
    failAt(
      call.place,
      `Recursive include of subprojects: ${[...stack.map((each) => each.key), key].join(' => ')}.`,
      { invalidCode: true },
    );
  if (stack.length >= Limits.nesting) call.fail('Subprojects are nested too deep.');
  const earlier = known.get(key);
  if (earlier !== undefined) {
    if (wanted.required && earlier.state.kind !== 'found')
      call.fail(`Subproject "${earlier.subdir}" required but not found.`);
    checkVersion(call, earlier, wanted.version);
    return earlier;
  }
  const prepared = prepare(call, asked);
  if (!('directory' in prepared)) return prepared;
  const withdraw = withdrawal(call);
  try {
    return run(call, asked, prepared);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.invalidCode || wanted.required) throw placed(error, call.place);
    withdraw();
    evaluation.nested(name, () => evaluation.log(exceptionLine(error.diagnostic)));
    evaluation.log(`\nSubproject ${prepared.subdir} is buildable: NO (disabling)`);
    return remember(call, asked, { kind: 'failed', reason: error.diagnostic.message });
  }
}

/** What failed in a subproject that may be missing, and where. */
function exceptionLine({ place, message }: Diagnostic): string {
  if (place === undefined) return `Exception: ${message}`;
  const { line, column } = placePosition(place);
  return `\n${place.source.path}:${line}:${column}: Exception: ${message}`;
}

/** The error; where it names no place, with that of the call that asked. */
function placed(error: EvaluationError, place: Place): EvaluationError {
  const { diagnostic, others, invalidCode } = error;
  if (diagnostic.place !== undefined || diagnostic.related.length > 0) return error;
  const related = [{ place, message: 'the subproject is asked for here' }];
  return new EvaluationError({ ...diagnostic, related }, others, { invalidCode });
}

function checkName(call: Call, name: string): void {
  if (name === '') call.fail('Subproject name must not be empty.');
  if (name.startsWith('.')) call.fail('Subproject name must not start with a period.');
  if (name.includes('..')) call.fail('Subproject name must not contain a ".." path segment.');
  if (name.startsWith('/')) call.fail('Subproject name must not be an absolute path.');
  if (name.includes('/'))
    call.warn('Subproject name has a path separator. This may cause unexpected behaviour.');
}

/** A wrap that came just now, from the database that `wrapdb.json` lists. */
function takeNewWraps({ evaluation }: Call, subprojects: string): void {
  const found = loadWraps(evaluation.host, subprojects, evaluation.subprojectDir);
  if (found.ok) evaluation.wraps = mergeWraps(evaluation.wraps, found.value);
}

interface Prepared {
  readonly directory: string;
  /** Below the source root, or where it stands for. */
  readonly subdir: string;
  readonly method?: Method;
}

/** Makes sure that the sources are there; a subproject that cannot be had is an error, or disabled. */
function prepare(call: Call, asked: AskedSubproject): Prepared | SubprojectObject {
  const { name, method: wanted } = asked;
  const { evaluation } = call;
  const { input, wraps } = evaluation;
  checkAgainstLock(call, name);
  const subprojects = normalPath(joinPath(evaluation.sourceRoot, evaluation.subprojectDir));
  const result = input.prepareSubproject?.({
    name,
    wraps,
    wrapMode: wrapModeOf(evaluation),
    subprojects,
    ...(wanted === undefined ? {} : { method: wanted }),
    tell: (line) => evaluation.log(line),
  });
  if (result?.ok === true) {
    for (const warning of result.value.warnings) evaluation.report(warning);
    for (const path of result.value.inputs)
      evaluation.tables.buildFiles.set(path, { tree: 'source', path });
    if (!wraps.packages.has(name)) takeNewWraps(call, subprojects);
    return result.value;
  }
  if (result === undefined) {
    // Nobody prepares: what lies there is all there is.
    const directory = `${subprojects}/${name}`;
    const subdir = joinPath(evaluation.subprojectDir, name);
    if (evaluation.host.files.isDirectory(directory))
      return { directory, subdir, method: wanted ?? 'meson' };
  }
  const { message, place, ...details } =
    result?.ok === false ? result.error.diagnostic : unknownSubproject(wraps, name);
  const kind = wanted === undefined ? 'Subproject' : `${capitalized(wanted)} subproject`;
  const outcome = `${kind} ${name} is buildable: NO`;
  if (!asked.required) {
    evaluation.log(message);
    evaluation.log(`${outcome} (disabling)`);
    return remember(call, asked, { kind: 'failed', reason: message });
  }
  evaluation.log(`ERROR: ${outcome}`);
  // What a wrap file says wrongly is shown there; all else where the subproject is asked for.
  throw new EvaluationError({ message, place: place ?? call.place, ...details });
}

function run(
  call: Call,
  asked: AskedSubproject,
  { directory, subdir, method }: Prepared,
): SubprojectObject {
  const { evaluation } = call;
  const { name, key, machine } = asked;
  const stack = stacks(evaluation);
  if (asked.defaultOptions !== undefined) calledOptions(evaluation).set(name, asked.defaultOptions);
  const own: StackedSubproject = { key, name, native: asked.native ?? false };
  // As Meson has it: where there is one machine, "(build)" is said of those around, not of this one.
  const shown = stackNames([...stack, { ...own, native: machine === 'build' }]).join(':');
  const how = method === undefined || method === 'meson' ? '' : ` method ${method}`;
  evaluation.nested('', () =>
    evaluation.log(`\nExecuting subproject ${shown}${how} for machine: ${machine} \n`),
  );
  // The same subproject may be built for the host machine as well.
  const buildRootDir = machine === 'build' ? `build.${subdir}` : subdir;
  evaluation.host.files.makeDirectory(joinPath(evaluation.buildRoot, buildRootDir));
  const callers = stackNames(stack);
  if (method === 'cargo') readyForCargo(call);
  stack.push(own);
  try {
    const { value: inner, warnings } = evaluation.nested(name, () => {
      const native = asked.native === true || call.scope.forBuildMachine;
      const place = { name, directory, subdir, buildSubdir: buildRootDir, native };
      const buildFile = buildFileOf(call, { ...asked, method }, place);
      const made = runProject(evaluation, {
        subproject: name,
        rootDir: directory.startsWith(`${evaluation.sourceRoot}/`) ? subdir : directory,
        buildRootDir,
        forBuildMachine: native,
        directory,
        ...(buildFile === undefined ? {} : { buildFile }),
        namesBuilt: method === 'cmake',
      });
      if (method === 'cmake') declareOriginals(call, made);
      evaluation.log(`Subproject ${name} finished.`);
      return made;
    });
    evaluation.log('');
    const { version } = evaluation.tables.projects.get(inner.project);
    const object: SubprojectObject = {
      type: subprojectType,
      name,
      subdir,
      state: { kind: 'found', scope: inner, version },
      warnings,
      stack: callers,
    };
    checkVersion(call, object, asked.version);
    subprojectsOf(evaluation).set(key, object);
    return object;
  } finally {
    stack.pop();
  }
}

/** What stands for the build file of a project that is written for another tool. */
function buildFileOf(
  call: Call,
  { method, cmake }: { readonly method: Method | undefined; readonly cmake?: CmakeOptions },
  place: CmakeSubprojectPlace & { readonly subdir: string },
): Source | undefined {
  if (method === 'cargo') return cargoBuildFile(call, place);
  return method === 'cmake' ? cmakeSource(call, place, cmake) : undefined;
}

function checkVersion(
  call: Call,
  { name, state }: SubprojectObject,
  wanted: readonly string[],
): void {
  if (wanted.length === 0) return;
  const version = state.kind === 'found' ? state.version : 'undefined';
  if (version !== 'undefined' && wanted.every((one) => versionMatches(version, one))) return;
  const list = wanted.map((one) => `'${one}'`).join(', ');
  call.fail(`Subproject ${name} version is ${version} but [${list}] required.`);
}

function remember(
  { evaluation }: Call,
  { key, name }: AskedSubproject,
  state: SubprojectObject['state'],
): SubprojectObject {
  const object: SubprojectObject = {
    type: subprojectType,
    name,
    subdir: joinPath(evaluation.subprojectDir, name),
    state,
    warnings: 0,
    stack: stackNames(stacks(evaluation)),
  };
  subprojectsOf(evaluation).set(key, object);
  return object;
}
