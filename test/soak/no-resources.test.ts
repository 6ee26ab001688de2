import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bin } from '../e2e/support/kaon.ts';
import { type Project, told } from '../e2e/support/project.ts';
import { cProject, outputsOf, source } from './support/c-project.ts';
import { finished } from './support/running.ts';
import { report, size } from './support/size.ts';

const compile = ['compile', '-C', 'build'];

/** Whether we may mount: then disks can be made full. */
const mayMount = ((): boolean => {
  if (process.getuid?.() !== 0) return false;
  const folder = fs.mkdtempSync('/tmp/kaon-mount-');
  try {
    mount(folder, '16k');
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
})();

function mount(folder: string, bytes: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'kaon', folder], {
    stdio: 'ignore',
  });
}

/** A small disk in the place of a folder of the project, with what was in it. */
function onDisk(made: Project, name: string, bytes: string): string {
  const folder = join(made.folder, name);
  const aside = `${folder}.aside`;
  fs.mkdirSync(folder, { recursive: true });
  fs.renameSync(folder, aside);
  fs.mkdirSync(folder);
  mount(folder, bytes);
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  fs.cpSync(aside, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Takes all room but so many bytes. */
function fill(folder: string, leave: number): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  fs.writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
}

/** The build is right, and another has nothing to do. */
function mends(made: Project): void {
  const run = made.kaon(compile);
  expect(run.status, told(run)).toBe(0);
  const now = outputsOf(join(made.folder, 'build'));
  expect(finished(made.kaon([...compile, '--json']).stdout)).toEqual([]);
  expect(made.kaon([...compile, '--clean']).status).toBe(0);
  expect(made.kaon(compile).status).toBe(0);
  const { filler: _, ...clean } = outputsOf(join(made.folder, 'build'));
  expect({ ...now, filler: '' }).toEqual({ ...clean, filler: '' });
}

function fails(run: ReturnType<Project['kaon']>): void {
  expect(run.status, told(run)).toBeGreaterThan(0);
  expect(told(run)).not.toMatch(/internal error/);
}

test.skipIf(!mayMount)(
  'a full disk is an error, and nothing is wrong once there is room again',
  () => {
    const made = cProject(10);
    expect(made.kaon(['setup', 'build']).status).toBe(0);
    const disk = onDisk(made, 'build', '4m');
    const steps = size(20, 4);
    let failed = 0;
    for (let step = 0; step < steps; step++) {
      fill(disk, 4096 * step * 3);
      for (let at = 0; at < 10; at++) made.write(`f${at}.c`, source(`f${at}`, 10 * step + at + 1));
      const run = made.kaon(compile);
      if (run.status !== 0) failed++;
      expect(told(run)).not.toMatch(/internal error/);
      fs.rmSync(join(disk, 'filler'));
      mends(made);
    }
    expect(failed).toBeGreaterThan(0);
    report('disk full', { steps, failed });
  },
);

test.skipIf(!mayMount)(
  'where only the state has no room, the build says so and is made good later',
  () => {
    // What the log hears of so many is more than fits in the rest of its last block.
    const files = 30;
    const made = cProject(files);
    expect(made.kaon(['setup', 'build']).status).toBe(0);
    expect(made.kaon(compile).status).toBe(0);
    const disk = onDisk(made, 'state', '1m');
    const log = join(made.folder, 'build/.kaon_log');
    fs.copyFileSync(log, join(disk, 'log'));
    fs.rmSync(log);
    fs.symlinkSync('../state/log', log);
    const steps = size(10, 3);
    for (let step = 0; step < steps; step++) {
      for (let at = 0; at < files; at++) {
        made.write(`f${at}.c`, source(`f${at}`, files * step + at + 1));
      }
      fill(disk, 4096 * step);
      const run = made.kaon(compile);
      expect(told(run)).not.toMatch(/internal error/);
      if (step === 0) fails(run);
      fs.rmSync(join(disk, 'filler'));
      mends(made);
    }
  },
);

test.skipIf(!mayMount)('a build directory that cannot be written is an error', () => {
  const made = cProject(4);
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  const disk = onDisk(made, 'build', '4m');
  expect(made.kaon(compile).status).toBe(0);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  made.write('f1.c', source('f1', 7));
  const run = made.kaon(compile);
  fails(run);
  expect(told(run)).toMatch(/[Rr]ead-only/);
  execFileSync('mount', ['-o', 'remount,rw', disk]);
  mends(made);
});

test('where there are no file descriptors, or no processes, it is an error or it works', () => {
  const made = cProject(6);
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  fs.chmodSync(made.folder, 0o777);
  const limits: readonly (readonly [string, readonly number[]])[] = [
    ['-n', [8, 12, 16, 18, 20, 21, 22, 23, 24, 26, 28, 30, 40]],
    ['-v', [200_000, 500_000, 700_000, 1_000_000, 2_000_000]],
  ];
  let failed = 0;
  let version = 0;
  for (const [option, values] of limits) {
    for (const value of values.filter((_, at) => at % size(1, 3) === 0)) {
      for (let at = 0; at < 6; at++) made.write(`f${at}.c`, source(`f${at}`, ++version));
      const run = spawnSync(
        'sh',
        ['-c', `ulimit -S ${option} ${value}; exec "$@"`, 'sh', bin, ...compile],
        { cwd: made.folder, encoding: 'utf8', timeout: 60_000 },
      );
      expect(run.error, `${option} ${value}`).toBeUndefined();
      if (run.status !== 0) failed++;
      mends(made);
    }
  }
  report('no descriptors, no memory', { failed });
});

const mayBeOther =
  process.getuid?.() === 0 &&
  ['setpriv', 'prlimit'].every((name) => spawnSync(name, ['--version']).status === 0);

test.skipIf(!mayBeOther)(
  'where no more processes may be started it is an error or it works',
  () => {
    const made = cProject(6);
    const user = 64_321;
    const own = (): void => {
      execFileSync('chown', ['-R', `${user}`, made.folder]);
    };
    own();
    const cache = join(made.folder, 'cache');
    const as = (limit: number) =>
      spawnSync(
        'setpriv',
        [
          `--reuid=${user}`,
          '--clear-groups',
          'prlimit',
          `--nproc=${limit}`,
          bin,
          ...compile,
          '-j4',
        ],
        {
          cwd: made.folder,
          encoding: 'utf8',
          timeout: 60_000,
          env: { ...process.env, XDG_CACHE_HOME: cache, HOME: made.folder },
        },
      );
    expect(made.kaon(['setup', 'build']).status).toBe(0);
    let failed = 0;
    let version = 0;
    for (const limit of [6, 7, 8, 9, 10, 12, 14, 20, 40].filter((_, at) => at % size(1, 3) === 0)) {
      for (let at = 0; at < 6; at++) made.write(`f${at}.c`, source(`f${at}`, ++version));
      own();
      const run = as(limit);
      expect(run.error, `${limit}`).toBeUndefined();
      if (run.status !== 0) failed++;
      mends(made);
    }
    report('no processes', { failed });
  },
);
