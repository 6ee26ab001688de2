import { isDarwin } from '../../toolchains/system.ts';
import { type DependencyContext, type DependencyRequest, isStatic } from '../context.ts';
import { type Attempt, found, noLanguage } from '../found.ts';
import { findWithPkgConfig, pkgConfigVariable } from '../pkg-config.ts';
import { threads } from '../system/threads.ts';
import {
  type BoostLibrary,
  isModule,
  librariesIn,
  moduleArgs,
  pythonModule,
  usable,
} from './library-files.ts';

/** Headers of one version of Boost. */
interface Headers {
  /** The folder that holds `boost/`. */
  readonly folder: string;
  readonly version: string;
  /** As library files say it: `1_74`. */
  readonly libraryVersion: string;
}

/** Boost: headers, and the libraries of its modules. */
export function findBoost(context: DependencyContext, request: DependencyRequest): Attempt {
  if (context.checker('cpp') === undefined) return noLanguage('Boost', 'cpp');
  if (request.modules.some((module) => module.startsWith('boost_')))
    return { kind: 'failed', reason: 'Boost modules must be passed without the boost_ prefix' };
  const places = placesOf(context, request);
  if (typeof places === 'string') return { kind: 'failed', reason: places };
  let told = detailsText([], []);
  for (const { headers, libraryFolders, root } of places) {
    const all = libraryFolders
      .map((folder) => librariesIn(context.host.files, folder))
      .find((libraries) => libraries.length > 0);
    if (all === undefined) continue;
    for (const one of headers) {
      const chosen = chooseModules(context, request, { headers: one, libraries: all });
      if (chosen.missing.length === 0)
        return foundBoost(context, request, { headers: one, libraries: chosen.libraries, root });
      told = detailsText(modulesOf(chosen.libraries), chosen.missing);
    }
  }
  return { kind: 'absent', details: told };
}

/** What of a place is used. */
interface Boost {
  readonly headers: Headers;
  readonly libraries: readonly BoostLibrary[];
  readonly root: string | undefined;
}

function foundBoost(
  context: DependencyContext,
  request: DependencyRequest,
  { headers, libraries, root }: Boost,
): Attempt {
  return found({
    name: 'boost',
    type: 'system',
    machine: context.machine,
    version: headers.version,
    language: 'cpp',
    compileArgs: [
      ...new Set([
        `-I${headers.folder}`,
        ...libraries.flatMap((library) => moduleArgs(library)),
        // Headers ask for libraries by themselves where compilers can.
        '-DBOOST_ALL_NO_LIB',
      ]),
    ],
    linkArgs: [...new Set(libraries.map(({ path }) => path))],
    dependencies: request.modules.includes('thread') ? [threads(context)] : [],
    details: detailsText(modulesOf(libraries), []),
    ...(root !== undefined && { note: root }),
  });
}

function detailsText(found_: readonly string[], missing: readonly string[]): string {
  const parts = [
    ...(found_.length === 0 ? [] : [`found: ${found_.join(', ')}`]),
    ...(missing.length === 0 ? [] : [`missing: ${missing.toSorted().join(', ')}`]),
  ];
  return parts.length === 0 ? 'for cpp' : `(${parts.join(' | ')}) for cpp`;
}

function modulesOf(libraries: readonly BoostLibrary[]): readonly string[] {
  return [...new Set(libraries.map(({ module }) => module))].sort();
}

interface Place {
  readonly headers: readonly Headers[];
  readonly libraryFolders: readonly string[];
  /** The folder above both; undefined where they were told one by one. */
  readonly root?: string;
}

/** Where Boost may be, the preferred first; a text says what a machine file has wrong. Variables stand in for its properties. */
function placesOf(
  context: DependencyContext,
  request: DependencyRequest,
): readonly Place[] | string {
  const { property } = context;
  const { environment } = context.host.system;
  const includes = property('boost_includedir') ?? environment['BOOST_INCLUDEDIR'];
  const libraries = property('boost_librarydir') ?? environment['BOOST_LIBRARYDIR'];
  const told = environment['BOOST_ROOT'] ?? environment['BOOSTROOT'];
  const root = property('boost_root') ?? told?.split(':');
  if (typeof includes === 'string' && typeof libraries === 'string') {
    if (!includes.startsWith('/') || !libraries.startsWith('/'))
      return 'Paths given for boost_includedir and boost_librarydir in machine file must be absolute';
    return [splitPlace(context, includes, libraries)];
  }
  if (includes !== undefined || libraries !== undefined)
    return 'Both boost_includedir *and* boost_librarydir have to be set in your machine file (one is not enough)';
  if (root !== undefined) {
    const roots = Array.isArray(root) ? root.map(String) : [String(root)];
    if (roots.some((path) => !path.startsWith('/')))
      return 'boost_root path given in machine file must be absolute';
    return roots.map((path) => placeAt(context, path, 'named'));
  }
  return [
    ...packagedPlace(context, request),
    ...systemRoots(context).map((path) => placeAt(context, path, 'system')),
  ];
}

function packagedPlace(context: DependencyContext, request: DependencyRequest): readonly Place[] {
  const quiet = { ...context, warn: () => {} };
  const packaged = findWithPkgConfig(quiet, 'boost', { ...request, required: false });
  if (packaged.kind !== 'found') return [];
  const libraries = pkgConfigVariable(context, { name: 'boost', variable: 'libdir' });
  const includes = pkgConfigVariable(context, { name: 'boost', variable: 'includedir' });
  return libraries && includes ? [splitPlace(context, includes, libraries)] : [];
}

function systemRoots({ host, machineInfo }: DependencyContext): readonly string[] {
  const optional = host.files.list('/opt');
  return [
    ...(isDarwin(machineInfo.system) ? ['/opt/homebrew', '/opt/local'] : []),
    ...['/usr/local', '/usr', '/usr/local/opt/boost'],
    ...(optional.ok
      ? optional.value.filter((name) => name.startsWith('boost')).map((name) => `/opt/${name}`)
      : []),
  ];
}

function splitPlace(context: DependencyContext, includes: string, libraries: string): Place {
  const folder = includes.replace(/\/boost$/, '');
  const headers = readHeaders(context, folder);
  return { headers: headers === undefined ? [] : [headers], libraryFolders: [libraries] };
}

/** Who says that Boost may be there; the compiler knows where the system keeps its libraries. */
type RootKind = 'named' | 'system';

function placeAt(context: DependencyContext, root: string, kind: RootKind): Place {
  const { files } = context.host;
  const listed = files.list(`${root}/include`);
  const versioned = listed.ok ? listed.value.filter((name) => name.startsWith('boost-')) : [];
  const folders = [root, `${root}/include`, ...versioned.map((name) => `${root}/include/${name}`)];
  const headers = folders.flatMap((folder) => readHeaders(context, folder) ?? []);
  return {
    headers: headers.toSorted((a, b) =>
      b.libraryVersion.localeCompare(a.libraryVersion, 'en', { numeric: true }),
    ),
    libraryFolders: headers.length === 0 ? [] : libraryFolders(context, root, kind),
    root,
  };
}

function readHeaders({ host }: DependencyContext, folder: string): Headers | undefined {
  const text = host.files.readText(`${folder}/boost/version.hpp`);
  const number = text.ok ? /#define\s+BOOST_VERSION\s+(\d+)/.exec(text.value)?.[1] : undefined;
  if (number === undefined) return undefined;
  const value = Number(number);
  const parts = [Math.floor(value / 100000), Math.floor(value / 100) % 1000, value % 100];
  const library = text.ok ? /BOOST_LIB_VERSION\s+"([\d_]+)"/.exec(text.value)?.[1] : undefined;
  return {
    folder,
    version: parts.join('.'),
    libraryVersion: library ?? `${parts[0]}_${parts[1]}`,
  };
}

function libraryFolders(
  context: DependencyContext,
  root: string,
  kind: RootKind,
): readonly string[] {
  const facts = context.checker('cpp')?.family.toolchain.facts ?? {};
  const own = (facts['library-folders'] ?? '')
    .split(':')
    .filter((path) => path.startsWith(`${root}/`));
  if (kind === 'system' && own.length > 0) return own;
  const listed = context.host.files.list(root);
  const folders = (listed.ok ? listed.value : [])
    .filter((name) => name.startsWith('lib'))
    .map((name) => `${root}/${name}`);
  const below = folders.flatMap((folder) => {
    const inner = context.host.files.list(folder);
    return (inner.ok ? inner.value : [])
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => `${folder}/${name}`);
  });
  const wide = context.machineInfo.cpuFamily.endsWith('64');
  return [...folders, ...below].filter((path) => !(wide ? /lib(32|.*i386)/ : /lib64/).test(path));
}

/** The library of each module. One without a library needs at least a folder of headers. */
function chooseModules(
  context: DependencyContext,
  request: DependencyRequest,
  {
    headers,
    libraries,
  }: { readonly headers: Headers; readonly libraries: readonly BoostLibrary[] },
): { readonly libraries: readonly BoostLibrary[]; readonly missing: readonly string[] } {
  const buildtype = String(context.option('buildtype') ?? 'debug');
  const candidates = usable(libraries, {
    version: headers.libraryVersion,
    static: request.static === undefined ? undefined : isStatic(context, request),
    debug: buildtype.startsWith('debug'),
  });
  const chosen: BoostLibrary[] = [];
  const missing: string[] = [];
  for (const module of request.modules) {
    const library = candidates.find((one) => isModule(one, module));
    const onlyHeaders =
      pythonModule(module) === undefined &&
      context.host.files.isDirectory(`${headers.folder}/boost/${module}`);
    if (library !== undefined) chosen.push(library);
    else if (!onlyHeaders) missing.push(module);
  }
  return { libraries: chosen, missing };
}
