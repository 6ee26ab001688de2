import { expect, test } from 'vitest';
import { targetName } from '../../src/cmake/targets/target-names.ts';
import { apiTarget, group, translated } from './yard.ts';

test('names become names of ours', () => {
  expect(['a-b++', 'test', 'meson-x', '7z', 'plain_1'].map(targetName)).toEqual([
    'a_b__',
    'cm_test',
    'cm_meson_x',
    'cm_7z',
    'plain_1',
  ]);
});

test('a library is linked as a target wherever its file is named', () => {
  const { build, rows } = translated(
    [
      apiTarget('lib', 'SHARED_LIBRARY', {
        nameOnDisk: 'liblib.so.1.2',
        artifacts: ['/build/__CMake_build/liblib.so.1.2'],
      }),
      apiTarget('app', 'EXECUTABLE', {
        linkLibraries: ['-Wl,-rpath,/build', 'liblib.so.1.2', '-lm'],
      }),
    ],
    [['add_library', 'lib', 'SHARED', 'lib.c']],
  );
  expect(build('app').linkWith.map((row) => rows[row]?.name)).toEqual(['lib']);
  expect(build('app').linkArgs).toEqual(['-lm']);
});

test('a static library brings along what it links', () => {
  const { build, rows } = translated(
    [apiTarget('low', 'STATIC_LIBRARY'), apiTarget('high', 'STATIC_LIBRARY')],
    [
      ['add_library', 'low', 'STATIC', 'low.c'],
      ['add_library', 'My::low', 'ALIAS', 'low'],
      ['add_library', 'high', 'STATIC', 'high.c'],
      ['target_link_libraries', 'high', 'PRIVATE', 'My::low', 'm', 'debug', '-ldbg'],
      ['target_link_libraries', 'high', 'PRIVATE', 'optimized', '-lfast', '-pthread'],
    ],
  );
  expect(build('high').linkWith.map((row) => rows[row]?.name)).toEqual(['low']);
  expect(build('high').publicLinkArgs).toEqual(['-lm', '-ldbg', '-pthread']);
});

test('an interface library has what its users need, with expressions replaced', () => {
  const { build } = translated(
    [],
    [
      ['add_library', 'headers', 'INTERFACE'],
      ['target_include_directories', 'headers', 'INTERFACE', '$<BUILD_INTERFACE:/src/include>'],
      ['target_compile_definitions', 'headers', 'INTERFACE', '-DA', '$<$<CONFIG:Debug>:B=1>'],
      ['target_compile_options', 'headers', 'INTERFACE', '-fexceptions'],
    ],
    ['/src/include/x.h'],
  );
  expect(build('headers')).toMatchObject({
    function: 'header_only',
    includes: ['include', '.'],
    publicCompileArgs: ['-DA', '-DB=1', '-fexceptions'],
  });
});

test('flags of CMake become options of ours where there are such', () => {
  const { build, warnings } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({
            language: 'CXX',
            sources: ['lib.cpp'],
            flags: ['-g', '-fPIC', '-Wall', '-std=gnu++14'],
            defines: ['X=1'],
          }),
        ],
      }),
    ],
    [['add_library', 'lib', 'STATIC', 'lib.cpp']],
  );
  expect(build('lib')).toMatchObject({
    isPositionIndependent: true,
    overrideOptions: ['cpp_std=gnu++14'],
  });
  expect(build('lib').compileArgs.get('cpp')).toEqual(['-g', '-DX=1']);
  expect(warnings).toEqual([]);
});

test('a standard that no compiler of ours has is told', () => {
  const { build, warnings } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [group({ sources: ['lib.c'], flags: ['-std=c77'] })],
      }),
    ],
    [['add_library', 'lib', 'STATIC', 'lib.c']],
  );
  expect(build('lib').overrideOptions).toEqual([]);
  expect(warnings[0]).toContain('Unknown c_std "c77"');
});

const generator = [
  apiTarget('gen', 'EXECUTABLE'),
  apiTarget('app', 'EXECUTABLE', {
    groups: [
      group({ sources: ['app.c'] }),
      group({ sources: ['/build/__CMake_build/out.c'], areGenerated: true }),
    ],
  }),
];

test('a custom command runs programs of the project, and its outputs are sources', () => {
  const { build, custom, rows } = translated(
    generator,
    [
      ['add_executable', 'gen', 'gen.c'],
      ['add_custom_command', 'OUTPUT', 'out.c', 'COMMAND', 'gen', 'in.txt', 'DEPENDS', 'in.txt'],
    ],
    ['/src/in.txt'],
  );
  const made = custom('custom_tgt_0');
  expect(made).toMatchObject({
    outputs: ['out.c'],
    originals: ['/build/__CMake_build/out.c'],
    workingDirectory: '/build/__CMake_build',
    inputs: ['in.txt'],
  });
  expect(made.commands).toEqual([[{ target: rows.indexOf(build('gen')) }, 'in.txt']]);
  expect(build('app').generatedBy).toEqual([{ row: rows.indexOf(made), output: 0 }]);
  expect(build('app').sources).toEqual(['app.c']);
});

test('a program may be named by its file', () => {
  const { build, custom, rows } = translated(generator, [
    ['add_executable', 'gen', 'gen.c'],
    ['add_custom_target', 'run', 'COMMAND', '$<TARGET_FILE:gen>', '--all'],
  ]);
  expect(custom('run').commands).toEqual([[{ target: rows.indexOf(build('gen')) }, '--all']]);
});

test('outputs of one name in two folders keep apart', () => {
  const { rows, build } = translated(
    [
      apiTarget('app', 'EXECUTABLE', {
        groups: [
          group({
            sources: ['/build/__CMake_build/sub/x.c', '/build/__CMake_build/x.c'],
            areGenerated: true,
          }),
        ],
      }),
    ],
    [
      ['add_custom_command', 'OUTPUT', 'x.c', 'COMMAND', 'a'],
      ['sub: add_custom_command', 'OUTPUT', 'x.c', 'COMMAND', 'b'],
    ],
  );
  const outputs = rows.flatMap((row) => (row.kind === 'custom' ? [row.outputs] : []));
  expect(outputs).toEqual([['x.c'], ['c0_x.c']]);
  expect(build('app').generatedBy.map(({ row }) => row)).toEqual([2, 1]);
});

test('objects of an object library are taken from it', () => {
  const { build, rows } = translated(
    [
      apiTarget('objs', 'OBJECT_LIBRARY'),
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({
            language: undefined,
            sources: ['/build/__CMake_build/CMakeFiles/objs.dir/objs.c.o'],
            areGenerated: true,
          }),
        ],
      }),
    ],
    [
      ['add_library', 'objs', 'OBJECT', 'objs.c'],
      ['add_library', 'lib', 'STATIC', '$<TARGET_OBJECTS:objs>'],
    ],
  );
  expect(build('lib').objectLibraries.map((row) => rows[row]?.name)).toEqual(['objs']);
  expect(build('lib').sources).toEqual([]);
  expect(build('objs').isPositionIndependent).toBe(true);
});

test('dependencies of an interface library are those of its users', () => {
  const { build, rows, custom } = translated(
    [apiTarget('lib', 'STATIC_LIBRARY')],
    [
      ['add_custom_target', 'headers_made', 'COMMAND', 'make-headers'],
      ['add_library', 'headers', 'INTERFACE'],
      ['add_dependencies', 'headers', 'headers_made'],
      ['add_library', 'lib', 'STATIC', 'lib.c'],
      ['target_link_libraries', 'lib', 'PUBLIC', 'headers'],
    ],
  );
  expect(build('lib').depends).toEqual([rows.indexOf(custom('headers_made'))]);
  expect(build('headers').depends).toEqual([]);
});

test('files that only headers would compile are left out', () => {
  const { build } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({ sources: ['lib.c'] }),
          group({ language: undefined, sources: ['part.c', 'lib.h', 'README'] }),
        ],
      }),
    ],
    [['add_library', 'lib', 'STATIC', 'lib.c', 'part.c', 'lib.h', 'README']],
  );
  expect(build('lib').sources).toEqual(['lib.c', 'lib.h']);
});

test('users of a shared library link what it links in public', () => {
  const { build, rows } = translated(
    [
      apiTarget('low', 'STATIC_LIBRARY'),
      apiTarget('hidden', 'STATIC_LIBRARY'),
      apiTarget('high', 'SHARED_LIBRARY'),
    ],
    [
      ['add_library', 'low', 'STATIC', 'low.c'],
      ['target_link_libraries', 'low', 'INTERFACE', '-lm'],
      ['add_library', 'hidden', 'STATIC', 'hidden.c'],
      ['add_library', 'high', 'SHARED', 'high.c'],
      ['target_link_libraries', 'high', 'PUBLIC', 'low', 'PRIVATE', 'hidden', '-ldl'],
    ],
  );
  expect(build('high').publicLinkWith.map((row) => rows[row]?.name)).toEqual(['low']);
  expect(build('high').publicLinkArgs).toEqual(['-lm']);
});

test('a file of a target may stand in the middle of a word', () => {
  const { build, custom, rows } = translated(generator, [
    ['add_executable', 'gen', 'gen.c'],
    ['add_executable', 'ns::gen', 'ALIAS', 'gen'],
    ['add_custom_target', 'run', 'COMMAND', 'cmake', '-DGEN=$<TARGET_FILE:ns::gen>;-Dother=1'],
    ['add_custom_target', 'run2', 'COMMAND', 'ns::gen'],
  ]);
  const target = rows.indexOf(build('gen'));
  expect(custom('run').commands).toEqual([
    ['cmake', { parts: ['-DGEN=', { target }] }, '-Dother=1'],
  ]);
  expect(custom('run').depends).toEqual([target]);
  expect(custom('run2').commands).toEqual([[{ target }]]);
});

test('a byproduct that is compiled is an output', () => {
  const { build, custom } = translated(generator, [
    ['add_custom_target', 'make_it', 'COMMAND', 'tool', 'BYPRODUCTS', 'out.c', 'unused.log'],
  ]);
  expect(custom('make_it').outputs).toEqual(['out.c']);
  expect(build('app').generatedBy).toHaveLength(1);
});

test('a source that nothing makes is told and left out', () => {
  const { build, warnings } = translated(generator, []);
  expect(build('app').sources).toEqual(['app.c']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('/build/__CMake_build/out.c, a source of target app');
});

test('the empty header of a custom target hides no real one', () => {
  const { custom } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({ sources: ['lib.c'], includes: [{ path: '/src/include', isSystem: false }] }),
        ],
      }),
    ],
    [
      ['add_library', 'lib', 'STATIC', 'lib.c'],
      ['add_custom_target', 'config', 'COMMAND', 'x'],
      ['add_custom_target', 'other', 'COMMAND', 'x'],
    ],
    ['/src/include/config.h'],
  );
  expect(custom('config').outputs).toEqual(['config_done.h']);
  expect(custom('other').outputs).toEqual(['other.h']);
});

test('a folder of the project around is not looked into', () => {
  const { build, warnings } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({ sources: ['lib.c'], includes: [{ path: '/outside/inc', isSystem: false }] }),
        ],
      }),
    ],
    [['add_library', 'lib', 'STATIC', 'lib.c']],
  );
  expect(build('lib').includes).toEqual(['.']);
  expect(warnings[0]).toBe('CMake: path /outside/inc does not exist.');
});

test('sources with flags of their own are compiled apart', () => {
  const { build, rows } = translated(
    [
      apiTarget('lib', 'STATIC_LIBRARY', {
        groups: [
          group({ sources: ['a.c', 'b.c'], flags: ['-O2'] }),
          group({ sources: ['simd.c'], flags: ['-O2', '-mavx2'] }),
          group({ language: 'CXX', sources: ['c.cpp'], flags: ['-O2'] }),
        ],
      }),
      apiTarget('plain', 'STATIC_LIBRARY'),
    ],
    [['add_library', 'lib', 'STATIC', 'a.c']],
  );
  expect(build('lib').sources).toEqual(['a.c', 'b.c', 'c.cpp']);
  expect(build('lib').compileArgs.get('c')).toEqual(['-O2']);
  const [part] = build('lib').objectLibraries.map((row) => rows[row]);
  expect(part).toMatchObject({ name: 'lib_part_1', isPart: true, sources: ['simd.c'] });
  expect(build('plain').objectLibraries).toEqual([]);
});
