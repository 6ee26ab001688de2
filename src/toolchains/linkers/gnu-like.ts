import { basename, dirname } from 'node:path/posix';
import type { Linker } from '../../model/toolchain.ts';
import type { LinkRules } from '../rules.ts';
import { isWindowsLike } from '../system.ts';
import { baseLinkArgs, type LinkDriver, type LinkerWords } from './link-rules.ts';
import { gnuRpath } from './rpath.ts';
import { throughCompiler } from './wrap.ts';

/** What the compiler in front of the linker decides. */
export interface LinkContext {
  readonly linker: Linker;
  readonly system: string;
  readonly driver: LinkDriver;
  readonly openmp: readonly string[];
  readonly noStandardLibraries: readonly string[];
  readonly windowsLibraries: LinkRules['options'];
  readonly standardLibraryFor: LinkRules['standardLibraryFor'];
}

/** Of a compiler that is not C's: what the linker needs of it, it says itself. */
export function bareContext(given: Pick<LinkContext, 'linker' | 'system' | 'driver'>): LinkContext {
  return {
    ...given,
    openmp: [],
    noStandardLibraries: [],
    windowsLibraries: () => [],
    standardLibraryFor: () => [],
  };
}

/** GNU ld and gold, LLVM's lld and mold, behind a gcc-like compiler. */
export function gnuLikeLinker(context: LinkContext): LinkRules {
  const { linker, system, driver } = context;
  const windows = isWindowsLike(system);
  return {
    command: linker.command,
    base: baseLinkArgs(driver, gnuLikeWords(context)),
    always: linker.alwaysArgs ?? [],
    optimization: (level) => (level === '3' ? throughCompiler(['-O1']) : []),
    sharedLibrary: ['-shared'],
    sharedModule: ['-shared'],
    pie: ['-pie'],
    soname: (name) => (windows ? [] : throughCompiler(['-soname', name])),
    nameless: windows ? undefined : (path) => [`-L${dirname(path)}`, `-l:${basename(path)}`],
    exportDynamic: throughCompiler([windows ? '--export-all-symbols' : '-export-dynamic']),
    whole: (archives) =>
      archives.length === 0
        ? []
        : [
            ...throughCompiler(['--whole-archive']),
            ...archives,
            ...throughCompiler(['--no-whole-archive']),
          ],
    rpath: (rpath) =>
      windows
        ? { args: [], removedAtInstall: [] }
        : gnuRpath(rpath, { id: linker.id, version: linker.version, extra: [] }),
    threads: () => (system === 'haiku' ? [] : ['-pthread']),
    openmp: context.openmp,
    noStandardLibraries: context.noStandardLibraries,
    importLibrary: (path) => throughCompiler([`--out-implib=${path}`]),
    moduleDefinitions: (path) => (windows ? [path] : []),
    subsystem: (value) => (windows ? subsystemArgs(linker.id, value) : []),
    fatalWarnings: throughCompiler(['--fatal-warnings']),
    options: context.windowsLibraries,
    line: ({ args, output, objects, linkArgs }) => [
      ...linker.command,
      ...args,
      '-o',
      output,
      ...objects,
      ...linkArgs,
    ],
    response: 'gcc',
    prelink: (path, objects) => ['-r', '-o', path, ...objects],
    standardLibraryFor: context.standardLibraryFor,
  };
}

/** Of most subsystems GNU ld knows the number only, and LLVM's the name only. */
function subsystemArgs(linker: string, value: string): readonly string[] {
  const [name = '', version] = value.split(',');
  const known = linker === 'ld.lld' ? name : (subsystemNumbers[name] ?? name);
  const full = version === undefined ? known : `${known}:${version}`;
  return throughCompiler(['--subsystem', full]);
}

const subsystemNumbers: Readonly<Record<string, string>> = {
  native: '1',
  posix: '7',
  efi_application: '10',
  efi_boot_service_driver: '11',
  efi_runtime_driver: '12',
  efi_rom: '13',
  boot_application: '16',
};

/** The linker's own words for what options ask. */
export function gnuLikeWords({
  linker,
  system,
}: Pick<LinkContext, 'linker' | 'system'>): LinkerWords {
  return {
    fatalWarnings: throughCompiler(['--fatal-warnings']),
    sanitizers: (names) => (names.length === 0 ? [] : [`-fsanitize=${names.join(',')}`]),
    coverage: ['--coverage'],
    asNeeded: throughCompiler(['--as-needed']),
    headerPadding: [],
    noUndefined: throughCompiler(['--no-undefined']),
    allowUndefined:
      isWindowsLike(system) && linker.id === 'ld.lld'
        ? []
        : throughCompiler(['--allow-shlib-undefined']),
  };
}
