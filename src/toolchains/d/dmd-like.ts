import { versionMatches } from '../../base/version.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { arRules } from '../archivers/ar.ts';
import { ArgumentList, dArguments } from '../argument-list.ts';
import { argumentOptions, assertionsOff } from '../base-options.ts';
import { languageSuffixes } from '../languages.ts';
import { appleLinker, appleWords } from '../linkers/apple.ts';
import { bareContext, gnuLikeLinker, gnuLikeWords } from '../linkers/gnu-like.ts';
import { baseLinkArgs, type LinkDriver, type LinkerWords } from '../linkers/link-rules.ts';
import { plainCompileRules } from '../plain-rules.ts';
import type { CompileRules, Family, LinkRules } from '../rules.ts';
import { isDarwin, isWindowsLike, systemOf } from '../system.ts';
import { dIntegers, dProgram, importing, refusedChecks } from './code.ts';
import { dmdFeatures, type FeatureNames, featureArgs, ldcFeatures } from './features.ts';
import { forLinker, nativeArgs } from './native-args.ts';

/** What LDC and DMD, which share their front end and most of its options, do each in its own way. */
interface Dialect {
  /** The version of that front end. */
  readonly frontEnd: string;
  readonly features: FeatureNames;
  readonly colors: string;
  readonly warnings: (level: string) => readonly string[];
  readonly optimization: Readonly<Record<string, readonly string[]>>;
  readonly pic: readonly string[];
  readonly assertionsOff: readonly string[];
  /** Links the run time that programs share. */
  readonly runTime: readonly string[];
  readonly sharedLibrary: readonly string[];
  readonly response: LinkRules['response'];
}

/** LDC. */
export function ldc(toolchain: Toolchain): Family {
  return dmdLike(toolchain, {
    frontEnd: toolchain.facts['front-end'] ?? '0',
    features: ldcFeatures,
    colors: '-enable-color',
    warnings: (level) =>
      level === '1' ? ['-wi'] : level === '2' || level === '3' ? ['-wi', '-dw'] : [],
    optimization: {
      '1': ['-O1'],
      '2': ['-O2', '-enable-inlining', '-Hkeep-all-bodies'],
      '3': ['-O3', '-enable-inlining', '-Hkeep-all-bodies'],
      s: ['-Oz'],
    },
    pic: ['-relocation-model=pic'],
    assertionsOff: ['--release'],
    runTime: ['-link-defaultlib-shared'],
    sharedLibrary: ['-shared'],
    response: 'gcc',
  });
}

/** DMD, the reference compiler. */
export function dmd(toolchain: Toolchain): Family {
  return dmdLike(toolchain, {
    frontEnd: toolchain.version,
    features: dmdFeatures,
    colors: '-color=on',
    warnings: () => ['-wi'],
    optimization: {
      '1': ['-O'],
      '2': ['-O', '-inline'],
      '3': ['-O', '-inline'],
      s: ['-O'],
    },
    pic: isWindowsLike(systemOf(toolchain).system) ? [] : ['-fPIC'],
    assertionsOff: ['-release'],
    runTime: ['-defaultlib=phobos2', '-debuglib=phobos2'],
    sharedLibrary: ['-shared', '-defaultlib=libphobos2.so'],
    response: undefined,
  });
}

function dmdLike(toolchain: Toolchain, dialect: Dialect): Family {
  const { archiver } = toolchain;
  const { system } = systemOf(toolchain);
  const kind = dArguments((args) => nativeArgs(args, system));
  return {
    toolchain,
    options: argumentOptions('d'),
    baseOptions: ['b_coverage', 'b_colorout', 'b_vscrt', 'b_ndebug'],
    argumentSyntax: '',
    folderOptions: { joined: ['-I=', '-L-L', '-L=-L', '-Wl,-L'], lists: [] },
    compile: compileRules(toolchain, dialect),
    link: linkRules(toolchain, dialect),
    archive: archiver === undefined ? undefined : arRules(archiver, system),
    rust: undefined,
    argumentList: (initial) => new ArgumentList(kind, initial),
  };
}

function compileRules({ command, id }: Toolchain, dialect: Dialect): CompileRules {
  const output = (path: string): readonly string[] => [`-of=${path}`];
  const depfile = (_output: string, path: string): readonly string[] => [`-makedeps=${path}`];
  return plainCompileRules(command, {
    base: (options) => [
      ...(options('b_colorout') === 'always' ? [dialect.colors] : []),
      ...(options('b_coverage') === true ? ['-cov'] : []),
      ...(options('b_ndebug') !== undefined && assertionsOff(options) ? dialect.assertionsOff : []),
    ],
    warnings: dialect.warnings,
    werror: ['-w'],
    optimization: (level) => dialect.optimization[level] ?? [],
    debug: (on) => (on ? ['-g', dialect.features.debug] : []),
    pic: dialect.pic,
    include: (path) => [`-I=${path === '' ? '.' : path}`],
    output,
    only: ['-c'],
    standardInput: (following) => ['-', ...following],
    preprocessOnly: ['-E'],
    ...(versionMatches(dialect.frontEnd, '>=2.095.0') && { depfile }),
    depfileSuffix: 'deps',
    suffixes: languageSuffixes['d'] ?? [],
    objectSuffix: 'o',
    line: ({ args, source, output: object, depfile: path }) => [
      ...command,
      ...args,
      ...(path === undefined ? [] : depfile(object, path)),
      ...output(object),
      ...['-c', source],
    ],
    takesDependencyArgs: true,
    program: dProgram,
    integers: dIntegers,
    imports: importing,
    refuses: refusedChecks(id),
    features: (features) => featureArgs(dialect.features, features),
  });
}

function linkRules(toolchain: Toolchain, dialect: Dialect): LinkRules | undefined {
  const { linker } = toolchain;
  if (linker === undefined) return undefined;
  const { system } = systemOf(toolchain);
  const driver: LinkDriver = {
    baseOptions: [],
    werror: ['-w'],
    lto: () => [],
    pgo: () => [],
  };
  const context = bareContext({ linker, system, driver });
  const isApple = linker.id.startsWith('ld64');
  const inner = isApple ? appleLinker(context) : gnuLikeLinker(context);
  return {
    ...inner,
    base: baseLinkArgs(
      driver,
      forDriver(isApple ? appleWords(context) : gnuLikeWords(context), system),
    ),
    always: [...inner.always, ...(isWindowsLike(system) ? [] : dialect.runTime)],
    optimization: () => [],
    sharedLibrary: dialect.sharedLibrary,
    sharedModule: forLinker(inner.sharedModule),
    soname: (name) => forLinker(inner.soname(name)),
    exportDynamic: forLinker(inner.exportDynamic),
    library: (path) => `-Wl,${path}`,
    nameless:
      inner.nameless && ((path) => inner.nameless?.(path).map((word) => `-L=${word}`) ?? []),
    rpath: (rpath) => {
      const { args, removedAtInstall } = inner.rpath(rpath);
      return { args: forLinker(args), removedAtInstall };
    },
    threads: () => [],
    importLibrary: (path) => forLinker(inner.importLibrary(path)),
    moduleDefinitions: (path) => forLinker(inner.moduleDefinitions(path)),
    fatalWarnings: forLinker(inner.fatalWarnings),
    line: ({ args, output, objects, linkArgs }) => [
      ...linker.command,
      ...args,
      `-of=${output}`,
      ...objects,
      ...linkArgs,
    ],
    response: dialect.response,
  };
}

function forDriver(words: LinkerWords, system: string): LinkerWords {
  const undefinedNames = forLinker(words.allowUndefined);
  return {
    fatalWarnings: forLinker(words.fatalWarnings),
    sanitizers: words.sanitizers,
    coverage: [],
    asNeeded: forLinker(words.asNeeded),
    headerPadding: forLinker(words.headerPadding),
    noUndefined: forLinker(words.noUndefined),
    // There the C compiler behind must be told to pass them on.
    allowUndefined: isDarwin(system)
      ? undefinedNames.map((arg) => arg.replace('-L=', '-Xcc=-Wl,'))
      : undefinedNames,
  };
}
