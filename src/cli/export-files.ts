import { jsonText } from '../base/json-text.ts';
import { mesonVersion } from '../base/meson-version.ts';
import { ok, type Result } from '../base/result.ts';
import { compileCommands } from '../export/compile-commands.ts';
import { mesonInfo } from '../export/introspect/meson-info.ts';
import { rustProject } from '../export/rust-project.ts';
import type { FileFault } from '../host/host.ts';
import { replaceDifferent } from '../host/replace-different.ts';
import type { Model } from '../model/model.ts';
import type { Plan } from '../plan/plan.ts';
import { developerEnvironment } from './developer-environment.ts';
import { suffixesOf } from './language-suffixes.ts';
import { refreshRustProject, rustProjectBase } from './rust-tools/refresh-rust-project.ts';
import { plannedRustCrates } from './rust-tools/rust-crates.ts';
import type { Session } from './session.ts';

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
  const put = (path: string, value: unknown): void => {
    const text = `${jsonText(value, 1)}\n`;
    // Editors look at these files' times.
    const written = replaceDifferent(host.files, `${buildRoot}/${path}`, text);
    if (outcome.ok && !written.ok) outcome = written;
  };
  put('compile_commands.json', compileCommands(planned.graph, buildRoot));
  put('meson-private/kaon-devenv.json', developerEnvironment(model, planned));
  const crates = plannedRustCrates(planned);
  if (crates.length > 0) put('meson-private/rust-crates.json', crates);
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
