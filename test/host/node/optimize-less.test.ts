import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { flag } from '../../../src/host/node/optimize-less.ts';

test('V8 knows the flag by which it is told to optimize less', () => {
  const script = `require('node:v8').setFlagsFromString('${flag}'); console.log('went on');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'went on\n', stderr: '' });
});
