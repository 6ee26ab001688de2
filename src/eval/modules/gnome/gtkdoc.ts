import { posix } from 'node:path';
import { requestWord } from '../../../base/request-word.ts';
import { quoteWords } from '../../../base/shell-words.ts';
import type { CommandWord, TargetId } from '../../../model/target.ts';
import { includeArgs } from '../../absolute-includes.ts';
import { bool, listOf, object, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import {
  builtin,
  type KeywordValues,
  keyword,
  positional,
  requiredKeyword,
} from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { addTest } from '../../functions/tests/test.ts';
import { addLanguages, toolchainOf } from '../../languages/add-languages.ts';
import { exeWrapperOf } from '../../machines/exe-wrapper.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import { includeDirectoriesType } from '../../objects/include-directories.ts';
import { sharedLibraryType, staticLibraryType, type TargetObject } from '../../objects/target.ts';
import { absolutePath, currentSourceDir, joinPath, normalPath } from '../../paths.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredCommand, requiredWord } from '../../programs/required-program.ts';
import { oneOfChoices, strOrFile, targetOf } from '../../targets/argument-types.ts';
import { declareAliasTarget } from '../../targets/command/goal.ts';
import { itemNames } from '../../targets/item-names.ts';
import type { IncludeValue } from '../../targets/keywords/common.ts';
import { itemsOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { targetFolder } from './closure.ts';
import { addDependencyFlags, addTargetFlags, noFlags } from './flags.ts';
import { scannedInput } from './keywords.ts';
import { compileArgs, sanitizers, textsOption } from './language-flags.ts';

const files = (doc: string) => keyword(listOf(strOrFile), [], doc);
const folders = oneOf<IncludeValue>(str, object(includeDirectoriesType));

const keywords = {
  c_args: { ...texts('Further arguments of the C compiler.'), since: '0.48.0' },
  check: keyword(bool, false, 'Declares a test that runs gtkdoc-check.', { since: '0.52.0' }),
  content_files: keyword(listOf(scannedInput), [], 'Pages beside those made from comments.'),
  dependencies: keyword(
    listOf(
      oneOf<DependencyObject | TargetObject>(
        object(dependencyType),
        targetOf(sharedLibraryType),
        targetOf(staticLibraryType),
      ),
    ),
    [],
    'What a program that asks for types is built with.',
  ),
  expand_content_files: files('Pages in which names of symbols become links.'),
  fixxref_args: texts('Further arguments of gtkdoc-fixxref.'),
  gobject_typesfile: files('Lists the functions that tell of types.'),
  html_args: texts('Further arguments of gtkdoc-mkhtml.'),
  html_assets: files('Pictures and such, copied beside the pages.'),
  ignore_headers: texts('Headers that are not told of.'),
  include_directories: keyword(listOf(folders), [], 'Where headers are looked for.'),
  install: keyword(bool, true, 'Install the manual.'),
  install_dir: texts("The manual's folder, below the usual one or absolute."),
  main_sgml: keyword(orNothing(str), undefined, 'The first page, as SGML.'),
  main_xml: keyword(orNothing(str), undefined, 'The first page, as XML.'),
  mkdb_args: texts('Further arguments of gtkdoc-mkdb.'),
  mode: keyword<string>(str, 'auto', 'What pages are written in.', {
    since: '0.37.0',
    check: oneOfChoices('xml', 'sgml', 'none', 'auto'),
  }),
  module_version: keyword(str, '', 'Put behind the name where it is installed.', {
    since: '0.48.0',
  }),
  namespace: keyword(str, '', 'What names of symbols begin with.', { since: '0.37.0' }),
  scan_args: texts('Further arguments of gtkdoc-scan.'),
  scanobjs_args: texts('Further arguments of gtkdoc-scangobj.'),
  src_dir: requiredKeyword(listOf(folders), 'Folders with the sources.'),
};

type Values = KeywordValues<typeof keywords>;

/** What the action gets as JSON; `kaon internal gtkdoc` reads it. */
export interface GtkdocRequest {
  readonly module: string;
  readonly version: string;
  readonly namespace: string;
  readonly mode: string;
  readonly mainFile: string;
  /** Absolute: the folder of the build file, and where the manual is built. */
  readonly source: string;
  readonly build: string;
  readonly buildRoot: string;
  readonly sourceFolders: readonly string[];
  readonly contentFiles: readonly string[];
  readonly expandedFiles: readonly string[];
  readonly assets: readonly string[];
  readonly ignoredHeaders: readonly string[];
  readonly typesFile: string;
  readonly tools: Readonly<Record<string, readonly string[]>>;
  readonly arguments: Readonly<
    Record<'scan' | 'scangobj' | 'mkdb' | 'mkhtml' | 'fixxref', readonly string[]>
  >;
  readonly installFolder: string;
  /** What runs programs of the host machine. */
  readonly run: string;
  readonly cc: string;
  readonly ld: string;
  readonly cflags: string;
  readonly ldflags: string;
  /** Where libraries of this build lie. */
  readonly libraryFolders: readonly string[];
}

export const gnomeGtkdoc = builtin({
  name: 'gtkdoc',
  label: 'gnome.gtkdoc',
  doc: 'A manual made from comments, by gtk-doc.',
  positional: [positional('name', str, 'Its name.')],
  keywords,
  returns: 'custom_tgt',
  run: (call, { positional: [name], keywords: given }) => {
    if (given.main_xml !== undefined && given.main_sgml !== undefined)
      call.fail('gnome.gtkdoc: main_xml and main_sgml are exclusive arguments');
    // The program that asks for types is C, whatever the project is written in.
    addLanguages(call, ['c'], { required: true, machine: 'host' });
    const { evaluation, scope } = call;
    const flags = buildFlags(call, given);
    const request = requestOf(call, given, { name, flags });
    const command: readonly CommandWord[] = [
      { kind: 'program', command: [...evaluation.self, 'internal', 'gtkdoc'] },
      ...textWords([requestWord(request)]),
    ];
    const title = `${name}${given.module_version === '' ? '' : `-${given.module_version}`}-doc`;
    const target = moduleTarget(call, {
      name: title,
      inputs: [],
      outputs: [`${name}-decl.txt`],
      command,
      depends: [...flags.depends, ...generatedContent(call, given)],
      buildByDefault: false,
      buildAlwaysStale: true,
      description: 'Generating gtkdoc ',
    });
    declareAliasTarget(call, { name: title, targets: [target.target] });
    if (given.check) declareCheck(call, { name, title, mainFile: request.mainFile, target });
    if (given.install)
      evaluation.tables.installs.push({
        kind: 'script',
        subproject: scope.subproject,
        command,
        environment: [],
        tag: 'doc',
        skipIfDestdir: false,
        dryRun: false,
      });
    return target;
  },
});

export const gnomeGtkdocHtmlDir = builtin({
  name: 'gtkdoc_html_dir',
  label: 'gnome.gtkdoc_html_dir',
  doc: 'Where a manual of gtk-doc is installed, below the prefix.',
  positional: [positional('name', str, 'Name of the manual.')],
  returns: 'str',
  run: (_call, { positional: [name] }) => posix.join('share/gtk-doc/html', name),
});

type BuildFlags = Pick<GtkdocRequest, 'cc' | 'ld' | 'cflags' | 'ldflags' | 'libraryFolders'> & {
  readonly depends: readonly TargetId[];
};

function requestOf(
  call: Call,
  given: Values,
  { name, flags }: { readonly name: string; readonly flags: BuildFlags },
): GtkdocRequest {
  const { evaluation, scope } = call;
  const absolute = (values: readonly (string | FileObject)[]): readonly string[] =>
    values.map((value) =>
      typeof value === 'string'
        ? joinPath(currentSourceDir(evaluation, scope), value)
        : absolutePath(evaluation, value.file),
    );
  const { depends: _, ...compilers } = flags;
  return {
    module: name,
    version: given.module_version,
    namespace: given.namespace,
    mode: given.mode,
    mainFile: given.main_xml ?? given.main_sgml ?? '',
    source: currentSourceDir(evaluation, scope),
    build: normalPath(joinPath(evaluation.buildRoot, scope.buildSubdir)),
    buildRoot: evaluation.buildRoot,
    sourceFolders: given.src_dir.flatMap((folder) => sourceFolders(call, folder)),
    contentFiles: contentFiles(call, given),
    expandedFiles: absolute(given.expand_content_files),
    assets: absolute(given.html_assets),
    ignoredHeaders: given.ignore_headers,
    typesFile: absolute(given.gobject_typesfile)[0] ?? '',
    tools: Object.fromEntries(
      ['scan', 'scangobj', 'mkdb', 'mkhtml', 'fixxref'].map((tool) => [
        tool,
        requiredCommand(call, `gtkdoc-${tool}`),
      ]),
    ),
    arguments: {
      scan: given.scan_args,
      scangobj: given.scanobjs_args,
      mkdb: given.mkdb_args,
      mkhtml: given.html_args,
      fixxref: given.fixxref_args,
    },
    installFolder: given.install_dir[0] ?? '',
    run: (exeWrapperOf(evaluation) ?? []).join(' '),
    ...compilers,
  };
}

/** Folders as texts are below the source root and the build root. */
function sourceFolders(call: Call, folder: IncludeValue): readonly string[] {
  if (typeof folder !== 'string') return includeArgs(call.evaluation, [folder.directories], '');
  const { sourceRoot, buildRoot } = call.evaluation;
  return folder.startsWith('/') ? [folder] : [`${sourceRoot}/${folder}`, `${buildRoot}/${folder}`];
}

function contentFiles(call: Call, given: Values): readonly string[] {
  const { evaluation, scope } = call;
  return itemsOf(call, given.content_files).flatMap((item) => {
    if (item.kind === 'file') return [absolutePath(evaluation, item.file)];
    const folder =
      item.kind === 'output'
        ? targetFolder(call, item.target)
        : joinPath(evaluation.buildRoot, scope.buildSubdir);
    return itemNames(evaluation.tables, item).map((name) => joinPath(folder, name));
  });
}

function generatedContent(call: Call, given: Values): readonly TargetId[] {
  return itemsOf(call, given.content_files).flatMap((item) =>
    item.kind === 'output' ? [item.target] : [],
  );
}

/** With what the program that asks for types is built. */
function buildFlags(call: Call, given: Values): BuildFlags {
  const flags = noFlags({ library: '-l', rpath: true });
  const targets = given.dependencies.flatMap((one) => ('target' in one ? [one.target] : []));
  const found = given.dependencies.flatMap((one) => ('dependency' in one ? [one.dependency] : []));
  addTargetFlags(call, flags, targets);
  addDependencyFlags(call, flags, found);
  const includes = given.include_directories.flatMap((one) =>
    typeof one === 'string' ? [`-I${one}`] : includeArgs(call.evaluation, [one.directories]),
  );
  const own = textsOption(call, 'c_args');
  const cflags = [...given.c_args, ...flags.compile, ...includes, ...own];
  const ldflags = [
    ...flags.internal,
    ...flags.external,
    ...textsOption(call, 'c_link_args'),
    ...sanitizers(call),
  ];
  const compiler = toolchainOf(call, 'c', 'host');
  return {
    cc: quoteWords(compiler?.command ?? []),
    ld: quoteWords(compiler?.linker?.command ?? compiler?.command ?? []),
    cflags: quoteWords([
      ...cflags,
      ...compileArgs(call, ['c']).filter((arg) => !own.includes(arg)),
    ]),
    ldflags: quoteWords(ldflags),
    libraryFolders: ldflags.flatMap((arg) =>
      arg.startsWith('-Wl,-rpath,') ? [arg.slice('-Wl,-rpath,'.length)] : [],
    ),
    depends: [...flags.depends],
  };
}

function declareCheck(
  call: Call,
  {
    name,
    title,
    mainFile,
    target,
  }: {
    readonly name: string;
    readonly title: string;
    readonly mainFile: string;
    readonly target: TargetObject;
  },
): void {
  const { evaluation, scope } = call;
  const program = findProgram(call, { names: ['gtkdoc-check'], machine: 'host', required: true });
  addTest(call, {
    name: `${title}-check`,
    command: [requiredWord(call, program)],
    depends: [target.target],
    protocol: 'exitcode',
    parallel: true,
    benchmark: false,
    keywords: {
      should_fail: undefined,
      expected_fail: undefined,
      expected_exitcode: undefined,
      timeout: 30,
      priority: 0,
      suite: [],
      verbose: false,
      workdir: joinPath(evaluation.buildRoot, scope.buildSubdir),
      env: [`DOC_MODULE=${name}`, `DOC_MAIN_SGML_FILE=${mainFile}`],
    },
  });
}
