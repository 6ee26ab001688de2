import { expect, test } from 'vitest';
import { Turns } from '../../src/host/turns.ts';

test('others have their turn now and then, not after each small step', async () => {
  let nowMs = 1000;
  let pauses = 0;
  const clock = {
    monotonicMs: () => nowMs,
    pause: async () => {
      nowMs += 5;
      pauses++;
    },
  };
  const turns = new Turns(clock);
  for (let step = 0; step < 100; step++) {
    nowMs += 1;
    await turns.take();
  }
  expect(pauses).toBe(5);
});
