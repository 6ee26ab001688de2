import { posix } from 'node:path';
import type { LinkItem, TargetId } from '../../model/target.ts';
import { bool, listOf, object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, type Keyword, keyword, type Module, optional } from '../declare.ts';
import { installObject } from '../functions/install/install-object.ts';
import { type DependencyObject, dependencyType } from '../objects/dependency.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  sharedLibraryType,
  staticLibraryType,
  type TargetObject,
} from '../objects/target.ts';
import { joinPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import {
  customTarget,
  customTargetIndex,
  orNothing,
  preferredHalf,
  targetOf,
} from '../targets/argument-types.ts';
import { strOrInt } from '../targets/keywords/common.ts';
import { installDir } from '../targets/keywords/install.ts';
import { optionOf, textOption } from '../targets/options.ts';
import { isA } from '../value.ts';
import { madeFiles, type PcValue, PkgConfigContents } from './pkgconfig-contents.ts';
import { type PcFields, pkgConfigText } from './pkgconfig-file.ts';
import { requirements } from './pkgconfig-requires.ts';
import { variables, variablesOf } from './pkgconfig-variables.ts';

export type LibraryValue =
  | string
  | DependencyObject
  | TargetObject
  | BothLibrariesObject
  | CustomTargetIndexObject;

const mainLibrary = oneOf<TargetObject>(targetOf(sharedLibraryType), targetOf(staticLibraryType));
const libraries = keyword(
  listOf(
    oneOf<LibraryValue>(
      str,
      object(dependencyType),
      object(bothLibrariesType),
      object(sharedLibraryType),
      object(staticLibraryType),
      customTarget,
      customTargetIndex,
    ),
  ),
  [],
  'What users link: words, libraries, dependencies.',
);
const requires = keyword(
  listOf(
    oneOf<LibraryValue>(
      str,
      object(bothLibrariesType),
      object(sharedLibraryType),
      object(staticLibraryType),
      object(dependencyType),
    ),
  ),
  [],
  'Other .pc files that are needed.',
);
const texts = (doc: string): Keyword<readonly string[]> => keyword(listOf(str), [], doc);
const notEmpty = {
  check: (value: string | undefined) => (value === '' ? 'must not be an empty string' : undefined),
};

/** Meson's module `pkgconfig`: .pc files for what a project installs. */
export const pkgconfigModule: Module = {
  name: 'pkgconfig',
  doc: 'Files for pkg-config.',
  functions: [
    builtin({
      name: 'generate',
      label: 'pkgconfig.generate',
      doc: 'Writes and installs a .pc file, and one for use from the build directory.',
      positional: [optional('library', mainLibrary, 'The library it is about.')],
      keywords: {
        name: keyword(orNothing(str), undefined, 'Its name.', notEmpty),
        filebase: keyword(orNothing(str), undefined, 'Name of the file.', notEmpty),
        description: keyword(orNothing(str), undefined, 'A sentence.'),
        version: keyword(orNothing(str), undefined, 'Its version.'),
        url: keyword(str, '', 'Where to read of it.'),
        license: keyword(str, '', 'Its license.', { since: '1.9.0' }),
        subdirs: texts('Folders of headers, below the one of all headers.'),
        conflicts: texts('What it cannot be used with.'),
        dataonly: keyword(bool, false, 'There is nothing to compile or link.', {
          since: '0.54.0',
        }),
        libraries,
        libraries_private: libraries,
        requires,
        requires_private: requires,
        extra_cflags: { ...texts('More flags for users.'), since: '0.42.0' },
        cflags_private: { ...texts('Flags for users that link statically.'), since: '1.9.0' },
        variables: variables('More variables.', '0.41.0', '0.56.0'),
        uninstalled_variables: variables('Of the other file.', '0.54.0', '0.56.0'),
        unescaped_variables: variables('Written as they are.', '0.59.0'),
        unescaped_uninstalled_variables: variables('Of the other file, as they are.', '0.59.0'),
        install_dir: installDir,
        d_module_versions: keyword(listOf(strOrInt), [], 'Versions of D.', { since: '0.43.0' }),
      },
      returns: 'void',
      run: (call, { positional: [main], keywords }) => {
        const { evaluation } = call;
        const { dataonly } = keywords;
        const names = namesOf(call, main, keywords);
        if (dataonly) refuseContents(call, keywords);
        checkSubdirs(call, keywords.subdirs);
        const contents = contentsOf(call, main, keywords);
        const folder = folderOf(call, main, keywords.install_dir, dataonly);
        const relocatable = optionOf(call, 'pkgconfig.relocatable') === true;
        const base: Omit<PcFields, 'variables' | 'unescaped' | 'uninstalled' | 'relocatable'> = {
          ...names,
          url: keywords.url,
          license: keywords.license,
          conflicts: keywords.conflicts,
          subdirs: keywords.subdirs.length > 0 ? keywords.subdirs : dataonly ? [] : ['.'],
          dataonly,
        };
        const file = `meson-private/${names.filebase}.pc`;
        write(call, file, contents, {
          ...base,
          variables: variablesOf(call, keywords.variables, dataonly),
          unescaped: variablesOf(call, keywords.unescaped_variables, dataonly),
          uninstalled: false,
          relocatable: relocatable ? folder.path : undefined,
        });
        write(call, `meson-uninstalled/${names.filebase}-uninstalled.pc`, contents, {
          ...base,
          variables: variablesOf(call, keywords.uninstalled_variables, dataonly),
          unescaped: variablesOf(call, keywords.unescaped_uninstalled_variables, dataonly),
          uninstalled: true,
          relocatable: undefined,
        });
        evaluation.tables.installs.push({
          kind: 'data',
          subproject: call.scope.subproject,
          files: [{ tree: 'build', path: file }],
          destinations: [`${folder.path}/${names.filebase}.pc`],
          placeholders: [`${folder.placeholder}/${names.filebase}.pc`],
          mode: undefined,
          tag: 'devel',
          followSymlinks: undefined,
        });
        remember(call, main, contents, names);
        addToDevenv(call);
        return installObject('Data');
      },
    }),
  ],
};

interface Names {
  readonly name: string;
  readonly filebase: string;
  readonly description: string;
  readonly version: string;
}

function namesOf(
  call: Call,
  main: TargetObject | undefined,
  given: { readonly [K in keyof Names]: string | undefined },
): Names {
  const { evaluation, scope } = call;
  const project = evaluation.tables.projects.get(scope.project);
  const version = given.version ?? project.version;
  if (main === undefined) {
    if (given.version === undefined)
      call.uses('pkgconfig.generate implicit version keyword', '0.46.0');
    const missing = (word: string): never =>
      call.fail(
        `pkgconfig.generate: if a library is not passed as a positional argument, the '${word}' keyword argument is required.`,
      );
    const name = given.name ?? missing('name');
    const description = given.description ?? missing('description');
    return { name, filebase: given.filebase ?? name, description, version };
  }
  call.uses('pkgconfig.generate optional positional argument', '0.46.0');
  const target = evaluation.tables.targets.get(main.target).name;
  const name = given.name ?? target;
  return {
    name,
    filebase: given.filebase ?? name,
    description: given.description ?? `${project.name}: ${target}`,
    version,
  };
}

const blocked = [
  ...['libraries', 'libraries_private', 'requires_private', 'extra_cflags'],
  ...['cflags_private', 'subdirs'],
];

function refuseContents(call: Call, keywords: object): void {
  const given = Object.entries(keywords).some(
    ([name, value]) => blocked.includes(name) && Array.isArray(value) && value.length > 0,
  );
  const list = blocked.map((name) => `'${name}'`).join(', ');
  if (given) call.fail(`Cannot combine dataonly with any of [${list}]`);
}

function checkSubdirs(call: Call, subdirs: readonly string[]): void {
  if (subdirs.some((folder) => folder.startsWith('/')))
    call.usesOld(
      'broken',
      'subdirs cannot be absolute',
      '1.10.2',
      'This never worked; absolute paths ended up in Cflags without the -I option.',
    );
}

function contentsOf(
  call: Call,
  main: TargetObject | undefined,
  given: {
    readonly libraries: readonly LibraryValue[];
    readonly libraries_private: readonly LibraryValue[];
    readonly requires: readonly LibraryValue[];
    readonly requires_private: readonly LibraryValue[];
    readonly extra_cflags: readonly string[];
    readonly cflags_private: readonly string[];
  },
): PkgConfigContents {
  const contents = new PkgConfigContents(call);
  const all = [...(main === undefined ? [] : [main]), ...given.libraries];
  contents.addLibraries(all.map(pcValue), true);
  contents.addLibraries(given.libraries_private.map(pcValue), false);
  contents.publicRequires.push(...requirements(call, contents, given.requires.map(pcValue)));
  contents.privateRequires.push(
    ...requirements(call, contents, given.requires_private.map(pcValue)),
  );
  contents.cflags.push(...given.extra_cflags);
  contents.privateCflags.push(...given.cflags_private);
  contents.removeDuplicates();
  return contents;
}

function pcValue(value: LibraryValue): PcValue {
  if (typeof value === 'string') return value;
  if (isA(value, dependencyType)) return { kind: 'dependency', dependency: value.dependency };
  return { kind: 'library', item: itemOf(value) };
}

function itemOf(value: TargetObject | BothLibrariesObject | CustomTargetIndexObject): LinkItem {
  if (isA(value, bothLibrariesType)) return { kind: 'target', target: preferredHalf(value).target };
  if (isA(value, customTargetIndexType))
    return { kind: 'output', target: value.target, output: value.output };
  return { kind: 'target', target: value.target };
}

/** Where the file is installed, and how introspection shows that. */
function folderOf(
  call: Call,
  main: TargetObject | undefined,
  given: string | undefined,
  dataonly: boolean,
): { readonly path: string; readonly placeholder: string } {
  if (given) return { path: given, placeholder: given };
  const { evaluation } = call;
  if (dataonly)
    return {
      path: joinPath(textOption(call, 'datadir'), 'pkgconfig'),
      placeholder: '{datadir}/pkgconfig',
    };
  const target = main && evaluation.tables.targets.get(main.target);
  const [own] = target?.kind === 'build' ? (target.install?.directories ?? []) : [];
  const libdir = textOption(call, 'libdir');
  if (own !== undefined && own !== libdir) {
    const path = posix.join(own, 'pkgconfig');
    return { path, placeholder: path };
  }
  const { system } = evaluation.machines.host;
  const below = (...words: string[]) => ({
    path: joinPath(textOption(call, 'prefix'), ...words),
    placeholder: joinPath('{prefix}', ...words),
  });
  if (system === 'freebsd') return below('libdata', 'pkgconfig');
  if (system === 'haiku') return below('develop', 'lib', 'pkgconfig');
  return { path: joinPath(libdir, 'pkgconfig'), placeholder: '{libdir}/pkgconfig' };
}

function write(call: Call, file: string, contents: PkgConfigContents, fields: PcFields): void {
  const { buildRoot, host } = call.evaluation;
  const path = `${buildRoot}/${file}`;
  host.files.makeDirectory(posix.dirname(path));
  const written = host.files.write(path, pkgConfigText(call, contents, fields));
  if (!written.ok) call.fail(`${path}: ${written.error.reason}`);
}

/** Later files require this one, instead of naming its library. */
function remember(
  call: Call,
  main: TargetObject | undefined,
  contents: PkgConfigContents,
  { filebase, name }: Names,
): void {
  const made = madeFiles(call.evaluation);
  const add = (target: TargetId): void => {
    if (!made.has(target)) made.set(target, { filebase, displayName: name });
  };
  if (main === undefined) {
    for (const library of contents.publicLibraries)
      if (typeof library !== 'string') add(library.target);
    return;
  }
  const target = call.evaluation.tables.targets.get(main.target);
  if (made.has(main.target))
    call.evaluation.report({
      severity: 'warning',
      message: `Already generated a pkg-config file for ${target.name}`,
      hints: [],
      related: [],
    });
  add(main.target);
}

const devenv = perEvaluation((): { added: boolean } => ({ added: false }));

function addToDevenv({ evaluation }: Call): void {
  const state = devenv(evaluation);
  if (state.added) return;
  state.added = true;
  evaluation.tables.devenv.push({
    kind: 'prepend',
    name: 'PKG_CONFIG_PATH',
    value: `${evaluation.buildRoot}/meson-uninstalled`,
    separator: ':',
  });
}
