import { err, ok, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { GitWrap } from '../../wrap/wrap-file.ts';

/** Runs a tool in a folder; answers what it printed, or why it failed, without the secrets of a URL. */
export async function tool(
  host: Host,
  folder: string,
  words: readonly string[],
): Promise<Result<string, string>> {
  const { ended, stdout, stderr } = await host.processes.spawn({
    argv: words,
    workingDirectory: folder,
    environment: { ...host.system.environment, GIT_TERMINAL_PROMPT: '0' },
  }).done;
  if (ended.kind === 'exited' && ended.code === 0) return ok(stdout.trim());
  const why = ended.kind === 'not-started' ? ended.reason : `${stdout}${stderr}`.trim();
  const shown = why.replace(/\b([a-z+]+:\/\/)[^/\s@]*@/gi, '$1');
  return err(`${words[0]} ${words.find((each, at) => at > 0 && !each.startsWith('-'))}: ${shown}`);
}

type Git = (...words: readonly string[]) => Promise<Result<string, string>>;

function gitIn(host: Host, folder: string): Git {
  return (...words) => tool(host, folder, ['git', ...words]);
}

/** What Meson keeps in a clone, and what kaon keeps: no changes of anyone's. */
const ours = [':!/.meson-subproject-wrap-hash.txt', ':!/.kaon-subproject.json'];

/** What was not committed is put aside, so that nothing is lost. */
async function stash(git: Git): Promise<Result<unknown, string>> {
  const changed = await git('status', '--porcelain', ...ours);
  if (!changed.ok || changed.value === '') return changed;
  return git('stash', 'push', '--all', ...ours, '.');
}

/** Goes to a branch, or makes it, in a clone whose changes are stashed. */
export async function checkout(
  host: Host,
  folder: string,
  { branch, create }: { readonly branch: string; readonly create: boolean },
): Promise<Result<unknown, string>> {
  if (branch.startsWith('-')) return err(`'${branch}' starts with a dash`);
  const git = gitIn(host, folder);
  const stashed = await stash(git);
  if (!stashed.ok) return stashed;
  return git('checkout', '--ignore-other-worktrees', ...(create ? ['-b'] : []), branch, '--');
}

/** What is said instead of removing a repository with commits or stashes that are nowhere else. */
export function keptForItsWork(folder: string): string {
  return `${folder} has commits or stashes that no remote has, and is left as it is. Push them, or remove the folder yourself.`;
}

/** The commit that a clone is at, as one line. */
export async function shownCommit(host: Host, folder: string): Promise<string> {
  const git = gitIn(host, folder);
  const shown = await git('show', '--quiet', '--pretty=format:%h %d %s [%an]');
  return shown.ok ? shown.value.replace(/ {2,}/g, ' ') : 'done';
}

export interface CloneUpdate {
  readonly wrap: GitWrap;
  readonly reset: boolean;
  /** What differs from its commit are a wrap's patches alone, which are laid again afterwards. */
  readonly isPatched?: boolean;
}

/** Brings a clone to the revision of its wrap: on top of it, or with `reset` exactly there. */
export async function updateClone(
  host: Host,
  folder: string,
  { wrap, reset, isPatched = false }: CloneUpdate,
): Promise<Result<string, string>> {
  const git = gitIn(host, folder);
  const url = wrap.url?.value;
  const revision = wrap.revision?.value.toLowerCase() === 'head' ? 'HEAD' : wrap.revision?.value;
  // It could be a submodule, for example.
  if (!url || !revision) return ok('No revision or URL specified.');
  if (url.startsWith('-') || revision.startsWith('-'))
    return err('url or revision starts with a dash');
  const origin = await settleOrigin(git, { wrap, reset, url });
  if (!origin.ok) return origin;
  const at = await git('rev-parse', '--abbrev-ref', 'HEAD');
  if (!at.ok) return at;
  const fetched = await fetchRevision(git, revision);
  if (!fetched.ok) return fetched;
  if (isPatched) {
    const bare = await git('reset', '--hard');
    if (!bare.ok) return bare;
  }
  const branch = at.value === 'HEAD' ? '' : at.value;
  // HEAD is wherever one is: there is nothing to check out, and so nothing to stash.
  const leaves =
    revision !== 'HEAD' &&
    branch !== revision &&
    (branch === '' || reset || (await follows(git, url, wrap.pushUrl?.value)));
  if (leaves) {
    const there = await checkout(host, folder, { branch: revision, create: false });
    if (!there.ok) return there;
  }
  const done = reset ? await resetTo(git) : await rebase(git);
  if (!done.ok) return done;
  const modules = await git('submodule', 'update', '--checkout', '--recursive');
  return modules.ok ? ok(await shownCommit(host, folder)) : modules;
}

/** The clone's own address; only a reset may change it. */
async function settleOrigin(
  git: Git,
  { wrap, reset, url }: Pick<CloneUpdate, 'wrap' | 'reset'> & { readonly url: string },
): Promise<Result<unknown, string>> {
  const origin = await git('remote', 'get-url', 'origin');
  if (!origin.ok) return origin;
  if (!reset)
    return origin.value === url
      ? ok(undefined)
      : err(`URL changed from ${shown(origin.value)} to ${shown(url)}`);
  const moved = await git('remote', 'set-url', 'origin', url);
  const push = wrap.pushUrl?.value;
  if (!moved.ok || push === undefined) return moved;
  return push.startsWith('-')
    ? err('push-url starts with a dash')
    : git('remote', 'set-url', '--push', 'origin', push);
}

function shown(url: string): string {
  return `'${url.replace(/\/\/[^/@]*@/, '//')}'`;
}

/** Leaves the wanted commit in FETCH_HEAD; one that is there already cannot change and is not fetched. */
async function fetchRevision(git: Git, revision: string): Promise<Result<unknown, string>> {
  const isCommit = /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision);
  if (isCommit && (await git('rev-parse', '--verify', `${revision}^{commit}`)).ok)
    return git('fetch', '.', revision);
  const heads = '+refs/heads/*:refs/remotes/origin/*';
  const tags = '+refs/tags/*:refs/tags/*';
  return git('fetch', '--refmap', heads, '--refmap', tags, 'origin', revision);
}

/** Whether the branch is one of the remote's: then the wrap has another revision now. */
async function follows(git: Git, ...urls: readonly (string | undefined)[]): Promise<boolean> {
  const upstream = await git('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}');
  if (!upstream.ok) return false;
  const remote = await git('remote', 'get-url', upstream.value.split('/')[0] ?? '');
  return remote.ok && urls.includes(remote.value);
}

async function resetTo(git: Git): Promise<Result<unknown, string>> {
  const stashed = await stash(git);
  return stashed.ok ? git('reset', '--hard', 'FETCH_HEAD') : stashed;
}

async function rebase(git: Git): Promise<Result<unknown, string>> {
  const done = await git('-c', 'rebase.autoStash=true', 'rebase', 'FETCH_HEAD');
  if (!done.ok) await git('-c', 'rebase.autoStash=true', 'rebase', '--abort');
  if (!done.ok) return done;
  // Of these git only warns.
  const marked = await git('diff', '--name-only', '--diff-filter=U');
  if (!marked.ok || marked.value === '') return marked;
  const names = marked.value.split('\n').join(', ');
  return err(
    `What was changed in ${names} does not fit the new revision: marks show where, and "git stash list" has the changes.`,
  );
}
