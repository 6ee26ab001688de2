import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

const coverage = 'Need gcovr or lcov/genhtml to generate any coverage reports';

test.each([
  [[], [coverage]],
  [['lcov'], [coverage]],
  [['lcov', 'genhtml'], []],
  [['gcovr'], []],
])('of programs for reports of coverage there are %j', (programs, warnings) => {
  const host = new MemoryHost({});
  installGcc(host);
  for (const program of programs) host.program(program, () => ({}));
  const text = "project('x', 'c', default_options: ['b_coverage=true'])";
  const { diagnostics } = evaluateText({ 'meson.build': text }, { host });
  expect(diagnostics.map(({ message }) => message)).toEqual(warnings);
});
