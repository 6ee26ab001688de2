import { expect, test } from 'vitest';
import { keptWarnings } from '../../../src/cli/build/kept-warnings.ts';
import type { ActionId } from '../../../src/graph/graph.ts';
import { GraphBuilder } from '../../../src/graph/graph-builder.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const files = { 'target/a-1.rlib': 'rust_UNIT', 'target/t-1': 'rust_UNIT', 'x.o': 'c_COMPILER' };

const configured = { '/b/meson-private/coredata.dat': '' };

/** Three actions; the second, a test's program, is none that a build without goals needs. */
function graph() {
  const builder = new GraphBuilder();
  for (const [path, rule] of Object.entries(files)) {
    const outputs = [builder.file(path)];
    builder.add({
      ...{ rule, description: path, inputs: [], orderOnly: [], outputs, earlyOutputs: [] },
      ...{
        work: { kind: 'write', path, content: '' },
        alwaysRun: false,
        removeOutputsFirst: false,
      },
    });
    if (path !== 'target/t-1') builder.goal('all', { files: outputs });
  }
  return builder.build();
}

/** Builds of which is told what actions said. */
function builds(files: MemoryHost['files']) {
  const place = { buildRoot: '/b', graph: graph() };
  const build = (...said: readonly (readonly [action: number, output: string])[]) => {
    const warnings = keptWarnings(files, place, () => {});
    for (const [action, output] of said)
      warnings.listener({
        ...{ kind: 'action-finished', action: action as ActionId, output, how: 'ran' },
        ...{ atMs: 0, durationMs: 0, description: '', changed: true },
        ...(output !== '' && { diagnostics: `{"rendered":${JSON.stringify(output)}}\n` }),
      });
    return { isOther: warnings.keep(), unheard: warnings.unheard(), all: warnings.all() };
  };
  return { place, build };
}

test('what crates of the build said is said again while they are not made again', () => {
  const { files } = new MemoryHost({
    ...configured,
    '/b/target/a-1.rlib': '',
    '/b/target/t-1': '',
  });
  const { place, build } = builds(files);
  const first = build([0, 'a warns\n'], [1, 'a test warns\n'], [2, 'C warns\n']);
  expect(first).toEqual({ isOther: true, unheard: '', all: 'a warns\n' });
  expect(build()).toEqual({ isOther: false, unheard: 'a warns\n', all: 'a warns\n' });
  const tests = keptWarnings(files, { ...place, goals: ['target/t-1'] }, () => {});
  expect(tests.unheard()).toBe('a test warns\n');
  expect(build([0, 'a warns\n'])).toEqual({ isOther: false, unheard: '', all: 'a warns\n' });
  const kept = keptWarnings(files, place, () => {});
  expect(kept.of(0 as ActionId).diagnostics).toBe('{"rendered":"a warns\\n"}\n');
  expect(build([0, ''])).toEqual({ isOther: true, unheard: '', all: '' });
});

test('what a crate said goes with what was made of it', () => {
  const { files } = new MemoryHost({ ...configured, '/b/target/t-1': '' });
  const { place, build } = builds(files);
  const said = () => {
    const { of } = keptWarnings(files, place, () => {});
    return [0, 1].map((id) => of(id as ActionId).text);
  };
  build([0, 'a fails\n'], [1, 'a test warns\n']);
  expect(said()).toEqual(['a fails\n', 'a test warns\n']);
  build([1, 'a test warns of more\n']);
  expect(said()).toEqual(['', 'a test warns of more\n']);
});
