import { Command } from 'commander';
import { expect, test } from 'vitest';
import { passThrough, wholeOptions } from '../../../src/cli/setup/whole-options.ts';

function whole(...words: readonly string[]): unknown {
  const command = new Command()
    .option('--buildtype <value>', '')
    .option('--bindir <value>', '')
    .option('--reconfigure', '')
    .option('-D <option=value>', '');
  const result = wholeOptions(command, words);
  return result.ok ? result.value : result.error;
}

test('a long option may be cut short while only one begins so', () => {
  expect(whole('--build', 'release', 'b')).toEqual(['--buildtype', 'release', 'b']);
  expect(whole('--build=release', '--reconf')).toEqual(['--buildtype=release', '--reconfigure']);
  expect(whole('--b', 'x')).toBe('ambiguous option: --b could match --buildtype, --bindir');
  expect(whole('--zork')).toEqual(['--zork']);
  expect(whole('--zork=1')).toBe("unknown option '--zork'");
  expect(whole('--buildtpe=release')).toBe(
    "unknown option '--buildtpe'\n(Did you mean --buildtype?)",
  );
});

test('values of options and what follows -- are left as they are', () => {
  expect(whole('--buildtype', '--reconf', '-D', '--reconf', '--', '--reconf')).toEqual([
    ...['--buildtype', '--reconf', '-D', '--reconf', '--', '--reconf'],
  ]);
});

test('words of another program are left as they are', () => {
  const command = passThrough(new Command().option('--workdir <dir>', '')).argument('[words...]');
  expect(wholeOptions(command, ['--work', 'x', 'ls', '--work'])).toEqual({
    ok: true,
    value: ['--workdir', 'x', 'ls', '--work'],
  });
});
