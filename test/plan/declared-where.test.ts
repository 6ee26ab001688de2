import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { planned } from '../support/plan.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

/** What planning says of a project, as people see it. */
function told(...lines: readonly string[]): readonly string[] {
  const host = new MemoryHost({ 'a.c': '', 'a.foo': '' });
  installGcc(host);
  host.program('true', () => 0);
  const { error, model } = evaluateText({ 'meson.build': lines.join('\n') }, { host });
  if (error !== undefined || model === undefined) throw new Error(error ?? 'there is no model');
  return planned(model).diagnostics.flatMap((one) => renderDiagnostic(one).trimEnd().split('\n'));
}

test('of two targets that make one file, both places are told', () => {
  const lines = [
    "project('p')",
    "custom_target('a', output: 'one', command: 'true')",
    "custom_target('b', output: 'one', command: 'true')",
    "run_target('one', command: 'true')",
  ];
  expect(told(...lines.slice(0, 3))).toEqual([
    'ERROR: Multiple producers for Ninja target "one". Please rename your targets.',
    '  meson.build:2:0: declared here',
    '  meson.build:3:0: declared here',
  ]);
  expect(told(...lines.slice(0, 2), ...lines.slice(3))).toEqual([
    'ERROR: Multiple producers for Ninja target "one". Please rename your targets.',
    '  meson.build:2:0: declared here',
    '  meson.build:3:0: declared here',
  ]);
});

test('what is wrong with one target is told with its place', () => {
  expect(told("project('p', 'c')", "executable('a', 'a.c')", "executable('b', 'a.foo')")).toEqual([
    'ERROR: No specified compiler can handle file a.foo',
    '  meson.build:3:0: declared here',
    '  hint: It is one of the sources of "b" in meson.build.',
  ]);
});
