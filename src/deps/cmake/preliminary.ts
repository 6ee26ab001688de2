import { posix } from 'node:path';
import type { DependencyContext, DependencyRequest } from '../context.ts';

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
  const module = `Find${name}.cmake`;
  const moduleFolders = [...cmakeModulePath, ...cmakeModules(context)];
  if (moduleFolders.some((folder) => files.isFile(`${folder}/${module}`))) return true;
  const told = [`${name}_DIR`, `${name}_ROOT`].flatMap((key) => system.environment[key] ?? []);
  if (told.some((folder) => hasConfig(context, folder, name))) return true;
  return prefixes(context).some((prefix) => hasPackage(context, prefix, name));
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
  const { host, property } = context;
  const root = property('sys_root');
  const programs = (host.system.environment['PATH'] ?? '').split(':');
  return [
    ...prefixPath(context),
    ...(typeof root === 'string' && root !== '' ? [`${root}/usr`, root] : []),
    ...['/usr', '/usr/local', '/opt', '/'],
    // CMake also looks beside the programs of PATH.
    ...programs.filter((path) => path.endsWith('/bin')).map((path) => posix.dirname(path)),
  ];
}

/** The option `cmake_prefix_path`, and what the environment says of the same. */
export function prefixPath({ option, host }: DependencyContext): readonly string[] {
  const list = option('cmake_prefix_path');
  const told = (host.system.environment['CMAKE_PREFIX_PATH'] ?? '').split(/[:;]/);
  const all = [...(Array.isArray(list) ? list.map(String) : []), ...told];
  return [...new Set(all.filter((path) => path !== ''))];
}

function hasPackage(context: DependencyContext, prefix: string, name: string): boolean {
  const { files } = context.host;
  if (!files.isDirectory(prefix)) return false;
  if (hasConfig(context, prefix, name) || hasConfig(context, `${prefix}/cmake`, name)) return true;
  const triples = libraryTriples(context);
  const parents = ['lib', 'lib64', 'share', ...triples.map((triple) => `lib/${triple}`)];
  return parents.some((parent) =>
    ['cmake', ''].some((below) => {
      const folder = posix.join(prefix, parent, below);
      const names = files.list(folder);
      const lower = name.toLowerCase();
      return (
        names.ok &&
        names.value
          .filter((entry) => entry.toLowerCase().startsWith(lower))
          .some(
            (entry) =>
              hasConfig(context, `${folder}/${entry}`, name) ||
              hasConfig(context, `${folder}/${entry}/cmake`, name),
          )
      );
    }),
  );
}

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
