import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { nodeHost } from '../../src/host/node/node-host.ts';
import {
  bundledWraps,
  dependencyProvider,
  loadWraps,
  mergeWraps,
  programProvider,
  type WrapSet,
} from '../../src/wrap/wrap-set.ts';
import { MemoryHost } from '../support/memory-host.ts';

function load(host: MemoryHost, folder = 'subprojects'): WrapSet {
  const set = loadWraps(host, `/project/${folder}`, folder);
  if (!set.ok) throw new Error(set.error.map((error) => renderDiagnostic(error)).join('\n'));
  return set.value;
}

test('a wrap provides its own name, its dependencies and its programs; a folder its name', () => {
  const set = load(
    new MemoryHost({
      'subprojects/Foo.wrap': '[wrap-file]\n[provide]\nglib-2.0 = glib_dep\nprogram_names = tool\n',
      'subprojects/plain/meson.build': '',
      'subprojects/packagefiles/x/meson.build': '',
    }),
  );
  expect(dependencyProvider(set, 'foo')).toEqual({ subproject: 'Foo', variable: undefined });
  expect(dependencyProvider(set, 'GLIB-2.0')).toEqual({ subproject: 'Foo', variable: 'glib_dep' });
  expect(dependencyProvider(set, 'plain')).toEqual({ subproject: 'plain', variable: undefined });
  expect(dependencyProvider(set, 'packagefiles')).toBeUndefined();
  expect(programProvider(set, ['none', 'tool'])).toBe('Foo');
});

test('two wraps of one folder may not provide the same', () => {
  const wrap = '[wrap-file]\n[provide]\ndependency_names = x\n';
  const host = new MemoryHost({ 'subprojects/a.wrap': wrap, 'subprojects/b.wrap': wrap });
  expect(() => load(host)).toThrow(
    "subprojects/b.wrap:1:0: ERROR: Multiple wrap files provide 'x' dependency: b and a",
  );
});

test("the main project's wraps win over a subproject's, and both over kaon's own", () => {
  const own = '[wrap-file]\ndirectory = mine\n[provide]\nshared = own_dep\n';
  const host = new MemoryHost({
    'subprojects/a.wrap': own,
    'subprojects/sub/subprojects/a.wrap': '[wrap-file]\ndirectory = theirs\n',
    'subprojects/sub/subprojects/b.wrap':
      '[wrap-file]\ndirectory = b-1\n[provide]\nshared = b_dep\n',
    'kaon/wraps/b.wrap': '[wrap-file]\ndirectory = bundled\n',
    'kaon/wraps/c.wrap': '[wrap-file]\n',
  });
  const bundled = bundledWraps(host, '/project/kaon');
  if (!bundled.ok) throw new Error('no bundled wraps');
  const set = mergeWraps(
    mergeWraps(load(host), bundled.value),
    load(host, 'subprojects/sub/subprojects'),
  );
  expect(set.packages.get('a')?.directory).toBe('mine');
  expect(set.packages.get('b')?.directory).toBe('b-1');
  expect(set.packages.get('c')?.origin).toBe('bundled');
  expect(dependencyProvider(set, 'shared')?.variable).toBe('own_dep');
});

test("a wrap whose rules did not come with the sources is built by kaon's own", () => {
  const own = '[wrap-file]\ndirectory = a-1\npatch_directory = a-1-rs\ndiff_files = own.patch\n';
  const host = new MemoryHost({
    'subprojects/a-1-rs.wrap': own,
    'subprojects/b-1-rs.wrap': own.replaceAll('a-1', 'b-1'),
    'subprojects/packagefiles/b-1-rs/meson.build': '',
    'kaon/wraps/a-1-rs.wrap': '[wrap-file]\ndirectory = other\npatch_directory = rules\n',
    'kaon/wraps/b-1-rs.wrap': '[wrap-file]\ndirectory = other\npatch_directory = rules\n',
  });
  const bundled = bundledWraps(host, '/project/kaon');
  if (!bundled.ok) throw new Error('no bundled wraps');
  const { packages } = mergeWraps(load(host), bundled.value);
  expect(packages.get('a-1-rs')).toMatchObject({
    directory: 'a-1',
    origin: 'project',
    packageFiles: '/project/kaon/subprojects',
    wrap: { patchDirectory: { value: 'rules' }, diffFiles: [] },
  });
  expect(packages.get('b-1-rs')).toMatchObject({
    packageFiles: '/project/subprojects/packagefiles',
  });
});

test('a redirect leads to the wrap of another project and no further', () => {
  const redirect = (to: string) => `[wrap-redirect]\nfilename = ${to}\n`;
  const host = new MemoryHost({
    'subprojects/m.wrap': redirect('foo/subprojects/bar.wrap'),
    'subprojects/foo/subprojects/bar.wrap': '[wrap-file]\ndirectory = bar-1\n',
  });
  expect(load(host).packages.get('bar')).toMatchObject({
    home: '/project/subprojects/foo/subprojects',
    redirectedFrom: '/project/subprojects/m.wrap',
  });
  for (const [to, message] of [
    ['../x.wrap', "cannot contain '..'"],
    ['foo/bar/x.wrap', 'must be in the form foo/subprojects/bar.wrap'],
    ['foo/subprojects/../subprojects/x.wrap', "cannot contain '..'"],
    ['foo/subprojects/bar', 'must be a .wrap file'],
    ['foo/subprojects/none.wrap', 'does not exist'],
    ['/etc/subprojects/x.wrap', 'must be in the form'],
    ['foo/subprojects/loop.wrap', 'redirects in a circle'],
  ] as const) {
    host.write('subprojects/m.wrap', redirect(to));
    host.write('subprojects/foo/subprojects/loop.wrap', redirect('foo/subprojects/loop.wrap'));
    host.write('subprojects/foo/subprojects/foo/subprojects/loop.wrap', redirect('../x.wrap'));
    if (message !== 'redirects in a circle') expect(() => load(host)).toThrow(message);
  }
});

test("kaon's own wraps load, and each has a hash, a version and its rules", () => {
  const host = nodeHost();
  const root = resolve(import.meta.dirname, '../..');
  const set = bundledWraps(host, root);
  if (!set.ok) throw new Error(set.error.map((error) => renderDiagnostic(error)).join('\n'));
  expect(set.value.packages.size).toBeGreaterThanOrEqual(12);
  for (const { name, wrap } of set.value.packages.values()) {
    expect(wrap).toMatchObject({
      kind: 'file',
      crate: { name: expect.any(String) },
      archive: { hash: { value: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      patchDirectory: { value: name },
    });
    const version = wrap?.kind === 'file' ? (wrap.crate?.version ?? '') : '';
    const semver = /^(0\.)*[1-9]\d*/.exec(version)?.[0] ?? '';
    expect(name).toBe(`${wrap?.kind === 'file' ? wrap.crate?.name : ''}-${semver}-rs`);
    const rules = host.files.readText(`${root}/subprojects/${name}/meson.build`);
    expect(rules.ok && rules.value).toContain(`version: '${version}'`);
  }
});
