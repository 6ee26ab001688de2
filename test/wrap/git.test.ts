import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { findInPath } from '../../src/host/find-in-path.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import { prepareSubproject } from '../../src/wrap/prepare.ts';
import { hasOwnWork } from '../../src/wrap/repository/repository-state.ts';
import { loadWraps } from '../../src/wrap/wrap-set.ts';

const host = nodeHost();
const hasGit = findInPath(host, 'git') !== undefined;
const root = mkdtempSync(join(tmpdir(), 'kaon-git-'));
const upstream = join(root, 'upstream');
const subprojects = join(root, 'project/subprojects');
afterAll(() => rmSync(root, { recursive: true }));

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@h.invalid', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

function commit(content: string): string {
  writeFileSync(join(upstream, 'meson.build'), content);
  git(upstream, 'add', '.');
  git(upstream, 'commit', '-qm', content);
  return git(upstream, 'rev-parse', 'HEAD');
}

async function prepare(name: string, ...lines: string[]): Promise<string> {
  writeFileSync(
    join(subprojects, `${name}.wrap`),
    ['[wrap-git]', `url = file://${upstream}`, ...lines, ''].join('\n'),
  );
  return prepared(name);
}

/** What comes of the wrap as it is: a fault, a warning, or the build file. */
async function prepared(
  name: string,
  more: Partial<Parameters<typeof prepareSubproject>[1]> = {},
): Promise<string> {
  const wraps = loadWraps(host, subprojects, 'subprojects');
  if (!wraps.ok) return 'bad wrap';
  const done = await prepareSubproject(host, {
    name,
    wraps: wraps.value,
    wrapMode: 'default',
    sourceRoot: join(root, 'project'),
    subprojects,
    store: join(root, 'store'),
    fetchCrate: async () => ({ ok: false, error: 'no crates here' }),
    ...more,
  });
  if (!done.ok) return renderDiagnostic(done.error.diagnostic);
  const [warning] = done.value.warnings;
  if (warning !== undefined) return renderDiagnostic(warning);
  return readFileSync(join(done.value.directory, 'meson.build'), 'utf8');
}

test.skipIf(!hasGit)('a repository is cloned at its revision, whole or shallow', async () => {
  for (const folder of [upstream, subprojects]) mkdirSync(folder, { recursive: true });
  git(upstream, 'init', '-q', '-b', 'main');
  git(upstream, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const one = commit('one');
  git(upstream, 'tag', 'v1');
  commit('two');
  expect(await prepare('head', 'revision = HEAD')).toBe('two');
  // Crates may lie in folders of a repository that is none itself.
  expect(await prepare('crates', 'revision = HEAD', 'method = cargo')).toBe('two');
  expect(await prepare('commit', `revision = ${one}`)).toBe('one');
  expect(await prepare('tag', 'revision = v1', 'depth = 1')).toBe('one');
  expect(await prepare('shallow', `revision = ${one}`, 'depth = 1')).toBe('one');
  expect(git(join(subprojects, 'shallow'), 'log', '--oneline').split('\n')).toHaveLength(1);
  expect(await prepare('push', 'revision = main', 'push-url = https://h.invalid/x')).toBe('two');
  expect(git(join(subprojects, 'push'), 'remote', 'get-url', '--push', 'origin')).toBe(
    'https://h.invalid/x',
  );
});

test.skipIf(!hasGit)('without a network a clone that lies on this machine is taken', async () => {
  const kept = join(root, 'kept');
  const id = git(upstream, 'rev-parse', 'v1');
  git(root, 'clone', '-q', upstream, kept);
  git(kept, 'checkout', '-q', '--detach', id);
  const url = 'https://h.invalid/x';
  const lines = ['[wrap-git]', `url = ${url}`, `revision = ${id}`, 'depth = 1'];
  writeFileSync(join(subprojects, 'far.wrap'), lines.join('\n'));
  expect(await prepared('far', { wrapMode: 'nodownload' })).toContain('downloading is disabled');
  const asked: unknown[] = [];
  const keptClone = (repository: unknown) => {
    asked.push(repository);
    return kept;
  };
  expect(await prepared('far', { wrapMode: 'nodownload', keptClone })).toBe('one');
  expect(asked).toEqual([{ url, revision: id }]);
  expect(git(join(subprojects, 'far'), 'remote', 'get-url', 'origin')).toBe(url);
});

test.skipIf(!hasGit)('submodules of a repository on this machine may lie there, too', async () => {
  const [inner, outer] = [join(root, 'inner'), join(root, 'outer')];
  for (const folder of [inner, outer]) {
    mkdirSync(folder);
    git(folder, 'init', '-q', '-b', 'main');
  }
  writeFileSync(join(inner, 'inner.c'), '');
  git(inner, 'add', '.');
  git(inner, 'commit', '-qm', 'inner');
  writeFileSync(join(outer, 'meson.build'), 'outer');
  git(outer, '-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', `file://${inner}`, 'in');
  git(outer, 'add', '.');
  git(outer, 'commit', '-qm', 'outer');
  const lines = [
    '[wrap-git]',
    `url = file://${outer}`,
    'revision = HEAD',
    'clone-recursive = true',
  ];
  writeFileSync(join(subprojects, 'outer.wrap'), lines.join('\n'));
  expect(await prepared('outer')).toBe('outer');
  expect(readdirSync(join(subprojects, 'outer/in'))).toContain('inner.c');
});

test.skipIf(!hasGit)('a revision that is nowhere leaves nothing behind', async () => {
  expect(await prepare('none', 'revision = nowhere')).toMatch(/ERROR: could not get file:\/\//);
  expect(readdirSync(subprojects).filter((name) => /^none$|kaon/.test(name))).toEqual([]);
});

test.skipIf(!hasGit)('another revision is checked out anew, but not over own commits', async () => {
  expect(await prepare('moved', 'revision = v1')).toBe('one');
  expect(await prepare('moved', 'revision = main')).toBe('two');
  const folder = join(subprojects, 'moved');
  git(folder, 'commit', '--allow-empty', '-qm', 'mine');
  expect(await prepare('moved', 'revision = v1')).toContain(
    'revision changed since it was laid out, but it has commits of its own. It is left as it is.',
  );
  expect(git(folder, 'log', '-1', '--format=%s')).toBe('mine');
});

test.skipIf(!hasGit)('a stash survives a wrap that is none of git any more', async () => {
  expect(await prepare('kind', 'revision = v1')).toBe('one');
  const clone = join(subprojects, 'kind');
  writeFileSync(join(clone, 'meson.build'), 'mine');
  git(clone, 'stash');
  const kept = join(subprojects, 'packagecache/kind');
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'meson.build'), 'from an archive');
  writeFileSync(join(subprojects, 'kind.wrap'), '[wrap-file]\ndirectory = kind\n');
  expect(await prepared('kind')).toMatch(/commits of its own. It is left as it is/);
  expect(git(clone, 'show', 'stash:meson.build')).toBe('mine');
});

test.skipIf(!hasGit)('what no remote has is work of its own', async () => {
  expect(await prepare('work', 'revision = main')).toBe('two');
  const clone = join(subprojects, 'work');
  expect(await hasOwnWork(host, clone)).toBe(false);
  git(clone, 'fetch', '-q');
  expect(await hasOwnWork(host, clone)).toBe(false);
  git(clone, 'checkout', '-q', '-b', 'mine');
  git(clone, 'commit', '--allow-empty', '-qm', 'mine');
  git(clone, 'checkout', '-q', 'main');
  expect(await hasOwnWork(host, clone)).toBe(true);
  rmSync(join(clone, '.git/FETCH_HEAD'));
  expect(await hasOwnWork(host, clone)).toBe(true);
  git(clone, 'branch', '-D', 'mine');
  expect(await hasOwnWork(host, clone)).toBe(false);
  writeFileSync(join(clone, 'meson.build'), 'mine');
  git(clone, 'stash');
  expect(await hasOwnWork(host, clone)).toBe(true);
  expect(await hasOwnWork(host, subprojects)).toBe(false);
});
