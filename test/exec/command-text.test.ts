import { expect, test } from 'vitest';
import { commandText } from '../../src/exec/command-text.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';

/** The variables that are part of a command of this kind which sets `NAME=VALUE …`. */
function counted(rule: string, variables: string): string {
  const builder = new GraphBuilder();
  const action = {
    rule,
    description: 'Compiling',
    work: {
      kind: 'command',
      argv: ['rustc'],
      environment: variables.split(' ').map((one) => {
        const [name = '', value = ''] = one.split('=');
        return { kind: 'set', name, value } as const;
      }),
    },
    inputs: [],
    orderOnly: [],
    outputs: [builder.file('lib.rlib')],
    earlyOutputs: [],
    depfile: { path: 'lib.d', format: 'make' },
    alwaysRun: false,
    removeOutputsFirst: false,
  } as const;
  return commandText(builder.build(), action, {})
    .parts.flatMap((part) => /^environment (.*)$/.exec(part)?.[1] ?? [])
    .join(' ');
}

const variables =
  'FOO=1 CARGO_PKG_DESCRIPTION=a CARGO_PKG_VERSION=2 OUT_DIR=out SDKROOT=s RUSTC_BOOTSTRAP=1';

test('variables that rustc names where it read them are no part of its command', () => {
  expect(counted('rust_UNIT', variables)).toBe('CARGO_PKG_VERSION=2 SDKROOT=s RUSTC_BOOTSTRAP=1');
});

test('what a package says to people is no part of the run of its build script, read or not', () => {
  const said =
    'CARGO_PKG_README=a CARGO_PKG_LICENSE=b CARGO_PKG_RUST_VERSION=1 CARGO_PKG_VERSION=2';
  expect(counted('rust_BUILD_SCRIPT', said)).toBe('CARGO_PKG_VERSION=2');
});

test('all variables are part of other commands', () => {
  expect(counted('TINY', variables)).toBe(variables);
  expect(counted('rust_BUILD_SCRIPT', 'CARGO_PRIMARY_PACKAGE=1 A=b')).toBe('A=b');
});

test('for whom a build script writes down what it said is no part of its command', () => {
  const text = (rule: string, audience: string, output: string) => {
    const builder = new GraphBuilder();
    const action = {
      ...{ rule, description: 'Running', inputs: [], orderOnly: [], earlyOutputs: [] },
      work: { kind: 'command', argv: ['kaon', 'work', audience], environment: [] },
      outputs: [builder.file(output)],
      ...{ alwaysRun: false, removeOutputsFirst: false },
    } as const;
    return commandText(builder.build(), action, {}).parts;
  };
  expect(text('rust_BUILD_SCRIPT', 'one', 'one.args')).toEqual(
    text('rust_BUILD_SCRIPT', 'two', 'two.args'),
  );
  expect(text('TINY', 'one', 'a')).not.toEqual(text('TINY', 'two', 'a'));
  expect(text('TINY', 'one', 'a')).not.toEqual(text('TINY', 'one', 'b'));
});
