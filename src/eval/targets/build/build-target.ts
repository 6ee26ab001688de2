import { unreachable } from '../../../base/assert.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import type {
  BuildTarget,
  BuildTargetType,
  DependencyId,
  Item,
  RustKeywords,
  TargetId,
} from '../../../model/target.ts';
import type { Language } from '../../../model/toolchain.ts';
import { sourceKind } from '../../../toolchains/languages.ts';
import type { Call } from '../../call.ts';
import { standardLibrariesFor } from '../../languages/standard-libraries.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import { joinPath, normalPath } from '../../paths.ts';
import { buildTargetInstall, customInstallFolder } from '../install.ts';
import { crateLanguage, refuseForeignSources, sourceLanguages } from '../languages.ts';
import { checkBuildTarget } from '../link/checks.ts';
import { checkLinks, keepModuleNames } from '../link/link-checks.ts';
import { linkItemsOf } from '../link/link-items.ts';
import { checkSanitizers } from '../link/sanitizers.ts';
import { optionOf, overridesOf } from '../options.ts';
import { ownIntrospectionId, registerTarget, targetBuildSubdir } from '../register.ts';
import { filesOf, itemsOf } from '../sources.ts';
import type { BuildTargetRequest, BuildTargetValues } from './build-target-request.ts';
import { compileArguments } from './compile-arguments.ts';
import { crateKind, crateRow } from './crate.ts';
import { dFeatures } from './d-features.ts';
import { gathered } from './gathered.ts';
import { includesOf } from './include-directories.ts';
import { languageKeywords } from './language-keywords.ts';
import { argumentsOfAll, sourceModules } from './modules.ts';
import { type TargetNames, targetNames } from './naming.ts';
import { positionKeywords } from './position.ts';
import { precompiledHeaders } from './precompiled-headers.ts';
import { splitSources } from './structured.ts';
import { valaOutputs } from './vala.ts';

/** Checks a program or library, and adds it to the model. */
export function declareBuildTarget(call: Call, request: BuildTargetRequest): TargetId {
  const row = buildTargetRow(call, request);
  checkBuildTarget(call, row, request.keywords);
  checkSanitizers(call, row);
  const id = registerTarget(call, row);
  keepModuleNames(call, row);
  return id;
}

/** What the rest of a target follows from. */
interface Basis {
  readonly machine: MachineChoice;
  readonly sources: readonly Item[];
  readonly structuredSources: BuildTarget['structuredSources'];
  readonly objects: readonly Item[];
  readonly dependencies: readonly DependencyId[];
  readonly languages: readonly Language[];
  readonly rust: RustKeywords | undefined;
}

/** A program or library as data: nobody knows of it yet. */
export function buildTargetRow(call: Call, request: BuildTargetRequest): BuildTarget {
  const { keywords, type, name } = request;
  const basis = basisOf(call, request);
  const { machine, languages, rust, sources, structuredSources, objects } = basis;
  const names = namesOf(call, request, basis);
  const compileArgs = compileArguments(call, keywords, halfOf(type));
  const position = positionKeywords(call, {
    type,
    name,
    machine,
    keywords,
    compileArgs,
    isCrate: rust !== undefined,
  });
  const vala = valaOutputs(call, request, languages);
  const linkWith = linkItemsOf(call, 'link_with', keywords.link_with);
  const linkWhole = linkItemsOf(call, 'link_whole', keywords.link_whole);
  const buildSubdir = targetBuildSubdir(call, name, keywords.build_subdir);
  const install = keywords.install !== false && Boolean(keywords.install);
  const linked = { type, name, machine, rust, install };
  checkLinks(call, linked, {
    brought: gathered(call.evaluation.tables, basis.dependencies),
    own: { linkWith, linkWhole },
  });
  return {
    kind: 'build',
    type,
    name,
    project: call.scope.project,
    declaredBy: call.name,
    machine,
    askedMachine: keywords.native ? 'build' : 'host',
    subdir: call.scope.subdir,
    buildSubdir,
    definedIn: {
      tree: 'source',
      path: normalPath(joinPath(call.scope.subdir, 'meson.build')),
    },
    buildByDefault: keywords.build_by_default || install,
    ...namedOutputs(call, request, { names, vala, rust }),
    sources,
    structuredSources,
    objects,
    languages,
    compileArgs,
    ...readKeywords(call, keywords),
    linkWith,
    linkWhole,
    dependencies: basis.dependencies,
    ...position,
    overrideOptions: overridesOf(call, keywords.override_options, machine),
    rust,
    twin: undefined,
    install: install
      ? buildTargetInstall(call, keywords, { type, names, vala, machine })
      : undefined,
    customInstallFolder: customInstallFolder(call, keywords.install_dir, { type, machine }),
    languageKeywords: languageKeywords(keywords, vala),
    ...ownedByLanguages(call, {
      ...basis,
      keywords,
      compileArgs,
      links: [...linkWith, ...linkWhole],
    }),
  };
}

/** What keywords say by themselves. */
function readKeywords(call: Call, keywords: BuildTargetRequest['keywords']) {
  return {
    extraFiles: filesOf(call, keywords.extra_files),
    linkLanguage: keywords.link_language,
    linkArgs: linkArguments(call, keywords.link_args),
    ...linkInputs(call, keywords),
    includeDirectories: includesOf(call, keywords.include_directories),
    implicitIncludeDirectories: keywords.implicit_include_directories,
    exportDynamic: exportsSymbols(call, keywords),
    gnuSymbolVisibility: keywords.gnu_symbol_visibility,
    precompiledHeaders: precompiledHeaders(call, keywords),
    installRpath: keywords.install_rpath,
    buildRpath: keywords.build_rpath,
  };
}

/** What a target is called, and all that it makes. */
function namedOutputs(
  call: Call,
  request: BuildTargetRequest,
  {
    names,
    vala,
    rust,
  }: {
    readonly names: TargetNames;
    readonly vala: ReturnType<typeof valaOutputs>;
    readonly rust: RustKeywords | undefined;
  },
): Pick<
  BuildTarget,
  | 'introspectionId'
  | 'filename'
  | 'givenNames'
  | 'extraOutputs'
  | 'importLibrary'
  | 'aliases'
  | 'soname'
> {
  const { type, keywords } = request;
  const { filename, importLibrary, aliases, soname } = names;
  return {
    introspectionId: ownIntrospectionId(call, {
      name: idName(request),
      suffix: idSuffix(type, rust),
      folder: keywords.build_subdir,
    }),
    filename,
    ...givenNames(keywords),
    extraOutputs: [
      ...(importLibrary === undefined ? [] : [importLibrary]),
      ...vala.map((made) => made.filename),
    ],
    ...(importLibrary !== undefined && { importLibrary }),
    aliases,
    soname: type === 'shared-library' ? soname : undefined,
  };
}

/** What single languages need to know of a target beside its keywords. */
function ownedByLanguages(
  call: Call,
  {
    keywords,
    machine,
    sources,
    dependencies,
    compileArgs,
    links,
  }: Basis &
    Pick<BuildTargetRequest, 'keywords'> &
    Pick<BuildTarget, 'compileArgs'> & { readonly links: BuildTarget['linkWith'] },
): Pick<BuildTarget, 'resources' | 'modules' | 'd'> {
  const resources = keywords.java_resources?.folders ?? [];
  const { tables } = call.evaluation;
  const brought = gathered(tables, dependencies);
  const modules = sourceModules(call, {
    machine,
    args: (language) => [
      ...(compileArgs.get(language) ?? []),
      ...argumentsOfAll(call, language, keywords.native ? 'build' : 'host'),
    ],
    sources: () => [...sources, ...brought.sources],
    libraries: [...links, ...brought.linkWith, ...brought.linkWhole].map(({ target }) =>
      tables.targets.get(target),
    ),
  });
  const d = dFeatures(call, keywords);
  return {
    ...(d !== undefined && { d }),
    ...(resources.length > 0 && { resources }),
    ...(modules.length > 0 && { modules }),
  };
}

function basisOf(call: Call, request: BuildTargetRequest): Basis {
  const { keywords, type, name } = request;
  const crateType = crateKind(call, type, keywords);
  const machine = machineOf(call, keywords);
  const given = splitSources(call, [...request.sources, ...keywords.sources]);
  refuseForeignSources(call, type, given);
  const objects = itemsOf(call, keywords.objects);
  const dependencies = keywords.dependencies.map(({ dependency }) => dependency);
  const brought = gathered(call.evaluation.tables, dependencies);
  const structured = given.structuredSources.flatMap(({ items }) => items);
  const languages = sourceLanguages(call, machine, {
    sources: [...given.sources, ...structured, ...brought.sources],
    objects: [...objects, ...brought.objects],
    overrides: overridesOf(call, keywords.override_options, machine),
  });
  const compiler = crateLanguage(call, machine, languages);
  const rust =
    compiler === undefined
      ? undefined
      : crateRow({
          crateType,
          dependencyMap: keywords.rust_dependency_map,
          ...request.rust,
        });
  if (rust !== undefined && keywords.objects.length > 0)
    call.uses('objects in Rust targets', '1.8.0');
  const sources = [...given.sources, ...structured, ...brought.sources];
  const whole = [...keywords.link_whole, ...brought.linkWhole, ...brought.objects];
  if (objects.length + whole.length === 0 && sources.every(isHeader)) warnOfNoSources(call, name);
  return {
    machine,
    ...given,
    objects,
    languages,
    rust,
    dependencies: [...dependencies, ...standardLibrariesFor(call, machine, languages)],
  };
}

function isHeader(item: Item): boolean {
  return item.kind === 'file' && sourceKind(item.file.path).kind === 'header';
}

function warnOfNoSources(call: Call, name: string): void {
  call.unplaced.warn(
    `Build target ${name} has no sources. This was never supposed to be allowed but did because of a bug, support will be removed in a future release of Meson`,
  );
}

function machineOf(call: Call, keywords: BuildTargetValues): MachineChoice {
  // A macro runs in the compiler, wherever its users run.
  if (call.evaluation.cross && keywords.rust_crate_type === 'proc-macro') return 'build';
  return chosenMachine(call, keywords.native);
}

function givenNames(keywords: BuildTargetValues): Pick<BuildTarget, 'givenNames'> {
  const { name_prefix: prefix, name_suffix: suffix } = keywords;
  const given = {
    ...(typeof prefix === 'string' && { prefix }),
    ...(typeof suffix === 'string' && { suffix }),
  };
  return Object.keys(given).length === 0 ? {} : { givenNames: given };
}

function namesOf(call: Call, { type, name, keywords }: BuildTargetRequest, basis: Basis) {
  const { prefix, suffix } = givenNames(keywords).givenNames ?? {};
  const { version, soversion } = versionsOf(keywords);
  return targetNames({
    type,
    name,
    prefix,
    suffix,
    machine: call.evaluation.machines[basis.machine],
    isAssembly: basis.languages.includes('cs'),
    crateType: basis.rust?.crateType,
    version,
    soversion,
    asPlatform: namingScheme(call, keywords, basis) === 'platform',
    importName: exportsSymbols(undefined, keywords)
      ? typeof keywords.implib === 'string'
        ? keywords.implib
        : `${name}.exe`
      : undefined,
  });
}

function namingScheme(call: Call, keywords: BuildTargetValues, { machine }: Basis): unknown {
  const own = overridesOf(call, keywords.override_options, machine).get('namingscheme');
  return own ?? optionOf(call, 'namingscheme');
}

function versionsOf(keywords: BuildTargetValues): {
  readonly version: string | undefined;
  readonly soversion: string | undefined;
} {
  const { version, soversion } = keywords;
  const major = version?.split('.')[0];
  const given = soversion === undefined ? major : String(soversion);
  // An empty one asks for names without a version, as libraries for Windows have.
  return { version, soversion: given === '' ? undefined : given };
}

/** `implib` asks for `export_dynamic` too. */
function exportsSymbols(call: Call | undefined, keywords: BuildTargetValues): boolean {
  const { implib, export_dynamic: exported } = keywords;
  if (implib !== undefined && implib !== false && implib !== '') {
    if (exported === false)
      call?.usesDeprecated(
        'implib overrides explicit export_dynamic off',
        '1.3.0',
        'Do not set ths if want export_dynamic disabled if implib is enabled',
      );
    return true;
  }
  if (exported === true && implib === false)
    call?.fail('"implib" keyword" must not be false if "export_dynamic" is set and not false.');
  return exported === true;
}

function linkArguments(call: Call, args: readonly string[]): readonly string[] {
  for (const arg of args) {
    if (!arg.includes('-Wl,-rpath') && !arg.startsWith('-rpath')) continue;
    call.warn(
      'Please do not define rpath with a linker argument, use install_rpath\nor build_rpath properties instead.\nThis will become a hard error in a future Meson release.\n',
    );
  }
  return args;
}

function linkInputs(
  call: Call,
  keywords: BuildTargetValues,
): Pick<BuildTarget, 'linkDepends' | 'vsModuleDefs'> {
  const depends = itemsOf(call, keywords.link_depends);
  const { vs_module_defs: definitions } = keywords;
  const [vsModuleDefs] = definitions === undefined ? [] : itemsOf(call, [definitions]);
  return {
    linkDepends: vsModuleDefs === undefined ? depends : [...depends, vsModuleDefs],
    vsModuleDefs,
  };
}

function idName({ name, keywords }: BuildTargetRequest): string {
  const suffix = keywords.name_suffix;
  return typeof suffix === 'string' ? `${name}.${suffix}` : name;
}

function idSuffix(type: BuildTargetType, rust: RustKeywords | undefined): string {
  switch (type) {
    case 'executable':
      return '@exe';
    case 'static-library':
      return rust?.crateType === 'rlib' ? '@rlib' : '@sta';
    case 'shared-library':
    case 'shared-module':
      return '@sha';
    case 'jar':
      return '@jar';
    default:
      return unreachable(type);
  }
}

/** Which of the keywords for one half of `both_libraries` count. */
function halfOf(type: BuildTargetType): 'static' | 'shared' | undefined {
  if (type === 'static-library') return 'static';
  return type === 'shared-library' || type === 'shared-module' ? 'shared' : undefined;
}
