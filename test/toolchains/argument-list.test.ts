import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArgumentList, cLikeArguments } from '../../src/toolchains/argument-list.ts';

const kind = cLikeArguments({ groups: true, defaultIncludes: ['/usr/include'] });

function merged(...additions: readonly string[][]): readonly string[] {
  const list = new ArgumentList(kind);
  for (const args of additions) list.add(args);
  return list.toArray();
}

test('include folders added later come first, in the order of their addition', () => {
  expect(merged(['-Ifoo', '-Ibar'], ['-Ifez', '-Ibaz', '-Werror'])).toEqual([
    ...['-Ifez', '-Ibaz', '-Ifoo', '-Ibar', '-Werror'],
  ]);
});

test('a define given again moves to its last place', () => {
  expect(merged(['-DA=1', '-Wall'], ['-DB', '-DA=1'])).toEqual(['-Wall', '-DB', '-DA=1']);
});

test('a library given again keeps its first place', () => {
  expect(merged(['-lfoo', '-lbar'], ['-lfoo', '/lib/libz.so.1'], ['/lib/libz.so.1'])).toEqual([
    ...['-lfoo', '-lbar', '/lib/libz.so.1'],
  ]);
});

test('a define in two words stays together', () => {
  expect(merged(['-D', 'FOO', '-D', 'BAR'])).toEqual(['-D', 'FOO', '-D', 'BAR']);
});

test('libraries of an external dependency keep order and repeats', () => {
  const list = new ArgumentList(kind, ['-lfoo']);
  list.addPreservingLibraries(['-L/a', '-lfoo', '-pthread', '-lbar', '-lfoo']);
  expect(list.toArray()).toEqual(['-lfoo', '-pthread', '-L/a', '-lfoo', '-lbar', '-lfoo']);
});

test('two libraries or more are grouped for GNU-like linkers', () => {
  const list = new ArgumentList(kind, ['-Wall', 'libfoo.a', '-DX', '-lbar', '-pie']);
  expect(list.toNative()).toEqual([
    ...['-Wall', '-Wl,--start-group', 'libfoo.a', '-DX', '-lbar', '-Wl,--end-group', '-pie'],
  ]);
  expect(new ArgumentList(kind, ['libfoo.a']).toNative()).toEqual(['libfoo.a']);
});

test("a group of the project's own is not put into another, which linkers refuse", () => {
  const own = ['-Wl,--start-group', '-lfoo', '-lbar', '-Wl,--end-group', '-lbaz'];
  expect(new ArgumentList(kind, own).toNative()).toEqual(own);
});

test('folders the compiler searches by itself are no system folders', () => {
  const list = new ArgumentList(kind, [
    '-isystem/usr/include',
    '-isystem',
    '/usr/include',
    '-isystem/opt',
  ]);
  expect(list.toNative()).toEqual(['-isystem/opt']);
});

test('adding the same arguments a third time changes nothing', () => {
  const args = fc.array(fc.constantFrom('-Ia', '-Ib', '-DA', '-DB', '-lx', '-ly', '-pipe'));
  fc.assert(
    fc.property(args, (words) => {
      const unique = [...new Set(words)];
      expect(merged(unique, unique, unique)).toEqual(merged(unique, unique));
    }),
  );
});
