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
