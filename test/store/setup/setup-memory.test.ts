import { expect, test } from 'vitest';
import type { Files } from '../../../src/host/host.ts';
import {
  listSetups,
  loadSetupMemory,
  preferSetup,
  saveSetupMemory,
} from '../../../src/store/setup/setup-memory.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const buildRoot = '/src/build';
const place = { root: '/cache/setups', kind: 'one', sourceRoot: '/src', buildRoot };
const setup = (said: string, bytes = 3) => ({
  buildRoot,
  trace: {
    steps: [{ kind: 'wrote', path: '/build/a', content: 0 } as const],
    contents: [new Uint8Array(bytes).fill(7), new Uint8Array()],
    isMovable: true,
  },
  facts: { said },
});
const at = (files: Files, nowMs: number) => ({ files, clock: { nowMs: () => nowMs } });

test('a setup is kept as it was', () => {
  const { files } = new MemoryHost();
  saveSetupMemory(at(files, 1), place, setup('hello'));
  const [path = ''] = listSetups(files, place);
  const loaded = loadSetupMemory(files, path, place);
  expect(loaded?.facts).toEqual({ said: 'hello' });
  expect(loaded?.trace.steps).toEqual(setup('').trace.steps);
  expect(loaded?.trace.contents.map((content) => [...content])).toEqual([[7, 7, 7], []]);
});

test('one that is damaged anywhere is not taken', () => {
  const { files } = new MemoryHost();
  saveSetupMemory(at(files, 1), place, setup('hello'));
  const [path = ''] = listSetups(files, place);
  const whole = files.readBytes(path);
  if (!whole.ok) throw new Error(whole.error.reason);
  for (let at = 0; at < whole.value.length; at++) {
    const bytes = Uint8Array.from(whole.value);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    files.write(path, bytes);
    expect(loadSetupMemory(files, path, place)).toBeUndefined();
    files.write(path, whole.value.subarray(0, at));
    expect(loadSetupMemory(files, path, place)).toBeUndefined();
  }
});

test('the last four of a kind are kept, and one that was used again counts as new', () => {
  const { files } = new MemoryHost();
  for (const time of [1, 2, 3, 4]) saveSetupMemory(at(files, time), place, setup(`${time}`));
  const oldest = listSetups(files, place).at(-1) ?? '';
  preferSetup(at(files, 5), place, oldest);
  saveSetupMemory(at(files, 6), place, setup('6'));
  const said = listSetups(files, place).map(
    (path) => loadSetupMemory<{ said: string }>(files, path, place)?.facts.said,
  );
  expect(said).toEqual(['6', '1', '4', '3']);
});

test('of other build directories the last two are looked at, after what is of the own one', () => {
  const { files } = new MemoryHost();
  for (const [time, buildRoot] of ['/src/build', '/src/a', '/src/b', '/src/c'].entries())
    saveSetupMemory(at(files, time), { ...place, buildRoot }, { ...setup(buildRoot), buildRoot });
  const said = listSetups(files, place).map(
    (path) => loadSetupMemory<{ said: string }>(files, path, place)?.facts.said,
  );
  expect(said).toEqual(['/src/build', '/src/build', '/src/build']);
  const times = listSetups(files, place).map((path) => /-(\d+)\.setup$/.exec(path)?.[1]);
  expect(times).toEqual(['0', '3', '2']);
});

test('where there is too much, what was used longest ago goes, and what is too large does not come', () => {
  const { files } = new MemoryHost();
  const large = 100 * 1024 ** 2;
  for (const [time, kind] of ['a', 'b', 'c'].entries())
    saveSetupMemory(at(files, time + 1), { ...place, kind }, setup(kind, large));
  saveSetupMemory(at(files, 4), { ...place, kind: 'd' }, setup('d', 200 * 1024 ** 2));
  const left = files.list(place.root);
  expect(left.ok && left.value).toEqual([
    expect.stringMatching(/^b-.*-2\.setup$/),
    expect.stringMatching(/^c-.*-3\.setup$/),
  ]);
});
