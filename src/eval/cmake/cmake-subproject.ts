import { pathBelow } from '../../base/path-below.ts';
import { readReply } from '../../cmake/file-api/file-api.ts';
import { readTrace } from '../../cmake/trace/trace.ts';
import type { Trace } from '../../cmake/trace/trace-facts.ts';
import { translate } from '../../cmake/translate.ts';
import type { Source } from '../../diag/source.ts';
import type { Call } from '../call.ts';
import { customTargetType } from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import type { ProjectScope } from '../project-scope.ts';
import { isA } from '../value.ts';
import { type CmakeBuildFile, cmakeBuildFile, TargetCycle } from './build-file.ts';
import type { CmakeSubprojectPlace } from './cmake-subproject-place.ts';
import { configureCmake } from './configure-cmake.ts';
import { TargetOptions } from './target-options.ts';
import { translateWorld } from './translate-world.ts';

/** How a CMake subproject is asked for. */
export interface CmakeOptions {
  /** For CMake itself: `-DNAME=value`. */
  readonly arguments: readonly string[];
  readonly targets: TargetOptions;
}

/** What each CMake subproject became, by the folder it is built in. */
const translated = perEvaluation(() => new Map<string, CmakeBuildFile>());

/** The targets of a CMake subproject that was read. */
export function cmakeTargetsOf(call: Call, buildSubdir: string): CmakeBuildFile | undefined {
  return translated(call.evaluation).get(buildSubdir);
}

/** Has CMake configure a subproject, and gives the build file that stands for it. */
export function cmakeSource(
  call: Call,
  place: CmakeSubprojectPlace,
  options: CmakeOptions = { arguments: [], targets: new TargetOptions() },
): Source {
  const { evaluation } = call;
  const projectBuildDir = normalPath(joinPath(evaluation.buildRoot, place.buildSubdir));
  const buildDir = `${projectBuildDir}/__CMake_build`;
  const { trace: traceText } = configureCmake(call, { ...place, buildDir }, options.arguments);
  const model = readReply(evaluation.host.files, buildDir);
  if (!model.ok) return call.fail(model.error);
  const trace = readTrace(traceText);
  if (trace.kind === 'broken')
    return call.fail(`CMake's trace cannot be read: line ${trace.line}: ${trace.reason}`);
  for (const path of model.value.inputs)
    if (!path.startsWith(`${evaluation.buildRoot}/`)) watch(call, path);
  tellUnsupported(call, trace.trace);
  const world = translateWorld(call, place, projectBuildDir);
  const project = translate(model.value, trace.trace, world);
  evaluation.log(
    `CMake project ${project.name} ${project.version} has ${project.rows.length} build targets.`,
  );
  const file = buildFile(call, {
    project,
    options: options.targets,
    self: evaluation.self,
  });
  translated(evaluation).set(place.buildSubdir, file);
  const path = `${projectBuildDir}/meson.build`;
  const written = evaluation.host.files.write(path, file.text);
  if (!written.ok) return call.fail(`${path}: ${written.error.reason}`);
  return { path, text: file.text };
}

/**
 * Says of the custom targets, once they are declared, which files they make where CMake would make
 * them: other sources include those, so what is made of them must be made again with them.
 */
export function declareOriginals(call: Call, { buildRootDir, variables }: ProjectScope): void {
  const { tables, buildRoot } = call.evaluation;
  for (const [name, paths] of cmakeTargetsOf(call, buildRootDir)?.originals ?? []) {
    const value = variables.get(name);
    if (!isA(value, customTargetType)) continue;
    const row = tables.targets.get(value.target);
    const alsoMakes = paths.flatMap((path) => pathBelow(buildRoot, path) ?? []);
    if (row.kind === 'custom' && alsoMakes.length > 0)
      tables.targets.replace(value.target, { ...row, alsoMakes });
  }
}

function buildFile(call: Call, request: Parameters<typeof cmakeBuildFile>[0]): CmakeBuildFile {
  try {
    return cmakeBuildFile(request);
  } catch (error) {
    if (!(error instanceof TargetCycle)) throw error;
    return call.fail(`Cycle in CMake inputs/dependencies detected: ${error.message}`);
  }
}

/** Whoever changes a file that CMake read has the project set up again. */
function watch({ evaluation: { sourceRoot, tables } }: Call, path: string): void {
  const shown = pathBelow(sourceRoot, path) ?? path;
  tables.buildFiles.set(path, { tree: 'source', path: shown });
}

/** What is left out may lead to errors of the build, so each is told with its place. */
function tellUnsupported(call: Call, { unsupported }: Trace): void {
  for (const { what, place } of unsupported) call.warn(`${what}\n  ${place.file}:${place.line}`);
}
