import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Commands, Finished, SpawnLaunch } from '../../../src/host/host.ts';
import { shellCommands } from '../../../src/host/node/shell-commands.ts';
import { starterCommands } from '../../../src/host/node/starter-commands.ts';
import { StarterRequests } from '../../../src/host/node/starter-requests.ts';

let folder: string;
let commands: Commands;

/** Made by `npm run build` where there is a C compiler. */
const starter = resolve(import.meta.dirname, '../../../dist/starter');
const ways = existsSync(starter) ? (['shell', 'starter'] as const) : (['shell'] as const);

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kaon-commands-')));
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

describe.each(ways)('commands started by a %s', (way) => {
  beforeEach(() => {
    commands = way === 'shell' ? shellCommands(0) : starterCommands(starter);
  });

  test('much output comes in time that grows with it alone', async () => {
    const script = "head -c 60000000 /dev/zero | tr '\\0' x; echo end";
    const startedAt = performance.now();
    const { stdout } = await commands.spawn(launch(sh(script))).done;
    expect(stdout.length).toBe(60_000_004);
    expect(stdout.endsWith('xend\n')).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  test.skipIf(way === 'shell')('what a command leaves running writes to nobody else', async () => {
    const left = sh('(sleep 0.3; echo late; sleep 0.1) & echo now');
    expect((await commands.spawn(launch(left)).done).stdout).toBe('now\n');
    const next = commands.spawn(launch(sh('sleep 0.5; echo mine')));
    expect((await next.done).stdout).toBe('mine\n');
  });

  test('commands come one after the other with what each wrote, in the same process group', async () => {
    const first = commands.spawn(launch(sh('echo a; echo b >&2; exit 3')));
    expect((await first.done).stdout).toBe('a\nb\n');
    const second = commands.spawn(launch(['true']));
    expect(second.groupId).toBe(first.groupId);
    expect(await second.done).toMatchObject({
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
    const [deaf, ready] = [join(folder, 'deaf'), join(folder, 'ready')];
    const child = commands.spawn(
      launch(sh(`trap "echo bye; exit 5" INT; sleep 3000 & touch ${ready}; wait`)),
    );
    await until(() => existsSync(ready));
    child.kill('SIGINT');
    const { ended, stdout } = await child.done;
    expect(ended).toEqual({ kind: 'exited', code: 5 });
    expect(stdout).toBe('bye\n');
    const stubborn = commands.spawn(launch(sh(`trap "" INT TERM; touch ${deaf}; sleep 3000`)));
    await until(() => existsSync(deaf));
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
});

test('where the starter is for another machine, commands are started without', async () => {
  const foreign = join(folder, 'starter');
  writeFileSync(foreign, '\x7fELF\x02 of no machine that is known', { mode: 0o755 });
  commands = starterCommands(foreign);
  expect(await told(['echo', 'first'])).toBe('exited 0 "first\\n"');
  expect(commands.spawnInTurn?.(launch(['echo', 'later']), 1)).toBeUndefined();
  expect(await told(['echo', 'later'])).toBe('exited 0 "later\\n"');
  commands = starterCommands(foreign);
  const ahead = ['a', 'b'].map((name) => commands.spawnInTurn?.(launch(['echo', name]), 1)?.done);
  // Some C libraries have a shell read what is no program: then the answer comes later.
  for (const finished of await Promise.all(ahead)) expect(finished?.takenBack ?? true).toBe(true);
});

describe.skipIf(!existsSync(starter))('commands given ahead', () => {
  beforeEach(() => {
    commands = starterCommands(starter);
  });
  const inTurn = (argv: readonly string[], limit: number) =>
    commands.spawnInTurn?.(launch(argv), limit)?.done;

  test('no more run at once than were allowed, in the order in which they were given', async () => {
    const script = 'echo start $1 >> log; sleep 0.05; echo end $1 >> log';
    const all = ['a', 'b', 'c', 'd'].map((name) => inTurn(['sh', '-c', script, 'sh', name], 1));
    await Promise.all(all);
    const log = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    expect(log).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`start ${name}`, `end ${name}`]));
  });

  test('what starts at once keeps nobody from a turn', async () => {
    const long = commands.spawn(launch(sh('while [ ! -e go ]; do sleep 0.01; done')));
    const last = inTurn(sh('touch go'), 1);
    expect((await last)?.ended).toEqual({ kind: 'exited', code: 0 });
    expect((await long.done).ended).toEqual({ kind: 'exited', code: 0 });
  });

  test('what waits in its turn starts once more are allowed', async () => {
    const first = inTurn(sh('while [ ! -e go ]; do sleep 0.01; done'), 1);
    const second = inTurn(sh('touch go'), 1);
    commands.allowInTurn?.(2);
    expect((await second)?.ended).toEqual({ kind: 'exited', code: 0 });
    expect((await first)?.ended).toEqual({ kind: 'exited', code: 0 });
  });

  test('what is taken back never starts; what runs goes on', async () => {
    const first = inTurn(sh('echo ran; until [ -e go ]; do sleep 0.01; done'), 1);
    const second = inTurn(sh('echo ran >> log'), 1);
    commands.takeBack?.();
    expect(await second).toMatchObject({ takenBack: true });
    writeFileSync(join(folder, 'go'), '');
    expect(await first).toMatchObject({ stdout: 'ran\n' });
    expect(existsSync(join(folder, 'log'))).toBe(false);
  });

  test('after a failure nothing starts before its listener had the chance to take it back', async () => {
    const first = inTurn(sh('sleep 0.1; exit 3'), 1);
    const second = inTurn(sh('echo ran >> log'), 1);
    expect((await first)?.ended).toEqual({ kind: 'exited', code: 3 });
    commands.takeBack?.();
    expect(await second).toMatchObject({ takenBack: true });
    expect(existsSync(join(folder, 'log'))).toBe(false);
    const [third, fourth] = [inTurn(sh('exit 3'), 1), inTurn(sh('echo ran'), 1)];
    expect((await third)?.ended).toEqual({ kind: 'exited', code: 3 });
    expect(await fourth).toMatchObject({ stdout: 'ran\n' });
  });

  test('it tells how long a command took by itself', async () => {
    const [first, second] = [inTurn(['sleep', '0.5'], 1), inTurn(['true'], 1)];
    const [long = 0, short = 0] = [(await first)?.tookMs, (await second)?.tookMs];
    expect(long).toBeGreaterThan(490);
    // The second waited for the first, which does not count.
    expect(short).toBeLessThan(long);
  });

  test('long outputs and long command lines come through whole', async () => {
    const word = 'x'.repeat(100_000);
    const done = await inTurn(['printf', '%s%s', word, word], 2);
    expect(done?.stdout).toBe(word + word);
    expect(await told(['printf', '%s', 'é'.repeat(30_000)])).toContain('é'.repeat(30_000));
  });

  test('what a command says on standard error is told line by line while it runs', async () => {
    const lines: string[] = [];
    const go = join(folder, 'go');
    const script = `printf 'é' >&2; echo 1 >&2; echo out; until [ -e ${go} ]; do sleep 0.01; done; printf 'last' >&2`;
    const child = commands.spawn({
      ...launch(sh(script), { onErrorLine: (line) => lines.push(line) }),
      mergeOutput: false,
    });
    await until(() => lines.length > 0);
    expect(lines).toEqual(['é1']);
    writeFileSync(go, '');
    expect(await child.done).toMatchObject({ stdout: 'out\n', stderr: 'é1\nlast' });
    expect(lines).toEqual(['é1', 'last']);
    const long = sh("head -c 300000 /dev/zero | tr '\\0' x >&2");
    const said = commands.spawn({ ...launch(long, { onErrorLine: () => {} }), mergeOutput: false });
    expect((await said.done).stderr).toHaveLength(300_000);
  });

  test('a script without a first line for the system is run by sh, as shells do', async () => {
    writeFileSync(join(folder, 'script'), 'echo from $1\n', { mode: 0o755 });
    expect(await told(['./script', 'sh'])).toBe('exited 0 "from sh\\n"');
    writeFileSync(join(folder, 'plain'), 'echo\n', { mode: 0o644 });
    expect(await told(['./plain'])).toBe('not-started Permission denied ""');
    expect(await told(['true'], { workingDirectory: '/no/such' })).toContain('not-started No such');
  });

  test('when its kaon is killed, all that runs is killed too', async () => {
    const requests = new StarterRequests();
    requests.run(1, launch(sh('echo $$ > pid; sleep 30 & wait')), { limit: 1, changes: [] });
    const child = spawn(starter, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.write(requests.take());
    const pidFile = join(folder, 'pid');
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    const pid = Number(readFileSync(pidFile, 'utf8'));
    // As it is where kaon was killed.
    child.stdin.destroy();
    await until(() => !isAlive(pid));
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 12_000) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
