import { expect, test } from 'vitest';
import type { Event } from '../../../src/events/event.ts';
import { build, tinyHost } from '../tiny-build.ts';

const many = Array.from({ length: 40 }, (_, at) => `o${at}: cat in`).join('\n');

/** How many ran at once at most, by what the programs saw themselves. */
function counted() {
  const host = tinyHost({ in: 'text' });
  let now = 0;
  let most = 0;
  host.program('cat', async (run) => {
    now++;
    most = Math.max(most, now);
    await Promise.resolve();
    now--;
    run.write(run.argv[1] ?? '', run.argv[1] === 'o25' && run.read('in') === 'bad' ? '' : 'text');
    return run.argv[1] === 'o25' && run.read('in') === 'bad' ? 1 : 0;
  });
  host.tick();
  return { host, most: () => most };
}

const kinds = (events: readonly Event[], kind: Event['kind']): number =>
  events.filter((event) => event.kind === kind).length;

test('short actions are given ahead, and yet no more run at once than there are jobs', async () => {
  const { host, most } = counted();
  const { ran, events } = await build(host, many, { jobs: 3 });
  expect(ran.length).toBe(40);
  expect(most()).toBe(3);
  const slots = events.flatMap((event) => (event.kind === 'action-started' ? [event.slot] : []));
  expect(Math.max(...slots)).toBe(2);
  expect((await build(host, many)).ran).toEqual([]);
});

test('after a failure nothing starts that was given ahead', async () => {
  const { host } = counted();
  host.write('in', 'bad');
  const { outcome, events } = await build(host, many, { jobs: 2 });
  expect(outcome).toMatchObject({ kind: 'failed', skipped: expect.any(Number) });
  expect(kinds(events, 'action-started')).toBe(
    kinds(events, 'action-finished') + kinds(events, 'action-failed'),
  );
  host.write('in', 'good');
  expect((await build(host, many)).outcome.kind).toBe('succeeded');
});

test('an interrupt takes back what was given ahead', async () => {
  const { host } = counted();
  const interrupt = new AbortController();
  let seen = 0;
  const onEvent = (event: Event): void => {
    if (event.kind === 'action-finished' && ++seen === 20) interrupt.abort('SIGTERM');
  };
  const { outcome, ran } = await build(host, many, { interrupt: interrupt.signal, onEvent });
  expect(outcome.kind).toBe('interrupted');
  expect(ran.length).toBeLessThan(40);
  const rest = await build(host, many);
  expect(rest.outcome.kind).toBe('succeeded');
  expect(rest.ran.length + ran.length).toBe(40);
});

test('a long action that was given ahead never takes the slot of what is more urgent', async () => {
  const host = tinyHost({ in: 'text' });
  const order: string[] = [];
  host.program('slow', async (run) => {
    const [, output = ''] = run.argv;
    order.push(output);
    await new Promise((resolve) => setTimeout(resolve, 30));
    run.write(output, 'text');
  });
  host.tick();
  // Each of the chain frees the next, which is more urgent than all others.
  const chain = ['c0: slow in', 'c1: slow c0', 'c2: slow c1', 'c3: slow c2'];
  const others = Array.from({ length: 8 }, (_, at) => `o${at}: slow in`);
  const { outcome } = await build(host, [...others, ...chain].join('\n'), { jobs: 2 });
  expect(outcome).toMatchObject({ kind: 'succeeded', ran: 12 });
  // The last of it is no more urgent than the others.
  expect(order.indexOf('c2')).toBeLessThanOrEqual(5);
});
