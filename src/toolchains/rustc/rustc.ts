import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import type { OptionDeclaration } from '../../model/option.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { ArgumentList, plainArguments } from '../argument-list.ts';
import { argumentOptions, assertionsOff } from '../base-options.ts';
import { appleLinker, appleWords } from '../linkers/apple.ts';
import { bareContext, gnuLikeLinker, gnuLikeWords } from '../linkers/gnu-like.ts';
import { baseLinkArgs, type LinkDriver, type LinkerWords } from '../linkers/link-rules.ts';
import { appleRpath, gnuRpath } from '../linkers/rpath.ts';
import type { CompileRules, Family, LinkRules, RustRules } from '../rules.ts';
import { isWindowsLike, systemOf } from '../system.ts';

/** rustc: one command compiles and links a crate. Its `link` rules are words for the linker behind it. */
export function rustc(toolchain: Toolchain): Family {
  return {
    toolchain,
    options: [...argumentOptions('rust'), ...options],
    baseOptions: ['b_colorout', 'b_coverage', 'b_ndebug', 'b_pgo'],
    argumentSyntax: '',
    compile: compileRules(toolchain),
    link: linkRules(toolchain),
    archive: undefined,
    rust: rustRules(toolchain),
    argumentList: (initial) => new ArgumentList(plainArguments, initial),
  };
}

const option = (
  details: Pick<OptionDeclaration, 'name' | 'type' | 'default' | 'description'>,
): OptionDeclaration => ({ ...details, section: 'compiler', yielding: false });

const options: readonly OptionDeclaration[] = [
  option({
    name: 'rust_std',
    type: { kind: 'combo', choices: ['none', '2015', '2018', '2021', '2024'] },
    default: 'none',
    description: 'Rust edition to use',
  }),
  option({
    name: 'rust_dynamic_std',
    type: { kind: 'boolean' },
    default: false,
    description: 'Whether to link Rust build targets to a dynamic libstd',
  }),
  option({
    name: 'rust_nightly',
    type: { kind: 'feature' },
    default: 'auto',
    description:
      "Nightly Rust compiler (enabled=required, disabled=don't use nightly feature, auto=use nightly feature if available)",
  }),
];

const optimization: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  '0': [],
  g: ['-C', 'opt-level=0'],
  '1': ['-C', 'opt-level=1'],
  '2': ['-C', 'opt-level=2'],
  '3': ['-C', 'opt-level=3'],
  s: ['-C', 'opt-level=s'],
};

const warnings: Readonly<Record<string, readonly string[]>> = {
  '0': ['--cap-lints', 'allow'],
  '1': [],
  '2': [],
  '3': ['-W', 'warnings'],
  everything: ['-W', 'warnings'],
};

function pgo(value: string): readonly string[] {
  if (value === 'generate') return ['-C', 'profile-generate'];
  return value === 'use' ? ['-C', 'profile-use'] : [];
}

function compileRules(toolchain: Toolchain): CompileRules {
  const command = [...toolchain.wrapper, ...toolchain.command];
  const emit = (output: string): readonly string[] => ['--emit', `link=${output}`];
  const depfile = (_output: string, path: string): readonly string[] => [
    '--emit',
    `dep-info=${path}`,
  ];
  return {
    command,
    base: baseArgs,
    always: [],
    warnings: (level) => warnings[level] ?? [],
    werror: ['-D', 'warnings'],
    options: () => [],
    std: (lookup) => {
      const edition = lookup('rust_std');
      return edition === undefined || edition === 'none' ? [] : [`--edition=${edition}`];
    },
    optimization: (level) => optimization[level] ?? [],
    debug: (on) => (on ? ['-g'] : []),
    pic: [],
    pie: [],
    visibility: () => [],
    include: () => [],
    threads: [],
    openmp: [],
    noStandardIncludes: [],
    output: emit,
    only: ['--crate-type', 'lib'],
    standardInput: (following) => ['-', ...following],
    check: () => [],
    preprocessOnly: [],
    preprocessToFile: [],
    depfile,
    precompiledHeader: undefined,
    suffixes: ['rs'],
    objectSuffix: 'o',
    line: ({ args, source, output, depfile: path }) => [
      ...command,
      ...args,
      ...(path === undefined ? [] : depfile(output, path)),
      ...emit(output),
      source,
    ],
    takesDependencyArgs: false,
  };
}

const baseArgs: CompileRules['base'] = (lookup, use) => {
  const args: string[] = [];
  const lto = lookup('b_lto') === true;
  const wholeProgram = use?.crateType !== 'dylib' && use?.crateType !== 'proc-macro';
  if (lto && wholeProgram) args.push('-C', lookup('b_lto_mode') === 'thin' ? 'lto=thin' : 'lto');
  const color = lookup('b_colorout');
  if (color !== undefined) args.push(`--color=${color}`);
  args.push(...pgo(String(lookup('b_pgo') ?? 'off')));
  if (lookup('b_coverage') === true) args.push('-C', 'instrument-coverage');
  if (lookup('b_ndebug') !== undefined) {
    const checks = assertionsOff(lookup) ? 'no' : 'yes';
    args.push('-C', `debug-assertions=${checks}`, '-C', 'overflow-checks=no');
  }
  if (lookup('b_bitcode') === true) args.push('-C', 'embed-bitcode=yes');
  else if (!lto) args.push('-C', 'embed-bitcode=no');
  return args;
};

/** Each word for the linker behind rustc. */
export function rustcLinkArgs(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => ['-C', `link-arg=${arg}`]);
}

function throughRustc(words: LinkerWords): LinkerWords {
  return {
    fatalWarnings: rustcLinkArgs(words.fatalWarnings),
    sanitizers: (names) => rustcLinkArgs(words.sanitizers(names)),
    coverage: rustcLinkArgs(words.coverage),
    asNeeded: rustcLinkArgs(words.asNeeded),
    headerPadding: rustcLinkArgs(words.headerPadding),
    noUndefined: rustcLinkArgs(words.noUndefined),
    allowUndefined: rustcLinkArgs(words.allowUndefined),
  };
}

function linkRules(toolchain: Toolchain): LinkRules | undefined {
  const { linker } = toolchain;
  if (linker === undefined) return undefined;
  const { system } = systemOf(toolchain);
  // The compiler's own arguments already say what LTO needs.
  const driver: LinkDriver = {
    baseOptions: ['b_colorout', 'b_coverage', 'b_ndebug', 'b_pgo'],
    werror: ['-D', 'warnings'],
    lto: () => [],
    pgo,
  };
  const context = bareContext({ linker, system, driver });
  const isApple = linker.id.startsWith('ld64');
  const inner = isApple ? appleLinker(context) : gnuLikeLinker(context);
  const extra = [toolchain.facts['target-libdir'] ?? ''].filter((path) => path !== '');
  return {
    ...inner,
    command: toolchain.command,
    base: baseLinkArgs(driver, throughRustc(isApple ? appleWords(context) : gnuLikeWords(context))),
    always: ['-Cdefault-linker-libraries'],
    optimization: (level) => inner.optimization(level),
    sharedLibrary: [],
    sharedModule: [],
    pie: [],
    soname: (name) => rustcLinkArgs(inner.soname(name)),
    exportDynamic: rustcLinkArgs(inner.exportDynamic),
    rpath: (rpath) => {
      const found = isApple
        ? appleRpath(rpath, extra)
        : gnuRpath(rpath, { id: linker.id, version: linker.version, extra });
      return { args: rustcLinkArgs(found.args), removedAtInstall: found.removedAtInstall };
    },
    threads: () => [],
    moduleDefinitions: (path) => rustcLinkArgs(inner.moduleDefinitions(path)),
    fatalWarnings: rustcLinkArgs(inner.fatalWarnings),
    response: 'lines',
  };
}

function rustRules(toolchain: Toolchain): RustRules {
  const { facts, version, linker, fullVersion } = toolchain;
  const { system } = systemOf(toolchain);
  const linkerId = linker?.id ?? '';
  return {
    target: facts['target'] ?? '',
    targetLibraryFolder: facts['target-libdir'] ?? '',
    cfgs: (facts['cfgs'] ?? '').split('\n').filter((line) => line !== ''),
    nativeStaticLibraries: (facts['native-static-libs'] ?? '').split(' ').filter(isNeeded),
    linkArgs: rustcLinkArgs,
    verbatim:
      versionMatches(version, '>=1.67.0') && linkerId.startsWith('ld.') && linkerId !== 'ld.wasm',
    checkCfg: versionMatches(version, '>=1.80.0'),
    nightly: fullVersion.includes('-nightly'),
    rustdoc: words(facts['rustdoc']),
    libraryName: (filename) => libraryName(filename, system),
    staticCrt: (facts['cfgs'] ?? '').includes('target_feature="crt-static"'),
  };
}

/** Libraries that C's linkers take in by themselves. */
function isNeeded(arg: string): boolean {
  return !['', '-lc', '-lgcc_s', '-lkernel32', '-ladvapi32', '/defaultlib:msvcrt'].includes(arg);
}

function words(text: string | undefined): readonly string[] | undefined {
  return text === undefined || text === '' ? undefined : text.split('\n');
}

function libraryName(filename: string, system: string): string | undefined {
  if (!/\.(a|so|dylib|lib|dll)(\.\d+)*$/.test(filename)) return undefined;
  const extension = posix.extname(filename);
  const stem = filename.slice(0, filename.length - extension.length);
  if (isWindowsLike(system) && extension === '.lib') return stem;
  if (isWindowsLike(system) && extension !== '.a') return undefined;
  if (extension === '.lib' || !stem.startsWith('lib')) return undefined;
  return stem.slice(3);
}
