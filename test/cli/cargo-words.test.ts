import { expect, test } from 'vitest';
import { cargoOptions, defineCargoOptions } from '../../src/cli/cargo-words.ts';
import { parseWords } from '../../src/cli/parse-words.ts';
import { memorySession } from '../support/memory-session.ts';

function optionsOf(line: string): Record<string, string> {
  const { session } = memorySession({});
  const usage = { name: 'x', summary: '', define: defineCargoOptions };
  const parsed = parseWords(session.terminal, usage, line.split(' '));
  return parsed.kind === 'exit' ? {} : Object.fromEntries(cargoOptions(parsed.options));
}

test('packages and features may be named as often as wanted, as with Cargo', () => {
  expect(optionsOf('-p a -p b-*,c')).toEqual({ packages: 'a,b-*,c' });
  expect(optionsOf('-F one -F two,three --release')).toEqual({
    features: 'one,two,three',
    buildtype: 'release',
  });
  expect(optionsOf('--workspace --exclude a --exclude b')).toEqual({ packages: '*,!a,!b' });
});
