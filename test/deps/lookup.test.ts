import { expect, test } from 'vitest';
import { shellWords } from '../../src/deps/ask.ts';
import {
  type DependencyContext,
  type DependencyRequest,
  plainRequest,
} from '../../src/deps/context.ts';
import { lookupDependency } from '../../src/deps/lookup.ts';
import { dependencyMemory } from '../../src/deps/memory.ts';
import { waysOf } from '../../src/deps/packages.ts';
import { pkgConfigVariable } from '../../src/deps/pkg-config.ts';
import { sortedByReference } from '../../src/deps/pkg-config-libraries.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { linuxMachine } from '../support/stand-in-compilers.ts';

interface Module {
  readonly version: string;
  readonly cflags?: string;
  readonly libs?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A machine whose pkg-config knows some modules. */
function machine(
  modules: Readonly<Record<string, Module>>,
  programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
) {
  const host = new MemoryHost();
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1\n';
    if (argv.includes('--list-all'))
      return Object.keys(modules)
        .map((name) => `${name} - its text\n`)
        .join('');
    const module = modules[argv.at(-1) ?? ''];
    if (module === undefined) return { code: 1, stderr: 'no such module' };
    if (argv.includes('--modversion')) return `${module.version}\n`;
    if (argv.includes('--cflags')) return `${module.cflags ?? ''}\n`;
    if (argv.includes('--libs')) return `${module.libs ?? ''}\n`;
    if (argv.includes('--print-variables')) return Object.keys(module.variables ?? {}).join('\n');
    const [, variable = ''] = /--variable=(\S+)/.exec(argv.join(' ')) ?? [];
    return `${module.variables?.[variable] ?? ''}\n`;
  });
  for (const [name, answers] of Object.entries(programs))
    host.program(name, ({ argv }) => answers[argv.slice(1).join(' ')] ?? 1);
  const lines: string[] = [];
  const context: DependencyContext = {
    host,
    self: ['kaon'],
    machine: 'host',
    machineInfo: linuxMachine,
    cross: false,
    sourceRoot: '/source',
    buildRoot: '/build',
    checker: () => undefined,
    option: () => undefined,
    binary: () => undefined,
    property: () => undefined,
    cmakeVariables: new Map(),
    memory: dependencyMemory(),
    log: (line) => lines.push(line),
    warn: (message) => lines.push(`WARNING: ${message}`),
  };
  return { context, lines, host };
}

const optional = (request: Partial<DependencyRequest> = {}): DependencyRequest => ({
  ...plainRequest,
  required: false,
  ...request,
});

test('pkg-config tells of a dependency', () => {
  const { context, lines } = machine({
    foo: { version: '1.2', cflags: '-I/opt/include "-DX=a b"', libs: '-L/opt/lib -lfoo' },
  });
  const result = lookupDependency(context, 'foo', optional());
  expect(lines).toEqual([
    'Found pkg-config: YES (/usr/bin/pkg-config) 1.8.1',
    'Run-time dependency foo found: YES 1.2',
  ]);
  expect(result.kind === 'found' && result.found).toMatchObject({
    type: 'pkgconfig',
    version: '1.2',
    compileArgs: ['-I/opt/include', '-DX=a b'],
    linkArgs: ['-L/opt/lib', '-lfoo'],
  });
});

test('what nobody knows is told with the ways that were tried', () => {
  const { context, lines } = machine({});
  const result = lookupDependency(context, 'nosuch', { ...plainRequest, method: 'pkg-config' });
  expect(lines.at(-1)).toBe('Run-time dependency nosuch found: NO  (tried pkg-config)');
  expect(result).toEqual({
    kind: 'not-found',
    reason: 'Dependency "nosuch" not found (tried pkg-config)',
  });
});

test('frameworks are asked of a compiler that knows none, as nothing else can be asked', () => {
  const { context, lines } = machine({});
  lookupDependency(context, 'appleframeworks', optional({ modules: ['foo'] }));
  expect(lines.at(-1)).toMatch(/^Run-time dependency appleframeworks found: NO/);
  expect(waysOf(context, 'appleframeworks', optional())).toMatchObject({
    value: [{ method: 'framework' }],
  });
});

test('a find module of another case counts as asked, and found nothing', () => {
  const { context, host } = machine({}, { cmake: { '--version': 'cmake version 3.25.1' } });
  host.write('/usr/share/cmake/Modules/FindLua.cmake', '');
  host.write('/usr/lib/cmake/opencv4/OpenCVConfig.cmake', '');
  const reason = (name: string) => lookupDependency(context, name, plainRequest);
  expect(reason('lua')).toMatchObject({ reason: 'Dependency "lua" not found (tried pkg-config)' });
  expect(reason('luna')).toMatchObject({
    reason: 'Dependency "luna" not found (tried pkg-config and cmake)',
  });
  expect(reason('opencv')).toMatchObject({
    reason: 'Dependency "opencv" not found (tried pkg-config)',
  });
});

test('the wrong version is told, and why', () => {
  const { context, lines } = machine({ foo: { version: '1.2' } });
  const request = { ...plainRequest, version: ['>=1', '>=2'], method: 'pkg-config' };
  const result = lookupDependency(context, 'foo', request);
  expect(lines.slice(1)).toEqual([
    "Dependency foo for host machine found: NO. Found 1.2 but need: '>=2' ; matched: '>=1'",
    'Run-time dependency foo found: NO',
  ]);
  expect(result.kind === 'not-found' && result.reason).toBe(
    "Dependency lookup for foo with method 'pkg-config' failed: Invalid version, need 'foo' ['>=2'] found '1.2'.",
  );
});

test('a config tool tells where pkg-config does not know', () => {
  const { context, lines } = machine(
    {},
    { 'sdl2-config': { '--version': '2.26.5', '--cflags': '-I/sdl', '--libs': '-lSDL2' } },
  );
  const result = lookupDependency(context, 'sdl2', optional());
  expect(lines.slice(1)).toEqual([
    'sdl2-config found: YES (/usr/bin/sdl2-config) 2.26.5',
    'Run-time dependency sdl2 found: YES 2.26.5',
  ]);
  expect(result.kind === 'found' && result.found.linkArgs).toEqual(['-lSDL2']);
});

test('qmake is asked for Qt, and what it says behind its own version counts', () => {
  const said = 'QMake version 3.1\nUsing Qt version 5.15.8 in /usr/lib\n';
  const { context, lines } = machine({}, { qmake: { '-v': said, '-query': 'QT_VERSION:5.15.8' } });
  const request = optional({ method: 'config-tool', modules: ['Core'] });
  for (const name of ['qt5', 'qt6']) lookupDependency(context, name, request);
  expect(lines).toEqual([
    'qmake5 found: YES (/usr/bin/qmake) 5.15.8',
    'Run-time dependency qt5 (modules: Core) found: NO  (tried config-tool)',
    "qmake6 found: NO found 'QMake version 3.1\\nUsing Qt version 5.15.8 in /usr/lib' but need ['>= 6', '< 7']",
    'Run-time dependency qt6 (modules: Core) found: NO  (tried config-tool)',
  ]);
});

test('a config tool is not asked for what it cannot tell', () => {
  const { context } = machine(
    {},
    { 'numpy-config': { '--version': '2.4.6', '--cflags': '-I/numpy', '': 'usage: numpy-config' } },
  );
  const result = lookupDependency(context, 'numpy', optional());
  expect(result).toMatchObject({ found: { compileArgs: ['-I/numpy'], linkArgs: [] } });
});

test('an unknown method of a known name is an error that lists the methods', () => {
  const { context } = machine({});
  const result = lookupDependency(context, 'zlib', optional({ method: 'config-tool' }));
  expect(result.kind === 'not-found' && result.reason).toBe(
    'Unsupported detection method: config-tool, allowed methods are auto, pkg-config, cmake and system',
  );
});

test('a language is only for dependencies that have one for each', () => {
  const { context } = machine({ foo: { version: '1' } });
  const result = lookupDependency(context, 'foo', optional({ language: 'c' }));
  expect(result.kind === 'not-found' && result.reason).toBe(
    'foo dependency does not accept "language" keyword argument',
  );
});

test('an empty variable is one, a missing one is none', () => {
  const { context } = machine({ foo: { version: '1', variables: { empty: '', prefix: '/usr' } } });
  expect(pkgConfigVariable(context, { name: 'foo', variable: 'prefix' })).toBe('/usr');
  expect(pkgConfigVariable(context, { name: 'foo', variable: 'empty' })).toBe('');
  expect(pkgConfigVariable(context, { name: 'foo', variable: 'none' })).toBeUndefined();
});

test('pkg-config is asked nothing twice', () => {
  const { context, host } = machine({ foo: { version: '1' } });
  lookupDependency(context, 'foo', optional());
  const before = host.processes.started.length;
  lookupDependency(context, 'foo', optional({ modules: ['x'] }));
  expect(host.processes.started.length).toBe(before);
});

test('words are split as a shell splits them', () => {
  expect(shellWords(`-I/a\\ b '-DX="y"' "-DZ=\\"q\\"" -l`)).toEqual([
    ...['-I/a b', '-DX="y"', '-DZ="q"', '-l'],
  ]);
});

test('library folders are searched in the order of pkg_config_path', () => {
  expect(
    sortedByReference(['/usr/lib', '/b/lib', '/a/lib'], ['/a/lib/pkgconfig', '/b/lib/pkgconfig']),
  ).toEqual(['/a/lib', '/usr/lib', '/b/lib']);
});

test('a package that needs one that is not there is none; both ways are told as tried', () => {
  const { context, lines, host } = machine({});
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1\n';
    return argv.includes('--modversion') ? '1.2\n' : { code: 1, stderr: "Package 'b' not found" };
  });
  expect(lookupDependency(context, 'a', optional()).kind).toBe('not-found');
  expect(lines.at(-1)).toBe('Run-time dependency a found: NO  (tried pkg-config and cmake)');
  expect(lookupDependency(context, 'a', optional({ required: true }))).toMatchObject({
    reason: expect.stringContaining('Could not generate cflags for a'),
  });
});

test('folders of libraries are spelled as the package spells them', () => {
  const libs = '-L/usr/lib/pkgconfig/../ -lfoo';
  const { context } = machine({
    foo: { version: '1', libs },
    near: { version: '1', libs: '-Lx -ln' },
  });
  const argsOf = (name: string) => lookupDependency(context, name, optional());
  expect(argsOf('foo')).toMatchObject({
    found: { linkArgs: ['-L/usr/lib/pkgconfig/../', '-lfoo'] },
  });
  expect(argsOf('near')).toMatchObject({ found: { linkArgs: ['-L/build/x', '-ln'] } });
});

test('HDF5 is found with its folders of headers and its libraries of high level', () => {
  const { context, host } = machine({
    'hdf5-mpi': { version: '1.14', cflags: '-I/h/include', libs: '/h/lib/libhdf5.so -lz' },
  });
  host.program('h5cc', ({ argv }) => {
    if (argv.includes('-showconfig')) return '  HDF5 Version: 1.12.3\n';
    return argv.includes('-c') ? 'gcc -I/w/include -O2 -c' : 'gcc -L/w/lib -lhdf5 -shlib';
  });
  for (const path of [
    'include/shared/x',
    'lib/libhdf5.so',
    'lib/libhdf5_hl.so',
    'lib/libhdf5_cpp.so',
  ])
    host.write(`/h/${path}`, '');
  const ways = waysOf(context, 'hdf5', optional({ language: 'cpp' }));
  expect(ways).toMatchObject({
    value: ['pkg-config', 'pkg-config', 'pkg-config', 'config-tool'].map((method) => ({ method })),
  });
  expect(lookupDependency(context, 'hdf5', optional({ language: 'cpp' }))).toMatchObject({
    found: {
      compileArgs: ['-I/h/include', '-I/h/include/shared'],
      linkArgs: ['/h/lib/libhdf5_cpp.so', '/h/lib/libhdf5_hl.so', '/h/lib/libhdf5.so', '-lz'],
    },
  });
  expect(lookupDependency(context, 'hdf5', optional({ method: 'config-tool' }))).toMatchObject({
    found: { version: '1.12.3', compileArgs: ['-I/w/include'], linkArgs: ['-L/w/lib', '-lhdf5'] },
  });
  expect(lookupDependency(context, 'hdf5', { ...plainRequest, language: 'd' })).toMatchObject({
    reason: expect.stringContaining('Language d is not supported with HDF5.'),
  });
});
