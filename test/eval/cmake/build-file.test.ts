import { expect, test } from 'vitest';
import { cmakeBuildFile, TargetCycle } from '../../../src/eval/cmake/build-file.ts';
import { TargetOptions } from '../../../src/eval/cmake/target-options.ts';
import { apiTarget, group, type Ran, translated } from '../../cmake/yard.ts';

function fileOf(targets: Parameters<typeof translated>[0], ran: readonly Ran[]) {
  const project = translated(targets, ran);
  return cmakeBuildFile({ project, options: new TargetOptions(), self: ['/bin/kaon'] });
}

test('a library is declared with its folders before it and its dependency behind', () => {
  const { text, names } = fileOf(
    [
      apiTarget('my-lib', 'SHARED_LIBRARY', {
        groups: [group({ sources: ["o'clock.c"], defines: ['A="b"'] })],
      }),
    ],
    [
      ['add_library', 'my-lib', 'SHARED', "o'clock.c"],
      ['set_target_properties', 'my-lib', 'PROPERTIES', 'VERSION', '1.2'],
    ],
  );
  expect(text).toBe(`project(
  'project', 'c',
  version: '1.2',
)

my_lib_dir = include_directories('.')
my_lib_sys = include_directories(is_system: true)
my_lib_inc = [my_lib_dir, my_lib_sys]
my_lib_src = files('o\\'clock.c')
my_lib = shared_library(
  'my_lib', my_lib_src,
  build_by_default: false,
  link_args: [],
  link_with: [],
  include_directories: my_lib_inc,
  install: false,
  override_options: [],
  objects: [],
  version: '1.2',
  c_args: ['-DA="b"'],
)
my_lib_dep = declare_dependency(
  link_with: [my_lib],
  compile_args: [],
  include_directories: my_lib_inc,
  link_args: [],
)
`);
  expect([...names]).toEqual([['my-lib', 'my_lib']]);
});

const generated = [
  apiTarget('gen', 'EXECUTABLE'),
  apiTarget('lib', 'STATIC_LIBRARY', {
    groups: [
      group({ sources: ['lib.c'] }),
      group({ sources: ['/build/__CMake_build/out.c'], areGenerated: true }),
    ],
  }),
];

test('a custom command comes after the program it runs, and its headers before all users', () => {
  const { text, originals } = fileOf(generated, [
    ['add_executable', 'gen', 'gen.c'],
    ['add_library', 'lib', 'STATIC', 'lib.c'],
    ['add_custom_command', 'OUTPUT', 'out.c', 'out.h', 'COMMAND', 'gen', '>', 'out.c'],
  ]);
  const at = (part: string): number => text.indexOf(part);
  expect(at('gen = executable')).toBeLessThan(at('custom_tgt_0 = custom_target'));
  expect(at('custom_tgt_0 = custom_target')).toBeLessThan(at('lib = static_library'));
  expect(text).toContain(
    "command: [meson_kaon, 'internal', 'cmake-command', '/build/__CMake_build', '@OUTPUT@', ';;;', " +
      "'/build/__CMake_build/out.c', '/build/__CMake_build/out.h', ';;;', gen, '>', 'out.c'],",
  );
  expect(text).toContain("'lib', lib_src, custom_tgt_0[0], custom_tgt_0[1],");
  expect(text).toContain('sources: [custom_tgt_0[1]],');
  expect(originals.get('custom_tgt_0')).toHaveLength(2);
});

test('targets that need each other in a circle are refused', () => {
  const ran: readonly Ran[] = [
    ['add_custom_target', 'a', 'COMMAND', 'x'],
    ['add_custom_target', 'b', 'COMMAND', 'x'],
    ['add_dependencies', 'a', 'b'],
    ['add_dependencies', 'b', 'a'],
  ];
  expect(() => fileOf([], ran)).toThrow(new TargetCycle('a -> b -> a'));
});

test('words of the language are no names of variables', () => {
  const { text } = fileOf([], [['add_custom_target', 'if', 'COMMAND', 'x']]);
  expect(text).toContain("set_variable('if', custom_target(");
});

test('options for all targets come before those for one', () => {
  const options = new TargetOptions();
  options.of(undefined).overrides.set('cpp_std', 'c++11');
  options.of('lib').overrides.set('cpp_std', 'c++14');
  options.of(undefined).addCompileArgs('c', ['-DALL']);
  options.of('lib').addCompileArgs('c', ['-DLIB']);
  options.of(undefined).install = false;
  options.of('lib').install = true;
  expect(options.overrides('lib', ['cpp_std=c++98', 'c_std=c99'])).toEqual([
    'c_std=c99',
    'cpp_std=c++14',
  ]);
  expect(options.overrides('gen', [])).toEqual(['cpp_std=c++11']);
  expect(options.compileArgs('lib', 'c', ['-g'])).toEqual(['-g', '-DALL', '-DLIB']);
  expect([options.install('lib', false), options.install('gen', true)]).toEqual([true, false]);
});
