import { expect, test } from 'vitest';
import { MemoryHost } from './memory-host.ts';

test('a program reads and writes files, and stands in PATH', () => {
  const host = new MemoryHost({ 'src/a.c': 'int a;' });
  host.program('cc', (run) => {
    run.write('a.o', `object of ${run.read('src/a.c')}`);
    return 'warning: short\n';
  });
  const launch = {
    argv: ['cc'],
    workingDirectory: '/project',
    environment: host.system.environment,
  };
  expect(host.processes.run(launch)).toMatchObject({
    ended: { kind: 'exited', code: 0 },
    stdout: 'warning: short\n',
  });
  expect(host.read('a.o')).toBe('object of int a;');
});

test('stamps move only with the clock', () => {
  const host = new MemoryHost({ a: '1' });
  host.write('a', '2');
  const before = host.files.stat('a')?.mtimeNs;
  host.write('a', '3');
  expect(host.files.stat('a')?.mtimeNs).toBe(before);
  host.tick(5);
  host.write('a', '4');
  expect(host.files.stat('a')?.mtimeNs).toBe((before ?? 0n) + 5_000_000n);
});

test('links are followed in folders and at the end', () => {
  const host = new MemoryHost({ 'real/a': 'here' });
  host.files.symlink('real', 'folder');
  host.files.symlink('folder/a', 'file');
  expect([host.read('folder/a'), host.read('file')]).toEqual(['here', 'here']);
  expect(host.files.lstat('file')?.kind).toBe('symlink');
  expect(host.files.realPath('file')).toEqual({ ok: true, value: '/project/real/a' });
});

test('a spawned process can be killed, and a lock is held once', async () => {
  const host = new MemoryHost();
  host.program('sleep', () => new Promise<void>(() => undefined));
  const child = host.processes.spawn({
    argv: ['sleep'],
    workingDirectory: '/project',
    environment: host.system.environment,
  });
  child.kill('SIGTERM');
  expect((await child.done).ended).toEqual({ kind: 'killed', signal: 'SIGTERM' });
  const first = await host.storage.lock('/project');
  expect(await host.storage.lock('/project')).toMatchObject({ error: { kind: 'held' } });
  if (first.ok) first.value.release();
  expect((await host.storage.lock('/project')).ok).toBe(true);
});
