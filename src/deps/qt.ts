import type { DependencyContext, DependencyRequest } from './context.ts';
import { type Attempt, found } from './found.ts';
import { findWithPkgConfig, pkgConfigVariable } from './pkg-config.ts';

/** Qt of a major version by its pkg-config files: one for each of its modules. */
export function findQt(version: 4 | 5 | 6) {
  const prefix = version === 4 ? 'Qt' : `Qt${version}`;
  return (context: DependencyContext, request: DependencyRequest): Attempt => {
    const { modules } = request;
    if (modules.length === 0)
      return { kind: 'failed', reason: `No Qt${version}  modules specified.` };
    const details = `(modules: ${[...modules].sort().join(', ')})`;
    // Core is asked even where it is not wanted: it knows the version and the folders.
    const core = findWithPkgConfig(context, `${prefix}Core`, { ...request, required: false });
    if (core.kind !== 'found') return { kind: 'absent', details };
    const parts = modules.map((name) => {
      const part =
        name === 'Core'
          ? core
          : findWithPkgConfig(context, prefix + name, { ...request, required: false });
      if (part.kind !== 'found' || !request.privateHeaders) return part;
      const more = privateFolders(context, prefix, {
        name,
        version: part.found.version ?? '',
      });
      const compileArgs = [...part.found.compileArgs, ...more.map((folder) => `-I${folder}`)];
      return { ...part, found: { ...part.found, compileArgs } };
    });
    const all = parts.flatMap((part) =>
      part.kind === 'found' ? [{ ...part.found, isAskedPart: true as const }] : [],
    );
    if (all.length < parts.length) return { kind: 'absent', details };
    const variable = (name: string): string =>
      pkgConfigVariable(context, { name: `${prefix}Core`, variable: name }) ?? '';
    const executables = variable('exec_prefix');
    const tools = variable('host_bins') || variable('bindir') || `${executables}/bin`;
    const isDebug = context.option('debug') === true;
    // What was not asked for is neither compiled nor linked with.
    const own = modules.includes('Core') ? core.found : { compileArgs: [], linkArgs: [] };
    return found({
      name: `${prefix}Core`,
      type: 'pkgconfig',
      machine: context.machine,
      version: core.found.version,
      compileArgs: [...own.compileArgs, isDebug ? '-DQT_DEBUG' : '-DQT_NO_DEBUG'],
      // Qt is built with relocations that only such code gets along with.
      executableArgs: context.machineInfo.system === 'windows' ? [] : ['-fPIC'],
      linkArgs: own.linkArgs,
      dependencies: all,
      pkgconfigName: `${prefix}Core`,
      variables: new Map([
        ['bindir', tools],
        ['libexecdir', variable('libexecdir')],
      ]),
      details,
      note: 'pkg-config',
    });
  };
}

interface QtModule {
  readonly name: string;
  readonly version: string;
}

/** Headers without promise: below a folder named by the version, which may be another than the module's. */
function privateFolders(
  context: DependencyContext,
  prefix: string,
  module: QtModule,
): readonly string[] {
  // Qt 4 has them beside the others.
  if (prefix === 'Qt') return [];
  const headers =
    pkgConfigVariable(context, { name: prefix + module.name, variable: 'includedir' }) ?? '';
  const own = `${headers}/Qt${module.name}`;
  const base = context.host.files.isDirectory(own) ? own : headers;
  return privateHeaders(context, base, module);
}

/** The same, below the folder of a module's headers. */
export function privateHeaders(
  { host: { files } }: DependencyContext,
  base: string,
  { name, version }: QtModule,
): readonly string[] {
  const exact = `${base}/${version}`;
  const names = files.isDirectory(exact) ? undefined : files.list(base);
  const other = names?.ok
    ? names.value.filter((name) => /^[^.]+\.[^.]+\.[^.]+$/.test(name)).toSorted()
    : [];
  const folder = other.map((name) => `${base}/${name}`).findLast((path) => files.isDirectory(path));
  return [folder ?? exact, `${folder ?? exact}/Qt${name}`];
}
