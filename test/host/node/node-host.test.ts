import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Launch } from '../../../src/host/host.ts';
import { inheritedEnvironment, nodeHost } from '../../../src/host/node/node-host.ts';

const host = nodeHost();
const folder = mkdtempSync(join(tmpdir(), 'kaon-host-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sh(script: string, more: Partial<Launch> = {}): Launch {
  return {
    argv: ['/bin/sh', '-c', script],
    workingDirectory: folder,
    environment: host.system.environment,
    ...more,
  };
}

describe('processes of the evaluator', () => {
  test('start returns at once and wait gives what the process wrote', () => {
    // They end once we go on.
    const go = join(folder, 'go');
    const tickets = ['a', 'b'].map((name) =>
      host.processes.start(
        sh(`until [ -e '${go}' ]; do sleep 0.01; done; echo ${name}; exit 3`, {
          timeoutMs: 300_000,
        }),
      ),
    );
    host.files.write(go, '');
    const [a, b] = tickets.map((ticket) => host.processes.wait(ticket));
    expect(a).toEqual({ ended: { kind: 'exited', code: 3 }, stdout: 'a\n', stderr: '' });
    expect(b?.stdout).toBe('b\n');
  });

  test('an output of 10 MB comes whole', () => {
    const script = 'head -c 10000000 /dev/zero | tr "\\0" x';
    expect(host.processes.wait(host.processes.start(sh(script))).stdout).toHaveLength(10_000_000);
    expect(host.processes.run(sh(script)).stdout).toHaveLength(10_000_000);
  });

  test('a program that is not there is told apart from one that fails', () => {
    const launch = sh('', { argv: ['/no/such/program'] });
    const expected = { kind: 'not-started', reason: 'No such file or directory' };
    expect(host.processes.run(launch).ended).toEqual(expected);
    expect(host.processes.wait(host.processes.start(launch)).ended).toEqual(expected);
  });

  test('input is given, and need not be read', () => {
    expect(host.processes.run(sh('cat', { input: 'hello' })).stdout).toBe('hello');
    const ticket = host.processes.start(sh('exit 0', { input: 'x'.repeat(1_000_000) }));
    expect(host.processes.wait(ticket).ended).toEqual({ kind: 'exited', code: 0 });
  });

  test('a signal is not an exit code, and time runs out for a whole group', () => {
    expect(host.processes.run(sh('kill -9 $$')).ended).toEqual({
      kind: 'killed',
      signal: 'SIGKILL',
    });
    const before = performance.now();
    expect(host.processes.run(sh('sleep 99 & sleep 99', { timeoutMs: 100 })).ended).toEqual({
      kind: 'timed-out',
    });
    // Whoever is not ended holds the output open.
    expect(performance.now() - before).toBeLessThan(98_000);
  });
});

describe('processes of the scheduler', () => {
  test('both outputs in the order they were written', async () => {
    const launch = { ...sh('echo a; echo b >&2; echo c'), mergeOutput: true };
    expect((await host.processes.spawn(launch).done).stdout).toBe('a\nb\nc\n');
    const lines: string[] = [];
    const told = { ...launch, onOutputLine: (line: string) => lines.push(line) };
    expect((await host.processes.spawn(told).done).stdout).toBe('a\nb\nc\n');
    expect(lines).toEqual(['a', 'b', 'c']);
  });

  test('variables with a dash in their name come through the shell that joins both outputs', async () => {
    const lines: string[] = [];
    const done = await host.processes.spawn({
      argv: [process.execPath, '-p', 'process.env["A-B"] + process.env.C'],
      workingDirectory: folder,
      environment: { ...host.system.environment, 'A-B': 'one two', C: '3' },
      mergeOutput: true,
      onOutputLine: (line: string) => lines.push(line),
    }).done;
    expect([done.stdout, lines]).toEqual(['one two3\n', ['one two3']]);
  });

  test('a process may be told which permissions its files do not get', async () => {
    const done = await host.processes.spawn({ ...sh('umask'), umask: 0o027 }).done;
    expect(done.stdout.trim()).toBe('0027');
    const mine = await host.processes.spawn(sh('umask')).done;
    expect(Number.parseInt(mine.stdout, 8)).toBe(process.umask());
  });

  test('lines are told as they come, the last without its end too', async () => {
    const lines: string[] = [];
    const launch = { ...sh('printf "1\\n2" >&2'), onErrorLine: (line: string) => lines.push(line) };
    const done = await host.processes.spawn(launch).done;
    expect([lines, done.stderr]).toEqual([['1', '2'], '1\n2']);
  });

  test('output goes to a file and input comes from one', async () => {
    const [stdinFile, stdoutFile] = [join(folder, 'in'), join(folder, 'out')];
    host.files.write(stdinFile, 'text');
    const launch = { ...sh('cat; echo hm >&2'), stdinFile, stdoutFile };
    expect(await host.processes.spawn(launch).done).toMatchObject({ stdout: '', stderr: 'hm\n' });
    expect(host.files.readText(stdoutFile)).toEqual({ ok: true, value: 'text' });
  });

  test('killing ends the whole group, running out of time too', async () => {
    const child = host.processes.spawn(sh('sleep 30 & sleep 30'));
    child.kill('SIGTERM');
    expect((await child.done).ended).toEqual({ kind: 'killed', signal: 'SIGTERM' });
    const late = host.processes.spawn({ ...sh('trap "" TERM; sleep 30'), timeoutMs: 100 });
    expect((await late.done).ended).toEqual({ kind: 'timed-out' });
  });

  test('a file that cannot be opened is a process that was not started', async () => {
    const launch = { ...sh('true'), stdinFile: '/no/such/file' };
    expect((await host.processes.spawn(launch).done).ended.kind).toBe('not-started');
  });
});

describe('files', () => {
  const { files } = host;

  test('faults have kinds', () => {
    files.write(join(folder, 'binary'), new Uint8Array([0xff, 0xfe]));
    const kind = (name: string) => {
      const read = files.readText(join(folder, name));
      return read.ok ? 'ok' : read.error.kind;
    };
    expect([kind('nothing'), kind('binary'), kind('.'), kind('binary/x')]).toEqual([
      'missing',
      'not-text',
      'is-a-directory',
      'not-a-directory',
    ]);
  });

  test('a link is seen by lstat and followed by stat; a loop of links is nothing', () => {
    files.write(join(folder, 'original'), 'ab');
    files.symlink('original', join(folder, 'link'));
    files.symlink('loop', join(folder, 'loop'));
    expect(files.lstat(join(folder, 'link'))?.kind).toBe('symlink');
    expect(files.stat(join(folder, 'link'))).toMatchObject({ kind: 'file', size: 2 });
    expect(files.stat(join(folder, 'loop'))).toBeUndefined();
  });

  test('a program by its permissions tells whether it is one for us', () => {
    const isForOthers = (mode: number) => {
      files.write(join(folder, 'program'), '');
      files.setMode(join(folder, 'program'), mode);
      return files.stat(join(folder, 'program'))?.isForOthers;
    };
    // The superuser may run what anyone may.
    const others = process.getuid?.() === 0 ? undefined : true;
    expect([0o755, 0o700, 0o644, 0o611].map(isForOthers)).toEqual([
      ...[undefined, undefined, undefined, others],
    ]);
  });

  test('where no folder can be made, that is said and not tried for ever', () => {
    expect(files.makeDirectory('/proc/x/y')).toMatchObject({ ok: false });
    expect(files.makeDirectory(join(folder, 'new/deep')).ok).toBe(true);
    expect(files.makeDirectory(join(folder, 'new/deep')).ok).toBe(true);
  });

  test('a file is as old as another to the nanosecond', () => {
    const [old, copy] = [join(folder, 'old'), join(folder, '-copy')];
    for (const path of [old, copy]) files.write(path, '');
    execFileSync('touch', ['-d', '2026-05-04 03:02:01.123456789', old]);
    expect(files.copyTime(old, copy).ok).toBe(true);
    expect(files.stat(copy)?.mtimeNs).toBe(files.stat(old)?.mtimeNs);
  });

  test('removing nothing is no fault, and a folder goes with all in it', () => {
    files.makeDirectory(join(folder, 'd/e'));
    files.write(join(folder, 'd/e/f'), '');
    expect(files.remove(join(folder, 'd')).ok).toBe(true);
    expect(files.remove(join(folder, 'd')).ok).toBe(true);
    expect(files.exists(join(folder, 'd'))).toBe(false);
  });

  test('a copy that cannot be made names the file at fault', () => {
    const { files } = nodeHost();
    const [from, to] = [join(folder, 'original'), join(folder, 'original/copy')];
    files.write(from, '');
    expect(files.copy(from, to)).toMatchObject({ error: { path: to } });
    const none = join(folder, 'none');
    expect(files.copy(none, to)).toMatchObject({ error: { path: none } });
  });
});

describe('storage', () => {
  test('a folder is locked once, and free again when released', async () => {
    const first = await host.storage.lock(folder);
    const second = await host.storage.lock(folder);
    if (!first.ok || second.ok || second.error.kind !== 'held') throw new Error('not held');
    expect(second.error.processId).toBe(process.pid);
    first.value.release();
    await second.error.released;
    const third = await host.storage.lock(folder);
    expect(third.ok).toBe(true);
    if (third.ok) third.value.release();
  });

  test('an append file is cut to what is valid and grows from there', () => {
    const path = join(folder, 'log');
    host.files.write(path, 'valid-torn');
    const log = host.storage.openAppend(path, 6);
    if (!log.ok) throw new Error(log.error.reason);
    log.value.append(new TextEncoder().encode('more'));
    log.value.sync();
    log.value.close();
    expect(host.files.readText(path)).toEqual({ ok: true, value: 'valid-more' });
  });
});

test('certificates that the launcher kept back are there for children', () => {
  expect(inheritedEnvironment({ KAON_NODE_EXTRA_CA_CERTS: '/ca.crt', A: 'b' })).toEqual({
    NODE_EXTRA_CA_CERTS: '/ca.crt',
    A: 'b',
  });
});
