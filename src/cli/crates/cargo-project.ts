import { posix } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { Files } from '../../host/host.ts';
import type { Session } from '../session.ts';
import { subprojectDirOf } from '../subprojects/open-subprojects.ts';
import { type ParsedOptions, text } from '../words/parse-words.ts';

/** Where a project keeps its crates: the manifest, its lock, and the wraps. Absolute paths. */
export interface CargoProject {
  /** The folder with `project()`, or the workspace's where no meson.build is. */
  readonly sourceRoot: string;
  /** The `Cargo.toml` that was meant: that of a package, or a workspace's own. */
  readonly manifest: string;
  /** The `Cargo.toml` of the workspace. */
  readonly workspace: string;
  /** May not be there yet. */
  readonly lock: string;
  readonly subprojects: string;
  /** Whether there is no meson.build: crates come by the lock alone, and need no wraps. */
  readonly isPlain: boolean;
}

/** Folders that no one keeps manifests of a project in. */
const foreign = new Set(['subprojects', 'target', 'node_modules', 'vendor', 'test', 'tests']);

/** Finds the project that `--sourcedir` and `--manifest-path` mean. An error is a text for people. */
export function findCargoProject(
  session: Session,
  options: ParsedOptions,
): Result<CargoProject, string> {
  const { files, system } = session.host;
  const from = posix.resolve(system.workingDirectory, text(options, 'sourcedir') ?? '.');
  const manifestPath = text(options, 'manifestPath');
  const mesonRoot = above(files, from, isProject);
  const found =
    manifestPath === undefined
      ? nearestManifest(files, from, mesonRoot)
      : ok(posix.resolve(system.workingDirectory, manifestPath));
  if (!found.ok) return found;
  const manifest = found.value;
  if (!files.isFile(manifest)) return err(`There is no manifest ${manifest}.`);
  const workspace = workspaceOf(files, manifest, mesonRoot);
  const sourceRoot = mesonRoot ?? posix.dirname(workspace);
  const name = mesonRoot === undefined ? 'subprojects' : subprojectDirOf(session, mesonRoot);
  return ok({
    sourceRoot,
    manifest,
    workspace,
    lock: posix.join(posix.dirname(workspace), 'Cargo.lock'),
    subprojects: posix.join(sourceRoot, name),
    isPlain: mesonRoot === undefined,
  });
}

/** The lock files of a project: that beside its build file, and those one folder below. */
export function lockFilesOf(files: Files, sourceRoot: string): readonly string[] {
  return [sourceRoot, ...foldersIn(files, sourceRoot)]
    .map((folder) => posix.join(folder, 'Cargo.lock'))
    .filter((path) => files.isFile(path));
}

function isProject(files: Files, folder: string): boolean {
  const text = files.readText(`${folder}/meson.build`);
  return text.ok && /^\s*project\s*\(/m.test(text.value);
}

/** The first folder on the way up that passes. */
function above(
  files: Files,
  from: string,
  passes: (files: Files, folder: string) => boolean,
): string | undefined {
  for (let at = from; ; at = posix.dirname(at)) {
    if (passes(files, at)) return at;
    if (at === '/') return undefined;
  }
}

function nearestManifest(
  files: Files,
  from: string,
  mesonRoot: string | undefined,
): Result<string, string> {
  for (let at = from; ; at = posix.dirname(at)) {
    const path = posix.join(at, 'Cargo.toml');
    if (files.isFile(path)) return ok(path);
    if (at === '/' || at === mesonRoot) break;
  }
  const below = foldersIn(files, mesonRoot ?? from)
    .map((folder) => posix.join(folder, 'Cargo.toml'))
    .filter((path) => files.isFile(path));
  const [only, ...others] = below;
  if (only === undefined)
    return err(
      'There is no Cargo.toml here, and none in a folder of the project. "cargo init --lib rust" makes one.',
    );
  if (others.length > 0)
    return err(`Which manifest? Say one by --manifest-path:\n  ${below.join('\n  ')}`);
  return ok(only);
}

function foldersIn(files: Files, folder: string): readonly string[] {
  const listed = files.list(folder);
  return (listed.ok ? listed.value : [])
    .filter((name) => !name.startsWith('.') && !foreign.has(name))
    .map((name) => posix.join(folder, name))
    .filter((path) => files.isDirectory(path) && !files.exists(`${path}/meson-private`));
}

/** The manifest above (or the same) that says `[workspace]`; a package may name it. */
function workspaceOf(files: Files, manifest: string, mesonRoot: string | undefined): string {
  const own = files.readText(manifest);
  const named = own.ok && /^workspace\s*=\s*"([^"]+)"/m.exec(own.value)?.[1];
  if (named) return posix.join(posix.dirname(manifest), named, 'Cargo.toml');
  for (let at = posix.dirname(manifest); ; at = posix.dirname(at)) {
    const path = posix.join(at, 'Cargo.toml');
    const text = files.readText(path);
    if (text.ok && /^\s*\[workspace[\].]/m.test(text.value)) return path;
    if (at === '/' || at === mesonRoot) return manifest;
  }
}

/** The project around a folder and its `subprojects`, whether it has crates or not. */
export function findSubprojects(
  session: Session,
  sourceDir: string,
): Result<{ readonly sourceRoot: string; readonly folder: string }, string> {
  const { files, system } = session.host;
  const from = posix.resolve(system.workingDirectory, sourceDir);
  const sourceRoot =
    above(files, from, isProject) ??
    above(files, from, (_, folder) => files.isFile(`${folder}/Cargo.toml`));
  if (sourceRoot === undefined)
    return err(
      `Directory ${sourceDir} is in no project: there is no meson.build and no Cargo.toml.`,
    );
  const name = files.isFile(`${sourceRoot}/meson.build`)
    ? subprojectDirOf(session, sourceRoot)
    : 'subprojects';
  return ok({ sourceRoot, folder: posix.join(sourceRoot, name) });
}
