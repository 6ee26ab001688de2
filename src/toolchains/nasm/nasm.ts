import type { Toolchain } from '../../model/toolchain.ts';
import { arRules } from '../archivers/ar.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions } from '../base-options.ts';
import { languageSuffixes } from '../languages.ts';
import { appleLinker } from '../linkers/apple.ts';
import { gnuLikeLinker, type LinkContext } from '../linkers/gnu-like.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, Family, LinkRules } from '../rules.ts';
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

/** nasm and yasm: assemblers; a C compiler drives their links. */
export function nasm(toolchain: Toolchain): Family {
  const { system } = systemOf(toolchain);
  const native = (args: readonly string[]): readonly string[] =>
    args.filter((arg) => arg !== '-mms-bitfields' && arg !== '-pthread');
  return {
    toolchain,
    options: argumentOptions('nasm'),
    baseOptions: [],
    argumentSyntax: '',
    folderOptions: { joined: ['-I'], lists: [] },
    compile: compileRules(toolchain),
    link: linkRules(toolchain),
    archive: toolchain.archiver === undefined ? undefined : arRules(toolchain.archiver, system),
    rust: undefined,
    argumentList: (initial) => new ArgumentList({ ...plainArguments, native }, initial),
  };
}

function compileRules(toolchain: Toolchain): CompileRules {
  const { command } = toolchain;
  const isNasm = toolchain.id === 'nasm';
  const depfile = (output: string, path: string): readonly string[] => ['-MD', path, '-MQ', output];
  return plainCompileRules(command, {
    always: formatArgs(toolchain),
    werror: ['-Werror'],
    optimization: (level) => (isNasm ? (optimization[level] ?? []) : []),
    debug: (on) => (on ? debugArgs(toolchain) : []),
    include: (path) => [`-I${path === '' ? '.' : path}`],
    preprocessOnly: ['-E'],
    preprocessToFile: ['-E'],
    depfile: isNasm ? depfile : undefined,
    suffixes: languageSuffixes['nasm'] ?? [],
    objectSuffix: isWindowsLike(systemOf(toolchain).system) ? 'obj' : 'o',
    line: ({ args, source, output, depfile: path }) => [
      ...command,
      ...args,
      ...(path === undefined || !isNasm ? [] : depfile(output, path)),
      ...['-o', output, source],
    ],
    takesDependencyArgs: true,
  });
}

/** yasm asks for the format. */
function debugArgs({ id, facts }: Toolchain): readonly string[] {
  if (id === 'nasm') return ['-g'];
  return ['-g', isDarwin(systemOf({ facts }).system) ? 'null' : 'dwarf2'];
}

function linkRules({ linker, facts }: Toolchain): LinkRules | undefined {
  if (linker === undefined) return undefined;
  const none = (): readonly string[] => [];
  const context: LinkContext = {
    linker,
    system: systemOf({ facts }).system,
    driver: { baseOptions: [], werror: [], lto: none, pgo: none },
    openmp: [],
    noStandardLibraries: [],
    windowsLibraries: none,
    standardLibraryFor: none,
  };
  return linker.id.startsWith('ld64') ? appleLinker(context) : gnuLikeLinker(context);
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
