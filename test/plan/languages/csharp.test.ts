import { expect, test } from 'vitest';
import { plannedText } from '../../support/plan-text.ts';

const files = {
  'meson.build': `project('p', 'cs')
lib = shared_library('helper', 'helper.cs', install: true, version: '1.2')
exe = executable('prog', 'a.cs', 'b.cs', link_with: lib, cs_args: '-d:X', resources: 'text.resx')
custom_target(output: 'out', command: [exe])
test('t', exe)`,
  'helper.cs': '',
  'a.cs': '',
  'b.cs': '',
  'text.resx': '',
};

test('all sources of C# become one assembly, that knows its libraries and resources', () => {
  const { command, inputs } = plannedText(files);
  expect(command('helper.dll')).toBe(
    'mcs /nologo -debug -target:library -out:helper.dll ../helper.cs',
  );
  expect(command('prog.exe')).toBe(
    'mcs /nologo -debug -d:X -target:exe -resource:prog.exe.p/text.resources -out:prog.exe -r:helper.dll ../a.cs ../b.cs',
  );
  expect(command('prog.exe.p/text.resources')).toBe(
    'resgen ../text.resx prog.exe.p/text.resources',
  );
  expect(inputs('prog.exe')).toContain('helper.dll');
});

test('programs of C# are started by mono', () => {
  const { command, targets, tests } = plannedText(files);
  expect(targets.find(({ name }) => name === 'prog')?.program?.argv).toEqual([
    'mono',
    '/project/build/prog.exe',
  ]);
  expect(command('out')).toBe('mono /project/build/prog.exe');
  expect(tests.tests[0]?.argv).toEqual(['/project/build/prog.exe']);
});

test('what is there for debuggers is installed with a library', () => {
  const { install } = plannedText(files);
  expect(
    install.items.flatMap((item) => (item.kind === 'target' ? [[item.from, item.optional]] : [])),
  ).toEqual([
    ['helper.dll', false],
    ['helper.pdb', true],
  ]);
});
