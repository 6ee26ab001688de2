import { posix } from 'node:path';
import { uninstalledPackages } from '../../../deps/pkg-config.ts';
import type { TargetId } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { builtin, type Module, optional } from '../../declare.ts';
import { dependencyContext } from '../../functions/dependency/context.ts';
import { installObject } from '../../functions/install/install-object.ts';
import type { TargetObject } from '../../objects/target.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { optionOf } from '../../targets/options.ts';
import { madeFiles, type PkgConfigContents } from './contents.ts';
import { type PcFields, pkgConfigText } from './file.ts';
import { folderOf } from './folder.ts';
import { contentsOf } from './given.ts';
import { keywords as generateKeywords, mainLibrary } from './keywords.ts';
import { type Names, namesOf } from './names.ts';
import { variablesOf } from './variables.ts';

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
      keywords: generateKeywords,
      returns: 'void',
      run: (call, { positional: [main], keywords }) => {
        const { evaluation } = call;
        const { dataonly } = keywords;
        const names = namesOf(call, main, keywords);
        if (dataonly) refuseContents(call, keywords);
        checkSubdirs(call, keywords.subdirs);
        const contents = contentsOf(call, main, keywords);
        const folder = folderOf(call, main, keywords);
        const relocatable = optionOf(call, 'pkgconfig.relocatable') === true;
        const base: Omit<PcFields, 'variables' | 'unescaped' | 'uninstalled' | 'relocatable'> = {
          ...names,
          url: keywords.url,
          license: keywords.license,
          conflicts: keywords.conflicts,
          subdirs: keywords.subdirs.length > 0 ? keywords.subdirs : dataonly ? [] : ['.'],
          dataonly,
        };
        // A file of data alone does not define these itself.
        const reserved = dataonly ? [] : ['prefix', 'libdir', 'includedir'];
        const file = `meson-private/${names.filebase}.pc`;
        const installed = pkgConfigText(call, contents, {
          ...base,
          variables: variablesOf(call, keywords.variables, reserved),
          unescaped: variablesOf(call, keywords.unescaped_variables, reserved),
          uninstalled: false,
          relocatable: relocatable ? folder.path : undefined,
        });
        write(call, file, installed);
        const uninstalled = pkgConfigText(call, contents, {
          ...base,
          variables: variablesOf(call, keywords.uninstalled_variables, reserved),
          unescaped: variablesOf(call, keywords.unescaped_uninstalled_variables, reserved),
          uninstalled: true,
          relocatable: undefined,
        });
        write(call, `meson-uninstalled/${names.filebase}-uninstalled.pc`, uninstalled);
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
        remember(call, { main, contents }, names);
        addToDevenv(call);
        return installObject('Data');
      },
    }),
  ],
};

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
    call.usesBroken(
      'subdirs cannot be absolute',
      '1.10.2',
      'This never worked; absolute paths ended up in Cflags without the -I option.',
    );
}

function write(call: Call, file: string, text: string): void {
  const { buildRoot, host } = call.evaluation;
  const path = `${buildRoot}/${file}`;
  host.files.makeDirectory(posix.dirname(path));
  const written = host.files.write(path, text);
  if (!written.ok) call.fail(`${path}: ${written.error.reason}`);
}

/** Later files require this one, instead of naming its library. */
function remember(
  call: Call,
  {
    main,
    contents,
  }: { readonly main: TargetObject | undefined; readonly contents: PkgConfigContents },
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

function addToDevenv(call: Call): void {
  const { evaluation } = call;
  const state = devenv(evaluation);
  if (state.added) return;
  state.added = true;
  const folder = `${evaluation.buildRoot}/meson-uninstalled`;
  evaluation.tables.devenv.push(...uninstalledPackages(dependencyContext(call, 'host'), folder));
}
