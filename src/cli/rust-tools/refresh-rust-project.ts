import type { PlannedRustProject } from '../../export/rust-project.ts';
import type { Files } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { readWrittenJson } from '../setup/written-json.ts';
import { saidByScript } from './said-by-script.ts';

/** What setup knows of crates: build scripts add to it when they ran. */
export const rustProjectBase = 'meson-private/rust-project.json';

/** Writes `rust-project.json` with what build scripts have said by now. */
export function refreshRustProject(files: Files, buildRoot: string): void {
  const base = readWrittenJson(files, `${buildRoot}/${rustProjectBase}`);
  // Written by setup in this shape, which the next one does again where it is damaged.
  const project = base.ok ? (base.value as Partial<PlannedRustProject> | null) : undefined;
  if (!Array.isArray(project?.crates)) return;
  const crates = project.crates.map(({ said, ...crate }) => {
    const more = said && saidByScript(files, { said });
    return {
      ...crate,
      cfg: [...crate.cfg, ...(more?.cfgs ?? [])],
      env: { ...crate.env, ...more?.environment },
    };
  });
  const path = `${buildRoot}/rust-project.json`;
  const text = `${JSON.stringify({ ...project, crates }, undefined, 1)}\n`;
  // Editors look at its time.
  replaceDifferent(files, path, text);
}
