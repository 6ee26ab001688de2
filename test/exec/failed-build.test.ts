import { expect, test } from 'vitest';
import { build, logPath, tinyHost } from './tiny-build.ts';

test('a failure stops what needs it, removes what it made, and is tried again', async () => {
  const host = tinyHost({ a: 'a', b: 'b' });
  host.program('half', (run) => {
    run.write('x', 'half of it');
    return { code: 3, stderr: 'broken\n' };
  });
  const graph = `
    x: half a
    y: cat x
    z: cat b
  `;
  const first = await build(host, graph, { jobs: 1, keepGoing: 0 });
  expect(first.outcome).toMatchObject({ kind: 'failed', ran: 1, skipped: 1 });
  expect(first.events).toContainEqual(
    expect.objectContaining({
      kind: 'action-failed',
      exit: { kind: 'code', code: 3 },
      output: 'broken\n',
      commandLine: 'half x -- a',
    }),
  );
  expect(host.files.exists('x')).toBe(false);
  host.program('half', (run) => run.write('x', 'whole'));
  expect((await build(host, graph, { jobs: 1 })).ran).toEqual(['x', 'y']);
});

test('what waits for the turn of a command that fails never starts, be it the last that waits', async () => {
  const host = tinyHost({ a: 'a' });
  const asked: (string | undefined)[] = [];
  host.program('broken', (run) => {
    asked.push(run.argv[1]);
    return { code: 1 };
  });
  const { outcome } = await build(host, 'x: broken a\ny: broken a', { jobs: 1 });
  expect(outcome).toMatchObject({ kind: 'failed', skipped: 1 });
  expect(asked).toHaveLength(1);
});

test('a command that ends well without its output is an error that names it', async () => {
  const host = tinyHost({ a: 'a' });
  host.program('lazy', () => 'done\n');
  const { outcome, events } = await build(host, 'x: lazy a');
  expect(outcome.kind).toBe('failed');
  expect(events.find((event) => event.kind === 'action-failed')).toMatchObject({
    output: 'done\nthe command ended well, but did not make x\n',
  });
});

test('a missing source is told before anything runs', async () => {
  const host = tinyHost({ b: 'b' });
  const { outcome } = await build(host, 'x: cat b\ny: cat gone.c');
  expect(outcome).toEqual({
    kind: 'refused',
    fault: { kind: 'missing-input', path: 'gone.c', neededBy: 'y' },
  });
  expect(host.processes.started).toEqual([]);
});

test('a cycle is named', async () => {
  const { outcome } = await build(tinyHost(), 'a: cat b\nb: cat c\nc: cat a');
  expect(outcome).toEqual({
    kind: 'refused',
    fault: { kind: 'cycle', paths: ['a', 'b', 'c', 'a'] },
  });
});

test('an unknown goal is told with the nearest name', async () => {
  const { outcome } = await build(tinyHost({ x: '' }), 'app: cat x', { goals: ['ap'] });
  expect(outcome).toEqual({
    kind: 'refused',
    fault: { kind: 'unknown-goal', name: 'ap', similar: 'app' },
  });
});

test('an interrupt ends what runs, removes its outputs and starts nothing more', async () => {
  const host = tinyHost({ a: 'a' });
  const interrupt = new AbortController();
  host.program('sleep', (run) => {
    run.write('x', 'half');
    interrupt.abort('SIGINT');
    return new Promise<void>(() => undefined);
  });
  const { outcome, events } = await build(host, 'x: sleep a\ny: cat x', {
    interrupt: interrupt.signal,
  });
  expect(outcome).toMatchObject({ kind: 'interrupted', signal: 'SIGINT', failed: [] });
  expect(host.files.exists('x')).toBe(false);
  expect(events.at(-1)).toMatchObject({ kind: 'build-finished', interrupted: true });
});

test('a full disk for the state is an error, and the next build is right', async () => {
  const host = tinyHost({ a: 'a' });
  host.files.refuse = (operation, path) =>
    operation === 'write' && path === logPath && host.files.exists('x') ? 'no-space' : undefined;
  const first = await build(host, 'x: cat a\ny: cat x');
  expect(first.outcome).toMatchObject({ kind: 'state-lost' });
  host.files.refuse = () => undefined;
  expect((await build(host, 'x: cat a\ny: cat x')).ran).toEqual(['x', 'y']);
});

test('what a kaon that died left running is ended before anything is built', async () => {
  const host = tinyHost({ a: 'a', '/proc/stat': 'cpu 1\nbtime 1700000000\n' });
  let inFlight = new Uint8Array();
  host.program('hang', (run) => {
    run.write('x', 'half');
    const log = host.files.readBytes(logPath);
    if (log.ok) inFlight = log.value.slice();
  });
  await build(host, 'x: hang a');
  // The disk as it was when the command ran, and kaon was killed.
  host.write(logPath, inFlight);
  host.write('/proc/5000/stat', `5000 (a) b) S 1 5000 5000 0 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 110 0\n`);
  host.write('/proc/5001/stat', `5001 (sh) S 1 5001 5001 0 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 110 0\n`);
  expect((await build(host, 'x: hang a')).ran).toEqual(['x']);
  expect(host.processes.endedGroups).toEqual([5000]);
  await build(host, 'x: hang a');
  expect(host.processes.endedGroups).toEqual([5000]);
});
