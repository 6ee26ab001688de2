import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { GitWrap } from '../../wrap/wrap-file.ts';

/** Runs git in a folder; answers what it printed, or why it failed. */
export function git(host: Host, folder: string, words: readonly string[]): Result<string, string> {
  const { ended, stdout, stderr } = host.processes.run({
    argv: ['git', ...words],
    workingDirectory: folder,
    environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
  });
  if (ended.kind === 'exited' && ended.code === 0) return ok(stdout.trim());
  const why = ended.kind === 'not-started' ? ended.reason : `${stdout}${stderr}`.trim();
  return err(`git ${words[0]}: ${why}`);
}

/** Runs commands of git one after the other, up to the first that fails. */
function all(
  host: Host,
  folder: string,
  commands: readonly (readonly string[])[],
): Result<void, string> {
  for (const words of commands) {
    const done = git(host, folder, words);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** What was not committed is put aside, so that nothing is lost. */
function stash(host: Host, folder: string): Result<void, string> {
  const changed = git(host, folder, ['status', '--porcelain']);
  if (!changed.ok) return changed;
  return changed.value === '' ? ok(undefined) : all(host, folder, [['stash', 'push', '--all']]);
}

export function checkout(
  host: Host,
  folder: string,
  { branch, create }: { readonly branch: string; readonly create: boolean },
): Result<void, string> {
  const stashed = stash(host, folder);
  if (!stashed.ok) return stashed;
  const words = ['checkout', '--ignore-other-worktrees', ...(create ? ['-b'] : []), branch, '--'];
  return all(host, folder, [words]);
}

/** Brings a clone to the revision of its wrap: on top of it, or exactly there. */
export function updateClone(
  host: Host,
  folder: string,
  { wrap, reset }: { readonly wrap: GitWrap; readonly reset: boolean },
): Result<void, string> {
  const url = wrap.url?.value;
  const revision = wrap.revision?.value;
  // It could be a submodule, for example.
  if (url === undefined || revision === undefined) return ok(undefined);
  const origin = git(host, folder, ['remote', 'get-url', 'origin']);
  if (!origin.ok) return origin;
  if (origin.value !== url) {
    if (!reset) return err(`URL changed from '${origin.value}' to '${url}'`);
    const moved = git(host, folder, ['remote', 'set-url', 'origin', url]);
    if (!moved.ok) return moved;
  }
  const fetched = git(host, folder, [
    'fetch',
    ...['--refmap', '+refs/heads/*:refs/remotes/origin/*'],
    ...['--refmap', '+refs/tags/*:refs/tags/*', 'origin', revision],
  ]);
  if (!fetched.ok) return fetched;
  const branch = git(host, folder, ['rev-parse', '--abbrev-ref', 'HEAD']);
  if (!branch.ok) return branch;
  if (branch.value !== revision && (reset || branch.value === 'HEAD')) {
    const there = checkout(host, folder, { branch: revision, create: false });
    if (!there.ok) return there;
  }
  if (!reset) return rebase(host, folder);
  const stashed = stash(host, folder);
  return stashed.ok ? all(host, folder, [['reset', '--hard', 'FETCH_HEAD']]) : stashed;
}

function rebase(host: Host, folder: string): Result<void, string> {
  const done = git(host, folder, ['-c', 'rebase.autoStash=true', 'rebase', 'FETCH_HEAD']);
  if (done.ok) return ok(undefined);
  git(host, folder, ['-c', 'rebase.autoStash=true', 'rebase', '--abort']);
  return done;
}
