import { findInPath } from '../host/find-in-path.ts';
import type { Host } from '../host/host.ts';

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
  const git = gitOf(host, folder);
  if (git === undefined) return '';
  const known = ['--not', '--remotes', '--tags', 'FETCH_HEAD'];
  const own = await git('rev-list', '-n1', '--branches', 'HEAD', ...known);
  const stashed = await git('stash', 'list');
  return own === '' && stashed === '' ? repositoryState(host, folder) : 'has work of its own';
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
