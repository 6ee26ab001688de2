import { posix } from 'node:path';
import { pythonRepr } from '../../base/python-repr.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import { runTool } from '../run-tool.ts';
import type { ExportedSource, SourceExport } from './export.ts';

/**
 * Settings of the user that would get into the files: line ends, attributes of their own, and how
 * long `$Format:%h$` is, which otherwise grows with the repository.
 */
const settings = [
  ...['-c', 'core.autocrlf=false', '-c', 'core.eol=lf', '-c', 'core.abbrev=12'],
  ...['-c', 'core.attributesFile=/dev/null', '-c', 'tar.umask=0022'],
  ...['-c', 'core.quotePath=false', '-c', 'log.showSignature=false'],
];

/** Runs git with settings that make its answers the same for everybody; it asks nobody anything. */
export function git(
  host: Host,
  folder: string,
  ...words: readonly string[]
): Promise<Result<string, string>> {
  return runTool(host, {
    argv: ['git', ...settings, ...words],
    folder,
    environment: { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
  });
}

/** The files that say how a project is built, the one that counts first. */
const buildFiles = ['meson.build', 'Cargo.toml', 'CMakeLists.txt'];

/** The file that says how the project in a folder is built. */
export function buildFileIn({ files }: Pick<Host, 'files'>, folder: string): string {
  return buildFiles.find((name) => files.isFile(`${folder}/${name}`)) ?? 'meson.build';
}

/** Whether the project's build file is one that git keeps; it may be a part of a repository. */
export async function isInGit(host: Host, sourceRoot: string): Promise<boolean> {
  const buildFile = buildFileIn(host, sourceRoot);
  return (await git(host, sourceRoot, 'ls-files', '--error-unmatch', buildFile)).ok;
}

/** Whether there is a commit to make an archive of. */
export async function hasCommits(host: Host, folder: string): Promise<boolean> {
  return (await git(host, folder, 'rev-parse', '--quiet', '--verify', 'HEAD')).ok;
}

/** Whether there are changes that are in no commit. */
export async function hasUncommitted(host: Host, folder: string): Promise<boolean> {
  // It may be read-only, which is no matter.
  await git(host, folder, 'update-index', '-q', '--refresh');
  return !(await git(host, folder, 'diff-index', '--quiet', 'HEAD')).ok;
}

/** Lays out what a commit holds of a project, with its submodules, as `git archive` gives it. */
export async function exportGit(
  host: Host,
  { sourceRoot, revision, into }: SourceExport,
): Promise<Result<ExportedSource, string>> {
  const commit = await git(
    host,
    sourceRoot,
    ...['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`],
  );
  if (!commit.ok) {
    const repository = await git(host, sourceRoot, 'rev-parse', '--git-dir');
    return repository.ok
      ? err(`There is no commit, branch or tag '${revision}' here.`)
      : repository;
  }
  const prefix = await git(host, sourceRoot, 'rev-parse', '--show-prefix');
  if (!prefix.ok) return prefix;
  const below = prefix.value.trim().replace(/\/$/, '');
  const depth = below === '' ? 0 : below.split('/').length;
  const top = posix.resolve(sourceRoot, ...Array.from({ length: depth }, () => '..'));
  const time = await timeOfCommit(host, sourceRoot, commit.value.trim());
  if (!time.ok) return time;
  const repository = { repository: top, commit: commit.value.trim(), below, prefix: '' };
  const laid = await layCommit(host, into, repository);
  if (!laid.ok) return laid;
  return ok({ timeSeconds: time.value, revision: repository.commit, warnings: laid.value });
}

/** When a commit was made, in seconds. */
export async function timeOfCommit(
  host: Host,
  folder: string,
  revision: string,
): Promise<Result<number, string>> {
  const time = await git(host, folder, 'log', '-1', '--format=%ct', '--end-of-options', revision);
  return time.ok ? ok(Number(time.value.trim())) : time;
}

interface Commit {
  readonly repository: string;
  readonly commit: string;
  /** The part that is wanted; all when empty. */
  readonly below: string;
  /** Where it goes in the result. */
  readonly prefix: string;
}

/** Tells what is to be warned of. */
async function layCommit(
  host: Host,
  into: string,
  { repository, commit, below, prefix }: Commit,
): Promise<Result<readonly string[], string>> {
  const to = posix.join(into, prefix);
  const made = host.files.makeDirectory(to);
  if (!made.ok) return { ok: false, error: `${to}: ${made.error.reason}` };
  const archive = `${into}.git.tar`;
  const part = below === '' ? [] : ['--', below];
  const packed = await git(
    host,
    repository,
    ...['archive', '--format=tar', `--output=${archive}`, commit, ...part],
  );
  const strip = below === '' ? [] : [`--strip-components=${below.split('/').length}`];
  const unpacked = packed.ok
    ? await runTool(host, { argv: ['tar', '-xf', archive, '-C', to, ...strip], folder: to })
    : packed;
  host.files.remove(archive);
  if (!unpacked.ok) return unpacked;
  const listed = await git(host, repository, 'ls-tree', '-r', '-z', '--full-tree', commit, ...part);
  if (!listed.ok) return listed;
  const warnings: string[] = [];
  for (const [path, id] of submodulesIn(listed.value)) {
    const checkout = posix.join(repository, path);
    const own = posix.join(prefix, posix.relative(below, path));
    if (!(await hasCommit(host, checkout, id))) {
      warnings.push(
        `Submodule ${pythonRepr(own)} is not checked out and cannot be added to the dist`,
      );
      continue;
    }
    const submodule = { repository: checkout, commit: id, below: '', prefix: own };
    const laid = await layCommit(host, into, submodule);
    if (!laid.ok) return laid;
    warnings.push(...laid.value);
  }
  return ok(warnings);
}

/** `160000 commit ID<TAB>PATH` of a listing with NULs between. */
function submodulesIn(listing: string): readonly (readonly [path: string, id: string])[] {
  return listing.split('\0').flatMap((line) => {
    const [, id, path] = /^160000 commit ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [[path, id] as const];
  });
}

/** A folder that is no repository of its own would answer for the one around it. */
async function hasCommit(host: Host, folder: string, id: string): Promise<boolean> {
  if (!host.files.exists(`${folder}/.git`)) return false;
  return (await git(host, folder, 'cat-file', '-e', `${id}^{commit}`)).ok;
}
