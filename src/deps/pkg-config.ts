import type { Environment, EnvironmentChange } from '../base/environment.ts';
import { err, ok, type Result } from '../base/result.ts';
import { findInPath } from '../host/find-in-path.ts';
import type { Finished } from '../host/host.ts';
import { programHint } from '../toolchains/install-hint.ts';
import { exitCode, shellWords, startAsking } from './ask.ts';
import { checkerFor, type DependencyContext, type DependencyRequest, isStatic } from './context.ts';
import { type Attempt, absent, found } from './found.ts';
import { isNoPackage } from './packages-state.ts';
import { resolveLibraries } from './pkg-config-libraries.ts';

interface PackageRequest extends DependencyRequest {
  /** Searched as well. */
  readonly folders?: readonly string[];
}

/** Looks for a dependency with pkg-config. */
export function findWithPkgConfig(
  context: DependencyContext,
  name: string,
  request: PackageRequest,
): Attempt {
  const tool = pkgConfigTool(context);
  if (tool === undefined) {
    return request.required
      ? {
          kind: 'failed',
          reason: `Pkg-config for machine ${context.machine} machine not found. Giving up.`,
        }
      : absent;
  }
  const { language, folders = [] } = request;
  const isStaticLink = isStatic(context, request);
  const asked = startPkgConfig(context, name, { isStaticLink, folders, language });
  const version = asked?.version();
  if (asked === undefined || version === undefined) return absent;
  const { cflags, libs, rawLibs } = asked.arguments();
  // A package that needs one that is not there: as good as none, unless it must be found.
  const unusable = (reason: string): Attempt => {
    context.warn(`Pkg-config error with '${name}': ${reason}`);
    return request.required ? { kind: 'failed', reason } : absent;
  };
  if (!cflags.ok) return unusable(cflags.error);
  if (!libs.ok) return unusable(libs.error);
  const raw = rawLibs.ok ? rawLibs.value : libs.value;
  const linkArgs = resolveLibraries(context, {
    name,
    libs: libs.value,
    rawLibs: raw,
    isStatic: isStaticLink,
    checker: checkerFor(context, language),
  });
  return found({
    name,
    type: 'pkgconfig',
    machine: context.machine,
    version,
    compileArgs: cflags.value,
    linkArgs,
    rawLinkArgs: raw,
    language,
    pkgconfigName: name,
  });
}

interface Asked {
  readonly version: () => string | undefined;
  readonly arguments: () => Record<
    'cflags' | 'libs' | 'rawLibs',
    Result<readonly string[], string>
  >;
}

/** Asks pkg-config of one module. Cheap to start ahead: processes run while the caller goes on. */
export function startPkgConfig(
  context: DependencyContext,
  name: string,
  {
    isStaticLink = false,
    folders = [],
    language,
  }: {
    readonly isStaticLink?: boolean;
    readonly folders?: readonly string[];
    readonly language?: string | undefined;
  } = {},
): Asked | undefined {
  const tool = pkgConfigTool(context);
  if (tool === undefined) return undefined;
  const told = pkgConfigEnvironment(context, tool.command, folders);
  const ask = (args: readonly string[], more: Environment = {}) =>
    startAsking(context, [...tool.command, ...args], {
      variables: { ...told, ...more },
    });
  const version = startAsking(context, [...tool.command, '--modversion', name], {
    variables: told,
    foreseen: (environment) => noPackage(context, name, { command: tool.command, environment }),
  });
  const how = isStaticLink ? ['--static'] : [];
  const read = (
    kind: string,
    { finish }: ReturnType<typeof ask>,
  ): Result<readonly string[], string> => {
    const finished = finish();
    return exitCode(finished) === 0
      ? ok(shellWords(finished.stdout))
      : err(`Could not generate ${kind} for ${name}:\n${finished.stderr.trim()}\n`);
  };
  return {
    version: () => {
      const finished = version.finish();
      return exitCode(finished) === 0 ? finished.stdout.trim() : undefined;
    },
    arguments: () => {
      // gfortran does not search system folders for INCLUDE.
      const system = language === 'fortran' ? { PKG_CONFIG_ALLOW_SYSTEM_CFLAGS: '1' } : {};
      const cflags = ask([...how, '--cflags', name], system);
      const libs = ask([...how, '--libs', name], { PKG_CONFIG_ALLOW_SYSTEM_LIBS: '1' });
      const rawLibs = ask([...how, '--libs', name]);
      return {
        cflags: read('cflags', cflags),
        libs: read('libs', libs),
        rawLibs: read('libs', rawLibs),
      };
    },
  };
}

/** What pkg-config says where the folders show that there is no such package: it would read all there are, to find one that provides it. */
function noPackage(
  { host }: DependencyContext,
  name: string,
  {
    command,
    environment,
  }: { readonly command: readonly string[]; readonly environment: Environment },
): Finished | undefined {
  const [tool = '', ...words] = command;
  if (words.length > 0 || !isNoPackage(host, { tool, environment }, name)) return undefined;
  return { ended: { kind: 'exited', code: 1 }, stdout: '', stderr: '' };
}

/** Names of all packages that pkg-config knows. */
export function packageNames(context: DependencyContext): readonly string[] {
  const tool = pkgConfigTool(context);
  if (tool === undefined) return [];
  const variables = pkgConfigEnvironment(context, tool.command, []);
  const answer = startAsking(context, [...tool.command, '--list-all'], { variables }).finish();
  if (exitCode(answer) !== 0) return [];
  return answer.stdout.split('\n').flatMap((line) => line.split(' ', 1)[0] || []);
}

interface PackageVariable {
  /** The module. */
  readonly name: string;
  readonly variable: string;
  /** Variables that its file shall see with other values. */
  readonly defines?: readonly (readonly [name: string, value: string])[];
}

/** A module's variable; undefined when it has none of that name. */
export function pkgConfigVariable(
  context: DependencyContext,
  { name, variable, defines = [] }: PackageVariable,
): string | undefined {
  const tool = pkgConfigTool(context);
  if (tool === undefined) return undefined;
  const variables = pkgConfigEnvironment(context, tool.command, []);
  const define = defines.map(([key, value]) => `--define-variable=${key}=${value}`);
  const asked = startAsking(context, [...tool.command, ...define, `--variable=${variable}`, name], {
    variables,
  }).finish();
  if (exitCode(asked) !== 0) return undefined;
  const value = asked.stdout.trim();
  if (value !== '') return value;
  // An empty variable and none look the same until one asks for the names.
  const names = startAsking(context, [...tool.command, '--print-variables', name], { variables });
  return names.finish().stdout.split('\n').includes(variable) ? '' : undefined;
}

/** pkg-config of this machine, found once and told once. */
function pkgConfigTool(
  context: DependencyContext,
): { readonly command: readonly string[]; readonly version: string } | undefined {
  const { memory, log } = context;
  if (memory.tools.has('pkg-config')) return memory.tools.get('pkg-config');
  const tool = lookForTool(context);
  memory.tools.set('pkg-config', tool);
  log(
    tool === undefined
      ? 'Found pkg-config: NO'
      : `Found pkg-config: YES (${tool.command.join(' ')}) ${tool.version}`,
  );
  return tool;
}

/** What to do where there is no pkg-config to ask; undefined where there is one. */
export function withoutPkgConfig(context: DependencyContext): string | undefined {
  if (pkgConfigTool(context) !== undefined) return undefined;
  const [named] = context.binary('pkg-config') ?? context.binary('pkgconfig') ?? [];
  if (named !== undefined) return `pkg-config, as which "${named}" is named, does not start.`;
  return context.cross
    ? 'The machine file names no pkg-config, which knows most libraries: [binaries] pkg-config = …'
    : `There is no pkg-config, which knows most libraries. ${programHint('pkg-config')}`;
}

function lookForTool(context: DependencyContext) {
  const named = context.binary('pkg-config') ?? context.binary('pkgconfig');
  if (named === undefined && context.cross) return undefined;
  const [program = '', ...args] = named ?? ['pkg-config'];
  const path = findInPath(context.host, program);
  if (path === undefined) {
    context.log(`Did not find pkg-config by name '${program}'`);
    return undefined;
  }
  const command = [path, ...args];
  const answer = startAsking(context, [...command, '--version']).finish();
  if (exitCode(answer) !== 0) {
    context.warn(`Found pkg-config '${command.join(' ')}' but it failed when ran`);
    return undefined;
  }
  return { command, version: answer.stdout.trim() };
}

/** An environment in which pkg-config finds what the build made, too, and is told what setup tells it. */
export function uninstalledPackages(
  context: DependencyContext,
  folder: string,
): readonly EnvironmentChange[] {
  const tool = pkgConfigTool(context);
  if (tool === undefined) return [];
  const { PKG_CONFIG_PATH: path, ...rest } = pkgConfigEnvironment(context, tool.command, []);
  const folders = path ? `${folder}:${path}` : folder;
  return Object.entries({ PKG_CONFIG_PATH: folders, ...rest }).map(([name, value]) => ({
    kind: 'set',
    name,
    value,
  }));
}

/** What pkg-config is told by options and machine files. */
function pkgConfigEnvironment(
  { option, property }: DependencyContext,
  command: readonly string[],
  folders: readonly string[],
): Environment {
  const path = option('pkg_config_path');
  const root = property('sys_root');
  const libdir = property('pkg_config_libdir');
  const listOf = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  return {
    ...(Array.isArray(path) || folders.length > 0
      ? { PKG_CONFIG_PATH: [...listOf(path), ...folders].join(':') }
      : {}),
    ...(typeof root === 'string' && root !== '' ? { PKG_CONFIG_SYSROOT_DIR: root } : {}),
    ...(libdir === undefined ? {} : { PKG_CONFIG_LIBDIR: listOf(libdir).join(':') }),
    PKG_CONFIG: command.join(' '),
  };
}
