import { findInPath } from '../host/find-in-path.ts';
import type { Host } from '../host/host.ts';

/** A clone's head, branches and stashes as one text; empty where there is no repository. */
export async function repositoryState(host: Host, folder: string): Promise<string> {
  const program = findInPath(host, 'git');
  if (program === undefined || !host.files.exists(`${folder}/.git`)) return '';
  const git = async (...args: string[]) => {
    const finished = await host.processes.spawn({
      argv: [program, ...args],
      workingDirectory: folder,
      environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
    }).done;
    return finished.stdout.trim();
  };
  const head = await git('rev-parse', 'HEAD');
  const refs = await git(
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    'refs/heads',
    'refs/stash',
  );
  return `${head}\n${refs}`;
}
