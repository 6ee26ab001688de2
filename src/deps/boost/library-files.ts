import type { Files } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';

/** A Boost library by what its file name tells: `libboost_thread-gcc12-mt-d-x64-1_74.so.1.74.0`. */
export interface BoostLibrary {
  readonly path: string;
  /** Without `boost_`. */
  readonly module: string;
  readonly static: boolean;
  readonly multithreaded: boolean;
  readonly debug: boolean;
  /** `1_74`; undefined when the name has none. */
  readonly version: string | undefined;
}

/** The Boost libraries of a folder, static after shared, each once. */
export function librariesIn(files: Files, folder: string): readonly BoostLibrary[] {
  const names = files.list(folder);
  if (!names.ok) return [];
  const libraries = new Map<string, BoostLibrary>();
  for (const name of names.value) {
    if (!/^(lib)?boost_/.test(name)) continue;
    const path = `${folder}/${name}`;
    if (!files.isFile(path)) continue;
    const library = readName(realPath(files, path));
    if (library !== undefined) libraries.set(library.path, library);
  }
  return [...libraries.values()].toSorted(
    (a, b) => Number(a.static) - Number(b.static) || a.path.localeCompare(b.path),
  );
}

function readName(path: string): BoostLibrary | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const match = /^(?:lib)?boost_([^.-]+)((?:-[^.]+?)*?)\.(a|lib|so|dylib|dll)((?:\.\d+)*)$/.exec(
    name,
  );
  if (match === null) return undefined;
  const [, stem = '', tagText = '', suffix = '', numbers = ''] = match;
  const allTags = tagText.split('-').filter((tag) => tag !== '');
  const python = pythonModule(stem);
  const [tags, module] =
    python === undefined ? [allTags, stem] : withoutPythonVersion(python, allTags);
  const version = tags.find((tag) => /^\d+_\d+/.test(tag));
  const [major, minor] = numbers.split('.').filter((part) => part !== '');
  // Names with tags say when they are for threads; plain ones do not care.
  const tagged = tags.some((tag) => tag !== version);
  return {
    path,
    module,
    static: suffix === 'a' || suffix === 'lib',
    multithreaded: !tagged || tags.includes('mt'),
    debug: tags.some((tag) => /^[sgydpn]*d[sgydpn]*$/.test(tag)),
    version: version ?? (minor === undefined ? undefined : `${major}_${minor}`),
  };
}

interface PythonModule {
  readonly name: string;
  /** Digits without points. */
  readonly version: string;
}

/** Modules for Python have its version in their name. */
export function pythonModule(module: string): PythonModule | undefined {
  const [, name, version = ''] = /^(python|numpy)(\d*)$/.exec(module) ?? [];
  return name === undefined ? undefined : { name, version };
}

/** Some systems write the version of Python as a tag of its own: `py38`, `3.8`, `38`. The longest counts. */
function withoutPythonVersion(
  { name, version }: PythonModule,
  tags: readonly string[],
): readonly [tags: readonly string[], module: string] {
  const isVersion = (tag: string): boolean => /^(py)?\d[\d.]*$/.test(tag);
  const versions = tags.filter(isVersion).map((tag) => tag.replaceAll(/[py.]/g, ''));
  const longest = versions.reduce((a, b) => (b.length > a.length ? b : a), version);
  return [tags.filter((tag) => !isVersion(tag)), `${name}${longest}`];
}

/** Whether a library is what a build file calls a module. Python without a version is Python 2. */
export function isModule({ module }: BoostLibrary, wanted: string): boolean {
  const [own, asked] = [pythonModule(module), pythonModule(wanted)];
  if (own === undefined || asked === undefined) return module === wanted;
  return own.name === asked.name && own.version.startsWith(asked.version || '2');
}

/** The libraries that may be linked, the preferred first: of those for Python the latest. */
export function usable(
  libraries: readonly BoostLibrary[],
  wanted: {
    readonly version: string;
    /** Undefined takes both kinds. */
    readonly static: boolean | undefined;
    readonly debug: boolean;
  },
): readonly BoostLibrary[] {
  return libraries
    .filter(
      (library) =>
        (wanted.static === undefined || library.static === wanted.static) &&
        library.multithreaded &&
        (library.version === undefined || library.version === wanted.version) &&
        (wanted.debug || !library.debug),
    )
    .toSorted((a, b) => Number(a.static) - Number(b.static) || laterPython(a) - laterPython(b));
}

/** Minus the second number of Python's version. */
function laterPython({ module }: BoostLibrary): number {
  return -Number(pythonModule(module)?.version.slice(1) ?? 0);
}

/** Macros that tell a module's headers which kind of library is linked. */
export function moduleArgs({ module, static: isStatic }: BoostLibrary): readonly string[] {
  const [ofShared, ofStatic = []] = linkMacros.get(module) ?? [[]];
  return (isStatic ? ofStatic : ofShared).map((macro) => `-DBOOST_${macro}`);
}

type LinkMacros = readonly [ofShared: readonly string[], ofStatic?: readonly string[]];

const testLibrary: LinkMacros = [['TEST_DYN_LINK=1']];
const fibers: LinkMacros = [['FIBERS_DYN_LINK=1']];

/** What headers of modules ask for, whose spelling is each module's own. The headers of others ask for nothing. */
const linkMacros: ReadonlyMap<string, LinkMacros> = new Map<string, LinkMacros>([
  ['atomic', [['ATOMIC_DYN_LINK=1'], ['ATOMIC_STATIC_LINK=1']]],
  ['chrono', [['CHRONO_DYN_LINK=1'], ['CHRONO_STATIC_LINK=1']]],
  ['container', [['CONTAINER_DYN_LINK=1'], ['CONTAINER_STATIC_LINK=1']]],
  ['context', [['CONTEXT_DYN_LINK=1']]],
  ['contract', [['CONTRACT_DYN_LINK'], ['CONTRACT_STATIC_LINK']]],
  ['coroutine', [['COROUTINES_DYN_LINK=1']]],
  ['date_time', [['DATE_TIME_DYN_LINK=1']]],
  ['fiber', fibers],
  ['fiber_numa', fibers],
  ['filesystem', [['FILESYSTEM_DYN_LINK=1'], ['FILESYSTEM_STATIC_LINK=1']]],
  ['iostreams', [['IOSTREAMS_DYN_LINK=1']]],
  ['log', [['LOG_DYN_LINK=1']]],
  ['log_setup', [['LOG_SETUP_DYN_LINK=1']]],
  ['nowide', [['NOWIDE_DYN_LINK=1']]],
  ['prg_exec_monitor', testLibrary],
  ['random', [['RANDOM_DYN_LINK']]],
  ['system', [['SYSTEM_DYN_LINK=1'], ['SYSTEM_STATIC_LINK=1']]],
  ['test_exec_monitor', testLibrary],
  [
    'thread',
    [
      ['THREAD_BUILD_DLL=1', 'THREAD_USE_DLL=1'],
      ['THREAD_BUILD_LIB=1', 'THREAD_USE_LIB=1'],
    ],
  ],
  ['timer', [['TIMER_DYN_LINK=1'], ['TIMER_STATIC_LINK=1']]],
  ['type_erasure', [['TYPE_ERASURE_DYN_LINK']]],
  ['unit_test_framework', testLibrary],
]);
