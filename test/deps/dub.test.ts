import { expect, test } from 'vitest';
import { type DependencyContext, plainRequest } from '../../src/deps/context.ts';
import { readDescription } from '../../src/deps/dub/description.ts';
import { lookupDependency } from '../../src/deps/lookup.ts';
import { dependencyMemory } from '../../src/deps/memory.ts';
import type { Checker } from '../../src/toolchains/checks/probe.ts';
import { detectToolchain } from '../../src/toolchains/detect/detect.ts';
import { familyOf } from '../../src/toolchains/family.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { detectRequest, installLdc, linuxMachine } from '../support/stand-in-compilers.ts';

const settings = {
  ...{ importPaths: ['/p/source'], stringImportPaths: ['/p/views'], versions: ['Have_p'] },
  ...{ mainSourceFile: '', sourceFiles: [], dflags: [], libs: ['odd'], lflags: ['-L/x'] },
};

const description = {
  ...{ platform: ['linux', 'posix'], architecture: ['x86_64'], buildType: 'debug' },
  packages: [
    {
      ...{ name: 'p', version: '1.2.0', active: true, configuration: 'library', path: '/p' },
      ...{ targetType: 'library', targetFileName: 'libp.a' },
    },
  ],
  targets: [{ rootPackage: 'p', linkDependencies: [], buildSettings: settings }],
};

/** A machine with LDC and a DUB that built some variants of one package. */
function machine(built: readonly string[], { version = '1.27.0', describes = true } = {}) {
  const host = new MemoryHost(
    Object.fromEntries(built.map((name) => [`/p/.dub/build/${name}/libp.a`, ''])),
  );
  installLdc(host);
  host.program('dub', ({ argv }) => {
    if (argv.includes('--version')) return `DUB version ${version}, built on some day\n`;
    return describes ? JSON.stringify(description) : { code: 2, stderr: 'not present locally' };
  });
  const toolchain = detectToolchain(host, detectRequest('d'));
  if (!toolchain.ok) throw new Error(toolchain.error.message);
  const lines: string[] = [];
  const context: DependencyContext = {
    host,
    ...{ machine: 'host', machineInfo: linuxMachine, cross: false },
    ...{ self: ['kaon'], sourceRoot: '/source', buildRoot: '/build' },
    // The dependency asks for the compiler's rules alone.
    checker: () => ({ family: familyOf(toolchain.value) }) as Checker,
    option: (name) => (name === 'buildtype' ? 'debug' : undefined),
    binary: () => undefined,
    property: () => undefined,
    cmakeVariables: new Map(),
    memory: dependencyMemory(),
    log: (line) => lines.push(line),
    warn: (message) => lines.push(`WARNING: ${message}`),
  };
  const found = (wanted: readonly string[] = []) => {
    const request = { ...plainRequest, required: false, method: 'dub', version: wanted };
    const result = lookupDependency(context, 'p', request);
    return result.kind === 'found' ? result.found : undefined;
  };
  return { found, lines };
}

const same = 'library-debug-linux.posix-x86_64-ldc_v1.30.0-AB';

test('the library that DUB built with this compiler is linked', () => {
  const { found, lines } = machine(['library-debug-linux.posix-x86_64-gdc_v12-AB', same]);
  expect(found()).toMatchObject({
    ...{ type: 'dub', version: '1.2.0', language: 'd' },
    compileArgs: ['-I/p/source', '-J/p/views', '-d-version=Have_p'],
    linkArgs: [`/p/.dub/build/${same}/libp.a`, '-L/x', '-lodd'],
  });
  expect(lines).toEqual([
    'Found DUB: /usr/bin/dub (version 1.27.0)',
    'Run-time dependency p for d found: YES 1.2.0',
  ]);
});

test('a library of another compiler is none, and what would build it is told', () => {
  const { found, lines } = machine(['library-debug-linux.posix-x86_64-dmd_v2.100-AB']);
  expect(found()).toBeUndefined();
  expect(lines.slice(1)).toEqual([
    'ERROR: p@1.2.0 found but not compiled with  ldc',
    'You may try the following command to install the necessary DUB libraries:',
    'dub run --yes dub-build-deep -- --arch=x86_64 --compiler=ldc2 --build=debug',
    'Run-time dependency p for d found: NO  (tried dub)',
  ]);
});

test('another type of build will do, with a word', () => {
  const { found, lines } = machine([same.replace('debug', 'release')]);
  expect(found()).toBeDefined();
  expect(lines[1]).toBe('WARNING: p@1.2.0 found but not compiled as debug');
});

test('packages that are not there, too old, or of a DUB that tells nothing', () => {
  const absent = machine([same], { describes: false });
  expect(absent.found()).toBeUndefined();
  expect(absent.lines[1]).toMatch(/^ERROR: p is not present locally\. You may try/);
  const old = machine([same]);
  expect(old.found(['>=2'])).toBeUndefined();
  expect(old.lines[1]).toBe('ERROR: p@1.2.0 does not satisfy all version requirements of: >=2');
  const between = machine([same], { version: '1.33.0' });
  expect(between.found()).toBeUndefined();
  expect(between.lines[1]).toMatch(/Dub 1\.33\.0 is not compatible with Meson/);
});

test.each(['null', '{}', '{"packages":[]}', 'no JSON'])('%s is no description of DUB', (text) => {
  expect(readDescription(text)).toBeUndefined();
});
