import { expect, test } from 'vitest';
import type { PlannedTest } from '../../src/model/test-plan.ts';
import { fingerprints } from '../../src/testrun/fingerprints.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { plannedText } from '../support/plan-text.ts';

const { graph, tests } = plannedText(
  {
    'meson.build': [
      "project('proj', 'c')",
      "lib = shared_library('lib', 'lib.c')",
      "test('exe', executable('exe', 'exe.c', link_with: lib))",
      "test('script', find_program('check'))",
    ].join('\n'),
    'lib.c': '',
    'exe.c': '',
  },
  { check: () => '' },
);

/** Which tests a change affects, by name. */
function affectedBy(change: (host: MemoryHost) => void): readonly string[] {
  const host = new MemoryHost({
    'lib.c': 'lib',
    'exe.c': 'exe',
    'build/exe': 'built exe',
    'build/liblib.so': 'built lib',
    'build/meson-private/x': '',
  });
  const request = { host, graph, sourceRoot: '/project', buildRoot: '/project/build' };
  const before = fingerprints(tests.tests, request);
  change(host);
  const after = fingerprints(tests.tests, request);
  const changed = (each: PlannedTest): boolean => before.get(each) !== after.get(each);
  return tests.tests.filter(changed).map(({ name }) => name);
}

test('a program is affected when it, or a library that it loads, comes out otherwise', () => {
  expect(affectedBy((host) => host.write('build/exe', 'another'))).toEqual(['exe']);
  expect(affectedBy((host) => host.write('build/liblib.so', 'another'))).toEqual(['exe']);
});

test('a script may read any source', () => {
  expect(affectedBy((host) => host.write('lib.c', 'another'))).toEqual(['script']);
  expect(affectedBy((host) => host.write('new.py', ''))).toEqual(['script']);
});

test('what is only touched affects nothing', () => {
  const touch = (host: MemoryHost): void => {
    host.tick();
    for (const path of ['lib.c', 'exe.c', 'build/exe']) host.write(path, host.read(path));
  };
  expect(affectedBy(touch)).toEqual([]);
});
