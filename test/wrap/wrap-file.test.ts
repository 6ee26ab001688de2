import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { parseIni } from '../../src/wrap/ini.ts';
import { parseWrap } from '../../src/wrap/wrap-file.ts';

/** What a wrap file says, or its errors as people read them. */
function read(text: string) {
  const parsed = parseWrap('foo', { path: 'subprojects/foo.wrap', text });
  if (!parsed.ok) return parsed.error.map((error) => renderDiagnostic(error)).join('\n');
  return parsed.value;
}

test("values follow Python's ini rules: colons, comments, continued lines, keys in any case", () => {
  const text = '# c\n[wrap-file]\nDirectory : a b \n; no\nlist =\n  one,\n\n  two\nempty =\n';
  const { sections, diagnostics } = parseIni({ path: 'x', text });
  expect(diagnostics).toEqual([]);
  expect(sections[0]?.entries.map(({ key, value }) => [key, value])).toEqual([
    ['directory', 'a b'],
    ['list', 'one,\n\ntwo'],
    ['empty', ''],
  ]);
});

test('a file wrap has its fields, each with its place', () => {
  const wrap = read(
    '[wrap-file]\ndirectory = foo-1\nsource_url = https://h.invalid/a\nsource_hash = AB\nmethod = cmake\ndiff_files = a.patch, b/c.patch\n[provide]\nFoo = foo_dep\ndependency_names = Bar, baz\nprogram_names = p, Q\n',
  );
  expect(wrap).toMatchObject({
    wrap: {
      kind: 'file',
      directory: 'foo-1',
      archive: { url: { value: 'https://h.invalid/a' }, hash: { value: 'AB' } },
      method: { value: 'cmake', place: { span: { start: 89, end: 94 } } },
      diffFiles: [{ value: 'a.patch' }, { value: 'b/c.patch' }],
      provides: {
        dependencies: new Map([
          ['foo', 'foo_dep'],
          ['bar', undefined],
          ['baz', undefined],
        ]),
        programs: ['p', 'Q'],
      },
    },
    warnings: [],
  });
});

test('git, hg, svn and redirect wraps have theirs', () => {
  const git =
    '[wrap-git]\nurl = u\nrevision = head\ndepth = 1\nclone-recursive = TRUE\npush-url = p\n';
  expect(read(git)).toMatchObject({
    wrap: { kind: 'git', cloneRecursive: true, depth: { value: '1' }, pushUrl: { value: 'p' } },
  });
  expect(read('[wrap-hg]\nurl = u\nrevision = tip\n')).toMatchObject({ wrap: { kind: 'hg' } });
  expect(read('[wrap-svn]\nurl = u\nrevision = 1\n')).toMatchObject({ wrap: { kind: 'svn' } });
  expect(read('[wrap-redirect]\nfilename = a/subprojects/b.wrap\n')).toMatchObject({
    wrap: { kind: 'redirect', filename: { value: 'a/subprojects/b.wrap' } },
  });
});

test.each([
  ['', 'Missing sections in subprojects/foo.wrap'],
  ['[foo]\n', "'foo' is not a valid first section in subprojects/foo.wrap"],
  ['[wrap-ftp]\n', "Unknown wrap type 'ftp'"],
  ['key = value\n', '"key = value" stands before the first [section].'],
  ['[wrap-file]\nnonsense\n', '"nonsense" is not of the form key = value.'],
  ['[wrap-file]\na = 1\nA = 2\n', 'Key "A" is there twice in [wrap-file].'],
  ['[wrap-file]\ndirectory = ../out\n', 'Directory key must be a name and not a path'],
  ['[wrap-file]\ndirectory = ..\n', 'Directory key must be a name and not a path'],
  ['[wrap-file]\ndirectory = a\\b\n', 'Directory key must be a name and not a path'],
  ['[wrap-file]\ndiff_files = /etc/x\n', 'diff_files paths cannot be absolute'],
  ['[wrap-file]\ndiff_files = a/../../x\n', 'diff_files paths cannot contain ".."'],
  [
    '[wrap-file]\n[provides]\na = b\n',
    'Unexpected "[provides]" section, did you mean "[provide]"?',
  ],
  ['[wrap-file]\n[provide]\na =\n', "Empty dependency variable name for 'a' in foo.wrap."],
  ['[wrap-redirect]\n', "Missing key 'filename' in foo.wrap"],
  ['[wrap-file]\npatch_filename = a\npatch_directory = b\n', 'must not have both'],
  ['[wrap-file]\ncrate = syn\n', "crate 'syn' has no version"],
  ['[wrap-file]\ncrate = ../syn\nversion = 1.0.0\n', "'../syn' is not a crate's crate"],
])('a wrap file %j is refused', (text, message) => {
  expect(read(text)).toContain(`ERROR: ${message}`.slice(7));
});

test('an error shows the line at fault', () => {
  expect(read('[wrap-file]\ndirectory = a/b\n')).toBe(
    [
      'subprojects/foo.wrap:2:12: ERROR: Directory key must be a name and not a path',
      '    2 | directory = a/b',
      '      |             ^^^',
    ].join('\n'),
  );
});

test('a misspelt key is told, an unknown one is left alone', () => {
  const wrap = read('[wrap-file]\nsource_has = 1\nx_my_own = 2\n');
  expect(typeof wrap === 'string' ? wrap : wrap.warnings.map((one) => one.message)).toEqual([
    'Unknown key "source_has" (did you mean "source_hash"?)',
  ]);
});
