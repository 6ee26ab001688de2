import { expect, test } from 'vitest';
import { plannedText } from '../support/plan-text.ts';

const crossFile = [
  '[binaries]',
  "c = 'emcc'",
  "ar = 'ar'",
  "exe_wrapper = 'node'",
  '[host_machine]',
  "system = 'emscripten'",
  "cpu_family = 'wasm32'",
  "cpu = 'wasm32'",
  "endian = 'little'",
];

function planned(...lines: readonly string[]) {
  const version = 'emcc (Emscripten gcc/clang-like replacement) 3.1.69 ()\n';
  return plannedText(
    {
      'meson.build': ["project('web', 'c')", ...lines].join('\n'),
      'e.c': '',
      'l.c': '',
      'lib/some.js': '',
      'package.json': '{"name": "web"}',
      'package-lock.json':
        '{"name": "web", "lockfileVersion": 3, "packages": {"": {"name": "web"}}}',
      'page.ts': '',
      'cross.ini': crossFile.join('\n'),
    },
    { node: () => '' },
    { emcc: { version, linker: 'LLD 19.1.7' } },
    { crossFiles: ['cross.ini'] },
  );
}

test('the greater part of a program lies beside it: it is made, installed and looked at with it', () => {
  const { action, graph, inputs, install } = planned(
    "e = executable('e', 'e.c', install: true)",
    "custom_target(output: 'o', command: [e], capture: true)",
  );
  expect(action('e.js').outputs.map((id) => graph.files.get(id))).toEqual(['e.js', 'e.wasm']);
  expect(inputs('o')).toEqual(expect.arrayContaining(['e.js', 'e.wasm']));
  expect(install.items).toMatchObject([
    { from: 'e.js', tag: 'runtime' },
    { from: 'e.wasm', tag: 'runtime', directory: expect.stringMatching(/bin$/) },
  ]);
});

test('libraries in JavaScript are found by their whole name in folders that are told', () => {
  const { command, model } = planned(
    "cc = meson.get_compiler('c')",
    "dirs = meson.current_source_dir() / 'lib'",
    "executable('e', 'e.c', dependencies: cc.find_library('some.js', dirs: dirs))",
    "no = cc.find_library('other.js', dirs: dirs, required: false)",
    "summary('other', no.found())",
  );
  expect(command('e.js')).toContain(`--js-library ${model.sourceRoot}/lib/some.js`);
  expect(command('e.js')).not.toContain('other.js');
});

test('sources of TypeScript import a program, and what lies beside it', () => {
  const { command, inputs } = planned(
    "ts = import('typescript')",
    "npm = ts.dependencies('package-lock.json')",
    "native = executable('native', 'e.c', native: true)",
    "e = executable('e', 'e.c')",
    "ts.bundle('page', 'page.ts', dependencies: npm, depends: [native, e])",
  );
  const build = '/project/build';
  expect(command('page.mjs')).toMatch(new RegExp(`--generated ${build}/e.js ${build}/e.wasm$`));
  expect(inputs('page.mjs')).toEqual(expect.arrayContaining(['e.js', 'e.wasm', 'native']));
});

test('a shared library is refused, and what makes a static one of it is told', () => {
  expect(() => planned("library('l', 'l.c')")).toThrow(
    'ld.wasm does not support shared libraries.',
  );
});
