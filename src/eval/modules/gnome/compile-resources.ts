import { posix } from 'node:path';
import type { FileRef } from '../../../model/file.ts';
import type { Item, TargetId } from '../../../model/target.ts';
import { bool, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, positional } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { toolchainsOf } from '../../languages/add-languages.ts';
import type { FileObject } from '../../objects/file.ts';
import type { CustomTargetIndexObject, TargetObject } from '../../objects/target.ts';
import { currentSourceDir, joinPath, normalPath } from '../../paths.ts';
import {
  customTarget,
  customTargetIndex,
  file,
  sourceInput,
} from '../../targets/argument-types.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { itemsOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { buildByDefault, extraArgs, headerInstall } from './keywords.ts';
import { glibIs, gnomeWord } from './tool.ts';

type Needed = FileObject | TargetObject | CustomTargetIndexObject;

const keywords = {
  build_by_default: buildByDefault,
  extra_args: extraArgs,
  install,
  install_header: { ...install, since: '0.37.0' },
  install_dir: installDir,
  c_name: keyword(orNothing(str), undefined, 'What names in C begin with.'),
  dependencies: keyword(
    listOf(oneOf<Needed>(file, customTarget, customTargetIndex)),
    [],
    'Files in the resources that are made by this build.',
  ),
  export: keyword(bool, false, 'Users of the library see the functions.', { since: '0.37.0' }),
  gresource_bundle: keyword(bool, false, 'A file to load, not code.', { since: '0.37.0' }),
  source_dir: texts('Folders where the files are looked for.'),
};

type Values = KeywordValues<typeof keywords>;

export const gnomeCompileResources = builtin({
  name: 'compile_resources',
  label: 'gnome.compile_resources',
  doc: 'Resources as code or as a bundle, made by glib-compile-resources.',
  positional: [
    positional('name', str, 'Base of the names of the files.'),
    positional('input', sourceInput, 'The list of resources.'),
  ],
  keywords,
  returns: 'custom_tgt | array[custom_tgt]',
  run: (call, { positional: [name, input], keywords: given }) => {
    const inputs = itemsOf(call, [input]);
    const bundle = given.gresource_bundle;
    const { output, target } = codeNames(call, name, given);
    checkInstall(call, given);
    const places = folders(call, given);
    const description = descriptionOf(call, inputs);
    const command = [
      gnomeWord(call, 'glib-compile-resources'),
      ...textWords(['@INPUT@', ...places.flatMap((one) => ['--sourcedir', one])]),
      ...textWords(given.c_name ? ['--c-name', given.c_name] : []),
      ...textWords(given.export ? [] : ['--internal']),
      ...textWords(['--generate', '--target', '@OUTPUT@', ...given.extra_args]),
    ];
    const common = {
      inputs,
      buildByDefault: given.build_by_default,
      depends: given.dependencies.flatMap((one): readonly TargetId[] =>
        'target' in one ? [one.target] : [],
      ),
    };
    const tells = glibIs(call, '>= 2.51.1');
    const made = moduleTarget(call, {
      ...common,
      name: target,
      outputs: [output],
      command: [...command, ...textWords(tells ? ['--dependency-file', '@DEPFILE@'] : [])],
      ...(tells && { depfile: `${output}.d` }),
      ...(description && { resources: { description, folders: places } }),
      install: given.install
        ? { directories: [given.install_dir], mode: undefined, tags: ['runtime'] }
        : undefined,
    });
    if (bundle) return made;
    const header = moduleTarget(call, {
      ...common,
      name: `${name}_h`,
      outputs: [`${name}.h`],
      command,
      install: headerInstall(call, { install: given.install_header, directory: given.install_dir }),
    });
    return [made, header];
  },
});

/** The list of resources, be it written or made. */
function descriptionOf({ evaluation }: Call, [input]: readonly Item[]): FileRef | undefined {
  if (input?.kind === 'file') return input.file;
  if (input?.kind !== 'output') return undefined;
  const target = evaluation.tables.targets.get(input.target);
  const name = target.kind === 'custom' ? target.outputs[input.output] : undefined;
  return name === undefined
    ? undefined
    : { tree: 'build', path: joinPath(target.buildSubdir, name) };
}

function codeNames(
  call: Call,
  name: string,
  { gresource_bundle: bundle }: Pick<Values, 'gresource_bundle'>,
): { readonly output: string; readonly target: string } {
  if (bundle) return { output: `${name}.gresource`, target: `${name}_gresource` };
  const known = toolchainsOf(call, 'host');
  const language = ['c', 'cpp'].find((one) => known.has(one));
  if (language === undefined)
    return call.fail('Compiling GResources into code is only supported in C and C++ projects');
  return { output: `${name}.${language}`, target: `${name}_${language}` };
}

function checkInstall(call: Call, given: Values): void {
  if (given.install && !given.gresource_bundle)
    call.fail('The install kwarg only applies to gresource bundles, see install_header');
  if (given.install && !given.install_dir)
    call.fail(
      'gnome.compile_resources: "install_dir" keyword argument must be set when "install" is true.',
    );
  if (!given.install_header) return;
  if (given.gresource_bundle)
    call.fail('The install_header kwarg does not apply to gresource bundles');
  if (!given.export) call.fail('GResource header is installed yet export is not enabled');
}

/**
 * Where the files of the resources are looked for, as the build directory sees it: what is made comes after
 * the folders given. Of a source, its place in the build directory, as in Meson.
 */
function folders(call: Call, given: Values): readonly string[] {
  const { evaluation, scope } = call;
  const here = posix.relative(evaluation.buildRoot, currentSourceDir(evaluation, scope));
  const built = given.dependencies.map((one) => {
    if ('file' in one) return ownFolder(one);
    return evaluation.tables.targets.get(one.target).buildSubdir;
  });
  const all = [...given.source_dir.map((one) => joinPath(here, one)), ...built, here];
  return [...new Set(all.map((one) => normalPath(one) || '.'))];
}

/** The folder of the build file that named a file. */
function ownFolder({ file, written }: FileObject): string {
  const named = written === undefined ? undefined : normalPath(written);
  return named !== undefined && file.path.endsWith(`/${named}`)
    ? file.path.slice(0, -named.length - 1)
    : posix.dirname(file.path);
}
