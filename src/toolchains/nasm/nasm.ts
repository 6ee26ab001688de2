import type { Toolchain } from '../../model/toolchain.ts';
import { arRules } from '../archivers/ar.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { languageSuffixes } from '../languages.ts';
import type { CompileRules, Family } from '../rules.ts';
import { isDarwin, isWindowsLike, systemOf } from '../system.ts';

const optimization: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  '0': ['-O0'],
  g: ['-O0'],
  '1': ['-O1'],
  '2': ['-Ox'],
  '3': ['-Ox'],
  s: ['-Ox'],
};

/** nasm and yasm: assemblers that another language's compiler links. */
export function nasm(toolchain: Toolchain): Family {
  const { system } = systemOf(toolchain);
  const native = (args: readonly string[]): readonly string[] =>
    args.filter((arg) => arg !== '-mms-bitfields' && arg !== '-pthread');
  return {
    toolchain,
    options: argumentOptions('nasm'),
    baseOptions: [],
    argumentSyntax: '',
    compile: compileRules(toolchain),
    link: undefined,
    archive: toolchain.archiver === undefined ? undefined : arRules(toolchain.archiver, system),
    rust: undefined,
    argumentList: (initial) => new ArgumentList({ ...plainArguments, native }, initial),
  };
}

function compileRules(toolchain: Toolchain): CompileRules {
  const command = toolchain.command;
  const depfile = (output: string, path: string): readonly string[] => ['-MD', path, '-MQ', output];
  return {
    command,
    base: () => [],
    always: formatArgs(toolchain),
    warnings: () => [],
    werror: ['-Werror'],
    options: () => [],
    std: () => [],
    optimization: (level) => (toolchain.id === 'nasm' ? (optimization[level] ?? []) : []),
    debug: (on) => (on ? ['-g'] : []),
    pic: [],
    pie: [],
    visibility: () => [],
    include: (path) => [`-I${path === '' ? '.' : path}`],
    threads: [],
    openmp: [],
    noStandardIncludes: [],
    output: (path) => ['-o', path],
    only: [],
    standardInput: undefined,
    check: () => [],
    preprocessOnly: ['-E'],
    preprocessToFile: ['-E'],
    depfile: toolchain.id === 'nasm' ? depfile : undefined,
    precompiledHeader: undefined,
    suffixes: languageSuffixes['nasm'] ?? [],
    objectSuffix: isWindowsLike(systemOf(toolchain).system) ? 'obj' : 'o',
    line: ({ args, source, output, depfile: path }) => [
      ...command,
      ...args,
      ...(path === undefined || toolchain.id !== 'nasm' ? [] : depfile(output, path)),
      ...['-o', output, source],
    ],
    takesDependencyArgs: true,
  };
}

function formatArgs(toolchain: Toolchain): readonly string[] {
  const { system, cpu, cpuFamily } = systemOf(toolchain);
  const wide = cpuFamily === 'x86_64';
  const bits = wide ? (cpu === 'x32' ? 'x32' : '64') : '32';
  const define = wide ? ['-D__x86_64__'] : [];
  if (isWindowsLike(system)) return ['-f', `win${bits}`, `-DWIN${bits}`, ...define];
  if (isDarwin(system)) return ['-f', `macho${bits}`, '-DMACHO', ...define];
  return ['-f', `elf${bits}`, '-DELF', ...define];
}
