import { describe, expect, test } from 'vitest';
import { sha256Of } from '../../src/base/sha256.ts';
import { tarGzOf } from '../support/hostile-tar.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { prepare } from './workshop.ts';

const good = tarGzOf([{ path: 'foo-1/meson.build', content: "project('foo')\n" }]);
const hash = sha256Of(good);
const secret = 'hunter2';

/** What must be refused: a wrap file (or more), and what is said of it. */
type Row = readonly [what: string, text: string, rule: RegExp];

const file = (...lines: readonly string[]): string => ['[wrap-file]', ...lines, ''].join('\n');
/** A wrap whose archive is there and good, but for these lines. */
const packed = (...lines: readonly string[]): string =>
  file('directory = foo-1', 'source_filename = foo.tar.gz', `source_hash = ${hash}`, ...lines);
const web = (url: string, ...lines: readonly string[]): string =>
  file('directory = foo-1', `source_url = ${url}`, 'source_filename = web.tar.gz', ...lines);
const git = (url: string, revision = 'main', ...lines: readonly string[]): string =>
  ['[wrap-git]', `url = ${url}`, `revision = ${revision}`, ...lines, ''].join('\n');
const other = (kind: 'hg' | 'svn', url: string, revision = 'tip'): string =>
  [`[wrap-${kind}]`, `url = ${url}`, `revision = ${revision}`, ''].join('\n');
const redirect = (filename: string): string => `[wrap-redirect]\nfilename = ${filename}\n`;

const rows: readonly Row[] = [
  ['nothing in it', '', /Missing sections/],
  ['a first section of another kind', '[foo]\n', /is not a valid first section/],
  ['an unknown kind', '[wrap-ftp]\n', /Unknown wrap type 'ftp'/],
  ['a key before the first section', 'a = 1\n[wrap-file]\n', /stands before the first \[section\]/],
  ['a line that says nothing', file('nonsense'), /is not of the form key = value/],
  ['a key twice', file('directory = a', 'Directory = b'), /is there twice/],
  ['a section twice', `${file()}[wrap-file]\n`, /is there twice/],
  ['a directory above', file('directory = ..'), /must be a name and not a path/],
  ['a directory outside', file('directory = ../../evil'), /must be a name and not a path/],
  ['an absolute directory', file('directory = /tmp/evil'), /must be a name and not a path/],
  ['the folder itself as directory', file('directory = .'), /must be a name and not a path/],
  ['no directory at all', file('directory ='), /must be a name and not a path/],
  ['a directory with a backslash', file('directory = a\\b'), /must be a name and not a path/],
  [
    'a directory of the package cache',
    file('directory = packagecache'),
    /belongs to all subprojects/,
  ],
  ['a directory of the patches', file('directory = packagefiles'), /belongs to all subprojects/],
  ['a directory that is a wrap file', file('directory = foo.wrap'), /belongs to all subprojects/],
  ['an archive outside', file('directory = foo-1', 'source_filename = ../../evil'), /leads out of/],
  ['an absolute archive', file('source_filename = /etc/passwd'), /leads out of its folder/],
  [
    'a download to elsewhere',
    file('source_url = https://h.invalid/x', 'source_filename = ../x', `source_hash = ${hash}`),
    /leads out of its folder/,
  ],
  ['a link among archives that leaves', file('source_filename = out.tar.gz'), /leads out of its/],
  ['an archive that is not there', file('source_filename = none.tar.gz'), /does not exist/],
  ['a wrong hash', packed().replace(hash, 'a'.repeat(64)), /Incorrect hash for source/],
  ['half a hash', packed().replace(hash, hash.slice(0, 32)), /Incorrect hash for source/],
  ['a download without a hash', web('https://h.invalid/x'), /Missing key 'source_hash'/],
  ['a file as a URL', web('file:///etc/passwd', `source_hash = ${hash}`), /is not a web address/],
  ['ftp as a URL', web('ftp://h.invalid/x', `source_hash = ${hash}`), /is not a web address/],
  ['data as a URL', web('data:text/plain,x', `source_hash = ${hash}`), /is not a web address/],
  [
    'a fallback that is a file',
    web('https://h.invalid/x', 'source_fallback_url = file:///etc/passwd', `source_hash = ${hash}`),
    /is not a web address/,
  ],
  [
    'secrets in a URL',
    web(`https://me:${secret}@h.invalid/x?token=${secret}#${secret}`, `source_hash = ${hash}`),
    /could not get https:\/\/h\.invalid\/x/,
  ],
  [
    'a patch without a hash',
    packed('patch_url = https://h.invalid/p', 'patch_filename = p'),
    /patch_hash/,
  ],
  ['a patch outside', packed('patch_filename = ../../p.zip'), /leads out of its folder/],
  [
    'two kinds of patches',
    packed('patch_filename = p', 'patch_directory = q'),
    /must not have both/,
  ],
  ['a patch folder outside', packed('patch_directory = ../..'), /leads out of its folder/],
  ['an absolute patch folder', packed('patch_directory = /etc'), /leads out of its folder/],
  ['a patch folder that is a link out', packed('patch_directory = outside'), /leads out of its/],
  ['a patch folder with a link out', packed('patch_directory = links'), /leads out of its folder/],
  ['an absolute diff', packed('diff_files = /etc/passwd'), /paths cannot be absolute/],
  ['a diff outside', packed('diff_files = a/../../x.patch'), /paths cannot contain "\.\."/],
  ['a diff that is a link out', packed('diff_files = out.patch'), /leads out of its folder/],
  ['a diff of a file outside', packed('diff_files = evil.patch'), /leads out of the subproject/],
  ['an unknown method', packed('method = make'), /Wrap method 'make' is not supported/],
  [
    'a crate with a path for a name',
    packed('crate = ../syn', 'version = 1.0.0'),
    /is not a crate's/,
  ],
  [
    'a crate with an option for a version',
    packed('crate = syn', 'version = --x'),
    /is not a crate's/,
  ],
  ['a crate without a version', packed('crate = syn'), /has no version/],
  ['an option of git as URL', git('--upload-pack=touch /tmp/evil'), /starts with a dash/],
  ['an option of git as revision', git('https://h.invalid/x', '--orphan'), /starts with a dash/],
  ['a helper program as URL', git('ext::sh -c "touch /tmp/evil"'), /names a helper program/],
  ['an option as the host of a URL', git('ssh://-oProxyCommand=evil/x'), /starts with a dash/],
  ['an option as depth', git('https://h.invalid/x', 'main', 'depth = --x'), /starts with a dash/],
  [
    'a depth that is no number',
    git('https://h.invalid/x', 'main', 'depth = 1; x'),
    /is not a number/,
  ],
  [
    'an option as push-url',
    git('https://h.invalid/x', 'main', 'push-url = -x'),
    /starts with a dash/,
  ],
  ['an option of hg as URL', other('hg', '--config=alias.clone=!evil'), /starts with a dash/],
  [
    'an option of hg as revision',
    other('hg', 'https://h.invalid/x', '--cwd=/'),
    /starts with a dash/,
  ],
  ['an option of svn as URL', other('svn', '--config-option=x'), /starts with a dash/],
  [
    'a tunnel of svn with an option',
    other('svn', 'svn+ssh://-oProxyCommand=x/'),
    /starts with a dash/,
  ],
  ['no URL', '[wrap-git]\nrevision = main\n', /Missing key 'url'/],
  ['no revision', '[wrap-git]\nurl = https://h.invalid/x\n', /Missing key 'revision'/],
  ['a redirect up', redirect('../foo/subprojects/bar.wrap'), /cannot contain '\.\.'/],
  ['an absolute redirect', redirect('/etc/subprojects/bar.wrap'), /must be in the form/],
  ['a redirect to no wrap', redirect('bar/subprojects/bar'), /must be a \.wrap file/],
  ['a redirect to what is not there', redirect('no/subprojects/bar.wrap'), /does not exist/],
  ['a redirect by a link', redirect('linked/subprojects/bar.wrap'), /leads out of the subprojects/],
  ['a redirect in a circle', redirect('circle/subprojects/foo.wrap'), /redirects in a circle/],
  ['a variable without a name', `${packed()}[provide]\na =\n`, /Empty dependency variable name/],
  ['[provides]', `${packed()}[provides]\na = b\n`, /did you mean "\[provide\]"/],
];

function projectWith(text: string): MemoryHost {
  const host = new MemoryHost({
    'subprojects/foo.wrap': text,
    'subprojects/packagefiles/links/meson.build': "project('foo')\n",
    'subprojects/packagefiles/evil.patch':
      "--- a/meson.build\n+++ b/../../evil\n@@ -1 +1 @@\n-project('foo')\n+evil\n",
    'subprojects/circle/subprojects/foo.wrap': redirect('circle/subprojects/foo.wrap'),
    'subprojects/circle/meson.build': '',
  });
  host.write('subprojects/packagefiles/foo.tar.gz', good);
  host.files.makeDirectory('/outside/subprojects');
  host.files.write('/outside/x', 'x');
  host.files.write('/outside/subprojects/bar.wrap', packed());
  const at = '/project/subprojects';
  host.files.symlink('/outside', `${at}/packagefiles/outside`);
  host.files.symlink('/outside/x', `${at}/packagefiles/links/x`);
  host.files.symlink('/outside/x', `${at}/packagefiles/out.patch`);
  host.files.symlink('/outside/x', `${at}/packagefiles/out.tar.gz`);
  host.files.symlink('/outside', `${at}/linked`);
  host.files.symlink('../../circle', `${at}/circle/subprojects/circle`);
  // They are found, and never come to run.
  for (const tool of ['git', 'hg', 'svn']) {
    host.files.makeDirectory('/bin');
    host.files.write(`/bin/${tool}`, '');
    host.files.setMode(`/bin/${tool}`, 0o755);
  }
  return host;
}

test('there are forty-five kinds of hostile wraps and more', () => {
  expect(rows.length).toBeGreaterThanOrEqual(45);
  expect(new Set(rows.map(([what]) => what)).size).toBe(rows.length);
});

describe('a hostile wrap is refused with its line, and leaves nothing', () => {
  test.each(rows)('%s', async (_what, text, rule) => {
    const host = projectWith(text);
    const before = host.files.snapshot();
    const said = await prepare(host);
    expect(said).toMatch(rule);
    expect(said).toMatch(/subprojects\/[\w/.]+:\d+:\d+: ERROR: |Missing sections|does not exist/);
    expect(said).not.toContain(secret);
    expect(host.files.snapshot()).toEqual(before);
  });
});
