import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Launch } from '../../../src/host/host.ts';
import { nodeHost } from '../../../src/host/node/node-host.ts';
import { runTogether } from '../../../src/host/node/shell-round.ts';

const host = nodeHost();

function launch(argv: readonly string[], more: Partial<Launch> = {}): Launch {
  return { argv, workingDirectory: '/', environment: { PATH: '/usr/bin:/bin' }, ...more };
}

test('each has its own folder, environment, input and words', () => {
  const words = ["it's", 'a b', '$HOME', '', '*', '-n', 'é\n'];
  const [first, second] = runTogether([
    launch(['printf', '%s|', ...words]),
    launch(['sh', '-c', 'pwd; echo $A; cat; echo bad >&2; exit 7'], {
      workingDirectory: tmpdir(),
      environment: { PATH: '/usr/bin:/bin', A: "x'y" },
      input: 'no end of line',
    }),
  ]);
  expect(first?.stdout).toBe(`${words.join('|')}|`);
  expect(second).toEqual({
    ended: { kind: 'exited', code: 7 },
    stdout: `${tmpdir()}\nx'y\nno end of line`,
    stderr: 'bad\n',
  });
});

test('they run side by side, more of them than there are processors too', () => {
  const all = runTogether(Array.from({ length: 20 }, (_, n) => launch(['sh', '-c', `echo ${n}`])));
  expect(all.map((one) => one?.stdout)).toEqual(Array.from({ length: 20 }, (_, n) => `${n}\n`));
  const meeting = mkdtempSync(join(tmpdir(), 'meeting-'));
  const meet = (mine: string, other: string) =>
    launch(['sh', '-c', `: >${mine}; until [ -e ${other} ]; do sleep 0.01; done; echo met`], {
      workingDirectory: meeting,
    });
  expect(runTogether([meet('a', 'b'), meet('b', 'a')]).map((one) => one?.stdout)).toEqual([
    'met\n',
    'met\n',
  ]);
  rmSync(meeting, { recursive: true });
});

test('what a shell cannot start is left to those who can tell why', () => {
  const [missing, folder, fine, killed] = runTogether([
    launch(['/no/such/program']),
    launch(['true'], { workingDirectory: '/no/such/folder' }),
    launch(['true']),
    launch(['sh', '-c', 'kill -SEGV $$']),
  ]);
  expect(missing).toBeUndefined();
  expect(folder).toBeUndefined();
  expect(fine?.ended).toEqual({ kind: 'exited', code: 0 });
  expect(killed?.ended).toEqual({ kind: 'killed', signal: 'SIGSEGV' });
});

test('nothing stays behind', () => {
  const left = () => readdirSync(tmpdir()).filter((name) => /^kaon-\w{6}$/.test(name)).length;
  const before = left();
  runTogether([launch(['cat'], { input: 'x' }), launch(['true'])]);
  runTogether([]);
  expect(left()).toBeLessThanOrEqual(before);
});

test('a ticket may be waited for twice, and one asked for later runs later', () => {
  const { processes } = host;
  const first = processes.start(launch(['sh', '-c', 'echo 1']));
  const other = processes.start(launch(['sh', '-c', 'echo 2']));
  expect(processes.wait(first).stdout).toBe('1\n');
  const late = processes.start(launch(['sh', '-c', 'echo 3']));
  expect([late, other, first].map((ticket) => processes.wait(ticket).stdout)).toEqual([
    '3\n',
    '2\n',
    '1\n',
  ]);
});
