import { expect, test } from 'vitest';
import { tellAsCargo } from '../../../src/cli/build/tell-as-cargo.ts';
import { tellDiagnostics } from '../../../src/cli/build/tell-diagnostics.ts';
import { keepArtifacts } from '../../../src/cli/cargo/kept-artifacts.ts';
import type { ActionId } from '../../../src/graph/graph.ts';
import { GraphBuilder } from '../../../src/graph/graph-builder.ts';
import type { CrateArtifact } from '../../../src/model/crate-artifact.ts';
import { memorySession } from '../../support/memory-session.ts';

const artifact = (name: string, kind: string): CrateArtifact => ({
  output: `target/deps/${name}-1`,
  packageId: `path+file:///project/${name}#0.1.0`,
  manifest: `/project/${name}/Cargo.toml`,
  target: {
    ...{ kind: [kind], crateTypes: [kind], name, edition: '2021', source: `/project/${name}.rs` },
    ...{ isDocumented: true, isDoctested: false, isTested: true, requiredFeatures: [] },
  },
  profile: {
    ...{ optLevel: '0', debuginfo: '2', debugAssertions: true },
    ...{ overflowChecks: true, isTest: false },
  },
  features: [],
  isProgram: kind === 'bin',
});

/** A program that needs a crate, and gets its plain name from a copy; beside them a crate that nothing needs. */
function graph() {
  const builder = new GraphBuilder();
  const add = (rule: string, output: string, inputs: readonly string[]) =>
    builder.add({
      ...{ rule, description: output, inputs: inputs.map((path) => builder.file(path)) },
      ...{ outputs: [builder.file(output)], orderOnly: [], earlyOutputs: [] },
      ...{ work: { kind: 'write', path: output, content: '' } },
      ...{ alwaysRun: false, removeOutputsFirst: false },
    });
  add('rust_UNIT', 'target/deps/core-1', []);
  add('rust_UNIT', 'target/deps/tool-1', ['target/deps/core-1']);
  add('rust_PRODUCT', 'target/tool', ['target/deps/tool-1']);
  add('rust_UNIT', 'target/deps/alone-1', []);
  const wanted = ['target/tool', 'target/deps/alone-1'];
  builder.goal('all', { files: wanted.map((path) => builder.file(path)) });
  return builder.build();
}

const warning = `${JSON.stringify({ level: 'warning', message: 'w', rendered: 'w\n', spans: [], code: null })}\n`;

function told(
  ran: readonly ActionId[],
  end: 'action-finished' | 'action-failed' = 'action-finished',
  checked?: ReadonlyMap<string, string>,
) {
  const { session } = memorySession({ '/b/meson-private/coredata.dat': '' });
  const crates = [artifact('core', 'lib'), artifact('tool', 'bin'), artifact('alone', 'lib')];
  keepArtifacts(session.host.files, '/b', crates);
  let text = '';
  const { listener, end: ended } = tellAsCargo(session, {
    ...{ buildRoot: '/b', graph: graph(), goals: [], checked },
    format: { kind: 'json', rendered: 'plain', forPeople: false },
    write: (more) => {
      text += more;
    },
  });
  for (const action of ran) {
    const event = { atMs: 0, durationMs: 0, description: '', output: 'w\n', action };
    if (end === 'action-finished')
      listener({ kind: end, ...event, how: 'ran', changed: true, diagnostics: warning });
    else listener({ kind: end, ...event, commandLine: '', exit: { kind: 'code', code: 1 } });
  }
  ended(
    { of: (id) => ({ text: '', diagnostics: id === 0 ? warning : '' }) },
    end !== 'action-failed',
  );
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ reason, target, fresh, executable, success }) =>
      [reason, target?.name, fresh, executable, success].filter(
        (one) => one !== undefined && one !== null,
      ),
    );
}

test('what is up to date is told with what was said of it once', () => {
  expect(told([1 as ActionId])).toEqual([
    ['compiler-message', 'tool'],
    ['compiler-artifact', 'tool', false, '/b/target/tool'],
    ['compiler-message', 'core'],
    ['compiler-artifact', 'core', true],
    ['compiler-artifact', 'alone', true],
    ['build-finished', true],
  ]);
});

test('behind what failed, and beside it, nothing is told to be made', () => {
  expect(told([0 as ActionId], 'action-failed')).toEqual([['build-finished', false]]);
});

test('what came before that which failed is told', () => {
  expect(told([1 as ActionId], 'action-failed')).toEqual([
    ['compiler-message', 'core'],
    ['compiler-artifact', 'core', true],
    ['build-finished', false],
  ]);
});

test('a crate that is only checked is told of by the name of what it would be, and no end', () => {
  const checked = new Map([['target/deps/tool-1', 'target/deps/core-1']]);
  expect(told([1 as ActionId], 'action-finished', checked).slice(0, 2)).toEqual([
    ['compiler-message', 'core'],
    ['compiler-artifact', 'core', false],
  ]);
  expect(told([1 as ActionId], 'action-finished', checked)).not.toContainEqual([
    'build-finished',
    true,
  ]);
});

test('as the compiler writes it, all that is said of the crates is told once, also of those that were not compiled', () => {
  let text = '';
  const { listener, end } = tellDiagnostics({ graph: graph(), goals: [] }, (lines) => {
    text += lines;
  });
  const event = {
    atMs: 0,
    durationMs: 0,
    description: '',
    output: 'w\n',
    how: 'ran',
    changed: true,
  } as const;
  const [first] = graph().actions.ids();
  const colored = warning.replace('"w\\n"', '"\\u001b[1mw\\n"');
  listener({ kind: 'action-finished', ...event, action: first as ActionId, diagnostics: colored });
  const other = warning.replaceAll('"w', '"v');
  end({ of: (id) => ({ text: '', diagnostics: id === 1 ? warning + other : '' }) }, true);
  expect(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).rendered),
  ).toEqual(['w\n', 'v\n']);
});
