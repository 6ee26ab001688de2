import { Command } from 'commander';
import { expect, test } from 'vitest';
import { GivenOptions } from '../../../src/cli/setup/setup-words.ts';

test('a built-in option is shown with what it is for, and the values it may have', () => {
  const command = new Command('setup');
  new GivenOptions().define(command);
  const said = new Map(command.options.map(({ flags, description }) => [flags, description]));
  expect(said.get('--prefix <value>')).toBe('Installation prefix');
  expect(said.get('--layout <value>')).toBe('Build directory layout: mirror, flat');
  expect(said.get('--werror')).toBe('Treat warnings as errors');
});
