import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { flagOf } from '../../../src/host/node/optimize-less.ts';

test('V8 knows the flag by which it is told to optimize less', () => {
  const flag = flagOf(process.versions.v8, 500_000) ?? '';
  const script = `require('node:v8').setFlagsFromString('${flag}'); console.log('went on');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'went on\n', stderr: '' });
});

test.each([
  ['11.3.244.8-node.26', '--interrupt-budget=500000'],
  ['12.4.254.21-node.57', '--invocation-count-for-maglev=4000'],
  ['14.6.202.34-node.34', '--invocation-count-for-maglev=4000'],
  ['15.0.1', undefined],
])('of V8 %s the flag is %s', (version, flag) => {
  expect(flagOf(version, 500_000)).toBe(flag);
});
