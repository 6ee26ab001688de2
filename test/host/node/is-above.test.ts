import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isAbove } from '../../../src/host/node/is-above.ts';

test.runIf(process.platform === 'linux')(
  'those that started us are above us, and no others',
  () => {
    expect(isAbove(process.ppid)).toBe(true);
    expect(isAbove(process.pid)).toBe(false);
    expect(isAbove(spawnSync('true').pid)).toBe(false);
  },
);
