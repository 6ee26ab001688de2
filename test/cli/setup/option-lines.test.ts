import { expect, test } from 'vitest';
import { optionLines, type ShownOption } from '../../../src/cli/setup/option-lines.ts';

test('options stand in their sections, those of modules in sections of their own', () => {
  const options = [
    option('python.bytecompile', 0, { type: { kind: 'integer', min: -1, max: 2 } }),
    option('c_std', 'c99', { section: 'compiler', choices: ['none', 'c99'] }),
    option('backend', 'ninja', { section: 'backend' }),
    option('prefix', '/usr', { section: 'directory' }),
  ];
  expect(optionLines(options).map(plain)).toEqual([
    '',
    'Core options Current Value Possible Values Description',
    'backend ninja',
    '',
    'Compiler options Current Value Possible Values Description',
    'c_std c99 [none, c99]',
    '',
    'python module options Current Value Possible Values Description',
    'python.bytecompile 0 [>= -1, <= 2]',
    '',
    'Directories Current Value Possible Values Description',
    'prefix /usr',
  ]);
});

test('a mask is shown by the octal digits by which it is given', () => {
  const shown = (value: ShownOption['value']): string | undefined =>
    optionLines([option('install_umask', value, { type: { kind: 'umask' } })]).map(plain)[2];
  expect(shown(0o22)).toBe('install_umask 0022');
  expect(shown('preserve')).toBe('install_umask preserve');
});

function option(
  name: string,
  value: ShownOption['value'],
  more: Partial<ShownOption> = {},
): ShownOption {
  return { name, value, section: 'core', description: '', choices: [], ...more };
}

/** A line without what only fills its columns. */
function plain(line: string): string {
  return line.trim().replace(/ +/g, ' ');
}
