import { posix } from 'node:path';
import type { FileRef } from '../../../model/file.ts';
import type { Item } from '../../../model/target.ts';
import { bool, exactListOf, listOf, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Builtin, builtin, type KeywordValues, keyword, positional } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import type { FileObject } from '../../objects/file.ts';
import { type GeneratedListObject, generatedListType } from '../../objects/generator.ts';
import type { TargetObject } from '../../objects/target.ts';
import { absolutePath, joinPath } from '../../paths.ts';
import { customTarget, file } from '../../targets/argument-types.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { itemsOf } from '../../targets/sources.ts';
import type { Value } from '../../value.ts';
import { installFiles } from '../install-files.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { compileMoc, compileResources } from './generate.ts';
import { dependencies, folders, method } from './keywords.ts';
import { qmlModuleFile, resourceList } from './qml-files.ts';
import { moduleName } from './qml-name.ts';
import { type QtTools, type QtVersion, qtIs, qtTools, qtWord } from './tools.ts';

type QmlFile = string | FileObject | TargetObject;
const qmlFiles = (doc: string) => keyword(listOf(oneOf<QmlFile>(file, str, customTarget)), [], doc);
const imports = (doc: string) => keyword(exactListOf(str), [], doc);

const keywords = {
  version: keyword(str, '254.254', 'Version of the module: Major.Minor.'),
  qml_sources: qmlFiles('Types written in QML.'),
  qml_singletons: qmlFiles('Types of which there is one object.'),
  qml_internals: qmlFiles('Types that others do not see.'),
  resources_prefix: keyword(str, 'qt/qml', 'Where the files lie among the resources.'),
  imports: imports('Modules that its users import too: `Name`, `Name/1.0`, `Name/auto`.'),
  optional_imports: imports('The same where they may be absent.'),
  default_imports: imports('The same when none of the optional ones is chosen.'),
  depends_imports: imports('Modules that its own code imports.'),
  designer_supported: keyword(bool, false, 'Qt Designer may use it.'),
  moc_headers: qmlFiles('Headers of classes that QML sees.'),
  include_directories: folders,
  namespace: keyword(str, '', 'Namespace of the code that is made.'),
  typeinfo: keyword(str, '', 'Name of the description of its types.'),
  moc_extra_arguments: texts('Further arguments of moc.'),
  rcc_extra_arguments: texts('Further arguments of rcc.'),
  qmlcachegen_extra_arguments: texts('Further arguments of qmlcachegen.'),
  qmltyperegistrar_extra_arguments: texts('Further arguments of qmltyperegistrar.'),
  generate_qmldir: keyword(bool, true, 'Make the description of the module.'),
  generate_qmltype: keyword(bool, true, 'Register types, and describe them.'),
  cachegen: keyword(bool, true, 'Compile QML ahead.'),
  dependencies,
  install_dir: installDir,
  install,
  method,
  preserve_paths: keyword(bool, false, 'Keep the folders of the files.'),
};

type Values = KeywordValues<typeof keywords>;

/** A module of QML in the making. */
interface Qml {
  readonly call: Call;
  readonly qt: QtVersion;
  readonly tools: QtTools;
  /** As its users import it. */
  readonly name: string;
  /** The name as one of C. */
  readonly id: string;
  readonly major: string;
  readonly minor: string;
  /** Where its files lie among the resources. */
  readonly prefix: string;
  readonly installed: string;
  readonly given: Values;
}

/** The method `qml_module()` of a Qt module (the manual of Meson, "Qt module"). */
export function qmlModule(qt: QtVersion): Builtin {
  return builtin({
    name: 'qml_module',
    label: 'qt.qml_module',
    doc: 'A module of QML: its resources, compiled code and description.',
    since: '1.7',
    positional: [positional('name', str, 'Its name: `Company.Part`.')],
    keywords,
    returns: 'array[custom_tgt | generated_list]',
    run: (call, { positional: [name], keywords: given }) => {
      const qml = readModule(call, qt, { name, given });
      const made: Value[] = [];
      const resources: FileObject[] = [];
      const sources = [...given.qml_sources, ...given.qml_singletons, ...given.qml_internals];
      const files = filesOf(call, sources);
      if (files.length > 0) {
        const list = resourceList(call, `${qml.id}_qml.qrc`, { prefix: qml.prefix, files });
        if (given.cachegen) made.push(...compiledAhead(qml, { list, sources, files }));
        else resources.push(list);
      }
      if (given.install) installAll(qml, files);
      const types = given.moc_headers.length === 0 ? undefined : classes(qml);
      made.push(...(types?.made ?? []));
      const registrar = given.generate_qmltype ? typeRegistrar(qml, types?.collected) : undefined;
      if (registrar !== undefined) made.push(registrar);
      if (given.generate_qmldir) resources.push(description(qml, registrar && typeFileOf(qml)));
      if (resources.length > 0)
        made.push(
          ...compileResources(call, qt, {
            name: qml.id,
            sources: resources,
            extra_args: given.rcc_extra_arguments,
            method: given.method,
          }),
        );
      return made;
    },
  });
}

function readModule(call: Call, qt: QtVersion, { name, given }: Pick<Qml, 'name' | 'given'>): Qml {
  const tools = qtTools(call, qt, { method: given.method });
  if (!qtIs(tools, '>=6.2.0')) call.fail('qt.qml_module is not suppported for this version of Qt');
  if (!new RegExp(`^${moduleName}$`, 'u').test(name))
    call.fail(`qml module URI should be in the form Foo.Bar.xxx, got ${name}`);
  const version = /^(\d+)\.(\d+)(\.(\d+))?$/.exec(given.version);
  if (version === null)
    return call.fail(`qml module version should be in the form Major.Minor, got ${given.version}`);
  const [, major = '', minor = ''] = version;
  const folder = name.replaceAll('.', '/');
  return {
    call,
    qt,
    tools,
    name,
    major,
    minor,
    given,
    id: name.replaceAll(/[^A-Za-z0-9]/g, '_'),
    prefix: posix.join(given.resources_prefix, folder).replace(/^\/+/, ''),
    installed: joinPath(given.install_dir || 'qml', folder),
  };
}

/** Where the files are, the ones that are made included. */
function filesOf(call: Call, given: readonly QmlFile[]): readonly FileRef[] {
  return itemsOf(call, given).flatMap((item: Item): readonly FileRef[] => {
    if (item.kind === 'file') return [item.file];
    if (item.kind !== 'output') return [];
    const row = call.evaluation.tables.targets.get(item.target);
    const name = row.kind === 'custom' ? (row.outputs[item.output] ?? '') : '';
    return [{ tree: 'build', path: joinPath(row.buildSubdir, name) }];
  });
}

/** Each file as code, and what finds the code by the file's name. */
function compiledAhead(
  { call, tools, id, prefix, given }: Qml,
  {
    list,
    sources,
    files,
  }: {
    /** The list of resources that names the files. */
    readonly list: FileObject;
    readonly sources: readonly QmlFile[];
    readonly files: readonly FileRef[];
  },
): readonly Value[] {
  const { evaluation, scope } = call;
  const program = qtWord(call, tools, 'qmlcachegen');
  const extra = given.qmlcachegen_extra_arguments;
  const resources = ['--resource', absolutePath(evaluation, list.file)];
  const code: GeneratedListObject = {
    type: generatedListType,
    list: evaluation.tables.generatedLists.add({
      subdir: scope.subdir,
      program,
      arguments: ['-o', '@OUTPUT@', ...extra, ...resources, '@INPUT@'],
      outputs: [`${id}_@BASENAME@.cpp`],
      inputs: itemsOf(call, sources),
      extraArguments: [],
      preservePathFrom: undefined,
      environment: [],
      depfile: undefined,
      capture: false,
      depends: [],
    }),
  };
  const places = files.map(({ path }) => `/${posix.join(prefix, posix.basename(path))}`);
  const loader = moduleTarget(call, {
    name: `cacheloader_${id}`,
    inputs: itemsOf(call, [list]),
    outputs: [`${id}_qmlcache_loader.cpp`],
    command: [
      program,
      ...textWords(['-o', '@OUTPUT@', '--resource-name', `qmlcache_${id}`, ...extra]),
      ...textWords(['--resource=@INPUT@', ...places]),
    ],
    description: 'Qml cache loader for ',
  });
  return [code, loader];
}

function installAll({ call, installed }: Qml, files: readonly FileRef[], name?: string): void {
  installFiles(
    call,
    'devel',
    files.map((file) => [file, joinPath(installed, name ?? posix.basename(file.path))]),
  );
}

/** What moc makes of classes, and a table of all of them. */
function classes({ call, qt, tools, id, given }: Qml): {
  readonly made: readonly Value[];
  readonly collected: TargetObject;
} {
  const lists = compileMoc(call, qt, {
    sources: [],
    headers: given.moc_headers,
    extra_args: given.moc_extra_arguments,
    include_directories: given.include_directories,
    dependencies: given.dependencies,
    preserve_paths: given.preserve_paths,
    output_json: true,
    method: given.method,
  });
  // Of each header there is code, then its table.
  const count = itemsOf(call, given.moc_headers).length;
  const tables = Array.from({ length: count }, (_, at) => `@INPUT${2 * at + 1}@`);
  const collected = moduleTarget(call, {
    name: `moc_collect_json_${id}`,
    inputs: itemsOf(call, lists),
    outputs: [`${id}_json_collect.json`],
    command: [
      qtWord(call, tools, 'moc'),
      ...textWords(['--collect-json', '-o', '@OUTPUT@', ...tables]),
    ],
    description: 'Collecting json type information for ',
  });
  return { made: [...lists, collected], collected };
}

function typeFileOf({ id, given }: Qml): string {
  return given.typeinfo === '' ? `${id}.qmltypes` : given.typeinfo;
}

/** Code that registers the types, and their description for tools. */
function typeRegistrar(qml: Qml, collected: TargetObject | undefined): TargetObject {
  const { call, tools, id, name, major, minor, installed, given } = qml;
  const namespace = given.namespace === '' ? [] : ['--namespace', given.namespace];
  return moduleTarget(call, {
    name: `typeregistrar_${id}`,
    inputs: collected === undefined ? [] : itemsOf(call, [collected]),
    outputs: [`${id}_qmltyperegistrations.cpp`, typeFileOf(qml)],
    command: [
      qtWord(call, tools, 'qmltyperegistrar'),
      ...textWords(['--import-name', name, '--major-version', major, '--minor-version', minor]),
      ...textWords(['-o', '@OUTPUT0@', ...given.qmltyperegistrar_extra_arguments, ...namespace]),
      ...textWords(['--generate-qmltypes', '@OUTPUT1@']),
      ...textWords(collected === undefined ? [] : ['@INPUT@']),
    ],
    install: given.install
      ? { directories: [undefined, installed], mode: undefined, tags: [undefined, 'devel'] }
      : undefined,
    buildByDefault: given.install,
    description: 'Qml type registration for ',
  });
}

/** The module's `qmldir`, as a list of resources; it names the description of the types, if there is one. */
function description(qml: Qml, typeFile: string | undefined): FileObject {
  const { call, id, name, major, minor, prefix, given } = qml;
  const path = qmlModuleFile(call, `${id}_qmldir`, {
    name,
    version: `${major}.${minor}`,
    prefix,
    imports: [
      ['import', given.imports],
      ['optional import', given.optional_imports],
      ['default import', given.default_imports],
      ['depends', given.depends_imports],
    ],
    types: [
      { qualifier: '', versioned: true, files: filesOf(call, given.qml_sources) },
      { qualifier: 'singleton ', versioned: true, files: filesOf(call, given.qml_singletons) },
      { qualifier: 'internal ', versioned: false, files: filesOf(call, given.qml_internals) },
    ],
    typeFile,
    designerSupported: given.designer_supported,
  });
  if (given.install) installAll(qml, [path], 'qmldir');
  return resourceList(call, `${id}_qmldir.qrc`, { prefix, files: [path], alias: 'qmldir' });
}
