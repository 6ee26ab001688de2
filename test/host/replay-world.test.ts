import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { type AlreadyRan, recordWorld } from '../../src/host/record-world.ts';
import { rememberAnswers } from '../../src/host/remember-answers.ts';
import { replayWorld } from '../../src/host/replay-world.ts';
import { settledStampOf, stampOf } from '../../src/store/setup/setup-inputs.ts';
import { MemoryHost } from '../support/memory-host.ts';

const names = ['/src/a', '/src/b', '/src/d/c'];

type Ask = { readonly ask: 'text' | 'there' | 'names' | 'stat'; readonly path: string };
const asks: fc.Arbitrary<Ask> = fc.record({
  ask: fc.constantFrom('text', 'there', 'names', 'stat'),
  path: fc.constantFrom(...names, '/src', '/src/d', '/src/none'),
});

/** Work that writes down all that it learns of the world, and goes on by it. */
function work({ files, processes, system }: Host, questions: readonly Ask[]): void {
  let learnt = '';
  files.makeDirectory('/build/out');
  for (const { ask, path } of questions) {
    if (ask === 'there') learnt += files.exists(path);
    if (ask === 'stat') learnt += files.stat(path)?.kind;
    const text = ask === 'text' && !learnt.endsWith('one') ? files.readText(path) : undefined;
    if (text?.ok === true) learnt += text.value;
    const list = ask === 'names' ? files.list(path) : undefined;
    if (list?.ok === true) learnt += list.value;
    files.write('/build/out/learnt', learnt);
  }
  const { environment } = system;
  const { stdout } = processes.run({ argv: ['say'], workingDirectory: '/', environment });
  files.write('/build/out/said', stdout);
}

const own = { ownFolder: '/build', isLikeOwn: () => false };

test('what is done again is what the work itself would do', () => {
  const edits = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('one', 'two', '')), {
    maxLength: 2,
  });
  fc.assert(
    fc.property(
      fc.array(asks, { maxLength: 6 }),
      edits,
      fc.boolean(),
      (questions, edited, other) => {
        const host = new MemoryHost(Object.fromEntries(names.map((name) => [name, 'one'])));
        let said = 'hello';
        host.program('say', () => said);
        host.tick(60_000);
        const world = rememberAnswers(host, { folder: '/cache' });
        const recorded = recordWorld(world, {
          ...own,
          scratch: '/build/checks',
          readOnce: () => false,
          stampOf: (path) => settledStampOf(host.files, path, host.clock.nowMs()),
        });
        work(recorded.host, questions);
        const trace = recorded.trace();
        if (trace === undefined) throw new Error('nothing was done that cannot be told');
        host.files.remove('/build');
        host.tick(60_000);
        for (const [path, text] of edited) if (text === '') host.files.remove(path);
        for (const [path, text] of edited) if (text !== '') host.write(path, text);
        if (other) said = 'bye';
        const made = () =>
          ['learnt', 'said'].map((name) => host.files.readText(`/build/out/${name}`));
        const replayed = replayWorld(world, trace, {
          ...own,
          stampOf: (path) => stampOf(host.files, path),
          meansTheSame: () => false,
        });
        const again = made();
        work(host, questions);
        if (replayed.kind === 'same') expect(again).toEqual(made());
        if (edited.length === 0) expect(replayed.kind).toBe(other ? 'differs' : 'same');
      },
    ),
    { numRuns: 200 },
  );
});

test('what a process made is made again where the work first removes what was there', () => {
  const host = new MemoryHost({ '/src/a': 'one' });
  host.program('make', () => {
    host.write('/build/out/made', 'made');
    return 'made';
  });
  const clean = ({ files, processes, system: { environment } }: Host): void => {
    files.remove('/build/out');
    processes.run({ argv: ['make'], workingDirectory: '/', environment });
    files.readText('/src/a');
  };
  const world = rememberAnswers(host, { folder: '/cache' });
  const record = (alreadyRan: readonly AlreadyRan[]) =>
    recordWorld(world, {
      ...{ ...own, scratch: '/build/checks', alreadyRan },
      ...{ readOnce: () => false, stampOf: () => undefined },
    });
  const first = record([]);
  clean(first.host);
  const trace = first.trace();
  if (trace === undefined) throw new Error('nothing was done that cannot be told');
  host.write('/src/a', 'two');
  const settings = { ...own, stampOf: () => undefined, meansTheSame: () => false };
  const replayed = replayWorld(world, trace, settings);
  if (replayed.kind === 'same') throw new Error('a file is another');
  clean(record(replayed.ran).host);
  expect(host.files.exists('/build/out/made')).toBe(true);
});

test('what got the time of another file gets it again', () => {
  const host = new MemoryHost({ '/src/a': 'one' });
  host.tick(60_000);
  const world = rememberAnswers(host, { folder: '/cache' });
  const recorded = recordWorld(world, {
    ...{ ...own, scratch: '/build/checks' },
    ...{ readOnce: () => false, stampOf: () => undefined },
  });
  recorded.host.files.makeDirectory('/build');
  recorded.host.files.copy('/src/a', '/build/a');
  recorded.host.files.copyTime('/src/a', '/build/a');
  const trace = recorded.trace();
  if (trace === undefined) throw new Error('nothing was done that cannot be told');
  host.files.remove('/build');
  host.tick(60_000);
  const settings = { ...own, stampOf: () => undefined, meansTheSame: () => false };
  expect(replayWorld(world, trace, settings)).toEqual({ kind: 'same' });
  const seconds = (path: string) => Number(host.files.stat(path)?.mtimeNs) / 1e9;
  expect(seconds('/build/a')).toBeCloseTo(seconds('/src/a'));
});

test('what is downloaded meanwhile cannot be done again', async () => {
  const host = new MemoryHost();
  const recorded = recordWorld(rememberAnswers(host, { folder: '/cache' }), {
    ...{ ...own, scratch: '/build/checks' },
    ...{ readOnce: () => false, stampOf: () => undefined },
  });
  await recorded.host.network.download('https://example.org/a', '/src/a', { maxBytes: 1 });
  expect(recorded.trace()).toBeUndefined();
});
