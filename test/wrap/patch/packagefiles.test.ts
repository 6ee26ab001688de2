import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../../src/diag/render.ts';
import { savePackageFiles } from '../../../src/wrap/patch/packagefiles.ts';
import { loadWraps } from '../../../src/wrap/wrap-set.ts';
import { tarGzOf } from '../../support/hostile-tar.ts';
import type { MemoryHost } from '../../support/memory-host.ts';
import { prepare, projectWith } from '../workshop.ts';

const rules = 'subprojects/packagefiles/foo/meson.build';
const foo = tarGzOf([{ path: 'foo-1/a.c', content: 'int a;\n' }]);

/** A project whose subproject is laid out, with rules from packagefiles. */
async function laidOut(): Promise<MemoryHost> {
  const host = projectWith(foo, ['patch_directory = foo']);
  host.write(rules, "project('foo')\n");
  expect(await prepare(host)).toBe('subprojects/foo-1 (meson)');
  return host;
}

async function save(host: MemoryHost): Promise<string> {
  const wraps = loadWraps(host, '/project/subprojects', 'subprojects');
  const made = wraps.ok ? wraps.value.packages.get('foo') : undefined;
  if (made === undefined || !wraps.ok) throw new Error('there is a wrap');
  const request = {
    ...{ name: 'foo', wraps: wraps.value, wrapMode: 'default' as const },
    ...{ sourceRoot: '/project', subprojects: '/project/subprojects', store: '/store' },
    fetchCrate: async () => ({ ok: false as const, error: 'no Cargo here' }),
  };
  const folder = '/project/subprojects/foo-1';
  const done = await savePackageFiles({ host, request, made, folder });
  return done.ok ? done.value.join() : renderDiagnostic(done.error.diagnostic);
}

test('what was edited in a subproject is kept in packagefiles', async () => {
  const host = await laidOut();
  host.write('subprojects/foo-1/a.c', 'int b;\n');
  expect(await save(host)).toBe('a.c,meson.build');
  expect(host.read('subprojects/packagefiles/foo/a.c')).toBe('int b;\n');
});

test('what was edited is kept also where there were no packagefiles yet', async () => {
  const host = projectWith(foo, []);
  host.write('subprojects/foo-1/meson.build', "project('foo')\n");
  const wrap = host.read('subprojects/foo.wrap');
  host.write(
    'subprojects/foo.wrap',
    wrap.replace('[wrap-file]\n', '[wrap-file]\npatch_directory = foo\n'),
  );
  expect(await save(host)).toBe('meson.build');
  expect(host.read(rules)).toBe("project('foo')\n");
});

test('rules that were written since the sources were laid out are newer, and stay', async () => {
  const host = await laidOut();
  host.write('subprojects/foo-1/a.c', 'int b;\n');
  host.write(rules, "project('foo', 'c')\n");
  host.write('subprojects/packagefiles/foo/new.c', '');
  expect(await save(host)).toBe('a.c');
  expect(host.read(rules)).toBe("project('foo', 'c')\n");
  expect(host.read('subprojects/packagefiles/foo/a.c')).toBe('int b;\n');
  expect(host.files.exists('/project/subprojects/packagefiles/foo/new.c')).toBe(true);
});

test('a file that was changed in both places is for people to bring together', async () => {
  const host = await laidOut();
  host.write('subprojects/foo-1/meson.build', "project('foo', 'cpp')\n");
  host.write(rules, "project('foo', 'c')\n");
  expect(await save(host)).toContain('meson.build was changed both in the subproject and in');
  expect(host.read(rules)).toBe("project('foo', 'c')\n");
});
