import type { CommandWord, LinkItem, TargetId } from '../../../model/target.ts';
import { listOf, object, oneOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, positional, requiredKeyword } from '../../declare.ts';
import { texts } from '../../functions/common-keywords.ts';
import { addDependency } from '../../functions/dependency/rows.ts';
import { type DependencyObject, internalDependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import type { TargetObject } from '../../objects/target.ts';
import { absolutePath, currentSourceDir, joinPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { file, nonEmptyListOf } from '../../targets/argument-types.ts';
import { directoriesAt } from '../../targets/build/include-directories.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { textOption } from '../../targets/options.ts';
import { itemsOf, outputItems } from '../../targets/sources.ts';
import { installFiles } from '../install-files.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import { buildRow, girTargets, targetFolder } from './closure.ts';
import { girTargetType } from './gir-keywords.ts';

type Source = string | FileObject | TargetObject;
type Package = string | DependencyObject;

export const gnomeGenerateVapi = builtin({
  name: 'generate_vapi',
  label: 'gnome.generate_vapi',
  doc: 'A description of a library for Vala, made by vapigen.',
  positional: [positional('name', str, 'Name of the library.')],
  keywords: {
    install,
    install_dir: installDir,
    sources: requiredKeyword(
      nonEmptyListOf(oneOf<Source>(str, file, object(girTargetType))),
      'Descriptions it is made of.',
      {
        sinceValues: [
          {
            feature: 'of type array[File] that cannot be empty',
            since: '1.12.0',
            used: (values: readonly Source[]) =>
              values.some((one) => typeof one === 'object' && 'file' in one),
          },
        ],
      },
    ),
    vapi_dirs: texts('Folders with descriptions for Vala.'),
    metadata_dirs: texts('Folders with metadata.'),
    gir_dirs: texts('Folders with descriptions.'),
    packages: keyword(
      listOf(oneOf<Package>(str, object(internalDependencyType))),
      [],
      'Libraries it needs.',
    ),
  },
  returns: 'dep',
  run: (call, { positional: [name], keywords: given }) => {
    const { evaluation, scope } = call;
    const vapigen = findProgram(call, { names: ['vapigen'], machine: 'host', required: true });
    const here = currentSourceDir(evaluation, scope);
    const packages = given.packages.map((one) => packageOf(call, one));
    const inputs = itemsOf(call, given.sources);
    const command: readonly CommandWord[] = [
      requiredWord(call, vapigen),
      ...textWords(['--quiet', `--library=${name}`]),
      ...textWords([`--directory=${joinPath(evaluation.buildRoot, scope.buildSubdir)}`]),
      ...textWords(given.vapi_dirs.map((one) => `--vapidir=${one}`)),
      ...textWords(given.metadata_dirs.map((one) => `--metadatadir=${one}`)),
      ...textWords(given.gir_dirs.map((one) => `--girdir=${one}`)),
      ...textWords(packages.flatMap(({ words }) => words)),
      ...textWords([`--metadatadir=${here}`, ...given.sources.map((one) => sourceWord(call, one))]),
    ];
    const folder = given.install_dir || joinPath(textOption(call, 'datadir'), 'vala/vapi');
    if (given.install)
      installNames(call, `${name}.deps`, { names: packages.flatMap(({ names }) => names), folder });
    const target = moduleTarget(call, {
      name: `${name}.vapi`,
      inputs,
      outputs: [`${name}.vapi`],
      command,
      depends: packages.flatMap(({ targets }) => targets),
      install: given.install
        ? { directories: [folder], mode: undefined, tags: ['devel'] }
        : undefined,
    });
    vapiTargets(evaluation).add(target.target);
    const own = directoriesAt(call, ['.']);
    const neighbours = packages.flatMap(({ folders }) => folders);
    const sources = [target.target, ...packages.flatMap(({ targets }) => targets)];
    const dependency = addDependency(evaluation, {
      kind: 'internal',
      name: '',
      type: 'internal',
      version: '',
      includeDirectories: [{ ...own, paths: [...own.paths, ...neighbours] }],
      linkWith: given.sources.flatMap((one) =>
        typeof one === 'object' && 'target' in one ? librariesOf(call, one.target) : [],
      ),
      sources: sources.flatMap((id) => outputItems(call, id)),
    });
    return { ...dependency, type: internalDependencyType };
  },
});

/** A source as the command names it. */
function sourceWord(call: Call, source: Source): string {
  const { evaluation, scope } = call;
  if (typeof source === 'string') return joinPath(currentSourceDir(evaluation, scope), source);
  if ('file' in source) return absolutePath(evaluation, source.file);
  const row = evaluation.tables.targets.get(source.target);
  const [output = ''] = row.kind === 'custom' ? row.outputs : [];
  return joinPath(targetFolder(call, source.target), output);
}

const vapiTargets = perEvaluation(() => new Set<TargetId>());

interface Needed {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly targets: readonly TargetId[];
  /** Where their headers lie. */
  readonly folders: readonly string[];
}

/** A library that is needed: by its name, or one described by this build. */
function packageOf(call: Call, given: Package): Needed {
  if (typeof given === 'string')
    return { words: [`--pkg=${given}`], names: [given], targets: [], folders: [] };
  const { tables, sourceRoot } = call.evaluation;
  const known = vapiTargets(call.evaluation);
  const sources = tables.dependencies.get(given.dependency).sources;
  const ids = sources.flatMap((item) => (item.kind === 'output' ? [item.target] : []));
  const targets = [...new Set(ids)].filter((id) => known.has(id));
  const names = targets.map((id) => tables.targets.get(id).name.replace(/\.vapi$/, ''));
  const words = targets.flatMap((id, at) => {
    const folder = targetFolder(call, id);
    return [`--vapidir=${folder}`, `--girdir=${folder}`, `--pkg=${names[at] ?? ''}`];
  });
  const folders = targets.map((id) => joinPath(sourceRoot, tables.targets.get(id).subdir));
  return { words, names, targets, folders };
}

/** The libraries that a description is about. */
function librariesOf(call: Call, id: TargetId): readonly LinkItem[] {
  const row = call.evaluation.tables.targets.get(id);
  if (row.kind !== 'custom') return [];
  return row.depends.flatMap((needed): readonly LinkItem[] => {
    if (girTargets(call.evaluation).has(needed)) return librariesOf(call, needed);
    return buildRow(call, needed)?.type === 'shared-library'
      ? [{ kind: 'target', target: needed }]
      : [];
  });
}

/** valac reads the names of the packages a library needs off a file beside its description. */
function installNames(
  call: Call,
  name: string,
  { names, folder }: { readonly names: readonly string[]; readonly folder: string },
): void {
  const { evaluation } = call;
  const path = `meson-private/${name}`;
  const text = names.map((one) => `${one}\n`).join('');
  const written = evaluation.host.files.write(joinPath(evaluation.buildRoot, path), text);
  if (!written.ok) call.fail(`Could not write ${path}: ${written.error.reason}`);
  installFiles(call, 'devel', [[{ tree: 'build', path }, joinPath(folder, name)]]);
}
