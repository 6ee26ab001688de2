import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kaon as runKaon } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

/** A tool that may be absent on someone's machine; CI installs it. */
function has(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(folder: string, ...words: readonly [string, ...string[]]): string {
  const [program, ...rest] = words;
  const git = ['-c', 'user.name=x', '-c', 'user.email=x@h.invalid', '-c', 'commit.gpgsign=false'];
  const before = program === 'git' ? git : [];
  return execFileSync(program, [...before, ...rest], { cwd: folder, encoding: 'utf8' }).trim();
}

/** An upstream with one commit, and a project with a wrap of it. */
function upstreamOf(kind: 'git' | 'hg' | 'svn', ...lines: readonly string[]): Project {
  const made = project({ 'p/meson.build': "project('p')\nsubproject('foo')\n" });
  const upstream = join(made.folder, 'upstream');
  mkdirSync(upstream);
  if (kind === 'svn') {
    run(made.folder, 'svnadmin', 'create', 'repository');
    run(made.folder, 'svn', 'checkout', '-q', `file://${made.folder}/repository`, 'upstream');
  } else run(upstream, kind, 'init', '-q');
  commit(made, kind, '1.0');
  const url = kind === 'svn' ? `file://${made.folder}/repository` : `file://${upstream}`;
  made.write('p/subprojects/foo.wrap', `[wrap-${kind}]\nurl = ${url}\n${lines.join('\n')}\n`);
  return made;
}

function commit(made: Project, kind: 'git' | 'hg' | 'svn', version: string): string {
  const upstream = join(made.folder, 'upstream');
  const isNew = !existsSync(join(upstream, 'meson.build'));
  made.write('upstream/meson.build', `project('foo', version: '${version}')\n`);
  if (kind === 'git') {
    run(upstream, 'git', 'add', '.');
    run(upstream, 'git', 'commit', '-qm', version);
    return run(upstream, 'git', 'rev-parse', 'HEAD');
  }
  if (isNew) run(upstream, kind, 'add', '-q', 'meson.build');
  const who = kind === 'hg' ? ['-u', 'x'] : ['-q'];
  run(upstream, kind, 'commit', ...who, '-m', version);
  return '';
}

const subproject = 'p/subprojects/foo/meson.build';

function kaon(made: Project, ...words: readonly string[]) {
  return runKaon(words, { cwd: join(made.folder, 'p') });
}

for (const [kind, first] of [
  ['hg', '0'],
  ['svn', '1'],
] as const) {
  test.skipIf(!has(kind))(
    `a ${kind} repository is checked out at its revision, and updated`,
    () => {
      const made = upstreamOf(kind, `revision = ${first}`);
      commit(made, kind, '2.0');
      const setup = kaon(made, 'setup', 'build');
      expect(setup.status, told(setup)).toBe(0);
      expect(made.read(subproject)).toContain("'1.0'");
      made.write(
        'p/subprojects/foo.wrap',
        made
          .read('p/subprojects/foo.wrap')
          .replace(/revision = .*/, `revision = ${Number(first) + 1}`),
      );
      const updated = kaon(made, 'subprojects', 'update');
      expect(updated.status, told(updated)).toBe(0);
      expect(made.read(subproject)).toContain("'2.0'");
      // The tool brought it up to date: nobody edited it.
      expect(told(kaon(made, 'setup', '--reconfigure', 'build'))).not.toContain('someone edited');
    },
  );
}

test('what is new upstream comes by update; commits and edits of one’s own are kept', () => {
  const made = upstreamOf('git', 'revision = HEAD', 'depth = 1');
  const clone = join(made.folder, 'p/subprojects/foo');
  kaon(made, 'subprojects', 'download');
  made.write('p/subprojects/foo/mine.txt', 'mine');
  run(clone, 'git', 'add', 'mine.txt');
  run(clone, 'git', 'commit', '-qm', 'mine');
  made.write('p/subprojects/foo/draft.txt', 'draft');
  commit(made, 'git', '2.0');
  const env = { GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x@h.invalid' };
  const updated = made.kaon(['subprojects', 'update', '--sourcedir', 'p'], { env });
  expect(updated.status, told(updated)).toBe(0);
  expect(made.read(subproject)).toContain("'2.0'");
  expect(made.read('p/subprojects/foo/mine.txt')).toBe('mine');
  expect(made.read('p/subprojects/foo/draft.txt')).toBe('draft');
  // A wrap that changes now still finds the work of someone, and leaves it.
  const wrap = made.read('p/subprojects/foo.wrap');
  made.write('p/subprojects/foo.wrap', wrap.replace('revision = HEAD', 'revision = master'));
  const setup = kaon(made, 'setup', 'build');
  expect(told(setup)).toContain('It is left as it is.');
  expect(made.read('p/subprojects/foo/mine.txt')).toBe('mine');
});

test('packagefiles are laid over a subproject again, and kept from it', () => {
  const made = project({
    'meson.build': "project('p')\n",
    'subprojects/foo.wrap':
      '[wrap-file]\ndirectory = foo-1\nsource_filename = foo.tar\npatch_directory = foo\n',
    'subprojects/packagefiles/foo/meson.build': "project('foo')\n",
    'src/foo-1/a.c': 'int a;\n',
  });
  run(join(made.folder, 'src'), 'tar', 'cf', '../subprojects/packagefiles/foo.tar', 'foo-1');
  made.kaon(['subprojects', 'download']);
  made.write('subprojects/foo-1/b.c', 'int b;\n');
  made.write('subprojects/foo-1/meson.build', "project('foo', version: '2')\n");
  const saved = made.kaon(['subprojects', 'packagefiles', '--save']);
  expect(saved.status, told(saved)).toBe(0);
  expect(made.read('subprojects/packagefiles/foo/b.c')).toBe('int b;\n');
  expect(made.read('subprojects/packagefiles/foo/meson.build')).toContain("version: '2'");
  expect(existsSync(join(made.folder, 'subprojects/packagefiles/foo/a.c'))).toBe(false);
  made.write('subprojects/packagefiles/foo/c.c', 'int c;\n');
  made.write('subprojects/foo-1/mine.c', 'int mine;\n');
  const applied = made.kaon(['subprojects', 'packagefiles', '--apply']);
  expect(applied.status, told(applied)).toBe(0);
  expect(made.read('subprojects/foo-1/c.c')).toBe('int c;\n');
  expect(made.read('subprojects/foo-1/mine.c')).toBe('int mine;\n');
});
