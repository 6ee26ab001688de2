import { isAbsolute, relative } from 'node:path/posix';
import type { FileRef } from '../../../model/file.ts';
import type { CommandWord, Item, TargetId } from '../../../model/target.ts';
import { includeArgs } from '../../absolute-includes.ts';
import type { Call } from '../../call.ts';
import type { KeywordValues } from '../../declare.ts';
import { ownVariable } from '../../functions/dependency/variable.ts';
import type { TargetObject } from '../../objects/target.ts';
import { absolutePath, currentSourceDir, joinPath } from '../../paths.ts';
import { gathered } from '../../targets/build/gathered.ts';
import { itemNames } from '../../targets/item-names.ts';
import type { IncludeValue } from '../../targets/keywords/common.ts';
import { itemsOf } from '../../targets/sources.ts';
import { textWords } from '../module-target.ts';
import {
  buildRow,
  externalDependencies,
  girSources,
  includesOfTarget,
  sharedLibraries,
  targetFolder,
} from './closure.ts';
import { addDependencyFlags, addTargetFlags, linkArgs, noFlags, type ToolFlags } from './flags.ts';
import type { girKeywords } from './gir-keywords.ts';
import { projectArgs, sanitizers, textsOption, userArgs } from './language-flags.ts';
import { runtimeFolders } from './library-folders.ts';
import { type Scanner, scannerOf } from './scanner.ts';

type Values = KeywordValues<typeof girKeywords>;

export interface ScanCommand {
  readonly command: readonly CommandWord[];
  readonly depends: readonly TargetId[];
  /** Where descriptions of other libraries lie. */
  readonly girFolders: readonly string[];
  /** What the scanner does not take as arguments, and its compiler must see. */
  readonly environmentArgs: readonly string[];
}

/** The command of g-ir-scanner for some targets. */
export function scanCommand(call: Call, ids: readonly TargetId[], given: Values): ScanCommand {
  const { dependencies } = call.evaluation.tables;
  const scanner = scannerOf(call);
  const libraries = sharedLibraries(call, ids);
  const external = externalDependencies(
    call,
    ids.flatMap((id) => buildRow(call, id)?.dependencies ?? []),
  );
  const own = given.dependencies.map(({ dependency }) => dependency);
  const needed = [...external, ...own, dependencies.add(scanner.package)];
  const flags = noFlags({
    library: scanner.knows('--extra-library') ? '--extra-library=' : '-l',
  });
  addTargetFlags(call, flags, libraries);
  addDependencyFlags(call, flags, needed);
  const internal = [...sanitizers(call), ...flags.internal];
  const others = given.includes.filter((one): one is TargetObject => typeof one !== 'string');
  const otherFolders = others.map(({ target }) => targetFolder(call, target));
  return {
    command: scanWords(call, { ids, given, scanner, flags, internal, otherFolders }),
    depends: [
      ...ids,
      ...flags.depends,
      ...others.map(({ target }) => target),
      ...given.link_with.map(({ target }) => target),
      ...own.flatMap((id) => girSources(call, dependencies.get(id))),
    ],
    girFolders: [...otherFolders, ...typelibFolders(call, libraries, needed)],
    environmentArgs: [
      ...textsOption(call, 'c_link_args'),
      ...[...internal, ...flags.external].filter((arg) => arg.startsWith('-Wl,-rpath,')),
    ],
  };
}

interface Scanned {
  readonly ids: readonly TargetId[];
  readonly given: Values;
  readonly scanner: Scanner;
  /** What the targets and their dependencies ask for. */
  readonly flags: ToolFlags;
  /** For what is linked of this build. */
  readonly internal: readonly string[];
  /** Where descriptions lie that other targets make. */
  readonly otherFolders: readonly string[];
}

function scanWords(
  call: Call,
  { ids, given, scanner, flags, internal, otherFolders }: Scanned,
): readonly CommandWord[] {
  const { evaluation, scope } = call;
  const languages = languagesOf(call, ids);
  const here = currentSourceDir(evaluation, scope);
  const built = joinPath(evaluation.buildRoot, scope.buildSubdir);
  const targetIncludes = ids.flatMap((id) => {
    const row = buildRow(call, id);
    return row === undefined ? [] : includesOfTarget(call, row);
  });
  return [
    scanner.scan,
    ...textWords(['--quiet', '--no-libtool']),
    ...textWords([`--namespace=${given.namespace}`, `--nsversion=${given.nsversion}`]),
    ...textWords(['--warn-all', '--output', '@OUTPUT@']),
    ...textWords(given.header.map((one) => `--c-include=${one}`)),
    ...textWords(given.extra_args),
    ...textWords([
      `-I${here}`,
      `-I${built}`,
      ...includeArgs(call.evaluation, [...new Set(targetIncludes)]),
    ]),
    ...textWords([`--filelist=${fileList(call, ids, given)}`]),
    ...textWords(given.link_with.flatMap(({ target }) => linkArgs(call, target, flags.style))),
    ...textWords(includesOf(call, given)),
    ...textWords(given.symbol_prefix.map((one) => `--symbol-prefix=${one}`)),
    ...textWords(given.identifier_prefix.map((one) => `--identifier-prefix=${one}`)),
    ...textWords(given.export_packages.map((one) => `--pkg-export=${one}`)),
    ...textWords(['--cflags-begin']),
    ...textWords(
      // The user has the last word.
      [...projectArgs(call, languages), ...flags.compile, ...userArgs(call, languages)].filter(
        isScanned,
      ),
    ),
    ...textWords(['--cflags-end']),
    ...textWords(given.include_directories.flatMap((one) => folderArgs(call, one, '-I'))),
    ...textWords([...flags.girFolders, ...otherFolders].map((one) => `--add-include-path=${one}`)),
    ...textWords(
      given.include_directories.flatMap((one) => folderArgs(call, one, '--add-include-path=')),
    ),
    ...textWords(internal.filter(isLink)),
    ...ids.flatMap((id) => targetWords(call, id)),
    ...textWords(linkFolders(call, languages)),
    ...textWords([...flags.external].filter(isLink)),
    ...textWords(lastWords(call, scanner, given)),
  ];
}

/** The scanner takes no other flags of compilers; `_FORTIFY_SOURCE` needs one of those. */
function isScanned(arg: string): boolean {
  return /^-[DUI]/.test(arg) && !arg.startsWith('-D_FORTIFY_SOURCE');
}

function isLink(arg: string): boolean {
  return /^(-[Ll]|--extra-library)/.test(arg);
}

function folderArgs(call: Call, value: IncludeValue, prefix: string): readonly string[] {
  return typeof value === 'string'
    ? [prefix + value]
    : includeArgs(call.evaluation, [value.directories], prefix);
}

function includesOf({ evaluation }: Call, given: Values): readonly string[] {
  return given.includes.map((one) => {
    if (typeof one === 'string') return `--include=${one}`;
    const row = evaluation.tables.targets.get(one.target);
    const output = row.kind === 'custom' ? (row.outputs[0] ?? '') : '';
    return `--include-uninstalled=${joinPath(row.buildSubdir, output)}`;
  });
}

/** What is scanned. A shared library is found by its folder: those of the build come first. */
function targetWords(call: Call, id: TargetId): readonly CommandWord[] {
  const row = buildRow(call, id);
  if (row?.type === 'executable')
    return [...textWords(['--program']), { kind: 'target', target: id, output: 0 }];
  const folder = targetFolder(call, id);
  if (row?.type === 'static-library') return textWords(['--library', `${folder}/${row.filename}`]);
  return textWords([
    ...[`-L${folder}`, '--library', row?.name ?? ''],
    ...[...runtimeFolders(call, id)].map((one) => `-L${one}`),
  ]);
}

function lastWords(
  { evaluation, scope }: Call,
  scanner: Scanner,
  given: Values,
): readonly string[] {
  const words: string[] = [];
  if (scanner.knows('--sources-top-dirs'))
    words.push(
      ...['--sources-top-dirs', joinPath(evaluation.sourceRoot, scope.rootDir)],
      ...['--sources-top-dirs', joinPath(evaluation.buildRoot, scope.buildRootDir)],
    );
  if (given.doc_format !== undefined && scanner.knows('--doc-format'))
    words.push('--doc-format', given.doc_format);
  if (given.fatal_warnings) words.push('--warn-error');
  return words;
}

/** The language of each target that the scanner reads it as: of its own and those of what it links. */
function languagesOf(call: Call, ids: readonly TargetId[]): readonly string[] {
  return ids.flatMap((id) => {
    const known = knownLanguages(call, id);
    return scannedLanguages.find((one) => known.has(one)) ?? [];
  });
}

/** C first, as Meson sorts the compilers of a target. */
const scannedLanguages = ['c', 'objc', 'cpp', 'objcpp', 'd'];

function knownLanguages(call: Call, id: TargetId, seen = new Set<TargetId>()): ReadonlySet<string> {
  const row = buildRow(call, id);
  if (row === undefined || seen.has(id)) return new Set();
  seen.add(id);
  const brought = gathered(call.evaluation.tables, row.dependencies);
  const items = [row, brought].flatMap(({ linkWith, linkWhole }) => [...linkWith, ...linkWhole]);
  const linked = items.flatMap(({ target }) => [...knownLanguages(call, target, seen)]);
  return new Set([...row.languages, ...linked]);
}

function linkFolders(call: Call, languages: readonly string[]): readonly string[] {
  return languages.flatMap((language) =>
    textsOption(call, `${language}_link_args`).filter((arg) => arg.startsWith('-L')),
  );
}

/** Where compiled descriptions of other libraries are looked for. */
function typelibFolders(
  call: Call,
  libraries: readonly TargetId[],
  dependencies: readonly Parameters<typeof externalDependencies>[1][number][],
): readonly string[] {
  const { tables } = call.evaluation;
  const folders = [
    ...libraries.flatMap((id) => {
      const row = buildRow(call, id);
      if (row === undefined) return [];
      const brought = gathered(tables, row.dependencies).sources;
      const sources: readonly Item[] = [...row.sources, ...brought];
      return girSources(call, { sources }).map((gir) => targetFolder(call, gir));
    }),
    ...dependencies.flatMap((id) => {
      const row = tables.dependencies.get(id);
      const told = row.kind === 'not-found' ? undefined : ownVariable(call, row, 'girdir');
      const made = row.kind === 'internal' ? girSources(call, row) : [];
      return [...made.map((gir) => targetFolder(call, gir)), ...(told ? [told] : [])];
    }),
  ];
  return [...new Set(folders)];
}

/** The names of the sources in a file: there may be more than a command line holds. It lies with the first target's objects. */
function fileList(call: Call, [first]: readonly TargetId[], given: Values): string {
  const { evaluation, scope } = call;
  const texts = new Set(given.sources.filter((one) => typeof one === 'string'));
  const here = currentSourceDir(evaluation, scope);
  const written = (file: FileRef): string => {
    const path = absolutePath(evaluation, file);
    // Names come as they are, from the root; files from the build directory, where the scanner runs.
    const isWhole = isAbsolute(file.path) || texts.has(relative(here, path));
    return isWhole ? path : relative(evaluation.buildRoot, path);
  };
  const lines = itemsOf(call, given.sources).flatMap((item) => {
    if (item.kind === 'file') return [written(item.file)];
    const folder =
      item.kind === 'output'
        ? evaluation.tables.targets.get(item.target).buildSubdir
        : scope.buildSubdir;
    return itemNames(evaluation.tables, item).map((name) =>
      joinPath(evaluation.buildRoot, folder, name),
    );
  });
  const row = first === undefined ? undefined : buildRow(call, first);
  const own =
    row === undefined ? scope.buildSubdir : joinPath(row.buildSubdir, `${row.filename}.p`);
  const folder = joinPath(evaluation.buildRoot, own);
  const path = joinPath(folder, `${given.namespace}_${given.nsversion}_gir_filelist`);
  evaluation.host.files.makeDirectory(folder);
  const list = evaluation.host.files.write(path, `${lines.join('\n')}\n`);
  return list.ok ? path : call.fail(`Could not write ${path}: ${list.error.reason}`);
}
