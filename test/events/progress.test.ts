import { expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { plainReporter } from '../../src/events/plain-reporter.ts';
import { Progress, unknownPlaceholder } from '../../src/events/progress.ts';
import { style } from '../../src/events/style.ts';
import type { ActionId } from '../../src/graph/graph.ts';

const action = 0 as ActionId; // as a graph would give it
const started = { description: 'CP a', commandLine: 'cp b a', slot: 0, console: false };
const finished = { description: 'CP a', how: 'ran', changed: true, durationMs: 1000, output: '' };
const events: readonly Event[] = [
  { kind: 'build-started', atMs: 5000, jobs: 1 },
  { kind: 'build-planned', total: 4 },
  { kind: 'action-started', atMs: 5000, action, ...started },
  { kind: 'action-started', atMs: 5500, action, ...started },
  { kind: 'action-finished', atMs: 7000, action, ...finished, how: 'ran' },
];

/** What a format comes to after the events. */
function prefix(format?: string): string {
  const progress = new Progress();
  for (const event of events) progress.take(event);
  return progress.prefix(format);
}

test('the prefix of a line tells how many are done', () => {
  expect(prefix()).toBe('[1/4] ');
});

test('a later part of a build counts on', () => {
  const progress = new Progress();
  const before = { ended: 2, failed: 1 };
  progress.take({ kind: 'build-started', atMs: 5000, jobs: 1, before });
  for (const event of events.slice(1)) progress.take(event);
  expect(progress.prefix('%f/%t %s %r')).toBe('3/4 4 1');
  expect(progress.failed).toBe(1);
});

test('every placeholder of NINJA_STATUS is known', () => {
  expect(prefix('[%f/%t/%s/%r/%u] ')).toBe('[1/4/2/1/2] ');
  expect(prefix('%p %P %o %c %%')).toBe(' 25%  25% 0.5 0.5 %');
  expect(prefix('%e %E %w %W')).toBe('2.000 6.000 00:02 00:06');
  expect(prefix('')).toBe('');
  expect(unknownPlaceholder('%f %q')).toBe('%q');
  expect(unknownPlaceholder('100%')).toBe('%');
  expect(unknownPlaceholder('[%f/%t %es] %%')).toBeUndefined();
});

test('lines begin as NINJA_STATUS says', () => {
  const told: string[] = [];
  const asNinja = { keepGoing: 1, status: '%f of %t: ', outputs: () => [] };
  const report = plainReporter((text) => void told.push(text), {
    style: style({ colors: false }),
    asNinja,
  });
  for (const event of events) report(event);
  expect(told.join('')).toBe('1 of 4: CP a\n');
});
