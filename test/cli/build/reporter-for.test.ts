import { expect, test } from 'vitest';
import { reporterFor } from '../../../src/cli/build/reporter-for.ts';
import type { Event } from '../../../src/events/event.ts';
import { memorySession } from '../../support/memory-session.ts';

test('a silent build tells what commands say and what fails, not how far it went', () => {
  const { session } = memorySession({});
  const told: string[] = [];
  const terminal = { ...session.terminal, write: (text: string) => void told.push(text) };
  const { listener, stop } = reporterFor(
    { ...session, terminal },
    { verbose: false, quiet: true, silent: true },
  );
  const events = [
    { kind: 'build-planned', total: 3 },
    { kind: 'action-finished', action: 0, description: 'Compiling a', output: '', how: 'ran' },
    {
      kind: 'action-finished',
      action: 1,
      description: 'Compiling b',
      output: 'b warns\n',
      how: 'ran',
    },
  ];
  for (const event of events) listener(event as Event); // what a reporter needs of them
  stop();
  expect(told.join('')).toBe('b warns\n');
});

test('what has the console has it alone: others are told of before it and behind it', async () => {
  const { session } = memorySession({});
  const told: string[] = [];
  const terminal = { ...session.terminal, write: (text: string) => void told.push(text) };
  const { listener } = reporterFor({ ...session, terminal }, { verbose: false });
  const finished = { kind: 'action-finished', output: '', how: 'ran', durationMs: 1 };
  const events = [
    { kind: 'build-planned', total: 3 },
    { ...finished, action: 0, description: 'Compiling a' },
    { kind: 'action-started', action: 1, description: 'Asking', commandLine: 'ask', console: true },
    { ...finished, action: 2, description: 'Compiling b' },
  ];
  for (const event of events) listener(event as Event); // what a reporter needs of them
  await Promise.resolve();
  expect(told).toEqual(['[1/3] Compiling a\n[2/3] Asking\n']);
  listener({ ...finished, action: 1, description: 'Asking' } as Event); // the same
  expect(told.at(-1)).toBe('[2/3] Compiling b\n');
});
