import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { crateSource } from '../../cargo/crate-source.ts';
import { prepareSubproject } from '../../wrap/prepare.ts';
import { loadWraps, type Package, type WrapSet } from '../../wrap/wrap-set.ts';
import { interpretStatically } from '../introspect-source/static-interpreter.ts';
import type { Session } from '../session.ts';
import { shownDiagnostic } from '../terminal.ts';
import { userCache } from '../user-cache.ts';

/** The subprojects of a project, and what commands do with them. */
export interface Subprojects {
  readonly sourceRoot: string;
  /** Absolute. */
  readonly folder: string;
  readonly packages: readonly Package[];
  readonly wraps: WrapSet;
  /** Fetches a subproject where it is missing; an error is a text for people. */
  readonly prepare: (name: string) => Promise<Result<void, string>>;
}

/** Reads the wraps of the project in a folder. */
export function openSubprojects(session: Session, sourceDir: string): Result<Subprojects, string> {
  const { host } = session;
  const { files, system } = host;
  const sourceRoot = posix.resolve(system.workingDirectory, sourceDir);
  if (!files.isFile(`${sourceRoot}/meson.build`)) {
    return err(`Directory ${sourceDir} does not seem to be a Meson source directory.`);
  }
  const name = subprojectDirOf(session, sourceRoot);
  const folder = posix.join(sourceRoot, name);
  const loaded = loadWraps(host, folder, name);
  if (!loaded.ok) {
    return err(loaded.error.map((each) => shownDiagnostic(each, session.terminal)).join('\n'));
  }
  const wraps = loaded.value;
  const fetchCrate = crateSource(host, { folder: sourceRoot });
  const request = { wraps, wrapMode: 'default', sourceRoot, subprojects: folder } as const;
  return ok({
    sourceRoot,
    folder,
    wraps,
    packages: [...wraps.packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    prepare: async (wanted) => {
      const all = { ...request, name: wanted, store: `${userCache(host)}/sources`, fetchCrate };
      const prepared = await prepareSubproject(host, all);
      return prepared.ok ? ok(undefined) : err(prepared.error.diagnostic.message);
    },
  });
}

/** `subproject_dir` of `project()`. */
export function subprojectDirOf({ host }: Session, sourceRoot: string): string {
  const found = interpretStatically((path) => {
    if (path !== 'meson.build') return undefined;
    const text = host.files.readText(`${sourceRoot}/meson.build`);
    return text.ok ? text.value : undefined;
  });
  const call = found?.calls.find(({ name }) => name === 'project');
  const given = call?.keywords.get('subproject_dir');
  return typeof given === 'string' ? given : 'subprojects';
}
