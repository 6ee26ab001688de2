import { posix } from 'node:path';
import type { OptionDeclaration } from '../../model/option.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { arRules } from '../archivers/ar.ts';
import { ArgumentList, cLikeArguments } from '../argument-list.ts';
import { argumentOptions, assertionsOff, sanitizers } from '../base-options.ts';
import { codeOnInput } from '../gnu/code-on-input.ts';
import { assemblerSuffixes, languageSuffixes, llvmIrSuffixes } from '../languages.ts';
import { appleLinker } from '../linkers/apple.ts';
import { gnuLikeLinker, type LinkContext } from '../linkers/gnu-like.ts';
import type { LinkDriver } from '../linkers/link-rules.ts';
import { wasmLinker } from '../linkers/wasm.ts';
import type { CompileRules, Family, LinkRules, ModuleRules, OptionLookup } from '../rules.ts';
import { isDarwin, isWindowsLike, systemOf } from '../system.ts';
import { inputLanguages } from './input-languages.ts';

/** What one C-like compiler does in its own way. */
export interface CLikeDialect {
  readonly options: readonly OptionDeclaration[];
  /** `b_…` options beside those that all C-like compilers have. */
  readonly baseOptions: readonly string[];
  /** Those of them that it does not have. */
  readonly withoutBaseOptions?: readonly string[];
  readonly warnings: Readonly<Record<string, readonly string[]>>;
  readonly optimization: Readonly<Record<string, readonly string[]>>;
  readonly std: (options: OptionLookup) => readonly string[];
  readonly languageOptions: (options: OptionLookup) => readonly string[];
  readonly modules?: ModuleRules | undefined;
  /** Arguments for assertions that stay in (`b_ndebug=false`). */
  readonly assertions: readonly string[];
  /** Arguments that take assertions out, where no macro does. */
  readonly assertionsOff?: readonly string[];
  readonly colors: boolean;
  readonly lto: (options: OptionLookup) => readonly string[];
  readonly linkLto: LinkDriver['lto'];
  readonly pgo: (value: string) => readonly string[];
  readonly openmp: readonly string[];
  readonly pch: {
    readonly suffix: string;
    readonly use: (folder: string, header: string) => readonly string[];
  };
}

/** The rules of a gcc-like compiler of C, C++, Objective-C or Objective-C++. */
export function cLikeFamily(toolchain: Toolchain, dialect: CLikeDialect): Family {
  const { system } = systemOf(toolchain);
  const baseOptions = [
    ...['b_pch', 'b_lto', 'b_pgo', 'b_coverage', 'b_ndebug', 'b_staticpic', 'b_pie'],
    ...(isWindowsLike(system) || system === 'openbsd' ? [] : ['b_lundef']),
    ...(system === 'windows' ? [] : ['b_asneeded']),
    ...(system === 'gnu' ? [] : ['b_sanitize']),
    ...dialect.baseOptions,
  ].filter((name) => dialect.withoutBaseOptions?.includes(name) !== true);
  const defaultIncludes = (toolchain.facts['default-includes'] ?? '').split(':');
  const kind = cLikeArguments({
    groups: toolchain.linker !== undefined && !toolchain.linker.id.startsWith('ld64'),
    defaultIncludes: defaultIncludes.filter((path) => path !== ''),
  });
  return {
    toolchain,
    options: [...argumentOptions(toolchain.language), ...dialect.options],
    baseOptions,
    argumentSyntax: 'gcc',
    compile: compileRules(toolchain, dialect, baseOptions),
    link: linkRules(toolchain, dialect, baseOptions),
    archive: toolchain.archiver === undefined ? undefined : arRules(toolchain.archiver, system),
    rust: undefined,
    argumentList: (initial) => new ArgumentList(kind, initial),
  };
}

const visibilities: Readonly<Record<string, readonly string[]>> = {
  '': [],
  default: ['-fvisibility=default'],
  internal: ['-fvisibility=internal'],
  hidden: ['-fvisibility=hidden'],
  protected: ['-fvisibility=protected'],
  inlineshidden: ['-fvisibility=hidden', '-fvisibility-inlines-hidden'],
};

function compileRules(
  toolchain: Toolchain,
  dialect: CLikeDialect,
  baseOptions: readonly string[],
): CompileRules {
  const { language, id } = toolchain;
  const { system } = systemOf(toolchain);
  const isCpp = language === 'cpp' || language === 'objcpp';
  const command = [...toolchain.wrapper, ...toolchain.command];
  const depfile = (output: string, path: string): readonly string[] => [
    ...['-MD', '-MQ', output],
    ...['-MF', path],
  ];
  const line: CompileRules['line'] = ({ args, source, output, depfile: path }) => [
    ...command,
    ...args,
    ...(path === undefined ? [] : depfile(output, path)),
    ...['-o', output, '-c', source],
  ];
  return {
    command,
    base: baseCompileArgs(dialect, baseOptions),
    always: isDarwin(system) ? [] : ['-D_FILE_OFFSET_BITS=64'],
    warnings: (level) => dialect.warnings[level] ?? [],
    werror: ['-Werror'],
    options: dialect.languageOptions,
    std: dialect.std,
    optimization: (level) => dialect.optimization[level] ?? [],
    debug: (on) => (on ? ['-g'] : []),
    pic: isWindowsLike(system) || isDarwin(system) ? [] : ['-fPIC'],
    pie: ['-fPIE'],
    visibility: (kind) => visibilities[kind === 'inlineshidden' && !isCpp ? 'hidden' : kind] ?? [],
    include: (path, of) => [`${of?.system ? '-isystem' : '-I'}${path === '' ? '.' : path}`],
    threads: system === 'haiku' || isDarwin(system) ? [] : ['-pthread'],
    openmp: dialect.openmp,
    noStandardIncludes: [isCpp ? '-nostdinc++' : '-nostdinc'],
    output: (path) => ['-o', path],
    only: ['-c'],
    standardInput: (following) => codeOnInput(inputLanguages[language] ?? 'c', following),
    check: (mode) => checkArgs(toolchain, mode),
    preprocessOnly: ['-E', '-P'],
    preprocessToFile: ['-E', '-P', `-x${inputLanguages[language] ?? 'assembler-with-cpp'}`],
    depfile,
    ...(dialect.modules !== undefined && { modules: dialect.modules }),
    precompiledHeader: {
      filename: (header) => `${posix.basename(header)}.${dialect.pch.suffix}`,
      use: dialect.pch.use,
      line: (parts) => {
        const isHeader = isCpp && parts.source.endsWith('.h');
        return line(isHeader ? { ...parts, args: [...parts.args, '-x', 'c++-header'] } : parts);
      },
    },
    suffixes: [
      ...(languageSuffixes[language] ?? []),
      ...assemblerSuffixes.slice(0, 3),
      ...(speaksLlvm.includes(id) ? llvmIrSuffixes : []),
    ],
    objectSuffix: isWindowsLike(system) ? 'obj' : 'o',
    line,
    takesDependencyArgs: true,
  };
}

/** Compilers that compile LLVM's own language too. */
const speaksLlvm: readonly string[] = ['clang', 'emscripten', 'llvm-flang', 'flang'];

/** Checks see plain code, and clang's guesses and unknown flags count as errors. */
function checkArgs({ id, language }: Toolchain, mode: string): readonly string[] {
  const isClang = id === 'clang' || id === 'emscripten';
  return [
    ...['-O0', '-U_FORTIFY_SOURCE'],
    ...(language === 'cpp' ? ['-fpermissive'] : []),
    ...(isClang ? ['-Werror=implicit-function-declaration'] : []),
    ...(isClang && mode === 'compile'
      ? [
          '-Werror=unknown-warning-option',
          '-Werror=unused-command-line-argument',
          '-Werror=ignored-optimization-argument',
        ]
      : []),
  ];
}

function baseCompileArgs(
  dialect: CLikeDialect,
  baseOptions: readonly string[],
): CompileRules['base'] {
  return (options) => {
    const args: string[] = [];
    if (options('b_lto') === true) args.push(...dialect.lto(options));
    const color = options('b_colorout');
    if (dialect.colors && color !== undefined) args.push(`-fdiagnostics-color=${color}`);
    const sanitize = baseOptions.includes('b_sanitize') ? sanitizers(options) : [];
    if (sanitize.length > 0) {
      args.push(`-fsanitize=${sanitize.join(',')}`);
      if (sanitize.includes('address')) args.push('-fno-omit-frame-pointer');
    }
    args.push(...dialect.pgo(String(options('b_pgo') ?? 'off')));
    if (options('b_coverage') === true) args.push('--coverage');
    if (options('b_ndebug') !== undefined)
      args.push(
        ...(assertionsOff(options) ? (dialect.assertionsOff ?? ['-DNDEBUG']) : dialect.assertions),
      );
    return args;
  };
}

function linkRules(
  toolchain: Toolchain,
  dialect: CLikeDialect,
  baseOptions: readonly string[],
): LinkRules | undefined {
  const { linker, language } = toolchain;
  if (linker === undefined) return undefined;
  const { system } = systemOf(toolchain);
  const isCpp = language === 'cpp' || language === 'objcpp';
  const context: LinkContext = {
    linker,
    system,
    driver: { baseOptions, werror: ['-Werror'], lto: dialect.linkLto, pgo: dialect.pgo },
    openmp: dialect.openmp,
    noStandardLibraries: [isCpp ? '-nostdlib++' : '-nostdlib'],
    windowsLibraries: (options) => {
      const libraries = options(`${language}_winlibs`);
      return isWindowsLike(system) && Array.isArray(libraries) ? libraries : [];
    },
    standardLibraryFor: (other) => (other === language ? standardLibrary(toolchain) : []),
  };
  return (ownLinkers[linker.id] ?? gnuLikeLinker)(context);
}

/** Linkers that do not speak as GNU's. */
const ownLinkers: Readonly<Record<string, (context: LinkContext) => LinkRules>> = {
  ld64: appleLinker,
  'ld64.lld': appleLinker,
  'ld.wasm': wasmLinker,
};

/** What another language's compiler needs to link this one's objects. */
function standardLibrary({ facts, language }: Toolchain): readonly string[] {
  if (language !== 'cpp' && language !== 'objcpp') return [];
  const folders = (facts['library-folders'] ?? '').split(':').filter((path) => path !== '');
  return [
    ...folders.map((path) => `-L${path}`),
    facts['cpp-library'] === 'c++' ? '-lc++' : '-lstdc++',
  ];
}
