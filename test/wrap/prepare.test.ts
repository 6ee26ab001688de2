import { expect, test } from 'vitest';
import { err } from '../../src/base/result.ts';
import { sha256Of } from '../../src/base/sha256.ts';
import { bundledWraps } from '../../src/wrap/wrap-set.ts';
import { tarGzOf } from '../support/hostile-tar.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { laid, prepare, projectWith, ready } from './workshop.ts';

const foo = tarGzOf([
  { path: 'foo-1/meson.build', content: "project('foo')\n" },
  { path: 'foo-1/a.c', content: 'one\r\ntwo\r\nthree\r\nfour\r\n' },
]);
const root = '/project/subprojects/foo-1';

test('a wrong hash shows what was promised and what came, before anything is unpacked', async () => {
  const host = projectWith(foo);
  const promised = 'a'.repeat(64);
  const text = host
    .read('subprojects/foo.wrap')
    .replace(/source_hash = .*/, `source_hash = ${promised}`);
  host.write('subprojects/foo.wrap', text);
  expect(await prepare(host)).toBe(
    [
      'hash: subprojects/foo.wrap:4:14: ERROR: Incorrect hash for source:',
      ` ${promised} expected`,
      ` ${sha256Of(foo)} actual.`,
      `    4 | source_hash = ${promised}`,
      `      |               ${'^'.repeat(64)}`,
      '  hint: The file is /project/subprojects/packagefiles/foo.tar.gz; nothing of it was unpacked.',
    ].join('\n'),
  );
  expect(laid(host)).toEqual([]);
});

test('an unknown subproject is told as Meson tells it', async () => {
  const host = new MemoryHost({ 'subprojects/help/meson.build': '' });
  expect(await prepare(host, 'welp')).toBe(
    'unknown-subproject: ERROR: Neither a subproject directory nor a welp.wrap file was found. Did you mean "help"?',
  );
  expect(await prepare(new MemoryHost(), 'x')).toMatch(
    /^unknown-subproject: ERROR: Attempted to resolve subproject without subprojects directory present\.$/m,
  );
});

test('a folder that is there is used as it is, and needs its build file', async () => {
  const host = new MemoryHost({
    'subprojects/a/meson.build': '',
    'subprojects/b/README': '',
    'subprojects/c.wrap': '[wrap-file]\ndirectory = c-1\nmethod = cargo\n',
    'subprojects/c-1/Cargo.toml': '',
    'subprojects/d.wrap': '[wrap-file]\nmethod = make\n',
  });
  expect(await prepare(host, 'a')).toBe('subprojects/a (meson)');
  expect(await prepare(host, 'b')).toContain('Subproject exists but has no meson.build file.');
  expect(await prepare(host, 'c')).toBe('subprojects/c-1 (cargo)');
  expect(await prepare(host, 'c', { method: 'cmake' })).toContain(
    "Wrap method is 'cargo' but we are trying to configure it with cmake",
  );
  expect(await prepare(host, 'd')).toContain(
    "Wrap method 'make' is not supported, must be one of: meson, cmake, cargo",
  );
});

test("kaon's own rules for a crate serve where Cargo's are asked for", async () => {
  const host = new MemoryHost({ 'kaon/wraps/a-1-rs.wrap': '[wrap-file]\nmethod = meson\n' });
  const wraps = bundledWraps(host, '/project/kaon');
  if (!wraps.ok) throw new Error('no bundled wraps');
  const asked = { wraps: wraps.value, method: 'cargo' } as const;
  expect(await prepare(host, 'a-1-rs', asked)).not.toContain('we are trying to configure it');
});

test('a download is verified, kept in the package cache, and taken from there again', async () => {
  const url = 'https://user:secret@h.invalid/foo.tar.gz?token=1';
  const host = projectWith(foo, [`source_url = ${url}`]);
  host.files.remove('/project/subprojects/packagefiles/foo.tar.gz');
  expect(await prepare(host, 'foo', { wrapMode: 'nodownload' })).toMatch(
    /^downloads-disabled: .*Automatic wrap-based subproject downloading is disabled(?:.*\n)+.*hint: "kaon subprojects download"/,
  );
  const said = await prepare(host);
  expect(said).toContain('could not get https://h.invalid/foo.tar.gz; is the internet available?');
  expect(said.split('\n')[0]).not.toContain('secret');
  host.urls.set(url, Buffer.from('evil'));
  expect(await prepare(host)).toMatch(/^hash: /);
  expect(host.files.exists('/project/subprojects/packagecache/foo.tar.gz')).toBe(false);
  host.urls.set(url, foo);
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  host.urls.clear();
  host.files.remove(root);
  expect(await prepare(host, 'foo', { wrapMode: 'nodownload' })).toBe('subprojects/foo-1 (meson)');
});

test('what another kaon laid meanwhile stays: it may be in use', async () => {
  const url = 'https://h.invalid/foo.tar.gz';
  const host = projectWith(foo, [`source_url = ${url}`]);
  host.files.remove('/project/subprojects/packagefiles/foo.tar.gz');
  const urls = new Map([[url, foo]]);
  host.urls.get = (asked) => {
    host.write('subprojects/foo-1/meson.build', "project('foo') # theirs\n");
    return urls.get(asked);
  };
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(host.files.readText(`${root}/meson.build`)).toEqual({
    ok: true,
    value: "project('foo') # theirs\n",
  });
  expect(laid(host)).toEqual(['foo-1/meson.build']);
});

test('a second URL helps, a file URL and a missing hash do not', async () => {
  const host = projectWith(foo, [
    'source_url = https://one.invalid/f',
    'source_fallback_url = https://two.invalid/f',
  ]);
  host.urls.set('https://two.invalid/f', foo);
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  const disk = projectWith(foo, ['source_url = file:///etc/passwd']);
  expect(await prepare(disk)).toContain('is not a web address');
  const bare = projectWith(foo, ['source_url = https://one.invalid/f']);
  bare.write(
    'subprojects/foo.wrap',
    bare.read('subprojects/foo.wrap').replace(/source_hash.*/, ''),
  );
  const refused = await prepare(bare);
  expect(refused).toContain("Missing key 'source_hash' in foo.wrap");
  expect(refused).toContain('"sha256sum FILE" tells it.');
});

test.each([
  ['source_filename = ../../../etc/passwd', 'source_filename'],
  ['patch_directory = ../../secret', 'patch_directory'],
  ['patch_filename = /etc/passwd', 'patch_filename'],
  ['patch_directory = link', 'patch_directory'],
])('what a wrap names stays in its folder: %s', async (line, key) => {
  const host = projectWith(foo);
  host.write('/secret/meson.build', '');
  host.files.symlink('/secret', '/project/subprojects/packagefiles/link');
  const rest = host.read('subprojects/foo.wrap').split('\n');
  const kept = rest.filter((other) => !other.startsWith(`${key} `));
  host.write('subprojects/foo.wrap', [...kept, line, ''].join('\n'));
  expect(await prepare(host)).toContain(`leads out of its folder`);
  expect(laid(host)).toEqual([]);
});

test('rules are laid over the sources and diffs applied, whatever their line ends', async () => {
  const host = projectWith(foo, ['patch_directory = rules', 'diff_files = fix.patch']);
  host.write('subprojects/packagefiles/rules/meson.build', "project('patched')\n");
  host.write('subprojects/packagefiles/rules/deep/er/x', 'x');
  host.write(
    'subprojects/packagefiles/fix.patch',
    'From: someone\n---\n a.c | 2 +-\n\n--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+2\r\n three\r\n-- \n2.40\n',
  );
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(host.read(`${root}/meson.build`)).toBe("project('patched')\n");
  expect(host.read(`${root}/deep/er/x`)).toBe('x');
  expect(host.read(`${root}/a.c`)).toBe('one\r\n2\r\nthree\r\nfour\r\n');
});

test('a diff may add, remove and rename files, but not outside', async () => {
  const host = projectWith(foo, ['diff_files = git.patch']);
  const write = (patch: string) => host.write('subprojects/packagefiles/git.patch', patch);
  write('--- a/../../evil\n+++ b/../../evil\n@@ -0,0 +1 @@\n+x\n');
  expect(await prepare(host)).toMatch(/^patch: .*Failed to apply diff file "git.patch"/);
  write('--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-nothing like it\n+x\n');
  expect(await prepare(host)).toContain('hint: a.c differs from what the diff expects.');
  expect(laid(host)).toEqual([]);
  write(
    [
      'diff --git a/a.c b/sub/b.c\nsimilarity index 100%\nrename from a.c\nrename to sub/b.c',
      'diff --git a/new b/new\nnew file mode 100755\n--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+hi',
      '',
    ].join('\n'),
  );
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(laid(host)).toEqual(['foo-1/meson.build', 'foo-1/new', 'foo-1/sub/b.c']);
  expect(host.files.stat(`${root}/new`)?.mode).toBe(0o755);
});

test('rules that changed are laid anew; sources that someone edited are left alone', async () => {
  const host = projectWith(foo, ['patch_directory = rules']);
  const rules = 'subprojects/packagefiles/rules/meson.build';
  host.write(rules, 'one');
  await prepare(host);
  host.write('subprojects/foo.wrap', `# a comment\n${host.read('subprojects/foo.wrap')}`);
  host.write(`${root}/__pycache__/x.pyc`, 'droppings');
  host.write(`${root}/build/CACHEDIR.TAG`, 'Signature: …');
  host.write(`${root}/build/meson-logs/meson-log.txt`, 'someone built it by itself');
  host.write(rules, 'two');
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(host.read(`${root}/meson.build`)).toBe('two');
  host.write(`${root}/a.c`, 'mine');
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  host.write(rules, 'three');
  expect(await prepare(host)).toContain(
    'WARNING: Subproject foo is not as its wrap says: patch_directory changed since it was laid out, but someone edited a.c. It is left as it is.',
  );
  expect(host.read(`${root}/meson.build`)).toBe('two');
  expect(host.read(`${root}/a.c`)).toBe('mine');
});

test('what needs no work is told at once', async () => {
  const host = projectWith(foo, ['patch_directory = rules']);
  host.write('subprojects/packagefiles/rules/x', 'one');
  expect(ready(host)).toBeUndefined();
  await prepare(host);
  expect(ready(host)).toBe('subprojects/foo-1');
  host.write('subprojects/packagefiles/rules/x', 'two');
  expect(ready(host)).toBeUndefined();
});

test('a crate comes through Cargo, and with its hash or not at all', async () => {
  const crate = tarGzOf([{ path: 'foo-1/meson.build' }, { path: 'foo-1/src/lib.rs' }]);
  const host = projectWith(crate, ['crate = foo', 'version = 1.2.3']);
  host.write('/cargo/foo-1.2.3.crate', crate);
  const asked: unknown[] = [];
  const fetchCrate = async (wanted: unknown, reach: string) => {
    asked.push([wanted, reach]);
    return { ok: true as const, value: '/cargo/foo-1.2.3.crate' };
  };
  expect(await prepare(host, 'foo', { fetchCrate })).toBe('subprojects/foo-1 (meson)');
  expect(asked).toMatchObject([
    [{ name: 'foo', version: '1.2.3', sha256: sha256Of(crate) }, 'online'],
  ]);
  host.files.remove(root);
  host.write('/cargo/foo-1.2.3.crate', 'evil');
  expect(await prepare(host, 'foo', { fetchCrate })).toMatch(/^hash: /);
});

test('what crates.io has comes through Cargo too, whatever its wrap is called', async () => {
  const crate = tarGzOf([{ path: 'foo-1/meson.build' }, { path: 'foo-1/src/lib.rs' }]);
  const asked: unknown[] = [];
  const fetchCrate = async (wanted: unknown) => {
    asked.push(wanted);
    return { ok: true as const, value: '/cargo/foo-1.2.3-rc.1.crate' };
  };
  for (const url of [
    'https://crates.io/api/v1/crates/foo/1.2.3-rc.1/download',
    'https://static.crates.io/crates/foo/foo-1.2.3-rc.1.crate',
    'https://crates.example/api/v1/crates/foo/1.2.3/download',
  ]) {
    const host = projectWith(crate, [`source_url = ${url}`], 'foo-1.2.3.tar.gz');
    host.files.remove('/project/subprojects/packagefiles');
    host.write('/cargo/foo-1.2.3-rc.1.crate', crate);
    const outcome = await prepare(host, 'foo', { fetchCrate, wrapMode: 'nodownload' });
    const isCrates = !url.includes('example');
    expect(outcome).toMatch(isCrates ? /^subprojects\/foo-1 \(meson\)/ : /^downloads-disabled: /);
    expect(asked.splice(0)).toEqual(
      isCrates ? [{ name: 'foo', version: '1.2.3-rc.1', sha256: sha256Of(crate) }] : [],
    );
  }
});

test.each([
  ['[wrap-git]\nurl = --upload-pack=evil\nrevision = head\n', 'starts with a dash'],
  ['[wrap-git]\nurl = https://h.invalid/x\nrevision = --evil\n', 'starts with a dash'],
  ['[wrap-git]\nurl = https://h.invalid/x\nrevision = a\npush-url = -x\n', 'starts with a dash'],
  ['[wrap-git]\nurl = ext::sh -c evil\nrevision = head\n', 'names a helper program'],
  ['[wrap-git]\nurl = https://h.invalid/x\nrevision = a\ndepth = 1;x\n', 'is not a number'],
  ['[wrap-hg]\nurl = -x\nrevision = tip\n', 'starts with a dash'],
  ['[wrap-git]\nrevision = head\n', "Missing key 'url' in foo.wrap"],
  ['[wrap-svn]\nurl = https://h.invalid/x\nrevision = 1\n', 'SVN program not found.'],
])(
  'a repository is cloned only with arguments that are none of options: %j',
  async (wrap, message) => {
    const host = new MemoryHost({ 'subprojects/foo.wrap': wrap });
    host.program('git', (run) => run.write('never', ''));
    expect(await prepare(host)).toContain(message);
    expect(laid(host)).toEqual([]);
  },
);

test('a source tree that cannot be written has its subprojects laid in the store', async () => {
  const host = projectWith(foo);
  const make = host.files.makeDirectory.bind(host.files);
  host.files.makeDirectory = (path) =>
    path.startsWith('/project/subprojects/')
      ? err({ kind: 'denied', path, reason: 'read-only file system' })
      : make(path);
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(laid(host)).toEqual([]);
  const stored = Object.keys(host.files.snapshot('/home/user/.cache/kaon/subprojects'));
  expect(stored.map((path) => path.replace(/foo-[0-9a-f]{16}/, 'foo-KEY'))).toEqual([
    '/home/user/.cache/kaon/subprojects/foo-KEY/foo-1/.kaon-subproject.json',
    '/home/user/.cache/kaon/subprojects/foo-KEY/foo-1/a.c',
    '/home/user/.cache/kaon/subprojects/foo-KEY/foo-1/meson.build',
  ]);
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
});

test('a folder of two wraps stays what the first laid', async () => {
  const host = projectWith(foo);
  const wrap = host.read('subprojects/foo.wrap');
  host.write('subprojects/same.wrap', wrap);
  host.write('subprojects/other.wrap', `${wrap}patch_directory = other\n`);
  host.write('subprojects/packagefiles/other/meson.build', 'rules');
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  expect(await prepare(host, 'same')).toBe('subprojects/foo-1 (meson)');
  expect(await prepare(host, 'other')).toContain('its folder "foo-1" is the one of foo, too');
  expect(host.read(`${root}/meson.build`)).toBe("project('foo')\n");
});
