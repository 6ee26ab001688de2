import { expect, test } from 'vitest';
import { wantedOptions } from '../../../src/cli/setup/wanted-options.ts';
import { changedOptions } from '../../../src/export/introspect/changed-options.ts';
import type { OptionType, OptionValue } from '../../../src/model/option.ts';
import { emptyRecord, formatCommandLine } from '../../../src/store/setup/cmd-line-file.ts';
import { readInputs } from '../../../src/store/setup/setup-inputs.ts';
import type { SetupState, StoredOption } from '../../../src/store/setup/setup-state.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const option = (name: string, type: OptionType, value: OptionValue, section = 'user') => ({
  ...{ name, type, value, section },
  ...{ description: name, choices: type.kind === 'combo' ? type.choices : [] },
});

const standards: OptionType = {
  kind: 'combo',
  choices: ['none', 'c++11', 'gnu++11'],
  standards: { language: 'cpp', known: ['none', 'c++11', 'gnu++11', 'vc++11'] },
};

const options: readonly StoredOption[] = [
  option('prefix', { kind: 'string' }, '/usr', 'directory'),
  option('bindir', { kind: 'string' }, 'bin', 'directory'),
  option('backend', { kind: 'combo', choices: ['ninja', 'none'] }, 'ninja', 'core'),
  option('buildtype', { kind: 'combo', choices: ['debug', 'release'] }, 'debug', 'core'),
  option('debug', { kind: 'boolean' }, true, 'core'),
  option('optimization', { kind: 'combo', choices: ['0', '3'] }, '0', 'core'),
  option('cpp_std', standards, 'none', 'compiler'),
  option('size', { kind: 'integer', min: 0 }, 1),
  option('list', { kind: 'array', shellWords: false, allowDuplicates: true }, []),
  {
    ...option('docs', { kind: 'feature' }, 'auto'),
    deprecated: { kind: 'replaced-values', replacements: [['true', 'enabled']] },
  },
  {
    ...option('width', { kind: 'integer' }, 1),
    deprecated: { kind: 'renamed', to: 'size' },
  },
  {
    ...option('round', { kind: 'string' }, ''),
    deprecated: { kind: 'renamed', to: 'round' },
  },
];

/** What becomes of options when `given` is set and the project's option file is `after` by then. */
function wanted(given: Readonly<Record<string, string>>, after?: string): unknown {
  const path = '/project/meson.options';
  const used = '/project/subprojects/used/meson.build';
  const { files, clock } = new MemoryHost({ [path]: 'as it was at setup', [used]: '' });
  const state = {
    ...{ sourceRoot: '/project', buildRoot: '/project/b', options },
    commandLine: formatCommandLine(emptyRecord),
    inputs: readInputs(files, [path, used], { nowMs: clock.nowMs() }),
  } as unknown as SetupState; // the rest is not looked at
  if (after !== undefined) files.replace(path, after);
  const result = wantedOptions(files, state, { given: new Map(Object.entries(given)) });
  if (!result.ok) return result.error;
  const old = new Map(options.map(({ name, value }) => [name, value]));
  const changed = result.value.filter(({ name, value }) => old.get(name) !== value);
  return Object.fromEntries(changed.map(({ name, value }) => [name, value]));
}

test('values that were given are read as setup will read them', () => {
  expect(wanted({ size: '3', list: 'a,b' })).toEqual({ size: 3, list: ['a', 'b'] });
  expect(wanted({ cpp_std: 'vc++11,c++11' })).toEqual({ cpp_std: 'c++11' });
  expect(wanted({ buildtype: 'release' })).toEqual({
    buildtype: 'release',
    debug: false,
    optimization: '3',
  });
  expect(wanted({ 'later:cpp_args': '1', 'build.cpp_std': 'c++11' })).toEqual({});
});

test('directories are judged where they are given', () => {
  expect(wanted({ prefix: 'opt' })).toBe("prefix value 'opt' must be an absolute path");
  expect(wanted({ prefix: '/opt/' })).toEqual({ prefix: '/opt' });
  expect(wanted({ bindir: '/usr/games' })).toEqual({ bindir: 'games' });
  expect(wanted({ bindir: '/usr/x/../y' })).toMatch(
    "The value of the 'bindir' option is 'x/../y' but",
  );
});

test('values and names that are deprecated are replaced where they are given', () => {
  expect(wanted({ docs: 'true' })).toEqual({ docs: 'enabled' });
  expect(wanted({ width: '7' })).toEqual({ width: 7, size: 7 });
  expect(wanted({ round: '1' })).toBe('Option "round" is replaced by itself.');
});

test('options of a compiler that is not asked for may come later', () => {
  expect(wanted({ rust_std: '2021', b_pgo: 'use' })).toEqual({});
});

test('of a subproject all that is known may be set, and what every project has', () => {
  expect(wanted({ 'used:debug': 'true', 'other:debug': 'false' })).toEqual({});
  expect(wanted({ 'used:nope': '1' })).toMatch('Unknown option: "used:nope".');
  expect(wanted({ 'other:nope': '1' })).toMatch('Unknown option: "other:nope".');
  expect(wanted({ 'other:size': '1' })).toMatch('Unknown option: "other:size".');
  expect(wanted({ 'other:debug': 'maybe' })).toBe(
    'Option "debug" value maybe is not boolean (true or false).',
  );
});

test('what cannot be set is refused in the words of Meson', () => {
  expect(wanted({ size: '-1' })).toBe('Value -1 for option "size" is less than minimum value 0.');
  expect(wanted({ siz: '1' })).toBe('Unknown option: "siz". (did you mean "size"?)');
  expect(wanted({ backend: 'none' })).toBe('Tried to modify read only option "backend"');
  expect(wanted({ backend: 'ninja' })).toEqual({});
});

test('the option file may have changed since setup', () => {
  const after =
    "option('size', type: 'integer', max: 0, value: -5)\noption('new', type: 'boolean')";
  expect(wanted({ new: 'false', size: '-9' }, after)).toEqual({ new: false, size: -9 });
  expect(wanted({ list: 'a' }, after)).toBe('Unknown option: "list".');
});

test('what yields is introspected as it would be alone, until it is set', () => {
  const asked = { ...option('sub:list', { kind: 'string' }, 'top'), ownValue: 'own' };
  const row = (value: OptionValue) => ({ name: 'sub:list', section: 'user', value });
  expect(changedOptions([row('own')], [asked])).toEqual([row('own')]);
  const set = wantedOptions(
    new MemoryHost({}).files,
    {
      ...{ sourceRoot: '/project', buildRoot: '/project/b', options: [asked] },
      ...{ commandLine: formatCommandLine(emptyRecord), inputs: [] },
    } as unknown as SetupState, // the rest is not looked at
    { given: new Map([['sub:list', 'new']]) },
  );
  expect(set.ok && changedOptions([row('own')], set.value)).toEqual([row('new')]);
});

test('introspection tells new values, and options that came and went', () => {
  const row = (name: string, section: string, value: OptionValue) => ({ name, section, value });
  const rows = [
    row('buildtype', 'core', 'debug'),
    row('gone', 'user', 1),
    row('hidden', 'core', 1),
  ];
  const [buildtype, size] = ['buildtype', 'size'].map((name) =>
    options.find((each) => each.name === name),
  );
  if (buildtype === undefined || size === undefined) throw new Error('there are more');
  expect(changedOptions(rows, [{ ...buildtype, value: 'release' }, size])).toEqual([
    row('buildtype', 'core', 'release'),
    row('hidden', 'core', 1),
    { ...row('size', 'user', 1), machine: 'any', type: 'integer', description: 'size' },
  ]);
});

test('an option of the main project may be named with a colon before it', () => {
  expect(wanted({ ':size': '3' })).toEqual({ size: 3 });
  expect(wanted({ ':debug': 'false' })).toEqual({});
  expect(wanted({ ':size': '-1' })).toContain('less than minimum value 0');
  expect(wanted({ ':sise': '3' })).toContain('Unknown option: ":sise"');
});
