import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Commands, Finished, SpawnLaunch } from '../../../src/host/host.ts';
import { shellCommands } from '../../../src/host/node/shell-commands.ts';

let folder: string;
let commands: Commands;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kaon-commands-')));
  commands = shellCommands(0);
});

afterEach(async () => {
  await commands.end();
  rmSync(folder, { recursive: true, force: true });
});

function launch(argv: readonly string[], more: Partial<SpawnLaunch> = {}): SpawnLaunch {
  const environment = { PATH: process.env['PATH'] ?? '', LEFT: 'out' };
  return { argv, workingDirectory: folder, environment, mergeOutput: true, ...more };
}

/** How a command ended, as one line. */
async function told(argv: readonly string[], more?: Partial<SpawnLaunch>): Promise<string> {
  const { ended, stdout }: Finished = await commands.spawn(launch(argv, more)).done;
  const { kind, ...how } = ended;
  return `${kind} ${Object.values(how).join()} ${JSON.stringify(stdout)}`;
}

const sh = (script: string): readonly string[] => ['sh', '-c', script];

test('commands come one after the other with what each wrote, in the same process group', async () => {
  const first = commands.spawn(launch(sh('echo a; echo b >&2; exit 3')));
  expect((await first.done).stdout).toBe('a\nb\n');
  const second = commands.spawn(launch(['true']));
  expect(second.groupId).toBe(first.groupId);
  expect(await second.done).toEqual({
    ended: { kind: 'exited', code: 0 },
    stdout: '',
    stderr: '',
  });
});

test('words come as they are, and programs are never those of the shell', async () => {
  const words = ["it's", '', '$HOME `id` \\', 'a\nb', '*', '-n', 'é'];
  expect(await told(['printf', '%s|', ...words])).toBe(
    `exited 0 ${JSON.stringify(`${words.join('|')}|`)}`,
  );
  for (const program of ['cd', 'if', 'exit', 'a=b', '{', '!']) {
    expect(await told([program, '/'])).toContain('not-started');
  }
});

test('a command has its folder, its variables and its files, and the next one has not', async () => {
  const environment = { PATH: process.env['PATH'] ?? '', SET: "it's" };
  const script = sh('echo "$SET,${LEFT-none},$(pwd)"; cat');
  expect(await told(['true'])).toBe('exited 0 ""');
  const more = { environment, workingDirectory: '/', stdinFile: join(folder, 'in') };
  await told(sh('echo input'), { stdoutFile: join(folder, 'in') });
  expect(await told(script, more)).toBe(`exited 0 ${JSON.stringify("it's,none,/\ninput\n")}`);
  expect(await told(script)).toBe(`exited 0 ${JSON.stringify(`,out,${folder}\n`)}`);
  expect(readFileSync(join(folder, 'in'), 'utf8')).toBe('input\n');
});

test('a program that is not there, one that fails and one that is killed are told apart', async () => {
  expect(await told(['no-such-program'])).toContain('not-started No such file or directory');
  expect(await told(sh('exit 127'))).toBe('exited 127 ""');
  expect(await told(sh('kill -9 $$'))).toContain('killed SIGKILL');
  expect(await told(['true'])).toBe('exited 0 ""');
});

test('a signal ends a command and what it started, and the shell tells how it ended', async () => {
  const child = commands.spawn(launch(sh('trap "echo bye; exit 5" INT; sleep 20 & wait')));
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill('SIGINT');
  const { ended, stdout } = await child.done;
  expect(ended).toEqual({ kind: 'exited', code: 5 });
  expect(stdout).toBe('bye\n');
  const stubborn = commands.spawn(launch(sh('trap "" INT TERM; sleep 20')));
  await new Promise((resolve) => setTimeout(resolve, 200));
  stubborn.kill('SIGKILL');
  expect((await stubborn.done).ended).toEqual({ kind: 'killed', signal: 'SIGKILL' });
  expect(await told(['true'])).toBe('exited 0 ""');
});

test('many at once, each with what it wrote itself', async () => {
  const all = Array.from({ length: 20 }, (_, at) => told(['echo', `${at}`]));
  expect(await Promise.all(all)).toEqual(
    Array.from({ length: 20 }, (_, at) => `exited 0 "${at}\\n"`),
  );
});
