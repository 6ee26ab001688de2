import { dirname } from 'node:path/posix';
import { findTool, toolWords } from './config-tool.ts';
import { type DependencyContext, type DependencyRequest, isStatic } from './context.ts';
import { type Attempt, absent, type FoundDependency, found } from './found.ts';
import { findWithPkgConfig, packageNames } from './pkg-config.ts';

interface Way {
  readonly method: string;
  readonly look: (context: DependencyContext, request: DependencyRequest) => Attempt;
}

/** What a language's compiler wrappers are called, and its libraries beside C's, those of high level first. */
const languages: Readonly<
  Record<string, { readonly tools: readonly string[]; readonly libraries: readonly string[] }>
> = {
  c: { tools: ['h5cc', 'h5pcc'], libraries: [] },
  cpp: { tools: ['h5c++', 'h5pc++'], libraries: ['_hl_cpp', '_cpp'] },
  fortran: {
    tools: ['h5fc', 'h5pfc'],
    libraries: ['_hl_fortran', 'hl_fortran', '_fortran'],
  },
};

/** The ways to find HDF5: packages of several names (serial, of an MPI, of a version), then its compiler wrappers. */
export function findHdf5(context: DependencyContext, request: DependencyRequest): readonly Way[] {
  const others = packageNames(context).filter((name) => name.startsWith('hdf5'));
  const names = new Set(['hdf5', 'hdf5-serial', ...others]);
  const language = request.language ?? 'c';
  const refused: Attempt = {
    kind: 'failed',
    reason: `Language ${language} is not supported with HDF5.`,
  };
  const known = languages[language];
  return [
    ...[...names].map(
      (name): Way => ({
        method: 'pkg-config',
        look: (at, asked) =>
          known === undefined
            ? refused
            : byPackage(at, asked, { name, ofLanguage: known.libraries }),
      }),
    ),
    {
      method: 'config-tool',
      look: (at, asked) => (known === undefined ? refused : byWrapper(at, asked, known.tools)),
    },
  ];
}

/** Packages tell neither of all folders of headers nor of the libraries of high level. */
function byPackage(
  context: DependencyContext,
  request: DependencyRequest,
  { name, ofLanguage }: { readonly name: string; readonly ofLanguage: readonly string[] },
): Attempt {
  const attempt = findWithPkgConfig(context, name, request);
  if (attempt.kind !== 'found') return attempt;
  const { files } = context.host;
  const { compileArgs, linkArgs } = attempt.found;
  const kind = isStatic(context, request) ? 'static' : 'shared';
  const folders = compileArgs
    .filter((arg) => arg.startsWith('-I') && files.isDirectory(`${arg.slice(2)}/${kind}`))
    .map((arg) => `${arg}/${kind}`);
  const beside = (path: string): readonly string[] => {
    const [, stem = '', suffix = ''] = /([^/.]*)(\.[^/]*)?$/.exec(path) ?? [];
    return [...ofLanguage, '_hl']
      .map((part) => `${dirname(path)}/${stem}${part}${suffix}`)
      .filter((one) => files.isFile(one));
  };
  return {
    kind: 'found',
    found: {
      ...attempt.found,
      compileArgs: [...compileArgs, ...folders],
      linkArgs: linkArgs.flatMap((arg) =>
        arg.startsWith('/') && files.isFile(arg) ? [...beside(arg), arg] : [arg],
      ),
    },
  };
}

/** A wrapper shows the compiler's command line, first without linking. */
function byWrapper(
  context: DependencyContext,
  request: DependencyRequest,
  tools: readonly string[],
): Attempt {
  const config = {
    name: 'hdf5',
    tools,
    versionArg: '-showconfig',
    versionIn,
    cflags: [],
    libs: [],
  };
  const running = findTool(context, config, request);
  if (running === undefined) return absent;
  const link = isStatic(context, request) ? '-noshlib' : '-shlib';
  const told: string[] = [];
  for (const args of [
    ['-show', '-c'],
    ['-show', link],
  ]) {
    const words = toolWords(context, running.command, args);
    if (words.ok) told.push(...words.value.slice(1));
    else if (request.required)
      return { kind: 'failed', reason: `Could not generate args for hdf5.\n${words.error}` };
  }
  const isFile = (word: string) => word.startsWith('/') && context.host.files.isFile(word);
  const linkArgs = told.filter((word) => /^-(L|l|Wl)/.test(word) || isFile(word));
  if (linkArgs.length === 0)
    return {
      kind: 'failed',
      reason: 'HDF5 was built with cmake instead of autotools, and h5cc is broken.',
    };
  return found({
    name: 'hdf5',
    type: 'config-tool',
    machine: context.machine,
    version: running.version,
    compileArgs: told.filter((word) => /^-[IfD]|^-pthread$/.test(word)),
    linkArgs,
    language: request.language,
    tool: running.command,
  } satisfies Partial<FoundDependency>);
}

const versionIn = /(?<=HDF5 Version: )\d+\.\d+\.\d+/;
