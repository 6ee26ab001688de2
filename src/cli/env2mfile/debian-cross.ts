import { err, ok, type Result } from '../../base/result.ts';
import { splitWords } from '../../base/shell-words.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import type { MachineFileFacts } from './machine-file-text.ts';

/** What Debian's `dpkg-architecture` says of an architecture (`auto` for what it is set to), and its tools in PATH. */
export function debianCross(
  host: Host,
  { architecture, gccSuffix }: { readonly architecture: string; readonly gccSuffix: string },
): Result<MachineFileFacts, string> {
  const words = architecture === 'auto' ? [] : [`-a${architecture}`];
  const { ended, stdout } = host.processes.run({
    argv: ['dpkg-architecture', ...words],
    workingDirectory: host.system.workingDirectory,
    environment: host.system.environment,
  });
  if (ended.kind !== 'exited' || ended.code !== 0)
    return err(`dpkg-architecture knows nothing of '${architecture}'.`);
  const told = variablesOf(stdout);
  const prefix = told('DEB_HOST_GNU_TYPE');
  const tool = (name: string): readonly (readonly [string, readonly string[]])[] => {
    const path = findInPath(host, `${prefix}-${name}`);
    return path === undefined ? [] : [[name, [path]]];
  };
  const named = (key: string, name: string) => tool(name).map(([, path]) => [key, path] as const);
  const missing = ['ar', 'strip', 'objcopy', 'ld'].find((name) => tool(name).length === 0);
  if (missing !== undefined) return err(`${prefix}-${missing} not found on $PATH`);
  const compilers = new Map([
    ...named('c', `gcc${gccSuffix}`),
    ...named('cpp', `g++${gccSuffix}`),
    ...named('objc', `gobjc${gccSuffix}`),
    ...named('objcpp', `gobjc++${gccSuffix}`),
    ...named('vala', 'valac'),
  ]);
  const cmake = findInPath(host, 'cmake');
  const cups = findInPath(host, 'cups-config');
  return ok({
    compilers,
    binaries: new Map([
      ...['ar', 'strip', 'objcopy', 'ld', ...optionalTools].flatMap(tool),
      ...named('exe_wrapper', 'cross-exe-wrapper'),
      ...(cmake === undefined ? [] : ([['cmake', [cmake]]] as const)),
      ...(cups === undefined ? [] : ([['cups-config', [cups]]] as const)),
    ]),
    ...argumentsOf(host),
    properties: new Map(),
    cmake: cmake === undefined ? new Map() : cmakeOf(compilers, told),
    machine: machineOf(told),
  });
}

const optionalTools = [
  ...['g-ir-annotation-tool', 'g-ir-compiler', 'g-ir-doc-tool', 'g-ir-generate'],
  ...['g-ir-inspect', 'g-ir-scanner', 'pkg-config', 'vapigen'],
];

/** What it prints: lines of NAME=value. */
function variablesOf(text: string): (name: string) => string {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1)] as const];
  });
  const known = new Map(pairs);
  return (name) => known.get(name) ?? '';
}

const systems: Readonly<Record<string, string>> = { hurd: 'gnu' };
const kernels: Readonly<Record<string, string>> = { kfreebsd: 'freebsd', hurd: 'gnu' };
const families: Readonly<Record<string, string>> = {
  mips64el: 'mips64',
  i686: 'x86',
  powerpc64le: 'ppc64',
};
const cpus: Readonly<Record<string, string>> = { mips64el: 'mips64', powerpc64le: 'ppc64' };
const cpusOfArchitectures: Readonly<Record<string, string>> = { armhf: 'arm7hlf' };

function machineOf(told: (name: string) => string): ReadonlyMap<string, string> {
  const [os, cpu] = [told('DEB_HOST_ARCH_OS'), told('DEB_HOST_GNU_CPU')];
  const system = systems[os] ?? os;
  return new Map([
    ['cpu', cpusOfArchitectures[told('DEB_HOST_ARCH')] ?? cpus[cpu] ?? cpu],
    ['cpu_family', families[cpu] ?? cpu],
    ['endian', told('DEB_HOST_ARCH_ENDIAN')],
    ['system', system],
    ['subsystem', system],
    ['kernel', kernels[os] ?? os],
  ]);
}

const cmakeSystems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  kfreebsd: 'kFreeBSD',
  hurd: 'GNU',
};
const cmakeProcessors: Readonly<Record<string, string>> = {
  arm: 'armv7l',
  mips64el: 'mips64',
  powerpc64le: 'ppc64le',
};

function cmakeOf(
  compilers: ReadonlyMap<string, readonly string[]>,
  told: (name: string) => string,
): ReadonlyMap<string, string | readonly string[]> {
  const [os, cpu] = [told('DEB_HOST_ARCH_OS'), told('DEB_HOST_GNU_CPU')];
  const [c, cpp] = [compilers.get('c'), compilers.get('cpp')];
  return new Map<string, string | readonly string[]>([
    ...(c === undefined ? [] : ([['CMAKE_C_COMPILER', c]] as const)),
    ...(cpp === undefined ? [] : ([['CMAKE_CXX_COMPILER', cpp]] as const)),
    ['CMAKE_SYSTEM_NAME', cmakeSystems[os] ?? os],
    ['CMAKE_SYSTEM_PROCESSOR', cmakeProcessors[cpu] ?? cpu],
  ]);
}

const flagVariables: Readonly<Record<string, string>> = {
  c: 'CFLAGS',
  cpp: 'CXXFLAGS',
  objc: 'OBJCFLAGS',
  objcpp: 'OBJCXXFLAGS',
};

/** Flags as dpkg-buildflags puts them into the environment. */
function argumentsOf({ system }: Host): Pick<MachineFileFacts, 'compileArgs' | 'linkArgs'> {
  const words = (name: string): readonly string[] =>
    splitWords(system.environment[name] ?? '') ?? [];
  const languages = Object.entries(flagVariables);
  const filled = ([, list]: readonly [string, readonly string[]]): boolean => list.length > 0;
  return {
    compileArgs: new Map(
      languages
        .map(([name, variable]) => [name, [...words('CPPFLAGS'), ...words(variable)]] as const)
        .filter(filled),
    ),
    linkArgs: new Map(
      languages
        .map(([name, variable]) => [name, [...words(variable), ...words('LDFLAGS')]] as const)
        .filter(filled),
    ),
  };
}
