import { expect, test } from 'vitest';
import { hasIntegrity, runsOn } from '../../../src/cli/release/vendor-npm.ts';
import {
  lockOfPacked,
  readPackageLock,
  whyNotPacked,
} from '../../../src/toolchains/typescript/package-lock.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'app' },
    'node_modules/chai': { version: '6.0.0', integrity: 'sha512-AA==', license: 'MIT', dev: true },
    'node_modules/@x/linux-x64': {
      version: '1.0.0',
      integrity: 'sha512-AA==',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
    'node_modules/a/node_modules/chai': { version: '5.0.0', integrity: 'sha512-AA==' },
    'node_modules/local': { resolved: 'packages/local', link: true },
    'node_modules/inside': { version: '1.0.0', integrity: 'sha512-AA==', inBundle: true },
  },
});

test('the packages of a lock file are those that come from elsewhere, each version once', () => {
  expect(readPackageLock(lock).map(({ name, version }) => `${name}@${version}`)).toEqual([
    '@x/linux-x64@1.0.0',
    'chai@5.0.0',
    'chai@6.0.0',
  ]);
});

test('a tarball that lies in the project is no package from elsewhere', () => {
  const tarball = { version: '1.0.0', integrity: 'sha512-AA==', resolved: 'file:c.tgz' };
  expect(readPackageLock(JSON.stringify({ packages: { 'node_modules/c': tarball } }))).toEqual([]);
});

const asks = (asked: string) => ({ packages: { '': { dependencies: { a: asked } } } });

test('an archive cannot have the packages of a lock file that does not tell all', () => {
  const old = { lockfileVersion: 1, dependencies: { a: { version: '1.0.0' } } };
  expect(whyNotPacked(JSON.stringify(old))).toContain('Renew it: npm install');
});

test.each(['git+ssh://git@x/a.git', 'https://x/a.tgz', 'github:x/a', 'x/a', 'x/a#main'])(
  'an archive cannot have what is asked for as %j',
  (asked) => {
    expect(whyNotPacked(JSON.stringify(asks(asked)))).toContain(`a comes from ${asked}`);
  },
);

test.each(['^1.0.0', '1 || 2', 'npm:@x/b@^1', 'file:a/b.tgz', './a', 'latest', '*', ''])(
  'an archive can have what is asked for as %j',
  (asked) => {
    expect(whyNotPacked(JSON.stringify(asks(asked)))).toBeUndefined();
  },
);

test('packages are chosen by the systems that were asked for, not by this machine', () => {
  const names = (...platforms: readonly string[]) =>
    readPackageLock(lock)
      .filter((each) => runsOn(each, platforms))
      .map(({ name }) => name);
  expect(names('linux-x64')).toEqual(['@x/linux-x64', 'chai', 'chai']);
  expect(names('linux-x64-musl')).toEqual(['chai', 'chai']);
  expect(names('darwin-arm64')).toEqual(['chai', 'chai']);
  expect(names('all')).toEqual(['@x/linux-x64', 'chai', 'chai']);
});

test('npm is pointed to the tarballs that lie beside a lock file, and to no others', () => {
  const host = new MemoryHost({ '/p/npm-packages/chai-6.0.0.tgz': '' });
  const rewritten = JSON.parse(lockOfPacked(host.files, '/p', lock) ?? '{}');
  expect(rewritten.packages['node_modules/chai'].resolved).toBe(
    'file:/p/npm-packages/chai-6.0.0.tgz',
  );
  expect(rewritten.packages['node_modules/a/node_modules/chai'].resolved).toBeUndefined();
  expect(lockOfPacked(host.files, '/elsewhere', lock)).toBeUndefined();
});

test('a tarball must have the strongest hash that a lock file promises', () => {
  const bytes = new TextEncoder().encode('x');
  const sha1 = 'sha1-EfatjsUqKYSqqCcsuAFrNWy8m7Y=';
  expect(hasIntegrity(bytes, 'sha1-EfatjsUqKYSqqCcsuAFrNWy8nAA=')).toBe(false);
  expect(hasIntegrity(bytes, `${sha1} sha512-AAAA`)).toBe(false);
  expect(hasIntegrity(bytes, '')).toBe(false);
});
