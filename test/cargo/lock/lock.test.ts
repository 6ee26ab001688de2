import { expect, test } from 'vitest';
import { dependencyName } from '../../../src/cargo/crate-abi.ts';
import { checkLock } from '../../../src/cargo/lock/check-lock.ts';
import {
  type CargoLock,
  gitDirectory,
  lockedCrates,
  lockedSource,
  parseLock,
} from '../../../src/cargo/lock/lock.ts';
import { renderDiagnostic } from '../../../src/diag/render.ts';
import { crateOfWrap } from '../../../src/wrap/crate-of-wrap.ts';
import { parseWrap } from '../../../src/wrap/wrap-file.ts';

const sum = 'a'.repeat(64);

function lockOf(text: string): CargoLock {
  const lock = parseLock({ path: 'Cargo.lock', text });
  if (!lock.ok) throw new Error(lock.error.map((one) => renderDiagnostic(one)).join('\n'));
  return lock.value;
}

const lock = lockOf(
  [
    'version = 4',
    '',
    '[[package]]',
    'name = "mine"',
    'version = "0.1.0"',
    'dependencies = [',
    ' "syn 2.0.70",',
    ']',
    '',
    '[[package]]',
    'name = "syn"',
    'version = "1.0.109"',
    'source = "registry+https://h.invalid/index"',
    `checksum = "${sum}"`,
    '',
    '[[package]]',
    'name = "syn"',
    'version = "2.0.70"',
    'source = "registry+https://h.invalid/index"',
    `checksum = "${sum}"`,
    '',
    '[[package]]',
    'name = "tool"',
    'version = "0.3.1"',
    'source = "git+https://h.invalid/tools.git?branch=a%2Fb#0123abc"',
    '',
  ].join('\n'),
);

function check(wrap: string): string {
  const parsed = parseWrap('syn-2-rs', { path: 'subprojects/syn-2-rs.wrap', text: wrap });
  const crate = parsed.ok ? crateOfWrap(parsed.value.wrap) : undefined;
  if (crate === undefined) return 'no crate';
  return checkLock([crate], lock)
    .map((one) => renderDiagnostic(one))
    .join('\n');
}

test('packages have their source, checksum and dependencies', () => {
  expect(lock.packages.map(({ name, source }) => [name, source.kind])).toEqual([
    ['mine', 'path'],
    ['syn', 'registry'],
    ['syn', 'registry'],
    ['tool', 'git'],
  ]);
  expect(lock.packages[3]?.source).toEqual({
    kind: 'git',
    url: 'https://h.invalid/tools.git',
    revision: '0123abc',
    branch: 'a/b',
    reference: 'branch=a/b',
  });
  expect(lock.packages[0]?.dependencies).toEqual(['syn 2.0.70']);
});

test('the first format keeps checksums in a table of their own', () => {
  const source = 'registry+https://h.invalid/index';
  const old = lockOf(
    `[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "${source}"\n[metadata]\n"checksum a 1.0.0 (${source})" = "${sum}"\n`,
  );
  expect(old.packages[0]?.checksum).toBe(sum);
});

test('a wrap of another version than the lock file is an error that shows both lines', () => {
  expect(check(`[wrap-file]\ncrate = syn\nversion = 2.0.66\nsource_hash = ${sum}\n`)).toBe(
    [
      'subprojects/syn-2-rs.wrap:3:10: ERROR: syn is 2.0.66 in its wrap, but 2.0.70 in Cargo.lock',
      '    3 | version = 2.0.66',
      '      |           ^^^^^^',
      '  Cargo.lock:18:0: version = "2.0.70" (of syn)',
      '  hint: Make them agree: "cargo update -p syn --precise 2.0.66", or a wrap of 2.0.70.',
    ].join('\n'),
  );
  expect(check('[wrap-file]\ndirectory = syn-2.0.66\n')).toMatch(
    /^subprojects\/syn-2-rs.wrap:2:12: ERROR/,
  );
});

test('the same version with another hash is an error, with the same one none', () => {
  const wrap = (hash: string) => `[wrap-file]\ndirectory = syn-2.0.70\nsource_hash = ${hash}\n`;
  expect(check(wrap(sum))).toBe('');
  expect(check(wrap(sum.toUpperCase()))).toBe('');
  expect(check(wrap('b'.repeat(64)))).toContain(
    `syn 2.0.70 has the hash ${'b'.repeat(64)} in its wrap`,
  );
});

test('a wrap that is no crate is none of our business', () => {
  expect(check('[wrap-file]\ndirectory = zlib-1.2.8\n')).toBe('no crate');
});

test('locked crates become packages for subprojects', () => {
  const crates = lockedCrates(lock, dependencyName);
  expect(
    crates.ok
      ? crates.value.map(({ name, directory, provides }) => [name, directory, provides])
      : [],
  ).toEqual([
    ['syn-1-rs', 'syn-1.0.109', ['syn-1-rs']],
    ['syn-2-rs', 'syn-2.0.70', ['syn-2-rs']],
    ['tools-a-b', 'tools-a-b', ['tool-0.3-rs']],
  ]);
});

test('a broken lock file is told with its line', () => {
  const broken = parseLock({ path: 'Cargo.lock', text: 'version = 4\n[[package]\n' });
  const said = broken.ok ? [] : broken.error.map((one) => renderDiagnostic(one));
  expect(said.join('\n')).toMatch(/^Cargo.lock:2:\d+: ERROR: /);
});

test('a package that stands twice in a lock file is told with its second place', () => {
  const one = '[[package]]\nname = "a"\nversion = "1.0.0"\n';
  const other = one.replace('1.0.0', '2.0.0');
  const read = parseLock({ path: 'Cargo.lock', text: `version = 4\n${one}${other}${one}` });
  expect(read.ok ? [] : read.error.map((each) => renderDiagnostic(each).split('\n')[0])).toEqual([
    'Cargo.lock:10:0: ERROR: package `a` is specified twice in the lockfile',
  ]);
});

test('a key that is given twice is told of behind its second value, as Meson tells it', () => {
  const text = 'version = 4\n[[package]]\nname = "a"\nname = "b" # again\n';
  const read = parseLock({ path: 'Cargo.lock', text });
  expect(read.ok ? [] : read.error.map((one) => renderDiagnostic(one).split('\n')[0])).toEqual([
    'Cargo.lock:4:11: ERROR: Cannot overwrite a value',
  ]);
});

test('a repository is known by the last name of its address', () => {
  expect(gitDirectory('https://h.invalid/a/tools.git', undefined)).toBe('tools');
  expect(gitDirectory('file:///a/tools/', 'x/y')).toBe('tools-x-y');
});

test('a crate that lies on this machine needs no checksum', () => {
  const text =
    'version = 4\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://x.invalid/i"\n';
  const lock = parseLock({ path: 'Cargo.lock', text });
  if (!lock.ok) throw new Error('no lock');
  const crates = (isHere: boolean) => lockedCrates(lock.value, dependencyName, () => isHere);
  expect(crates(true)).toEqual({ ok: true, value: [] });
  expect(crates(false).ok).toBe(false);
});

test('a branch may hold letters that mean something in addresses', () => {
  expect(lockedSource('git+https://h.invalid/x?branch=a-_+#$)#0123abc')).toMatchObject({
    branch: 'a-_+#$)',
    revision: '0123abc',
  });
  expect(lockedSource('git+https://h.invalid/x?branch=a%2Bb#0123abc')).toMatchObject({
    branch: 'a+b',
  });
});
