import { posix } from 'node:path';
import { jsonText } from '../../base/json-text.ts';
import { mesonVersion } from '../../base/meson-version.ts';
import { ok, type Result } from '../../base/result.ts';
import { type CompileCommand, compileCommands } from '../../export/compile-commands.ts';
import { mesonInfo } from '../../export/introspect/meson-info.ts';
import { rustProject } from '../../export/rust-project.ts';
import type { Graph } from '../../graph/graph.ts';
import type { FileFault } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import type { Model } from '../../model/model.ts';
import type { Plan } from '../../plan/plan.ts';
import { keepArtifacts } from '../cargo/kept-artifacts.ts';
import { refreshRustProject, rustProjectBase } from '../rust-tools/refresh-rust-project.ts';
import { plannedRustCrates } from '../rust-tools/rust-crates.ts';
import type { Session } from '../session.ts';
import { developerEnvironment } from './developer-environment.ts';
import { suffixesOf } from './language-suffixes.ts';

/**
 * Writes what editors and other tools read: compile_commands.json, rust-project.json, meson-info/. All
 * that can be written is; the first that cannot is the error.
 */
export function exportFiles(
  { host, self }: Session,
  { model, planned }: { readonly model: Model; readonly planned: Plan },
): Result<void, FileFault> {
  const { buildRoot } = model;
  let outcome: Result<void, FileFault> = ok(undefined);
  const putText = (path: string, text: string): void => {
    // Editors look at these files' times.
    const written = replaceDifferent(host.files, `${buildRoot}/${path}`, text);
    if (outcome.ok && !written.ok) outcome = written;
  };
  const put = (path: string, value: unknown): void => putText(path, `${jsonText(value, 1)}\n`);
  const commands = compileCommands(planned.graph, buildRoot);
  put('compile_commands.json', commands);
  for (const { path, content } of writtenSources(planned.graph, commands)) {
    host.files.makeDirectory(posix.dirname(`${buildRoot}/${path}`));
    putText(path, content);
  }
  put('meson-private/kaon-devenv.json', developerEnvironment(model, planned));
  const crates = plannedRustCrates(planned);
  if (crates.length > 0) put('meson-private/rust-crates.json', crates);
  keepArtifacts(host.files, buildRoot, planned.artifacts);
  const project = rustProject({ model, ...planned, kaon: self });
  if (project !== undefined) {
    put(rustProjectBase, project);
    refreshRustProject(host.files, buildRoot);
  }
  const { targets, tests, install } = planned;
  const info = mesonInfo({ model, targets, tests, install, mesonVersion, suffixesOf });
  for (const [name, value] of info) put(`meson-info/${name}`, value);
  return outcome;
}

/** Sources that kaon itself writes, as those of unity builds: who reads compile_commands.json before a build finds them, too. */
function writtenSources(
  graph: Graph,
  commands: readonly CompileCommand[],
): readonly { readonly path: string; readonly content: string }[] {
  const compiled = new Set(commands.map(({ file }) => file));
  return [...graph.actions.values()].flatMap(({ work }) =>
    work.kind === 'write' && compiled.has(work.path) ? [work] : [],
  );
}
