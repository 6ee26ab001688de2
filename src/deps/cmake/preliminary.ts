import { posix } from 'node:path';
import type { DependencyContext, DependencyRequest } from '../context.ts';
import type { DependencyMemory } from '../memory.ts';

/**
 * Whether a file says that CMake may know a package: running CMake takes half a second, and most
 * names that come here are nowhere.
 */
export function mayHavePackage(
  context: DependencyContext,
  name: string,
  { cmakeModulePath }: DependencyRequest,
): boolean {
  const { files, system } = context.host;
  // It may lead anywhere.
  if (context.property('cmake_toolchain_file') !== undefined) return true;
  const module = `Find${name}.cmake`;
  const folders = moduleFolders(context, cmakeModulePath);
  if (folders.some((folder) => files.isFile(`${folder}/${module}`))) return true;
  const told = [`${name}_DIR`, `${name}_ROOT`].flatMap((key) => system.environment[key] ?? []);
  if (told.some((folder) => hasConfig(context, folder, name))) return true;
  return prefixes(context).some((prefix) => hasPackage(context, prefix, { name, isIn: hasConfig }));
}

/**
 * Whether there is a find module or a package of this name but for its case (`OpenCVConfig.cmake` for
 * `opencv`): Meson has CMake look, which finds nothing.
 */
export function hasPackageOfOtherCase(
  context: DependencyContext,
  name: string,
  { cmakeModulePath }: DependencyRequest,
): boolean {
  return (
    moduleFolders(context, cmakeModulePath).some((folder) => hasAnyCase(context, folder, name)) ||
    prefixes(context).some((prefix) => hasPackage(context, prefix, { name, isIn: hasAnyCase }))
  );
}

function moduleFolders(context: DependencyContext, given: readonly string[]): readonly string[] {
  const told = context.cmakeVariables.get('CMAKE_MODULE_PATH') ?? [];
  return [...given, ...told, ...cmakeModules(context)];
}

/** Where CMake keeps its own find modules. */
function cmakeModules({ host, memory }: DependencyContext): readonly string[] {
  const tool = memory.tools.get('cmake');
  if (tool === undefined) return [];
  const real = host.files.realPath(tool.command[0] ?? '');
  const root = posix.dirname(posix.dirname(real.ok ? real.value : '/usr/bin/cmake'));
  const [major, minor] = tool.version.split('.');
  return [`${root}/share/cmake-${major}.${minor}/Modules`, `${root}/share/cmake/Modules`];
}

function prefixes(context: DependencyContext): readonly string[] {
  const { host, property, cmakeVariables } = context;
  const root = property('sys_root');
  const roots = cmakeVariables.get('CMAKE_FIND_ROOT_PATH') ?? [];
  const programs = (host.system.environment['PATH'] ?? '').split(':');
  const all = [
    ...prefixPath(context),
    ...roots.flatMap((path) => [`${path}/usr`, path]),
    ...(cmakeVariables.get('CMAKE_PREFIX_PATH') ?? []),
    ...(typeof root === 'string' && root !== '' ? [`${root}/usr`, root] : []),
    ...['/usr', '/usr/local', '/opt', '/'],
    // CMake also looks beside the programs of PATH.
    ...programs.filter((path) => path.endsWith('/bin')).map((path) => posix.dirname(path)),
  ];
  return [...new Set(all)];
}

/** The option `cmake_prefix_path`, and what the environment says of the same. */
export function prefixPath({ option, host }: DependencyContext): readonly string[] {
  const list = option('cmake_prefix_path');
  const told = (host.system.environment['CMAKE_PREFIX_PATH'] ?? '').split(/[:;]/);
  const all = [...(Array.isArray(list) ? list.map(String) : []), ...told];
  return [...new Set(all.filter((path) => path !== ''))];
}

function hasPackage(
  context: DependencyContext,
  prefix: string,
  { name, isIn }: { readonly name: string; readonly isIn: typeof hasConfig },
): boolean {
  const { files } = context.host;
  if (!files.isDirectory(prefix)) return false;
  if (isIn(context, prefix, name) || isIn(context, `${prefix}/cmake`, name)) return true;
  const triples = libraryTriples(context);
  const parents = ['lib', 'lib64', 'share', ...triples.map((triple) => `lib/${triple}`)];
  return parents.some((parent) =>
    ['cmake', ''].some((below) => {
      const folder = posix.join(prefix, parent, below);
      const lower = name.toLowerCase();
      return namesIn(context, folder)
        .filter((entry) => entry.toLowerCase().startsWith(lower))
        .some(
          (entry) =>
            isIn(context, `${folder}/${entry}`, name) ||
            isIn(context, `${folder}/${entry}/cmake`, name),
        );
    }),
  );
}

/** Names in a folder; each name that is nowhere asks for the same folders. */
function namesIn(
  { host, memory, buildRoot }: DependencyContext,
  folder: string,
): readonly string[] {
  const known = listings.get(memory) ?? new Map<string, readonly string[]>();
  listings.set(memory, known);
  const before = known.get(folder);
  if (before !== undefined) return before;
  const names = host.files.list(folder);
  const list = names.ok ? names.value : [];
  // What is built while configuring comes and goes.
  if (!folder.startsWith(`${buildRoot}/`)) known.set(folder, list);
  return list;
}

const listings = new WeakMap<DependencyMemory, Map<string, readonly string[]>>();

/** `x86_64-linux-gnu` of the compiler's library folders. */
function libraryTriples(context: DependencyContext): readonly string[] {
  const facts = (context.checker('c') ?? context.checker('cpp'))?.family.toolchain.facts ?? {};
  const folders = (facts['library-folders'] ?? '').split(':');
  return [
    ...new Set(folders.flatMap((folder) => /^\/usr\/lib\/([^/]+-[^/]+)$/.exec(folder)?.[1] ?? [])),
  ];
}

function hasConfig({ host }: DependencyContext, folder: string, name: string): boolean {
  return [`${name}Config.cmake`, `${name.toLowerCase()}-config.cmake`].some((file) =>
    host.files.isFile(`${folder}/${file}`),
  );
}

function hasAnyCase(context: DependencyContext, folder: string, name: string): boolean {
  const lower = name.toLowerCase();
  const wanted = [`find${lower}.cmake`, `${lower}config.cmake`, `${lower}-config.cmake`];
  return namesIn(context, folder).some((entry) => wanted.includes(entry.toLowerCase()));
}
