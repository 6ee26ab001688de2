import { findInPath } from '../host/find-in-path.ts';
import { exitCode, startAsking } from './ask.ts';
import { toolWords } from './config-tool.ts';
import type { DependencyContext, DependencyRequest } from './context.ts';
import { type Attempt, absent, found } from './found.ts';
import { findWithPkgConfig } from './pkg-config.ts';

const programs: Readonly<
  Record<
    string,
    {
      readonly variables: readonly string[];
      readonly names: readonly string[];
      readonly module: string;
    }
  >
> = {
  c: { variables: ['MPICC'], names: ['mpicc'], module: 'ompi-c' },
  cpp: { variables: ['MPICXX'], names: ['mpic++', 'mpicxx', 'mpiCC'], module: 'ompi-cxx' },
  fortran: {
    variables: ['MPIFC', 'MPIF90', 'MPIF77'],
    names: ['mpifort', 'mpif90', 'mpif77'],
    module: 'ompi-fort',
  },
};

/** The ways to find MPI: its compiler wrappers, then pkg-config of Open MPI. */
export function findMpi(
  context: DependencyContext,
  request: DependencyRequest,
): readonly {
  readonly method: string;
  readonly look: (context: DependencyContext, request: DependencyRequest) => Attempt;
}[] {
  const language = request.language ?? 'c';
  const known = programs[language];
  if (known === undefined || context.checker(language) === undefined) return [];
  return [
    { method: 'config-tool', look: (_context, asked) => findWrapper(context, asked, language) },
    {
      method: 'pkg-config',
      look: (_context, asked) => findWithPkgConfig(context, known.module, asked),
    },
  ];
}

/** What wrappers of Open MPI, MPICH and old MPICH are asked. */
const questions: readonly (readonly [compile: string, link: string])[] = [
  ['--showme:compile', '--showme:link'],
  ['-show-compile-info', '-show-link-info'],
  ['-compile_info', '-link_info'],
  ['-show', '-show'],
];

function findWrapper(
  context: DependencyContext,
  request: DependencyRequest,
  language: string,
): Attempt {
  const { host, log, machine } = context;
  const { variables = [], names = [] } = programs[language] ?? {};
  const named = variables.flatMap((name) => host.system.environment[name] ?? []);
  const candidates = context.cross ? named : [...named, ...names];
  const name = [...named, ...names][0] ?? '';
  const path = candidates
    .map((program) => findInPath(host, program))
    .find((one) => one !== undefined);
  const version = path === undefined ? undefined : wrapperVersion(context, path);
  if (path === undefined || version === undefined) {
    log(`${name} found: NO`);
    return absent;
  }
  log(`${name} found: YES (${path}) ${version}`);
  for (const [compile, link] of questions) {
    const cflags = toolWords(context, [path], [compile]);
    const libs = toolWords(context, [path], [link]);
    if (!cflags.ok || !libs.ok) continue;
    return found({
      name,
      type: 'config-tool',
      machine,
      version,
      language: request.language,
      compileArgs: kept(cflags.value, ['-I'], /^(-D|-f|-I)/),
      linkArgs: kept(libs.value, ['-L', '-Xlinker'], /^(-L|-l|-Xlinker)/),
      tool: [path],
    });
  }
  return absent;
}

function wrapperVersion(context: DependencyContext, path: string): string | undefined {
  const openMpi = startAsking(context, [path, '--showme:version']).finish();
  if (exitCode(openMpi) === 0) return /\d+.\d+.\d+/.exec(openMpi.stdout)?.[0];
  const other = startAsking(context, [path, '-v']).finish();
  if (exitCode(other) !== 0) return undefined;
  const [line = ''] = other.stdout.split('\n', 1);
  return (/\d+.\d+.\d+/.exec(line) ?? /\d+.\d+/.exec(line))?.[0];
}

/** Wrappers print much that is no business of ours: `-O2`, `-Wall`, the compiler's name. */
function kept(
  args: readonly string[],
  alone: readonly string[],
  wanted: RegExp,
): readonly string[] {
  const result: string[] = [];
  let takeNext = false;
  for (const arg of args) {
    const isWarning = arg.startsWith('-W') && arg !== '-Wall' && !arg.startsWith('-Werror');
    if (takeNext || wanted.test(arg) || arg === '-pthread' || isWarning) result.push(arg);
    takeNext = alone.includes(arg);
  }
  return result;
}
