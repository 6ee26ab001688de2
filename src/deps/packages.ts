import { err, ok, type Result } from '../base/result.ts';
import type { Language } from '../model/toolchain.ts';
import { isDarwin, isWindowsLike } from '../toolchains/system.ts';
import { listed } from './ask.ts';
import { findBoost } from './boost/boost.ts';
import { findWithCmake } from './cmake/cmake.ts';
import { findLlvmWithCmake } from './cmake/llvm.ts';
import { type ConfigTool, findWithConfigTool } from './config-tool.ts';
import type { DependencyContext, DependencyRequest } from './context.ts';
import { findWithDub } from './dub/dub.ts';
import type { Attempt } from './found.ts';
import { findHdf5 } from './hdf5.ts';
import { findLlvm } from './llvm.ts';
import { findMpi } from './mpi.ts';
import { findWithPkgConfig } from './pkg-config.ts';
import { findQtByQmake } from './qmake.ts';
import { findQt } from './qt.ts';
import { findAtomic, findAtomicLibrary } from './system/atomic.ts';
import { findBlocks } from './system/blocks.ts';
import { compilerFor } from './system/checks.ts';
import { findCoarray } from './system/coarray.ts';
import { findCuda } from './system/cuda.ts';
import { findCurses } from './system/curses.ts';
import { findFramework } from './system/framework.ts';
import { findGl } from './system/gl.ts';
import { findGmock, findGtest } from './system/gtest.ts';
import { findJdk, findJni } from './system/jni.ts';
import {
  findDl,
  findDlLibrary,
  findIconv,
  findIconvLibrary,
  findIntl,
  findIntlLibrary,
} from './system/libc.ts';
import { findOpenMp } from './system/openmp.ts';
import { findOpenSsl } from './system/openssl.ts';
import { findPython } from './system/python.ts';
import { findShaderc } from './system/shaderc.ts';
import { findThreads } from './system/threads.ts';
import { findVulkan } from './system/vulkan.ts';
import { findZlib } from './system/zlib.ts';

/** One way to find a dependency. */
export interface Way {
  /** As the log lists it: `pkg-config`, `cmake`, `config-tool`, `system`, `builtin`. */
  readonly method: string;
  readonly look: (context: DependencyContext, request: DependencyRequest) => Attempt;
}

/** In the order in which they are tried: the first that finds it ends the search. */
export type Ways = readonly Way[];

/** Names that take the keyword `language`. */
export const languageAware: ReadonlySet<string> = new Set(['hdf5', 'mpi', 'netcdf', 'openmp']);

/** Names that are for one language, whatever was asked. */
export const languageOf: ReadonlyMap<string, Language> = new Map([['coarray', 'fortran']]);

/** The ways to find a name, in order. The error is a method that it does not have. */
export function waysOf(
  context: DependencyContext,
  name: string,
  request: DependencyRequest,
): Result<Ways, string> {
  const lower = name.toLowerCase();
  const known = Object.hasOwn(packages, lower) ? packages[lower] : undefined;
  if (known === undefined) return ok(ordinaryWays(context, name, request.method));
  const possible = known(context, request, name);
  const methods = [...new Set(possible.map(({ method }) => method))];
  // An older name.
  const method = request.method === 'qmake' ? 'config-tool' : request.method;
  if (method === 'auto')
    return ok(
      possible.filter(
        (one) => one.method !== 'framework' || onDarwin(context) || possible.length === 1,
      ),
    );
  if (!methods.includes(method))
    return err(
      `Unsupported detection method: ${request.method}, allowed methods are ${listed(['auto', ...methods])}`,
    );
  return ok(possible.filter((one) => one.method === method));
}

function ordinaryWays(context: DependencyContext, name: string, method: string): Ways {
  const all = [
    pkgConfig(name),
    ...(onDarwin(context) ? [way('framework', findFramework(name))] : []),
    cmake(name),
  ];
  if (method === 'dub') return [way('dub', (at, request) => findWithDub(at, name, request))];
  const wanted = method === 'extraframework' ? 'framework' : method;
  return method === 'auto' ? all : all.filter((one) => one.method === wanted);
}

const onDarwin = ({ machineInfo }: DependencyContext): boolean => isDarwin(machineInfo.system);

const way = (method: string, look: Way['look']): Way => ({ method, look });
const pkgConfig = (name: string): Way =>
  way('pkg-config', (context, request) => findWithPkgConfig(context, name, request));
const cmake = (name: string, modules?: readonly string[]): Way =>
  way('cmake', (context, request) =>
    findWithCmake(context, name, modules === undefined ? request : { ...request, modules }),
  );
const tool = (config: ConfigTool): Way =>
  way('config-tool', (context, request) => findWithConfigTool(context, config, request));
const system = (look: Way['look']): Way => way('system', look);
const builtin = (look: Way['look']): Way => way('builtin', look);

/** The ways to find a package, which a build file may spell with capitals (`name`). */
type Package = (context: DependencyContext, request: DependencyRequest, name: string) => Ways;
const fixed =
  (...ways: Ways): Package =>
  () =>
    ways;

const simpleTool = (name: string): ConfigTool => ({
  name,
  tools: [`${name}-config`],
  cflags: ['--cflags'],
  libs: ['--libs'],
});

const cursesTool: ConfigTool = {
  ...simpleTool('curses'),
  tools: [
    ...['ncursesw6-config', 'ncursesw5-config', 'ncurses6-config', 'ncurses5-config'],
    'ncurses5.4-config',
  ],
};

/** Names that are found in ways of their own. A new one is one line. */
const packages: Readonly<Record<string, Package>> = {
  appleframeworks: fixed(way('framework', findFramework())),
  atomic: fixed(system(findAtomicLibrary), builtin(findAtomic)),
  blocks: fixed(system(findBlocks)),
  boost: fixed(system(findBoost)),
  coarray: (context) => [
    ...(compilerFor(context, 'fortran')?.checker.family.toolchain.id === 'gcc'
      ? [...['caf-openmpi', 'caf'].map(pkgConfig), cmake('OpenCoarrays', ['OpenCoarrays::caf_mpi'])]
      : []),
    system(findCoarray),
  ],
  cuda: fixed(system(findCuda)),
  cups: fixed(
    pkgConfig('cups'),
    tool({ ...simpleTool('cups'), libs: ['--ldflags', '--libs'] }),
    way('framework', findFramework('cups')),
    cmake('Cups'),
  ),
  curses: ({ machineInfo }) => [
    ...['pdcurses', 'ncursesw', 'ncurses', 'curses'].map(pkgConfig),
    ...(isWindowsLike(machineInfo.system) ? [] : [tool(cursesTool), system(findCurses)]),
  ],
  dl: fixed(builtin(findDl), system(findDlLibrary)),
  gl: fixed(pkgConfig('gl'), system(findGl)),
  gmock: (_context, { main }) => [pkgConfig(main ? 'gmock_main' : 'gmock'), system(findGmock)],
  gpgme: fixed(
    pkgConfig('gpgme'),
    tool({ ...simpleTool('gpgme'), toolName: 'gpg-config', exactVersion: ['--version'] }),
  ),
  gtest: (_context, { main }) => [pkgConfig(main ? 'gtest_main' : 'gtest'), system(findGtest)],
  hdf5: (context, request) => findHdf5(context, request),
  iconv: fixed(builtin(findIconv), system(findIconvLibrary)),
  intl: fixed(builtin(findIntl), system(findIntlLibrary)),
  jdk: fixed(system(findJdk)),
  jni: fixed(system(findJni)),
  libcrypto: fixed(
    pkgConfig('libcrypto'),
    system(findOpenSsl('libcrypto')),
    cmake('OpenSSL', ['OpenSSL::Crypto']),
  ),
  libgcrypt: fixed(
    pkgConfig('libgcrypt'),
    tool({ ...simpleTool('libgcrypt'), exactVersion: ['--version'] }),
  ),
  libssl: fixed(
    pkgConfig('libssl'),
    system(findOpenSsl('libssl')),
    cmake('OpenSSL', ['OpenSSL::SSL']),
  ),
  libwmf: fixed(pkgConfig('libwmf'), tool(simpleTool('libwmf'))),
  llvm: fixed(way('cmake', findLlvmWithCmake), way('config-tool', findLlvm)),
  mpi: (context, request) => findMpi(context, request),
  netcdf: (_context, { language }) => [
    pkgConfig({ cpp: 'netcdf-cxx4', fortran: 'netcdf-fortran' }[language ?? 'c'] ?? 'netcdf'),
    cmake('NetCDF'),
  ],
  objfw: (_context, { modules }) => [
    tool({
      ...simpleTool('objfw'),
      cflags: ['--cppflags', '--cflags', '--objcflags', ...packageWords(modules)],
      libs: ['--ldflags', '--libs', ...packageWords(modules)],
    }),
  ],
  openmp: (_context, _request, name) => [system(findOpenMp(name))],
  openssl: fixed(
    pkgConfig('openssl'),
    system(findOpenSsl('openssl')),
    cmake('OpenSSL', ['OpenSSL::Crypto', 'OpenSSL::SSL']),
  ),
  pcap: fixed(pkgConfig('libpcap'), tool({ ...simpleTool('pcap'), skipVersion: '--help' })),
  pybind11: fixed(
    pkgConfig('pybind11'),
    tool({ ...simpleTool('pybind11'), cflags: ['--includes'], libs: [] }),
    cmake('pybind11'),
  ),
  numpy: fixed(
    pkgConfig('numpy'),
    tool({ ...simpleTool('numpy'), cflags: ['--cflags'], libs: [] }),
  ),
  python3: fixed(pkgConfig('python3'), way('sysconfig', findPython)),
  qt4: fixed(way('pkg-config', findQt(4)), way('config-tool', findQtByQmake(4))),
  qt5: fixed(way('pkg-config', findQt(5)), way('config-tool', findQtByQmake(5))),
  qt6: fixed(way('pkg-config', findQt(6)), way('config-tool', findQtByQmake(6))),
  sdl2: fixed(
    pkgConfig('sdl2'),
    tool(simpleTool('sdl2')),
    way('framework', findFramework('sdl2')),
    cmake('SDL2'),
  ),
  shaderc: (context, request) => [
    ...shadercNames(context, request).map(pkgConfig),
    system(findShaderc),
  ],
  threads: fixed(system(findThreads), cmake('Threads')),
  valgrind: fixed(
    way('pkg-config', (context, request) => {
      const attempt = findWithPkgConfig(context, 'valgrind', request);
      // Nobody means to link its static libraries.
      return attempt.kind === 'found'
        ? { ...attempt, found: { ...attempt.found, linkArgs: [], rawLinkArgs: [] } }
        : attempt;
    }),
  ),
  vulkan: fixed(pkgConfig('vulkan'), system(findVulkan)),
  wxwidgets: (_context, { modules, static: isStatic }) => {
    const words = [...(isStatic === true ? ['--static=yes'] : []), ...modules];
    const config: ConfigTool = {
      name: 'WxWidgets',
      toolName: 'wx-config',
      tools: ['wx-config-3.0', 'wx-config-3.1', 'wx-config', 'wx-config-gtk3'],
      cflags: ['--cxxflags', ...words],
      libs: ['--libs', ...words],
      language: 'cpp',
    };
    return [inCpp(tool(config))];
  },
  zlib: fixed(pkgConfig('zlib'), cmake('ZLIB'), system(findZlib)),
};

/** The log says which language such a dependency is for. */
function inCpp({ method, look }: Way): Way {
  return way(method, (context, request) => {
    const attempt = look(context, request);
    if (attempt.kind === 'found')
      return { ...attempt, found: { ...attempt.found, details: 'for cpp' } };
    return attempt.kind === 'absent' ? { ...attempt, details: 'for cpp' } : attempt;
  });
}

const packageWords = (modules: readonly string[]): readonly string[] =>
  modules.flatMap((module) => ['--package', module]);

function shadercNames(context: DependencyContext, request: DependencyRequest): readonly string[] {
  const isStatic = request.static ?? context.option('prefer_static') === true;
  const alone = ['shaderc_combined', 'shaderc_static'];
  return isStatic ? [...alone, 'shaderc'] : ['shaderc', ...alone];
}
