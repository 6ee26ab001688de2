import { expect, test } from 'vitest';
import type { EnvironmentChange } from '../../src/base/environment.ts';
import {
  compilerVariables,
  scriptVariables,
} from '../../src/plan/languages/rust/units/counted-variables.ts';

/** When the variables of `NAME=VALUE …` count, a word each. */
function counted(of: typeof compilerVariables, variables: string): string {
  const changes = variables.split(' ').map((one): EnvironmentChange => {
    const [name = '', value = ''] = one.split('=');
    return { kind: 'set', name, value };
  });
  return of(changes)
    .map(({ name, counts = 'always' }) => `${name}: ${counts}`)
    .join(', ');
}

test('of what crates read rustc tells; what steers rustc itself is part of its command', () => {
  expect(counted(compilerVariables, 'FOO=1 OUT_DIR=out CARGO_PKG_DESCRIPTION=a')).toBe(
    'FOO: where-read, OUT_DIR: where-read, CARGO_PKG_DESCRIPTION: where-read',
  );
  expect(counted(compilerVariables, 'CARGO_PKG_VERSION=2 SDKROOT=s RUSTC_BOOTSTRAP=1')).toBe(
    'CARGO_PKG_VERSION: always, SDKROOT: always, RUSTC_BOOTSTRAP: always',
  );
});

test('what a package says to people does not make its build script run again; all else does', () => {
  expect(counted(scriptVariables, 'CARGO_PKG_README=a CARGO_PKG_RUST_VERSION=1')).toBe(
    'CARGO_PKG_README: where-read, CARGO_PKG_RUST_VERSION: where-read',
  );
  expect(counted(scriptVariables, 'CARGO_PKG_VERSION=2 A=b')).toBe(
    'CARGO_PKG_VERSION: always, A: always',
  );
});

test('who asked for a package counts for nobody', () => {
  expect(counted(compilerVariables, 'CARGO_PRIMARY_PACKAGE=1')).toBe(
    'CARGO_PRIMARY_PACKAGE: never',
  );
  expect(counted(scriptVariables, 'CARGO_PRIMARY_PACKAGE=1')).toBe('CARGO_PRIMARY_PACKAGE: never');
});
