import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentWords } from '../../../src/cmake/file-api/command-fragment.ts';
import { readReply, requestReply } from '../../../src/cmake/file-api/file-api.ts';
import { readTarget } from '../../../src/cmake/file-api/file-api-target.ts';
import type { Json } from '../../../src/cmake/file-api/json.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const index = {
  objects: [
    { kind: 'codemodel', jsonFile: 'codemodel.json' },
    { kind: 'cache', jsonFile: 'cache.json' },
    { kind: 'cmakeFiles', jsonFile: 'files.json' },
  ],
};
const codemodel = {
  paths: { source: '/src', build: '/b' },
  configurations: [
    {
      directories: [
        { source: '.', build: '.' },
        { source: 'lib', build: 'out/lib' },
      ],
      projects: [{ name: 'outer', targetIndexes: [1, 0] }],
      targets: [{ jsonFile: 'a.json' }, { jsonFile: 'b.json' }],
    },
  ],
};
const reply: Readonly<Record<string, unknown>> = {
  'index-2026-01-01.json': {},
  'index-2026-01-02.json': index,
  'codemodel.json': codemodel,
  'cache.json': { entries: [{ name: 'CMAKE_PROJECT_VERSION', value: '1.2.3' }] },
  'files.json': {
    paths: { source: '/src' },
    inputs: [
      { path: 'CMakeLists.txt' },
      { path: '/usr/share/cmake/x.cmake', isCMake: true },
      { path: '/b/made.cmake', isGenerated: true },
      { path: '/elsewhere/x.cmake' },
    ],
  },
  'a.json': { name: 'a', type: 'STATIC_LIBRARY' },
  'b.json': { name: 'b', type: 'EXECUTABLE' },
};

function read(files: Readonly<Record<string, unknown>>) {
  const host = new MemoryHost();
  for (const [name, value] of Object.entries(files))
    host.write(
      `/b/.cmake/api/v1/reply/${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    );
  return readReply(host.files, '/b');
}

test('a reply is read from its newest index', () => {
  const model = read(reply);
  expect(model).toMatchObject({
    ok: true,
    value: {
      projectName: 'outer',
      projectVersion: '1.2.3',
      targets: [{ name: 'b' }, { name: 'a' }],
      inputs: ['/src/CMakeLists.txt', '/elsewhere/x.cmake'],
    },
  });
  expect(model.ok && [...model.value.directories]).toEqual([
    ['/src', '/b'],
    ['/src/lib', '/b/out/lib'],
  ]);
});

test('CMake is asked by a file', () => {
  const host = new MemoryHost();
  requestReply(host.files, '/b');
  const text = host.files.readText('/b/.cmake/api/v1/query/client-kaon/query.json');
  expect(text.ok && JSON.parse(text.value).requests).toHaveLength(3);
});

test.each([
  ['nothing', {}, 'No response from the CMake file API'],
  ['no index', { 'x.json': {} }, 'Failed to find the CMake file API index'],
  ['a broken index', { 'index-1.json': '{' }, 'is no JSON'],
  ['an empty index', { 'index-1.json': [] }, 'tells nothing of the code model'],
  ['a file that is missing', { 'index-1.json': index }, 'does not exist'],
  [
    'a file elsewhere',
    { 'index-1.json': { objects: [{ kind: 'codemodel', jsonFile: '../../secret.json' }] } },
    'names a file that is none',
  ],
])('a reply with %s is refused', (_what, files, message) => {
  const model = read(files);
  expect(model.ok ? '' : model.error).toContain(message);
});

test('a reply of any form is read or refused', () => {
  const names = ['index-1.json', 'codemodel.json', 'cache.json', 'files.json', 'a.json'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
      const { 'index-2026-01-02.json': _newest, ...rest } = reply;
      const model = read({ ...rest, 'index-1.json': index, [name]: value });
      expect(typeof model.ok).toBe('boolean');
    }),
  );
});

const target: Json = {
  name: 'app',
  type: 'EXECUTABLE',
  nameOnDisk: 'app',
  artifacts: [{ path: 'bin/app' }],
  install: { prefix: { path: '/usr' }, destinations: [{ path: 'bin' }] },
  sources: [
    { path: 'main.c', compileGroupIndex: 0 },
    { path: '/b/gen.c', isGenerated: true, compileGroupIndex: 0 },
    { path: 'app.h' },
    { path: '/b/CMakeFiles/o.dir/o.c.o', isGenerated: true },
  ],
  compileGroups: [
    {
      language: 'C',
      sourceIndexes: [0, 1, 9],
      compileCommandFragments: [{ fragment: '-g  -O0' }, { fragment: '-std=gnu99' }],
      defines: [{ define: 'A="b c"' }],
      includes: [{ path: '/src/include' }, { path: '/opt/x', isSystem: true }],
    },
  ],
  link: {
    commandFragments: [
      { role: 'flags', fragment: '-rdynamic' },
      { role: 'libraryPath', fragment: '/opt/lib' },
      { role: 'libraries', fragment: '-Wl,-rpath,/b liba.a "/x y/libz.so"' },
    ],
  },
};

test('a target has its sources by how they are compiled', () => {
  const read = readTarget(target, { sourceDir: '/src', buildDir: '/b' });
  expect(read).toMatchObject({
    artifacts: ['/b/bin/app'],
    installDir: '/usr/bin',
    linkFlags: ['-rdynamic', '-L/opt/lib'],
    linkLibraries: ['-Wl,-rpath,/b', 'liba.a', '/x y/libz.so'],
  });
  expect(
    read.groups.map(({ language, sources, areGenerated }) => [language, areGenerated, ...sources]),
  ).toEqual([
    ['C', false, 'main.c'],
    ['C', true, '/b/gen.c'],
    [undefined, false, 'app.h'],
    [undefined, true, '/b/CMakeFiles/o.dir/o.c.o'],
  ]);
  expect(read.groups[0]).toMatchObject({
    flags: ['-g', '-O0', '-std=gnu99'],
    defines: ['A="b c"'],
    includes: [
      { path: '/src/include', isSystem: false },
      { path: '/opt/x', isSystem: true },
    ],
  });
});

test('a precompiled header is included and not compiled', () => {
  const header = '/b/CMakeFiles/x.dir/cmake_pch.hxx';
  const compiled = (fragment: string): readonly string[] | undefined => {
    const { groups } = readTarget(
      {
        name: 'x',
        sources: [{ path: 'x.cpp' }, { path: `${header}.cxx` }, { path: header }],
        compileGroups: [
          { language: 'CXX', sourceIndexes: [0], compileCommandFragments: [{ fragment }] },
          { language: 'CXX', sourceIndexes: [1], compileCommandFragments: [{ fragment: '-x y' }] },
        ],
      },
      { sourceDir: '/src', buildDir: '/b' },
    );
    expect(groups.map(({ sources }) => sources)).toEqual([['x.cpp']]);
    return groups[0]?.flags;
  };
  expect(compiled(`-g -Winvalid-pch -include ${header}`)).toEqual(['-g', '-include', header]);
  expect(
    compiled(
      `-g -Xclang -include-pch -Xclang ${header}.pch -Xclang -include -Xclang ${header} -Xclang -w`,
    ),
  ).toEqual(['-g', '-include', header, '-Xclang', '-w']);
});

test.each([
  ['-a  -b', ['-a', '-b']],
  ['"-D A"', ['-D A']],
  ["'x y' z", ['x y', 'z']],
  ['-DX=\\"y\\"', ['-DX="y"']],
  ['a\\b', ['a\\b']],
  ['', []],
])('the words of %s', (fragment, words) => {
  expect(fragmentWords(fragment)).toEqual(words);
});
