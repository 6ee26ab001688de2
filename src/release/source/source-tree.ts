import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { ExportedSource, SourceExport } from './export.ts';
import {
  buildFileIn,
  exportGit,
  hasCommits,
  hasUncommitted,
  isInGit,
  timeOfCommit,
} from './git-source.ts';
import {
  describeRevision,
  exportMercurial,
  hasUncommittedInMercurial,
  isInMercurial,
} from './hg-source.ts';

/** A version control that a release can be made from. */
export interface Repository {
  readonly kind: 'git' | 'hg';
  readonly hasUncommitted: () => Promise<boolean>;
  /** When what is checked out was committed, in seconds. */
  readonly committedAt: () => Promise<Result<number, string>>;
  readonly lay: (request: SourceExport) => Promise<Result<ExportedSource, string>>;
}

/**
 * The version control that a source tree is in, asked for what an archive of it holds; an error where
 * there is none or nothing is committed.
 */
export async function findRepository(
  host: Host,
  sourceRoot: string,
): Promise<Result<Repository, string>> {
  if (await isInGit(host, sourceRoot)) {
    if (!(await hasCommits(host, sourceRoot)))
      return err('Nothing is committed yet: an archive is made from a commit.');
    return ok({
      kind: 'git',
      hasUncommitted: () => hasUncommitted(host, sourceRoot),
      committedAt: () => timeOfCommit(host, sourceRoot, 'HEAD'),
      lay: (request) => exportGit(host, request),
    });
  }
  if (isInMercurial(host, sourceRoot))
    return ok({
      kind: 'hg',
      hasUncommitted: () => hasUncommittedInMercurial(host, sourceRoot),
      committedAt: async () => {
        const described = await describeRevision(host, sourceRoot, '.');
        return described.ok ? ok(described.value.timeSeconds) : described;
      },
      lay: (request) => exportMercurial(host, request),
    });
  const hint = host.files.exists(`${sourceRoot}/.git`)
    ? ` There is a .git here: is ${buildFileIn(host, sourceRoot)} committed, and does "git status" work?`
    : ' "git init", "git add" and "git commit" make one; "kaon dist --binary" archives what is installed.';
  return err(`Dist currently only works with Git or Mercurial repos.${hint}`);
}

/** The time all files of an archive get: SOURCE_DATE_EPOCH, or when the commit was made. */
export function archiveTime({ system }: Pick<Host, 'system'>, committed: number): number {
  const said = system.environment['SOURCE_DATE_EPOCH'];
  return said !== undefined && /^\d+$/.test(said) ? Number(said) : committed;
}
