import { posix } from 'node:path';
import { invariant } from '../../base/assert.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { crateSource } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import type { WrapFault } from '../../wrap/fault.ts';
import { wrapInputs } from '../../wrap/inputs.ts';
import {
  applyPackageFiles,
  type PackageFilesRequest,
  recordAgain,
  savePackageFiles,
} from '../../wrap/patch/packagefiles.ts';
import { layAnew, prepareSubproject } from '../../wrap/prepare.ts';
import { editedFiles, readRecord } from '../../wrap/record.ts';
import type { PrepareRequest } from '../../wrap/request.ts';
import { loadWraps, mergeWraps, noWraps, type Package, type WrapSet } from '../../wrap/wrap-set.ts';
import { configFolder } from '../cargo/config-folder.ts';
import { interpretStatically } from '../introspect-source/static-interpreter.ts';
import type { Session } from '../session.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
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
  /** Fetches it in any case; what is there stays until that is done. */
  readonly layAnew: (name: string) => Promise<Result<void, string>>;
  /** Lays its packagefiles over it. */
  readonly applyPackageFiles: (name: string) => Promise<Result<void, string>>;
  /** Brings what differs from its sources to packagefiles. */
  readonly savePackageFiles: (name: string) => Promise<Result<void, string>>;
  /**
   * Before a tool changes a subproject: looks at what someone edited. What it answers is called once
   * the tool is done, lays patches again where they went, and records the new state.
   */
  readonly settling: (
    name: string,
  ) => (how: { readonly patches: boolean }) => Promise<Result<void, string>>;
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
  const wraps = withPromoted(host.files, loaded.value, folder);
  const packages = [...wraps.packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return ok({
    sourceRoot,
    folder,
    wraps,
    packages,
    ...doings(host, { sourceRoot, folder, wraps }),
  });
}

/**
 * Wraps of subprojects that were laid beside them, for those who asked for the same: Meson leaves a
 * redirect in the project for each, kaon writes nothing there.
 */
function withPromoted(files: Host['files'], own: WrapSet, folder: string): WrapSet {
  let all = own;
  const seen = new Set<string>();
  for (const { directory } of own.packages.values()) {
    // Sets grow as nested wraps join them, whose folders may have wraps again.
    const waiting = [directory];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const inside = posix.join(next, 'subprojects');
      if (seen.has(inside)) continue;
      seen.add(inside);
      const nested = loadWraps({ files }, posix.join(folder, inside), inside);
      if (!nested.ok) continue;
      const laid = [...nested.value.packages].filter(
        ([, made]) =>
          made.wrap !== undefined && files.isDirectory(posix.join(folder, made.directory)),
      );
      if (laid.length === 0) continue;
      all = mergeWraps(all, { ...noWraps, packages: new Map(laid) });
      waiting.push(...laid.map(([, made]) => made.directory));
    }
  }
  return all;
}

/** What is done to one subproject after the other. */
function doings(
  host: Host,
  { sourceRoot, folder, wraps }: Pick<Subprojects, 'sourceRoot' | 'folder' | 'wraps'>,
): Omit<Subprojects, 'sourceRoot' | 'folder' | 'packages' | 'wraps'> {
  const requestFor = (name: string): PrepareRequest => ({
    name,
    wraps,
    wrapMode: 'default',
    sourceRoot,
    subprojects: folder,
    store: `${userCache(host)}/sources`,
    fetchCrate: crateSource(host, {
      folder: sourceRoot,
      config: { folder: configFolder(host, sourceRoot), said: [] },
    }),
  });
  const filesOf = (name: string): PackageFilesRequest => {
    const made = wraps.packages.get(name);
    invariant(made !== undefined, `${name} is one of the packages`);
    return { host, made, request: requestFor(name), folder: posix.join(folder, made.directory) };
  };
  const noted = async (
    files: PackageFilesRequest,
    { edits, diffs }: { readonly edits: readonly string[]; readonly diffs: boolean | undefined },
  ): Promise<Result<void, string>> => {
    const laid = diffs === undefined ? ok([]) : await applyPackageFiles(files, { diffs });
    if (!laid.ok) return told(laid);
    const inputs = wrapInputs(host, files.made);
    if (!inputs.ok) return told(inputs);
    const { fingerprints } = inputs.value;
    const left = edits.filter((path) => !laid.value.includes(path));
    return told(await recordAgain(files, { fingerprints, edits: left }));
  };
  return {
    prepare: async (name) => told(await prepareSubproject(host, requestFor(name))),
    layAnew: async (name) => told(await layAnew(host, requestFor(name))),
    applyPackageFiles: async (name) =>
      noted(filesOf(name), { edits: editsIn(host, filesOf(name)), diffs: false }),
    savePackageFiles: async (name) => told(await savePackageFiles(filesOf(name))),
    settling: (name) => {
      const files = filesOf(name);
      const before = editsIn(host, files);
      return ({ patches }) =>
        // A reset took all edits away.
        noted(files, { edits: patches ? [] : before, diffs: patches ? true : undefined });
    },
  };
}

function editsIn({ files }: Host, { folder }: PackageFilesRequest): readonly string[] {
  const record = readRecord(files, folder);
  return record === undefined ? [] : editedFiles(files, folder, record);
}

function told(done: Result<unknown, WrapFault>): Result<void, string> {
  if (done.ok) return ok(undefined);
  const { message, hints } = done.error.diagnostic;
  return err([message, ...hints].join('\n     '));
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
