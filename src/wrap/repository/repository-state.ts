import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';

/** A clone's head, branches and stashes as one text; empty where there is no repository. */
export async function repositoryState(host: Host, folder: string): Promise<string> {
  const git = gitOf(host, folder);
  if (git === undefined) return '';
  const head = await git('rev-parse', 'HEAD');
  const refs = await git(
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    'refs/heads',
    'refs/stash',
  );
  return `${head}\n${refs}`;
}

/**
 * The same, where all that is in a clone can be had again: no stash, and no commit that no remote has.
 * Else a text that no clone's state ever is, so that kaon leaves the folder alone.
 */
export async function pristineState(host: Host, folder: string): Promise<string> {
  return (await hasOwnWork(host, folder)) ? 'has work of its own' : repositoryState(host, folder);
}

/** Whether a folder is a repository with a stash, or with a commit that no remote has. */
export async function hasOwnWork(host: Host, folder: string): Promise<boolean> {
  if (host.files.exists(`${folder}/.hg`)) return hasOwnChangesets(host, folder);
  const git = gitOf(host, folder);
  if (git === undefined) return false;
  // A clone that never fetched anything later has no such commit, which git would refuse.
  const fetched = await git('rev-parse', '--quiet', '--verify', 'FETCH_HEAD');
  const known = ['--not', '--remotes', '--tags', ...(fetched === '' ? [] : [fetched])];
  const own = await git('rev-list', '-n1', '--branches', 'HEAD', ...known);
  return own !== '' || (await git('stash', 'list')) !== '';
}

/** Mercurial calls them drafts; only what is not told by the remote that it has them is meant. */
async function hasOwnChangesets(host: Host, folder: string): Promise<boolean> {
  const hg = (...args: string[]) =>
    host.processes.spawn({
      argv: ['hg', ...args],
      workingDirectory: folder,
      environment: { ...host.system.environment, HGPLAIN: '1' },
    }).done;
  const drafts = await hg('log', '-l1', '-r', 'draft() or secret()', '--template', '{node}');
  if (drafts.stdout === '') return false;
  const { ended } = await hg('outgoing', '-q', '-l1');
  return !(ended.kind === 'exited' && ended.code === 1);
}

function gitOf(host: Host, folder: string) {
  const program = findInPath(host, 'git');
  if (program === undefined || !host.files.exists(`${folder}/.git`)) return undefined;
  return async (...args: string[]) => {
    const finished = await host.processes.spawn({
      argv: [program, ...args],
      workingDirectory: folder,
      environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
    }).done;
    return finished.stdout.trim();
  };
}
