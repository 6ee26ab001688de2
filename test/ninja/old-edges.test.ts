import { expect, test } from 'vitest';
import type { Edge } from '../../src/ninja/manifest.ts';
import { oldEdges } from '../../src/ninja/old-edges.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';

/** What is to run for `build.ninja`, round by round, where files are so old and commands read what is given. */
function rounds(
  text: string,
  times: Readonly<Record<string, number>>,
  found: readonly string[] = [],
): readonly string[] {
  const parsed = parseManifest('build.ninja', () => `rule gen\n  command = gen\n${text}`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const mtimeNs = (path: string): bigint | undefined => {
    const time = times[path];
    return time === undefined ? undefined : BigInt(time);
  };
  const ran = new Set<Edge>();
  const told: string[] = [];
  for (;;) {
    const facts = { times: { mtimeNs, found: () => found }, ran };
    const old = oldEdges(parsed.value, ['build.ninja'], facts);
    if (old.length === 0) return told;
    for (const edge of old) ran.add(edge);
    told.push(old.flatMap(({ outputs }) => outputs).join(' '));
  }
}

test.each<[string, string, Record<string, number>, readonly string[]]>([
  ['nobody makes it', 'build x: gen y\n', { 'build.ninja': 1 }, []],
  ['it is newer', 'build build.ninja: gen in\n', { 'build.ninja': 2, in: 1 }, []],
  ['it is as old', 'build build.ninja: gen in\n', { 'build.ninja': 2, in: 2 }, []],
  ['it is older', 'build build.ninja: gen in\n', { 'build.ninja': 1, in: 2 }, ['build.ninja']],
  ['what it waits for is newer', 'build build.ninja: gen || in\n', { 'build.ninja': 1, in: 2 }, []],
  [
    'a file beside it is gone',
    'build build.ninja b: gen\n',
    { 'build.ninja': 1 },
    ['build.ninja b'],
  ],
  [
    'it is a name of what is older',
    'build build.ninja: phony stamp\nbuild stamp: gen in\n',
    { 'build.ninja': 3, stamp: 1, in: 2 },
    ['stamp'],
  ],
  [
    'something looks for new files each time',
    'build always: phony\nbuild globs: gen | always\nbuild build.ninja: gen globs\n',
    { 'build.ninja': 2, globs: 1 },
    ['globs'],
  ],
  [
    'something before it is to run, which decides about it',
    'build made: gen in\nbuild build.ninja: gen made in\n',
    { 'build.ninja': 1, made: 1, in: 2 },
    ['made', 'build.ninja'],
  ],
])('a manifest where %s', (_, text, times, expected) => {
  expect(rounds(text, times)).toEqual(expected);
});

test('what the depfile of its command named counts, and what of that is gone', () => {
  const text = 'build build.ninja: gen\n  depfile = d\n';
  expect(rounds(text, { 'build.ninja': 2, in: 1 }, ['in'])).toEqual([]);
  expect(rounds(text, { 'build.ninja': 2, in: 3 }, ['in'])).toEqual(['build.ninja']);
  expect(rounds(text, { 'build.ninja': 2 }, ['in'])).toEqual(['build.ninja']);
});
