import { expect, test } from 'vitest';
import { askedFor } from '../../src/ninja/asked-for.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';
import { wantedFor } from '../../src/ninja/wanted.ts';

function manifest(text: string) {
  const parsed = parseManifest('build.ninja', () => `rule cc\n  command = cc $in -o $out\n${text}`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function wanted(
  text: string,
  goals: readonly string[],
  { missing = [], failed = [] }: { missing?: readonly string[]; failed?: readonly string[] } = {},
) {
  const isThere = (path: string): boolean => !missing.includes(path);
  return wantedFor(manifest(text), goals, { isThere, failed: new Set(failed) });
}

test('what is validated along is wanted, and what that needs', () => {
  const text =
    'build a: cc s |@ check\nbuild check: cc b\nbuild b: cc s |@ more\nbuild more: cc s\n';
  expect(wanted(text, ['a']).goals).toEqual(['a', 'check', 'more']);
});

test('only dyndep files of edges that are needed are wanted', () => {
  const text = 'build a: cc s || d\n  dyndep = d\nbuild b: cc s || e\n  dyndep = e\n';
  expect(wanted(text, ['b']).dyndeps).toEqual(['e']);
});

test('a dyndep file that is made of what another tells of waits for that', () => {
  const text =
    'build d: cc s\nbuild a: cc s || d\n  dyndep = d\nbuild e: cc a\nbuild b: cc s || e\n  dyndep = e\n';
  expect(wanted(text, ['b']).dyndeps).toEqual(['d']);
});

test('a dyndep file that is made of what failed is not wanted any more', () => {
  const text =
    'build d: cc f\nbuild f: cc s\nbuild a: cc s || d\n  dyndep = d\nbuild b: cc s || e\n  dyndep = e\n';
  expect(wanted(text, ['a', 'b'], { failed: ['f'] }).dyndeps).toEqual(['e']);
});

test.each([
  ['build a: cc s\n', ['s'], "'s', needed by 'a', missing and no known rule to make it"],
  [
    'build a: cc b || s\nbuild b: cc t\n',
    ['s', 't'],
    "'t', needed by 'b', missing and no known rule to make it",
  ],
  ['build a: phony s\n', ['s'], "'s', needed by 'a', missing and no known rule to make it"],
  ['build a: phony || s\n', ['s'], undefined],
  ['build a: phony s || s\n', ['s'], "'s', needed by 'a', missing and no known rule to make it"],
  ['build a: cc t || s\n', ['s'], "'s', needed by 'a', missing and no known rule to make it"],
  ['build a: cc b\nbuild b: phony\n', [], undefined],
  ['build a: cc b\nbuild b: cc a\n', [], 'dependency cycle: a -> b -> a'],
  ['build a: cc a\n', [], 'dependency cycle: a -> a'],
  ['build a: phony a\n', [], undefined],
])('%j without %j: the first fault is the one that ninja tells', (text, missing, fault) => {
  expect(wanted(text, ['a'], { missing }).fault).toBe(fault);
});

test('that a command tells gcc what it reads and has no depfile is a fault where it is needed', () => {
  const text = 'build a: cc b\nbuild b: cc c\n  deps = gcc\nbuild d: cc c\n';
  expect(wanted(text, ['a']).fault).toBe("'b': edge with deps=gcc but no depfile makes no sense");
  expect(wanted(text, ['d']).fault).toBe(undefined);
});

test.each([
  ['build abc: cc s\n', 'abd', "unknown target 'abd', did you mean 'abc'?"],
  ['build library: cc s\n', 'library:all', "unknown target 'library:all'"],
  ['build abc: cc s\n', 'clean', "unknown target 'clean', did you mean 'ninja -t clean'?"],
  ['build a: cc s\n', 's^', ['a']],
  ['build a: cc s\n', 'a^', "'a' has no out edge"],
  ['build a: cc s\n', './b/../a', ['a']],
  ['build a: cc s\n', '', 'empty path'],
])('of %j, %j asks for %j', (text, word, answer) => {
  const asked = askedFor(manifest(text), [word]);
  expect(asked.ok ? asked.value : asked.error).toEqual(answer);
});

test('what is made of a header is what read it, as long as no statement names the header', () => {
  const text = 'build a: cc s\nbuild b: cc t\nbuild c: cc h\n';
  const asked = (word: string) => {
    const found = askedFor(manifest(text), [word], ({ outputs: [first] }) =>
      first === 'c' ? [] : ['h', 'i'],
    );
    return found.ok ? found.value : found.error;
  };
  expect(asked('i^')).toEqual(['a']);
  expect(asked('h^')).toEqual(['c']);
  expect(asked('j^')).toBe("unknown target 'j', did you mean 'a'?");
});

test('a graph without an end has no default', () => {
  const asked = askedFor(manifest('build a: cc b\nbuild b: cc a\n'), []);
  expect(asked.ok ? '' : asked.error).toBe('could not determine root nodes of build graph');
});
