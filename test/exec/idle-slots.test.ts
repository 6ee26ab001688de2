import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryHost } from '../support/memory-host.ts';
import { logPath } from './tiny-build.ts';
import { type Course, kinds, slotFaults, slowCache } from './watched-slots.ts';

const courses: fc.Arbitrary<Course & { readonly edited: readonly number[] }> = fc.record({
  actions: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      needs: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      fails: fc.integer({ min: 0, max: 19 }).map((at) => at === 0),
    }),
    { minLength: 1, maxLength: 24 },
  ),
  jobs: fc.integer({ min: 1, max: 5 }),
  tookMs: fc.constantFrom(1, 3, 8, 25, 60),
  picks: fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }),
  tokens: fc.option(fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }), { nil: undefined }),
  /** Sources that are other than those whose results are in the cache. */
  edited: fc.array(fc.nat(23), { maxLength: 6 }),
});

test('no slot is idle while something could run, and no more run than there are jobs', async () => {
  await fc.assert(
    fc.asyncProperty(courses, async (course) => {
      const host = new MemoryHost();
      const cache = slowCache(host);
      for (const at of course.actions.keys()) host.write(`s${at}`, `source ${at}`);
      host.tick();
      // What takes so long is kept.
      const first = { ...course, tookMs: 25, tokens: undefined };
      expect(await slotFaults(host, first, cache)).toEqual([]);
      for (const at of course.actions.keys()) host.files.remove(`o${at}`);
      host.files.remove(logPath);
      for (const at of course.edited) host.write(`s${at}`, `edited ${at}`);
      host.tick();
      expect(await slotFaults(host, course, cache)).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

test('what is looked up while a slot becomes free takes it, and no more than that', async () => {
  const action = (kind: (typeof kinds)[number]) => ({ kind, needs: [], fails: false });
  const course = { jobs: 2, tookMs: 1, picks: [0, 4], tokens: undefined };
  for (const kind of kinds) {
    const host = new MemoryHost();
    const actions = [kind, 'cached', kind, 'plain', 'cached', kind, 'plain'] as const;
    for (const at of actions.keys()) host.write(`s${at}`, `source ${at}`);
    host.tick();
    const cache = slowCache(host);
    expect(await slotFaults(host, { ...course, actions: actions.map(action) }, cache)).toEqual([]);
  }
});

test('where nobody takes commands in turn, no more run than there are jobs', async () => {
  const host = new MemoryHost();
  const own = host.processes.commands();
  const refusing = { ...own, spawnInTurn: () => undefined };
  Object.assign(host.processes, { commands: () => refusing });
  const actions = Array.from(
    { length: 30 },
    () => ({ kind: 'plain', needs: [], fails: false }) as const,
  );
  for (const at of actions.keys()) host.write(`s${at}`, 'source');
  const course = { actions, jobs: 3, tookMs: 1, picks: [0], tokens: undefined };
  expect(await slotFaults(host, course, slowCache(host))).toEqual([]);
});
