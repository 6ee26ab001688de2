import { basename, isAbsolute } from 'node:path/posix';
import { compareVersions, versionMatches } from '../../base/version.ts';
import { type LibraryType, startFindLibrary } from '../../toolchains/checks/libraries.ts';
import { isDarwin } from '../../toolchains/system.ts';
import { checkerFor, type DependencyContext, type DependencyRequest } from '../context.ts';
import { type Attempt, found } from '../found.ts';

interface Toolkit {
  readonly path: string;
  readonly version: string;
  /** Named by the environment, or what `/usr/local/cuda` is. */
  readonly isDefault: boolean;
}

/** NVIDIA's CUDA Toolkit, for C and C++: its headers and the libraries asked for as modules. */
export function findCuda(context: DependencyContext, request: DependencyRequest): Attempt {
  const language = languages.find((one) => context.checker(one) !== undefined) ?? '';
  if (language !== 'cpp' && language !== 'c')
    return {
      kind: 'failed',
      reason: `Language '${language}' is not supported by the CUDA Toolkit. Supported languages are ['cpp', 'c', 'cuda'].`,
    };
  const modules = modulesOf(request);
  const details = `(modules: ${modules.join(', ')}) for ${language}`;
  const missing = (reason: string): Attempt =>
    request.required ? { kind: 'failed', reason } : { kind: 'absent', details };
  const toolkit = chosenToolkit(context, request);
  if (toolkit === undefined)
    return request.version.length > 0
      ? { kind: 'absent', details }
      : missing(
          "Please specify the desired CUDA Toolkit version (e.g. dependency('cuda', version : '>=10.1')) or set the CUDA_PATH environment variable/create the '/usr/local/cuda' symbolic link to point to the location of your desired version.",
        );
  if (!isAbsolute(toolkit.path))
    return {
      kind: 'failed',
      reason: `CUDA Toolkit path must be absolute, got '${toolkit.path}'.`,
    };
  const target = `${toolkit.path}/${targetFolder(context, toolkit.path)}`;
  const folder = libraryFolder(context);
  if ('reason' in folder) return { kind: 'failed', reason: folder.reason };
  const linkArgs: string[] = [];
  for (const name of modules) {
    const args = moduleArgs(context, request, { name, folder: `${target}/${folder.name}` });
    if (args === undefined) return missing(`Couldn't find requested CUDA module '${name}'`);
    linkArgs.push(...args);
  }
  return found({
    name: 'cuda',
    type: 'system',
    machine: context.machine,
    version: toolkit.version,
    language,
    compileArgs: [`-I${target}/include`],
    linkArgs,
    details,
    note: toolkit.path,
    isOneOfSeveral: true,
  });
}

/** Those it is for, then others that a project may have. */
const languages = ['cpp', 'c', 'objcpp', 'objc', 'rust', 'd', 'fortran'];

/** Without a word of it the static runtime is linked, as nvcc does. */
function modulesOf({ modules, static: isStatic }: DependencyRequest): readonly string[] {
  if (modules.includes('cudart') || modules.includes('cudart_static')) return modules;
  return [isStatic === false ? 'cudart' : 'cudart_static', ...modules];
}

/** The default toolkit where its version will do, else the newest that will. */
function chosenToolkit(
  context: DependencyContext,
  { version }: DependencyRequest,
): Toolkit | undefined {
  const all = toolkits(context);
  const defaults = all.filter(({ isDefault }) => isDefault);
  if (version.length === 0) return defaults[0];
  const others = all
    .filter(({ isDefault }) => !isDefault)
    .toSorted((a, b) => compareVersions(b.version, a.version));
  return [...defaults, ...others].find((one) =>
    version.every((wanted) => versionMatches(one.version, wanted)),
  );
}

function toolkits(context: DependencyContext): readonly Toolkit[] {
  const { environment } = context.host.system;
  const named = (
    onWindows(context) ? ['CUDA_PATH'] : ['CUDA_PATH', 'CUDA_HOME', 'CUDA_ROOT']
  ).filter((name) => environment[name] !== undefined);
  const told = new Set(named.map((name) => environment[name]));
  if (told.size > 1)
    context.warn(
      `Environment variables ${named.join(', ')} point to conflicting toolkit locations (${[...told].join(', ')}). Toolkit selection might produce unexpected results.`,
    );
  const [variable = ''] = named;
  const chosen = environment[variable];
  const places = onWindows(context)
    ? Object.keys(environment)
        .filter((name) => name.startsWith('CUDA_PATH_'))
        .flatMap((name) => environment[name] ?? [])
    : installed(context, chosen === undefined ? 'cuda' : 'cuda-');
  return [
    ...(chosen === undefined ? [] : [{ path: chosen, isDefault: true }]),
    ...places.map((path) => ({ path, isDefault: basename(path) === 'cuda' })),
  ].map((one) => ({ ...one, version: toolkitVersion(context, one.path) }));
}

function installed({ host }: DependencyContext, start: string): readonly string[] {
  const names = host.files.list('/usr/local');
  if (!names.ok) return [];
  return names.value.filter((name) => name.startsWith(start)).map((name) => `/usr/local/${name}`);
}

/** What the toolkit says of itself, in its own text or in a header; else what its folder is called. */
function toolkitVersion(context: DependencyContext, path: string): string {
  const { files } = context.host;
  const text = files.readText(`${path}/version.txt`);
  const said = text.ok ? /^CUDA Version\s+(.*)/.exec(text.value)?.[1] : undefined;
  if (said !== undefined) return said.split('.').slice(0, 2).join('.');
  const target = targetFolder(context, path);
  for (const folder of ['include', `${target}/include`]) {
    const header = files.readText(`${path}/${folder}/cuda_runtime_api.h`);
    const number = header.ok
      ? /#define\s+CUDART_VERSION\s+([0-9]+)/.exec(header.value)?.[1]
      : undefined;
    if (number !== undefined)
      return `${Math.floor(Number(number) / 1000)}.${Math.floor((Number(number) % 1000) / 10)}`;
  }
  const named = (onWindows(context) ? /^v(.*)$/ : /^cuda-(.*)$/).exec(basename(path))?.[1];
  if (named === undefined) context.warn(`Could not detect CUDA Toolkit version for ${path}`);
  return named ?? '0.0';
}

/** Where files of the machine are in a toolkit that serves several. */
function targetFolder({ machineInfo, host }: DependencyContext, path: string): string {
  const { system, cpuFamily } = machineInfo;
  if (system !== 'linux') return '.';
  const usual = `targets/${cpuFamily}-${system}`;
  return cpuFamily === 'aarch64' && !host.files.exists(`${path}/${usual}`)
    ? `targets/sbsa-${system}`
    : usual;
}

function libraryFolder({
  machineInfo,
}: DependencyContext): { readonly name: string } | { readonly reason: string } {
  const { system, cpuFamily } = machineInfo;
  const none = (version: string) => ({
    reason: `${cpuFamily} architecture is not supported in ${version} version of the CUDA Toolkit.`,
  });
  if (system === 'windows') {
    const name = { x86: 'lib/Win32', x86_64: 'lib/x64' }[cpuFamily];
    return name === undefined ? none('Windows') : { name };
  }
  if (system === 'linux') return { name: 'lib' };
  if (!isDarwin(system)) return { reason: 'CUDA Toolkit: unsupported platform.' };
  return cpuFamily === 'x86_64' ? { name: 'lib64' } : none('macOS');
}

const onWindows = ({ machineInfo }: DependencyContext): boolean => machineInfo.system === 'windows';

/** Libraries of the toolkit alone: those of the driver have the same names, and change. */
function moduleArgs(
  context: DependencyContext,
  request: DependencyRequest,
  { name, folder }: { readonly name: string; readonly folder: string },
): readonly string[] | undefined {
  const checker = checkerFor(context, undefined);
  if (checker === undefined) return undefined;
  const args = startFindLibrary(checker, {
    name,
    folders: [folder, `${folder}/stubs`],
    type: libraryType(request),
    ignoreSystemFolders: true,
  }).finish();
  const isRuntime = name === 'cudart_static' && context.machineInfo.system === 'linux';
  return args && isRuntime ? [...args, '-lrt', '-lpthread', '-ldl'] : args;
}

/** The option `prefer_static` does not count here. */
function libraryType({ static: isStatic }: DependencyRequest): LibraryType {
  if (isStatic === undefined) return 'prefer-static';
  return isStatic ? 'static' : 'prefer-shared';
}
