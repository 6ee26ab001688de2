import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tarGzOf } from '../support/hostile-tar.ts';
import { actionsOf, bin } from './support/kaon.ts';
import { type Project, project, told } from './support/project.ts';

function edit(made: Project, path: string, change: (text: string) => string): void {
  made.write(path, change(made.read(path)));
}

/** A project with two programs; one needs `foo`, whose sources and build rules a wrap brings. */
function wrapped(): Project {
  const archive = tarGzOf([
    { path: 'foo-1.0/foo.c', content: 'int foo(void) { return ANSWER; }\n' },
    { path: 'foo-1.0/bar.c', content: 'int bar(void) { return 1; }\n' },
  ]);
  return project({
    'meson.build': [
      "project('p', 'c')",
      "executable('app', 'app.c', dependencies: dependency('foo'))",
      "executable('other', 'other.c')",
      '',
    ].join('\n'),
    'app.c': 'int foo(void);\nint main(void) { return foo(); }\n',
    'other.c': 'int main(void) { return 0; }\n',
    'subprojects/foo.wrap': [
      '[wrap-file]',
      'directory = foo-1.0',
      'source_filename = foo.tar.gz',
      `source_hash = ${createHash('sha256').update(archive).digest('hex')}`,
      'patch_directory = foo',
      '[provide]',
      'foo = foo_dep',
      '',
    ].join('\n'),
    'subprojects/packagefiles/foo.tar.gz': archive,
    [rules]: [
      "project('foo', 'c', version: '1.0')",
      "bar = static_library('bar', 'bar.c')",
      "foo = static_library('foo', 'foo.c', c_args: '-DANSWER=0')",
      'foo_dep = declare_dependency(link_with: [foo, bar])',
      '',
    ].join('\n'),
  });
}

const rules = 'subprojects/packagefiles/foo/meson.build';

test('a wrap’s rules that changed are laid anew, and what depends on them is rebuilt', () => {
  const made = wrapped();
  const setup = made.kaon(['setup', 'build']);
  expect(setup.status, told(setup)).toBe(0);
  expect(actionsOf('build', made.folder)).toHaveLength(8);
  edit(made, rules, (text) => text.replace('ANSWER=0', 'ANSWER=1'));
  expect(actionsOf('build', made.folder)).toEqual([
    'Compiling C object subprojects/foo-1.0/libfoo.a.p/foo.c.o',
    'Linking static target subprojects/foo-1.0/libfoo.a',
    'Linking target app',
  ]);
  edit(made, rules, (text) => `${text}# a comment\n`);
  expect(actionsOf('build', made.folder)).toEqual([]);
});

test('a subproject that someone edited by hand is left alone, and kaon says so', () => {
  const made = wrapped();
  made.kaon([]);
  edit(made, 'subprojects/foo-1.0/foo.c', (text) => `${text}/* mine */\n`);
  edit(made, rules, (text) => text.replace('ANSWER=0', 'ANSWER=1'));
  const run = made.kaon([]);
  expect(told(run)).toContain('someone edited foo.c. It is left as it is.');
  expect(made.read('subprojects/foo-1.0/foo.c')).toContain('/* mine */');
  expect(run.status, told(run)).toBe(0);
});

test('rules that come with kaon: a change is laid anew, and what depends on it is rebuilt', () => {
  const made = project({
    'meson.build': [
      "project('p', 'c', 'rust', default_options: 'rust_std=2021')",
      "ident = dependency('unicode-ident-1-rs')",
      "executable('app', 'app.rs', dependencies: ident)",
      "executable('other', 'other.c')",
      '',
    ].join('\n'),
    'app.rs': "fn main() { assert!(unicode_ident::is_xid_start('a')); }\n",
    'other.c': 'int main(void) { return 0; }\n',
  });
  // A kaon of its own, whose rules can be edited.
  const home = join(made.folder, 'kaon');
  for (const folder of ['bin', 'dist', 'wraps', 'subprojects']) {
    cpSync(join(dirname(bin), '..', folder), join(home, folder), { recursive: true });
  }
  const own = {
    program: join(home, 'bin/kaon'),
    env: { XDG_CACHE_HOME: join(made.folder, 'cache') },
  };
  made.kaon([], own);
  expect(made.read('build/app').length).toBeGreaterThan(0);
  const bundled = 'kaon/subprojects/unicode-ident-1-rs/meson.build';
  edit(made, bundled, (text) => text.replace('rust_args: [', "rust_args: ['-Copt-level=1', "));
  const actions = actionsOf('build', made.folder, own);
  expect(actions).toHaveLength(2);
  expect(actions.join()).toMatch(/unicode-ident.*app\.rs|app\.rs.*unicode-ident/);
});

test.skipIf(spawnSync('git', ['--version']).status !== 0)(
  'an update of a clone lays its diffs again, and tells of edits that do not fit',
  () => {
    const made = project({
      'meson.build': "project('p')\nsubproject('bar')\n",
      'up/meson.build': "project('bar')\n",
      'up/bar.h': '#define BAR 1\n',
      'subprojects/packagefiles/fix.diff':
        '--- a/bar.h\n+++ b/bar.h\n@@ -1 +1 @@\n-#define BAR 1\n+#define BAR 2\n',
    });
    const up = join(made.folder, 'up');
    const git = (...words: readonly string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: up });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', '1');
    made.write(
      'subprojects/bar.wrap',
      `[wrap-git]\nurl = ${up}\nrevision = main\ndiff_files = fix.diff\n`,
    );
    made.kaon(['setup', 'build']);
    made.write('up/bar.h', '#define BAR 1\n#define MORE\n');
    git('commit', '-qam', '2');
    const updated = made.kaon(['subprojects', 'update']);
    expect(updated.status, told(updated)).toBe(0);
    expect(made.read('subprojects/bar/bar.h')).toBe('#define BAR 2\n#define MORE\n');
    made.write('subprojects/bar/bar.h', '#define BAR 5\n');
    made.write('up/bar.h', '#define BAR 3\n');
    git('commit', '-qam', '3');
    const marked = made.kaon(['subprojects', 'update']);
    expect(marked.status).toBe(1);
    expect(told(marked)).toContain('What was changed in bar.h does not fit the new revision');
  },
);
