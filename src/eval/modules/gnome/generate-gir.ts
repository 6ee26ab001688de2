import type { EnvironmentChange } from '../../../base/environment.ts';
import { quoteWord } from '../../../base/shell-words.ts';
import type { FileRef } from '../../../model/file.ts';
import type { BuildTargetInstall, Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { atLeastOne, builtin, type KeywordValues } from '../../declare.ts';
import { addLanguages, toolchainOf } from '../../languages/add-languages.ts';
import type { TargetObject } from '../../objects/target.ts';
import { joinPath } from '../../paths.ts';
import { environmentChanges } from '../../targets/keywords/environment.ts';
import { optionOf, textOption } from '../../targets/options.ts';
import { itemsOf } from '../../targets/sources.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { buildRow, girTargets } from './closure.ts';
import { described, girKeywords, girTargetType, typelibTargetType } from './gir-keywords.ts';
import { scanCommand } from './scan-command.ts';
import { scannerOf } from './scanner.ts';

type Values = KeywordValues<typeof girKeywords>;

export const gnomeGenerateGir = builtin({
  name: 'generate_gir',
  label: 'gnome.generate_gir',
  doc: 'Descriptions of libraries for other languages, made by g-ir-scanner and g-ir-compiler.',
  rest: atLeastOne('targets', described, 'What is described.'),
  keywords: girKeywords,
  returns: 'array[custom_tgt]',
  run: (call, { rest: targets, keywords: given }) => {
    // The scanner compiles C, whatever the project is written in.
    addLanguages(call, ['c'], { required: true, machine: 'host' });
    const ids = targets.map(({ target }) => target);
    if (ids.length > 1 && ids.some((id) => buildRow(call, id)?.type === 'executable'))
      call.fail(
        'generate_gir only accepts a single argument when one of the arguments is an executable',
      );
    const name = `${given.namespace}-${given.nsversion}`;
    const scan = scanCommand(call, ids, given);
    if (given.extra_args.includes('--warn-error'))
      call.usesDeprecated(
        'gnome.generate_gir argument --warn-error',
        '0.55.0',
        'Use "fatal_warnings" keyword argument',
      );
    const inputs = generated(call, given);
    const gir = moduleTarget(call, {
      name: `${name}.gir`,
      inputs,
      outputs: [`${name}.gir`],
      command: scan.command,
      depends: scan.depends,
      dependFiles: written(call, given),
      environment: scannerEnvironment(call, scan.environmentArgs, given),
      buildByDefault: given.build_by_default,
      install: girInstall(call, given),
    });
    girTargets(call.evaluation).add(gir.target);
    const typelib = compiled(call, name, { gir, inputs, folders: scan.girFolders, given });
    call.evaluation.tables.devenv.push({
      kind: 'prepend',
      name: 'GI_TYPELIB_PATH',
      value: joinPath(call.evaluation.buildRoot, call.scope.buildSubdir),
      separator: ':',
    });
    return [{ ...gir, type: girTargetType }, typelib];
  },
});

function compiled(
  call: Call,
  name: string,
  {
    gir,
    inputs,
    folders,
    given,
  }: {
    readonly gir: TargetObject;
    readonly inputs: readonly Item[];
    readonly folders: readonly string[];
    readonly given: Values;
  },
): TargetObject {
  const target = moduleTarget(call, {
    name: `${name}.typelib`,
    inputs,
    outputs: [`${name}.typelib`],
    command: [
      scannerOf(call).compile,
      { kind: 'target', target: gir.target, output: 0 },
      ...textWords(['--output', '@OUTPUT@', ...folders.map((one) => `--includedir=${one}`)]),
    ],
    environment: environmentChanges(given.env),
    buildByDefault: given.build_by_default,
    install: installOf({
      install: given.install_typelib ?? given.install,
      folder: given.install_dir_typelib,
      usual: joinPath(textOption(call, 'libdir'), 'girepository-1.0'),
      tag: 'typelib',
    }),
  });
  return { ...target, type: typelibTargetType };
}

function girInstall(call: Call, given: Values): BuildTargetInstall | undefined {
  return installOf({
    install: given.install_gir ?? given.install,
    folder: given.install_dir_gir,
    usual: joinPath(textOption(call, 'datadir'), 'gir-1.0'),
    tag: 'devel',
  });
}

function installOf({
  install,
  folder,
  usual,
  tag,
}: {
  readonly install: boolean;
  readonly folder: string | boolean | undefined;
  readonly usual: string;
  readonly tag: string;
}): BuildTargetInstall | undefined {
  if (!install || typeof folder === 'boolean') return undefined;
  return {
    directories: [folder ?? usual],
    mode: undefined,
    tags: [tag],
  };
}

/** Sources that are made by the build. */
function generated(call: Call, given: Values): readonly Item[] {
  return itemsOf(call, given.sources).filter((item) => item.kind !== 'file');
}

/** Sources that are there, configured ones too: a change scans again. */
function written(call: Call, given: Values): readonly FileRef[] {
  return itemsOf(call, given.sources).flatMap((item) => (item.kind === 'file' ? [item.file] : []));
}

/** The scanner asks pkg-config of libraries, which may be subprojects, and runs the compiler. */
function scannerEnvironment(
  call: Call,
  args: readonly string[],
  given: Values,
): readonly EnvironmentChange[] {
  const folders = optionOf(call, 'pkg_config_path');
  const searched = [
    `${call.evaluation.buildRoot}/meson-uninstalled`,
    ...(Array.isArray(folders) ? folders.map(String) : []),
  ];
  const compiler = toolchainOf(call, 'c', 'host')?.command ?? [];
  return [
    { kind: 'prepend', name: 'PKG_CONFIG_PATH', value: searched.join(':'), separator: ':' },
    { kind: 'set', name: 'CC', value: compiler.map(quoteWord).join(' ') },
    { kind: 'set', name: 'CFLAGS', value: args.map(quoteWord).join(' ') },
    ...environmentChanges(given.env),
  ];
}
