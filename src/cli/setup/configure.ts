import { heededVariables } from '../../base/cargo-variables.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { plainError } from '../../diag/diagnostic.ts';
import { decidingVariables } from '../../eval/machines/first-environment.ts';
import { whetherThere } from '../../model/file.ts';
import type { Model } from '../../model/model.ts';
import { type Plan, plan } from '../../plan/plan.ts';
import { saveGraph } from '../../store/graph-file.ts';
import { formatCommandLine } from '../../store/setup/cmd-line-file.ts';
import { readInputs } from '../../store/setup/setup-inputs.ts';
import { graphPath, type SetupState, saveSetup } from '../../store/setup/setup-state.ts';
import { switchActionCache } from '../build/action-cache.ts';
import { deadOutputsRemover } from '../build/dead-outputs.ts';
import { keepTerm } from '../cargo/as-configured.ts';
import { keepJobs } from '../cargo/cargo-jobs.ts';
import { isMesonProject } from '../cargo/meson-project.ts';
import { exportManifest } from '../ninja/export-manifest.ts';
import { hidePointer, showPointer } from '../ninja/pointer-manifest.ts';
import { distPlan } from '../release/dist-plan.ts';
import { exitCodes, type Session } from '../session.ts';
import { rustVersionWarnings } from '../subprojects/rust-version-warnings.ts';
import { subprojectWarnings } from '../subprojects/subproject-warnings.ts';
import { refuseFile } from '../terminal/refuse.ts';
import { kaonVersion } from '../version.ts';
import type { ConfigureRequest } from './configure-request.ts';
import type { Configured } from './configured.ts';
import { evaluateProject } from './evaluate-project.ts';
import { exportFiles } from './export-files.ts';
import { sumInfo } from './info-sums.ts';
import { optionsOf } from './options-of.ts';
import { prepareBuildDirectory } from './prepare-build-directory.ts';
import { type Made, type SetupMemory, setupMemory } from './remembered-setup.ts';
import { runPostconf } from './run-postconf.ts';
import { SetupLog } from './setup-log.ts';

/**
 * Reads the build files and writes all that building, testing and installing need. An error was told
 * already; it is what to exit with.
 */
export function configure(session: Session, asked: ConfigureRequest): Result<Configured, number> {
  const { files } = session.host;
  const request = withFirstEnvironment(session, asked);
  const { buildRoot } = request;
  const prepared = prepareBuildDirectory(files, buildRoot);
  if (!prepared.ok) return err(refuseFile(session, prepared.error));
  const log = new SetupLog(session);
  const pointer = hidePointer(files, buildRoot);
  const removeDeadOutputs = deadOutputsRemover(session.host, buildRoot);
  const finish = (made: Made): Configured => {
    removeDeadOutputs(() => made.configured.graph);
    afterwards(session, made, { request, log });
    return made.configured;
  };
  try {
    const memory = setupMemory(session, request);
    const known = memory.again(log);
    if (known !== undefined) return ok(finish(known));
    log.detail(`kaon ${kaonVersion}`);
    const made = evaluateAndPlan({ request, log, session, memory });
    if (!made.ok) return made;
    memory.keep(made.value, log);
    return ok(finish(made.value));
  } finally {
    if (pointer !== undefined) showPointer(files, buildRoot, pointer);
    log.write(buildRoot);
  }
}

/** Cargo looks at the environment each time: so it is in a workspace of its own. */
function withFirstEnvironment({ host }: Session, request: ConfigureRequest): ConfigureRequest {
  const { commandLine, sourceRoot } = request;
  const isKept = isMesonProject(host.files, sourceRoot);
  if (commandLine.environment !== undefined && isKept) return request;
  const deciding = decidingVariables(host.system.environment);
  const environment = isKept
    ? deciding
    : new Map([...deciding, ...heededVariables(host.system.environment)]);
  return { ...request, commandLine: { ...commandLine, environment } };
}

/** What is done of a setup whether it was made or known: it hangs on more than what that asked. */
function afterwards(
  session: Session,
  { configured, postconf }: Made,
  { request, log }: Pick<Task, 'request' | 'log'>,
): void {
  sumInfo(session.host.files, request.buildRoot);
  keepJobs(session.host, request);
  keepTerm(session.host, request);
  for (const script of postconf) runPostconf(session, { state: configured.state, script, log });
}

interface Task {
  readonly request: ConfigureRequest;
  readonly log: SetupLog;
  /** The world as it is, where nothing is noted. */
  readonly session: Session;
  readonly memory: SetupMemory;
}

function evaluateAndPlan({
  request,
  log,
  session,
  memory,
}: Task): Result<Made & Pick<Model, 'buildTexts'>, number> {
  const noted: Session = { ...session, host: memory.host };
  const { files } = noted.host;
  const { buildRoot, commandLine } = request;
  const startedMs = session.host.clock.nowMs();
  const model = evaluateProject(noted, request, log);
  if (model === undefined) {
    log.line(`\nA full log can be found at ${buildRoot}/meson-logs/meson-log.txt`);
    return err(exitCodes.wrong);
  }
  warnOfLayout(model, log);
  for (const diagnostic of subprojectWarnings(noted, model)) log.diagnostic(diagnostic);
  for (const diagnostic of rustVersionWarnings(files, model)) log.diagnostic(diagnostic);
  const planned = plan(model, {
    introspect: [...session.self, 'introspect'],
    isBuildFolder: (path) => files.isDirectory(`${buildRoot}/${path}`),
    isFile: (path) => files.isFile(path),
  });
  for (const diagnostic of planned.diagnostics) log.diagnostic(diagnostic);
  if (planned.diagnostics.some(({ severity }) => severity === 'error')) {
    return err(exitCodes.wrong);
  }
  const graph = saveGraph(files, graphPath(buildRoot), planned.graph);
  if (!graph.ok) return err(refuseFile(session, graph.error));
  const texts = new Map([...(model.buildTexts ?? []), ...memory.texts]);
  const read = stateOf(session, { model, planned, commandLine, startedMs, texts });
  const state = { ...read, inputs: memory.asSeen(read.inputs) };
  const saved = saveSetup(files, state, commandLine);
  if (!saved.ok) return err(refuseFile(session, saved.error));
  const cache = model.options.find({ name: 'kaon.cache', subproject: undefined, machine: 'host' });
  switchActionCache(noted.host, buildRoot, cache === 'off' ? 'off' : 'on');
  const exported = exportFiles(noted, { model, planned });
  if (!exported.ok) return err(refuseFile(session, exported.error));
  exportManifest(noted, { state, graph: planned.graph, commandLine });
  return ok({
    configured: { state, graph: planned.graph },
    postconf: planned.scripts.postconf,
    ...(model.buildTexts !== undefined && { buildTexts: model.buildTexts }),
  });
}

function warnOfLayout({ options }: Model, log: SetupLog): void {
  if (options.find({ name: 'layout', subproject: undefined, machine: 'host' }) !== 'flat') return;
  log.diagnostic({
    ...plainError(
      '-Dlayout=flat is unsupported and probably broken. It was a failed experiment at making Windows build artifacts runnable while uninstalled, due to PATH considerations, but was untested by CI and anyways breaks reasonable use of conflicting targets in different subdirs. Please consider using `meson devenv` instead. See https://github.com/mesonbuild/meson/pull/9243 for details.',
    ),
    severity: 'warning',
  });
}

interface Planned {
  readonly model: Model;
  readonly planned: Plan;
  /** When the first file was read, or before. */
  readonly startedMs: number;
  /** What was read since, by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
}

function stateOf(
  { host, builder }: Session,
  {
    model,
    planned,
    commandLine,
    startedMs,
    texts,
  }: Planned & Pick<ConfigureRequest, 'commandLine'>,
): SetupState {
  const { sourceRoot, buildRoot } = model;
  const [top] = model.projects.values();
  const read = model.buildFiles.map(({ tree, path }) =>
    path.startsWith('/') ? path : `${tree === 'source' ? sourceRoot : buildRoot}/${path}`,
  );
  const watched = [...new Set([...read, ...planned.systemLibraries.map(whetherThere)])];
  return {
    sourceRoot,
    buildRoot,
    project: { name: top?.name ?? '', version: top?.version ?? '' },
    builder,
    commandLine: formatCommandLine(commandLine),
    inputs: readInputs(host.files, watched, {
      nowMs: host.clock.nowMs(),
      earlier: { texts, startedMs },
    }),
    targets: planned.targets.map((target) => {
      const { name, type, subdir, files, goal, outputs, program, crateTarget } = target;
      return {
        name,
        type,
        subdir,
        outputs,
        goals: goal === undefined ? files : [goal],
        ...(program !== undefined && { program }),
        ...(crateTarget !== undefined && { crateTarget }),
      };
    }),
    tests: planned.tests,
    install: planned.install,
    dist: distPlan(model, planned.scripts),
    options: optionsOf(model),
    ...variablesOf(host, model),
  };
}

/** What `[env]` of Cargo's configuration says counts only where the environment does not say it. */
function variablesOf(
  { system: { environment } }: Session['host'],
  { crates = [] }: Pick<Model, 'crates'>,
): Pick<SetupState, 'variables'> {
  const names = crates.flatMap(({ tools }) => tools.overridable ?? []);
  if (names.length === 0) return {};
  return {
    variables: Object.fromEntries(names.map((name) => [name, environment[name] ?? null])),
  };
}
