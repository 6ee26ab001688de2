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

test('all variables are part of other commands', () => {
  expect(counted('rust_BUILD_SCRIPT', variables)).toBe(variables);
  expect(counted('rust_BUILD_SCRIPT', 'CARGO_PRIMARY_PACKAGE=1 A=b')).toBe('A=b');
});
