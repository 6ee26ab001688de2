import { expect, test } from 'vitest';
import {
  cargoOptions,
  defineCargoOptions,
  directoryWord,
  refusedWords,
} from '../../../src/cli/cargo/cargo-words.ts';
import { parseWords } from '../../../src/cli/words/parse-words.ts';
import { memorySession } from '../../support/memory-session.ts';

function parsed(line: string) {
  const { session } = memorySession({});
  const usage = { name: 'x', summary: '', define: defineCargoOptions };
  const read = parseWords(session.terminal, usage, line.split(' '));
  return read.kind === 'exit' ? {} : read.options;
}

function optionsOf(line: string): Record<string, string> {
  return Object.fromEntries(cargoOptions(parsed(line)));
}

test('to leave packages out means nothing but where all are meant', () => {
  expect(refusedWords(parsed('--workspace --exclude a'))).toBe(undefined);
  expect(refusedWords(parsed('-p a --exclude a'))).toBe(
    '--exclude can only be used together with --workspace',
  );
});

test('a build directory is for one machine', () => {
  expect(parsed('--target a')).toMatchObject({ target: 'a' });
  expect(parsed('--target a --target b')).toEqual({});
});

test('a pattern, a machine and a profile have to be some', () => {
  const refused = (line: string) => refusedWords(parsed(line));
  expect(refused('-p [ab]*')).toBe(undefined);
  expect(refused('-p [*z')).toBe('cannot build glob pattern from `[*z`');
  expect(refused('--target=')).toBe('target was empty');
  expect(refused('--profile dev --release')).toContain("cannot be used with '--release'");
});

test('a manifest stands for its folder, and only one place can be meant', () => {
  const words = (line: string) => ({ C: undefined, ...parsed(line) });
  expect(directoryWord(words('--manifest-path a/b/Cargo.toml'))).toBe('a/b');
  expect(directoryWord({ C: 'there' })).toBe('there');
  expect(refusedWords(words('--manifest-path a/b'))).toContain('must be a path to a Cargo.toml');
  expect(refusedWords({ ...words('--manifest-path Cargo.toml'), C: 'b' })).toContain('both');
});

test('words of Cargo that mean nothing here are refused with what does', () => {
  expect(refusedWords(parsed('--message-format json,short'))).toContain('two kinds');
  expect(refusedWords(parsed('--timings'))).toContain('--trace FILE');
  expect(refusedWords(parsed('--future-incompat-report'))).toBe(undefined);
});

test('colours are wanted always, never, or where people read', () => {
  expect(refusedWords(parsed('--color never'))).toBe(undefined);
  expect(refusedWords(parsed('--color sometimes'))).toBe(
    'argument for --color must be auto, always, or never, but found `sometimes`',
  );
});

test('only one build directory can be meant', () => {
  expect(refusedWords(parsed('--target-dir out'))).toBe(undefined);
  expect(refusedWords({ ...parsed('--target-dir out'), C: 'b' })).toContain('both');
});

test('what to build for is an option, and --all the older --workspace', () => {
  expect(optionsOf('--all --target wasm32-wasip1')).toEqual({
    packages: '*',
    target: 'wasm32-wasip1',
  });
});

test('packages and features may be named as often as wanted, as with Cargo', () => {
  expect(optionsOf('-p a -p b-*,c')).toEqual({ packages: 'a,b-*,c' });
  expect(optionsOf('-F one -F two,three --release')).toEqual({
    features: 'one,two,three',
    buildtype: 'release',
  });
  expect(optionsOf('--workspace --exclude a --exclude b')).toEqual({ packages: '*,!a,!b' });
  expect(optionsOf('-r')).toEqual({ buildtype: 'release' });
  expect(optionsOf('--workspace -p a')).toEqual({ packages: '*,a' });
  expect(optionsOf('-p [ab]* -p c')).toEqual({ packages: "['[ab]*','c']" });
});

test('features that name none are none', () => {
  for (const none of ['--features=', '--features=,', '--features= -F ,'])
    expect(optionsOf(none)).toEqual({ features: '' });
  expect(optionsOf('-F ,a,,b,')).toEqual({ features: 'a,b' });
});

test('a word that can mean one thing is said once', () => {
  expect(parsed('--profile dev')).toMatchObject({ profile: 'dev' });
  expect(parsed('--profile dev --profile release')).toEqual({});
});

test('names that no package or profile can have are refused', () => {
  const refused = (line: string) => refusedWords(parsed(line));
  expect(refused('-p a@1.2 -p b:1.0.0 -p https://h.invalid/x#c@1')).toBe(undefined);
  expect(refused('--package=')).toBe('package name cannot be empty');
  expect(refused('-p @1')).toBe('package name cannot be empty');
  expect(refused('-p a@')).toBe('expected a version like "1.32"');
  expect(refused('-p a@^1')).toContain('unexpected version requirement');
  expect(refused('-p a!b')).toContain('invalid character `!` in package name: `a!b`');
  expect(refused('-p 1a')).toContain('the name cannot start with a digit');
  expect(refused('--profile a/b')).toContain('invalid character `/` in profile name: `a/b`');
  expect(refused('--profile debug')).toContain('use the name `dev`');
  expect(refused('--profile rustc')).toContain('Please choose a different name.');
  expect(refused('--profile doc')).toContain('not allowed to be explicitly specified');
  expect(refused('--profile=')).toBe('profile `` is not defined');
});
