import { posix } from 'node:path';
import { memberBuildFile, workspaceBuildFile } from '../../cargo/build-file.ts';
import type { WorkspaceId } from '../../cargo/cargo-world.ts';
import type { Source } from '../../diag/source.ts';
import type { Call } from '../call.ts';
import type { Evaluation } from '../evaluation.ts';
import { failPlainly } from '../evaluation-error.ts';
import { addLanguages } from '../languages/add-languages.ts';
import { joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import type { ProjectScope } from '../project-scope.ts';
import { warnOfForgottenWorkspace } from './forgotten-workspace.ts';
import { cargoOf, loadWorkspace, shareCargo } from './project-cargo.ts';

/** Subprojects whose build files are made from their manifests. */
const workspaces = perEvaluation(() => new Map<string, WorkspaceId>());
const told = perEvaluation((): { warned: boolean } => ({ warned: false }));

/** What a subproject is that Cargo's manifests describe. */
interface CargoSubproject {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  readonly subdir: string;
}

/**
 * Gets a subproject with `method = cargo` ready: it shares the crates of the project that asks for
 * it. The build file that stands for its manifests, or undefined where it has one of its own.
 */
export function cargoBuildFile(
  call: Call,
  { name, directory, subdir }: CargoSubproject,
): Source | undefined {
  const { evaluation } = call;
  const graph = shareCargo(call, name, directory);
  if (evaluation.host.files.isFile(`${directory}/meson.build`)) return undefined;
  warnOfForgottenWorkspace(call, graph, name);
  const fromWrap = evaluation.wraps.packages.get(name)?.wrap !== undefined;
  const id = loadWorkspace(call, graph, { folder: directory, subdir, fromWrap });
  workspaces(evaluation).set(name, id);
  const text = workspaceBuildFile(graph, id, posix.basename(subdir));
  return text.ok ? kept(evaluation, subdir, text.value) : call.fail(text.error);
}

/** The build file of a folder that `subdir()` enters in such a subproject, where a manifest lies. */
export function memberFile(call: Call, scope: ProjectScope, folder: string): Source | undefined {
  const { evaluation } = call;
  const id = workspaces(evaluation).get(scope.subproject);
  const graph = id === undefined ? undefined : cargoOf(call);
  const path = normalPath(joinPath(evaluation.sourceRoot, folder, 'Cargo.toml'));
  if (id === undefined || graph === undefined || !evaluation.host.files.isFile(path))
    return undefined;
  const member = posix.relative(scope.rootDir, folder);
  const text = memberBuildFile(graph, id, member);
  if (!text.ok) return call.fail(text.error);
  return kept(evaluation, joinPath(scope.buildRootDir, member), text.value);
}

/** What whoever asks for a subproject with `method = cargo` is told of it, and gets: Rust. */
export function readyForCargo(call: Call): void {
  const said = told(call.evaluation);
  call.uses('Cargo subproject', '1.3.0');
  if (!said.warned)
    call.warn(
      'Cargo subproject is an experimental feature and has no backwards compatibility guarantees.',
    );
  said.warned = true;
  addLanguages(call, ['rust'], { required: true, machine: 'host' });
  addLanguages(call, ['rust'], { required: true, machine: 'build' });
}

/** Keeps a made build file in the build directory, for people to look at. */
function kept(evaluation: Evaluation, subdir: string, text: string): Source {
  const folder = joinPath(evaluation.buildRoot, subdir);
  const path = `${folder}/meson.build`;
  evaluation.host.files.makeDirectory(folder);
  const written = evaluation.host.files.write(path, text);
  if (!written.ok) failPlainly(`${path}: ${written.error.reason}`);
  return { path, text };
}
