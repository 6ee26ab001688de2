import { err, ok, type Result } from '../base/result.ts';
import { plainError } from '../diag/diagnostic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Model } from '../model/model.ts';
import { type Plan, plan } from '../plan/plan.ts';
import { formatCommandLine } from '../store/cmd-line-file.ts';
import { saveGraph } from '../store/graph-file.ts';
import { readInputs } from '../store/setup-inputs.ts';
import { graphPath, type SetupState, saveSetup } from '../store/setup-state.ts';
import { switchActionCache } from './action-cache.ts';
import type { ConfigureRequest } from './configure-request.ts';
import { evaluateProject } from './evaluate-project.ts';
import { exportFiles } from './export-files.ts';
import { exportManifest } from './ninja/export-manifest.ts';
import { optionsOf } from './options-of.ts';
import { prepareBuildDirectory } from './prepare-build-directory.ts';
import { distPlan } from './release/dist-plan.ts';
import { runPostconf } from './run-postconf.ts';
import { refuseFile } from './say.ts';
import { exitCodes, type Session } from './session.ts';
import { SetupLog } from './setup-log.ts';
import { rustVersionWarnings } from './subprojects/rust-version-warnings.ts';
import { subprojectWarnings } from './subprojects/subproject-warnings.ts';
import { kaonVersion } from './version.ts';

/** A build directory that is ready for work. */
export interface Configured {
  readonly state: SetupState;
  readonly graph: Graph;
}

/**
 * Reads the build files and writes all that building, testing and installing need. An error was told
 * already; it is what to exit with.
 */
export function configure(session: Session, request: ConfigureRequest): Result<Configured, number> {
  const { files } = session.host;
  const { buildRoot } = request;
  const prepared = prepareBuildDirectory(files, buildRoot);
  if (!prepared.ok) return err(refuseFile(session, prepared.error));
  const log = new SetupLog(session);
  try {
    return evaluateAndPlan(session, request, log);
  } finally {
    log.write(buildRoot);
  }
}

function evaluateAndPlan(
  session: Session,
  request: ConfigureRequest,
  log: SetupLog,
): Result<Configured, number> {
  const { files } = session.host;
  const { buildRoot, commandLine } = request;
  const startedMs = session.host.clock.nowMs();
  log.detail(`kaon ${kaonVersion}`);
  const model = evaluateProject(session, request, log);
  if (model === undefined) {
    log.line(`\nA full log can be found at ${buildRoot}/meson-logs/meson-log.txt`);
    return err(exitCodes.wrong);
  }
  warnOfLayout(model, log);
  for (const diagnostic of subprojectWarnings(session, model)) log.diagnostic(diagnostic);
  for (const diagnostic of rustVersionWarnings(files, model)) log.diagnostic(diagnostic);
  const planned = plan(model, {
    introspect: [...session.self, 'introspect'],
    isBuildFolder: (path) => files.isDirectory(`${buildRoot}/${path}`),
  });
  for (const diagnostic of planned.diagnostics) log.diagnostic(diagnostic);
  if (planned.diagnostics.some(({ severity }) => severity === 'error')) {
    return err(exitCodes.wrong);
  }
  const graph = saveGraph(files, graphPath(buildRoot), planned.graph);
  if (!graph.ok) return err(refuseFile(session, graph.error));
  const state = stateOf(session, { model, planned, commandLine, startedMs });
  const saved = saveSetup(files, state, commandLine);
  if (!saved.ok) return err(refuseFile(session, saved.error));
  const cache = model.options.find({ name: 'kaon.cache', subproject: undefined, machine: 'host' });
  switchActionCache(session.host, buildRoot, cache !== 'off');
  const exported = exportFiles(session, { model, planned });
  if (!exported.ok) return err(refuseFile(session, exported.error));
  exportManifest(session, { state, graph: planned.graph, commandLine });
  for (const script of planned.scripts.postconf) runPostconf(session, { state, script, log });
  return ok({ state, graph: planned.graph });
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

interface Made {
  readonly model: Model;
  readonly planned: Plan;
  /** When the first file was read, or before. */
  readonly startedMs: number;
}

function stateOf(
  { host, builder }: Session,
  { model, planned, commandLine, startedMs }: Made & Pick<ConfigureRequest, 'commandLine'>,
): SetupState {
  const { sourceRoot, buildRoot } = model;
  const [top] = model.projects.values();
  const watched = model.buildFiles.map(({ tree, path }) =>
    path.startsWith('/') ? path : `${tree === 'source' ? sourceRoot : buildRoot}/${path}`,
  );
  return {
    sourceRoot,
    buildRoot,
    project: { name: top?.name ?? '', version: top?.version ?? '' },
    builder,
    commandLine: formatCommandLine(commandLine),
    inputs: readInputs(host.files, watched, host.clock.nowMs(), {
      texts: model.buildTexts ?? new Map<string, string>(),
      startedMs,
    }),
    targets: planned.targets.map(({ name, type, subdir, files, goal, outputs, program }) => ({
      name,
      type,
      subdir,
      goals: goal === undefined ? files : [goal],
      outputs,
      ...(program !== undefined && { program }),
    })),
    tests: planned.tests,
    install: planned.install,
    dist: distPlan(model, planned.scripts),
    options: optionsOf(model),
  };
}
