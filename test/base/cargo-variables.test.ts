import { expect, test } from 'vitest';
import { changedVariable, heededVariables, namesOfHeeded } from '../../src/base/cargo-variables.ts';

const environment = {
  PATH: '/bin',
  RUSTFLAGS: '-g',
  CARGO_TARGET_DIR: 'elsewhere',
  CARGO_TARGET_WASM32_WASIP1_RUNNER: 'run',
  CARGO_PROFILE_FAST_LTO: 'true',
};

test('variables that decide how a workspace is built are told from others', () => {
  expect([...heededVariables(environment).keys()]).toEqual([
    'CARGO_PROFILE_FAST_LTO',
    'CARGO_TARGET_WASM32_WASIP1_RUNNER',
    'RUSTFLAGS',
  ]);
});

test('one that has another value, came or went is named', () => {
  const before = heededVariables(environment);
  expect(changedVariable(before, { ...environment, PATH: '' })).toBeUndefined();
  expect(changedVariable(before, { ...environment, RUSTFLAGS: '' })).toBe('RUSTFLAGS');
  expect(changedVariable(before, { RUSTFLAGS: '-g' })).toBe('CARGO_PROFILE_FAST_LTO');
  expect(changedVariable(new Map([['CC', 'gcc']]), {})).toBeUndefined();
});

test('who can only look up names looks for the usual ones, too', () => {
  const names = namesOfHeeded({ environment, platform: 'linux', machine: 'x86_64' }, 'my-own');
  expect(names).toEqual(
    expect.arrayContaining([
      'CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER',
      'CARGO_PROFILE_MY_OWN_OPT_LEVEL',
      'CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_DEBUG',
      'CARGO_PROFILE_FAST_LTO',
    ]),
  );
});
