import { expect, test } from 'vitest';
import { outdatedWrap, wrapFeatures } from '../../src/wrap/dated-wrap.ts';
import { parseWrap } from '../../src/wrap/wrap-file.ts';
import { evaluateText } from '../support/evaluate-text.ts';
import { tarGzOf } from '../support/hostile-tar.ts';
import { prepare, projectWith } from './workshop.ts';

function wrapOf(name: string, lines: readonly string[]) {
  const text = ['[wrap-file]', ...lines].join('\n');
  const parsed = parseWrap(name, { path: `${name}.wrap`, text });
  if (!parsed.ok) throw new Error('not a wrap');
  return parsed.value.wrap;
}

test('what of a wrap file is newer than the first Mesons is known by its version', () => {
  const wrap = wrapOf('foo', [
    'source_filename = a.tar',
    'patch_directory = foo',
    'diff_files = a.diff, b.diff',
  ]);
  expect(wrapFeatures(wrap).map(({ since, feature }) => `${since} ${feature}`)).toEqual([
    '0.63.0 Wrap files with diff_files',
    '0.55.0 Wrap files with patch_directory',
    '0.55.0 Local wrap patch files without source_url',
  ]);
  expect(wrapFeatures(wrapOf('foo', ['source_filename = a', 'source_url = b']))).toEqual([]);
});

test('a project is warned of wraps that its oldest Meson does not know', () => {
  const files = (version: string) => ({
    'meson.build': `project('x', meson_version: '${version}')`,
    'subprojects/foo.wrap': '[wrap-file]\npatch_directory = foo\n',
  });
  expect(evaluateText(files('>=0.50')).warnings.join('\n')).toContain(
    "Project targets '>= 0.50' but uses feature introduced in '0.55.0': Wrap files with patch_directory.",
  );
  expect(evaluateText(files('>=0.55')).warnings).toEqual([]);
});

test('wraps of the first WrapDB are out of use', () => {
  const first = ['patch_url = https://wrapdb.mesonbuild.com/v1/projects/zlib/1/1/get_zip'];
  const said = (name: string, lines = first) => outdatedWrap(wrapOf(name, lines))?.message;
  expect(said('zlib')).toBe('WrapDB v1 is deprecated, updated using `meson wrap update zlib`');
  expect(said('sqlite')).toBe(
    'sqlite wrap has been renamed to sqlite3, update using `meson wrap install sqlite3`',
  );
  expect(said('zlib', ['patch_url = https://wrapdb.mesonbuild.com/v2/zlib'])).toBeUndefined();
});

test('downloads and diffs are told of as they are made', async () => {
  const url = 'https://user:secret@h.invalid/foo.tar.gz';
  const archive = tarGzOf([
    { path: 'foo-1/meson.build', content: '' },
    { path: 'foo-1/x', content: 'a\n' },
  ]);
  const host = projectWith(archive, [`source_url = ${url}`, 'diff_files = x.diff']);
  host.write('subprojects/packagefiles/x.diff', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n');
  const lines: string[] = [];
  const tell = (line: string) => void lines.push(line);
  await prepare(host, 'foo', { tell });
  expect(lines.splice(0)).toEqual([
    'Downloading foo source from https://h.invalid/foo.tar.gz',
    'A fallback URL could be specified using source_fallback_url key in the wrap file',
  ]);
  host.urls.set(url, archive);
  await prepare(host, 'foo', { tell });
  expect(lines.splice(0)).toEqual([
    'Downloading foo source from https://h.invalid/foo.tar.gz',
    'Applying diff file "x.diff"',
  ]);
  host.files.remove('/project/subprojects/foo-1');
  await prepare(host, 'foo', { tell });
  expect(lines[0]).toBe('Using foo source from cache.');
});
