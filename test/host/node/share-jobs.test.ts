import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeLeftovers, shareJobs } from '../../../src/host/node/share-jobs.ts';

/** A jobserver as make has it, with so many tokens. */
function fifo(tokens: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaon-fifo-'));
  const path = join(folder, 'jobs');
  execFileSync('mkfifo', [path]);
  const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  writeSync(both, '+'.repeat(tokens));
  onTestFinished(() => {
    closeSync(both);
    rmSync(folder, { recursive: true });
  });
  return path;
}

test('the tokens are those of the make that called us', () => {
  const path = fifo(2);
  const environment = { MAKEFLAGS: ` -j3 --jobserver-auth=fifo:${path}` };
  const share = shareJobs({ jobs: 8, environment });
  expect(share.most).toBe(3);
  expect([share.take(), share.take(), share.take()]).toEqual([true, true, false]);
  share.give();
  expect(share.take()).toBe(true);
  share.close();
  // All came back.
  const next = shareJobs({ jobs: 8, environment });
  expect([next.take(), next.take(), next.take()]).toEqual([true, true, false]);
  next.close();
});

test('descriptors that make did not give us are not passed on', () => {
  const share = shareJobs({ jobs: 2, environment: { MAKEFLAGS: 'k -j2 --jobserver-auth=97,98' } });
  expect(share.environment['MAKEFLAGS']).not.toContain('97,98');
  expect(share.most).toBeUndefined();
  share.close();
});

test('a tool that must inherit the share, as an older make, is started with it open', () => {
  const share = shareJobs({ jobs: 2, environment: {} });
  const { starter = [], environment, forScripts } = share.inherited ?? {};
  const [program = '', ...words] = [...starter, 'sh', '-c', 'head -c 1 <&3; echo x >&4'];
  expect(execFileSync(program, words, { encoding: 'utf8' })).toBe('+');
  expect(forScripts).toEqual({ CARGO_MAKEFLAGS: environment?.['CARGO_MAKEFLAGS'] });
  expect(environment?.['CARGO_MAKEFLAGS']).toBe('-j2 --jobserver-fds=3,4 --jobserver-auth=3,4');
  expect(share.take()).toBe(true);
  share.close();
});

test('a share of our own is told to tools once they ask; what runs already counts', () => {
  const share = shareJobs({ jobs: 3, environment: {} });
  expect(share.take()).toBe(true);
  const auth = /--jobserver-auth=(\S+)/.exec(share.environment['MAKEFLAGS'] ?? '')?.[1] ?? '';
  expect(share.environment['CARGO_MAKEFLAGS']).toContain(auth);
  // However we end, nothing is left behind.
  if (process.platform === 'linux') {
    expect(existsSync(join(tmpdir(), `kaon-jobs-${process.pid}`))).toBe(false);
  }
  const tool = shareJobs({ jobs: 9, environment: { MAKEFLAGS: `--jobserver-auth=${auth}` } });
  expect([tool.take(), tool.take()]).toEqual([true, false]);
  tool.close();
  share.give();
  share.close();
});

test('what processes left that were killed goes, and nothing else', () => {
  const { pid: dead } = spawnSync('true');
  const names = { dead: `kaon-jobs-${dead}`, ours: 'kaon-jobs-1', other: 'kaon-jobs-x' };
  const paths = Object.values(names).map((name) => join(tmpdir(), name));
  for (const path of paths) {
    writeFileSync(path, '');
    utimesSync(path, 1, 1);
  }
  onTestFinished(() => {
    for (const path of paths) rmSync(path, { force: true });
  });
  const share = shareJobs({ jobs: 2, environment: {} });
  expect(share.inherited).toBeDefined();
  share.close();
  expect(paths.map((path) => existsSync(path))).toEqual([false, true, true]);
});

test('a folder that cannot be listed keeps what was left there', () => {
  expect(() => removeLeftovers('/nowhere')).not.toThrow();
});
