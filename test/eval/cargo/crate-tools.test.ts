import { expect, test } from 'vitest';
import { cfgVariables } from '../../../src/eval/cargo/crate-tools.ts';

test('build scripts are told of a machine what rustc says of it, how it panics too', () => {
  const lines = [
    'debug_assertions',
    'panic="abort"',
    'unix',
    'target_feature="a"',
    'target_feature="b-c"',
  ];
  expect(cfgVariables(lines)).toEqual({ PANIC: 'abort', UNIX: '', TARGET_FEATURE: 'a,b-c' });
});
