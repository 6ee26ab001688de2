import { expect, test } from 'vitest';
import { missingPaths } from '../../src/ninja/missing-paths.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';

/** What is missing where `x` turns out to read some files. */
function missing(text: string, ...read: readonly string[]): readonly string[] {
  const rule = 'rule cc\n  command = cc\nrule gen\n  command = gen\nbuild a.h: gen\n';
  const parsed = parseManifest('build.ninja', () => rule + text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const readOf = ({ outputs }: { readonly outputs: readonly string[] }) =>
    outputs.includes('x') ? read : [];
  return missingPaths(parsed.value, parsed.value.edges, readOf).map(
    ({ reader, path, rule }) => `${reader} reads ${path} of ${rule}`,
  );
}

test('a generated file that is read without being asked for may be made too late', () => {
  expect(missing('build x: cc x.c\n', 'a.h', 'plain.h')).toEqual(['x reads a.h of gen']);
});

test.each(['build x: cc a.h\n', 'build p: phony a.h\nbuild x: cc x.c || p\n'])(
  'one that comes first in some way is not missing: %j',
  (text) => {
    expect(missing(text, 'a.h')).toEqual([]);
  },
);

test('who reads build.ninja waits for all that configuring makes', () => {
  expect(missing('build x: cc x.c\n', 'a.h', 'build.ninja')).toEqual([]);
});
