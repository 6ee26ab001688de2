import { posix } from 'node:path';
import { requestWord } from '../../../base/request-word.ts';
import { compileArgsOf } from '../../../model/dependency-args.ts';
import type { DependencyId, TargetId } from '../../../model/target.ts';
import { absoluteIncludes } from '../../absolute-includes.ts';
import type { Call } from '../../call.ts';
import { fileObject, fileType } from '../../objects/file.ts';
import { includeDirectoriesType } from '../../objects/include-directories.ts';
import {
  buildTargetType,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import { absolutePath, currentSourceDir, joinPath, normalPath } from '../../paths.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { optionOf, textOption } from '../../targets/options.ts';
import { force, isA, isList, type Value } from '../../value.ts';
import { moduleTarget, textWords } from '../module-target.ts';
import {
  type HotdocDependency,
  type HotdocValues,
  hotdocKeywords,
  hotdocTargetType,
} from './keywords.ts';

/** What the action gets as JSON; `kaon internal hotdoc` reads it. */
export interface HotdocRequest {
  readonly command: readonly string[];
  /** Absolute: where it runs. */
  readonly folder: string;
  readonly install?: { readonly from: string; readonly to: string };
}

/** What manuals that take one in need of it. */
export interface Hotdoc {
  /** Absolute path of its configuration. */
  readonly configuration: string;
  readonly extensions: readonly string[];
  readonly assets: readonly string[];
  readonly subprojects: readonly TargetId[];
}

export const hotdocs = perEvaluation(() => new Map<TargetId, Hotdoc>());

/** A manual in the making: words for `hotdoc conf`, and what they rest on. */
interface Manual {
  readonly call: Call;
  readonly name: string;
  readonly given: HotdocValues;
  /** Hotdoc has its extension for GObject introspection. */
  readonly introspects: boolean;
  readonly words: string[];
  readonly includePaths: Set<string>;
  readonly extensions: Set<string>;
  readonly depends: Set<TargetId>;
  readonly subprojects: TargetId[];
}

/** Configures hotdoc, and declares the target that runs it. */
export function hotdocTarget(
  call: Call,
  { name, given }: Pick<Manual, 'name' | 'given'>,
  run: {
    readonly command: readonly string[];
    readonly start: (words: readonly string[], folder: string) => boolean;
  },
): TargetObject {
  const { evaluation, scope } = call;
  const folder = normalPath(joinPath(evaluation.buildRoot, scope.buildSubdir));
  const source = currentSourceDir(evaluation, scope);
  if ('conf_file' in given) call.fail('Argument "conf_file" is forbidden.');
  const manual: Manual = {
    call,
    name,
    given,
    introspects: run.start(['--has-extension=gi-extension'], source),
    words: ['conf', '--project-name', name, '--disable-incremental-build'],
    includePaths: new Set(),
    extensions: new Set(),
    depends: new Set(),
    subprojects: [],
  };
  manual.words.push('--output', `${folder}/${name}-doc`);
  knownArguments(manual);
  furtherArguments(manual);
  const configuration = `${folder}/${name}-doc.json`;
  evaluation.host.files.makeDirectory(folder);
  evaluation.host.files.write(configuration, '{}');
  manual.words.push('--conf-file', configuration, '--deps-file-dest', `${folder}/${name}.deps`);
  for (const path of [folder, source]) manual.includePaths.add(path);
  for (const path of manual.includePaths) manual.words.push('--include-path', path);
  if (optionOf(call, 'werror') === true) manual.words.push('--fatal-warnings');
  evaluation.log(`Generating Hotdoc configuration for: ${name}`);
  if (!run.start(manual.words, source)) call.fail('hotdoc failed to configure');
  const request: HotdocRequest = {
    command: [...run.command, 'run', '--conf-file', `${name}-doc.json`],
    folder,
  };
  const target = declare(manual, request);
  hotdocs(evaluation).set(target.target, {
    configuration,
    extensions: [...manual.extensions],
    assets: given.extra_assets,
    subprojects: manual.subprojects,
  });
  return target;
}

function declare(manual: Manual, request: HotdocRequest): TargetObject {
  const { call, name, given } = manual;
  const { evaluation, scope } = call;
  const program = {
    kind: 'program',
    command: [...evaluation.self, 'internal', 'hotdoc'],
  } as const;
  const target = moduleTarget(call, {
    name: `${name}-doc`,
    inputs: [],
    outputs: [`${name}-doc`],
    command: [program, ...textWords([requestWord(request)])],
    depfile: `${name}.deps`,
    depends: [...manual.depends],
    buildByDefault: given.build_by_default,
  });
  if (given.install)
    evaluation.tables.installs.push({
      kind: 'script',
      subproject: scope.subproject,
      command: [program, ...textWords([requestWord({ ...request, install: installOf(manual) })])],
      environment: [],
      tag: 'doc',
      skipIfDestdir: false,
      dryRun: false,
    });
  return { ...target, type: hotdocTargetType };
}

function installOf({ call, name, given }: Manual): HotdocRequest['install'] {
  const data = joinPath(textOption(call, 'prefix'), textOption(call, 'datadir'));
  // Keywords that are not declared come as they were given.
  const devhelp = (given as Readonly<Record<string, unknown>>)['devhelp_activate'] ?? false;
  if (typeof devhelp !== 'boolean')
    call.usesDeprecated('hotdoc.generate_doc() devhelp_activate must be boolean', '1.1.0');
  return devhelp === true
    ? { from: `${name}-doc/devhelp`, to: `${data}/devhelp` }
    : { from: `${name}-doc/html`, to: `${data}/doc/${name}/html` };
}

function knownArguments(manual: Manual): void {
  const { call, words, given } = manual;
  const { evaluation, scope } = call;
  argument(manual, 'index', existing(call, given.index));
  argument(manual, 'project_version', given.project_version);
  argument(manual, 'sitemap', existing(call, given.sitemap));
  if (given.html_extra_theme !== undefined)
    argument(manual, 'html_extra_theme', folderOf(call, given.html_extra_theme));
  for (const path of given.include_paths) manual.includePaths.add(folderOf(call, path));
  argument(manual, 'c_include_directories', dependencyFolders(manual, given.dependencies));
  if (manual.introspects)
    words.push(
      '--gi-c-source-roots',
      ...given.gi_c_source_roots,
      joinPath(evaluation.sourceRoot, scope.rootDir),
      joinPath(evaluation.buildRoot, scope.buildRootDir),
    );
  for (const path of given.extra_assets) words.push('--extra-assets', path);
  addExtensions(manual, given.extra_extension_paths);
  for (const { target } of given.subprojects) takeIn(manual, target);
  manual.subprojects.push(...given.subprojects.map(({ target }) => target));
  for (const { target } of given.depends) manual.depends.add(target);
}

/** Any other keyword is an option of hotdoc's. */
function furtherArguments(manual: Manual): void {
  for (const [name, value] of Object.entries(manual.given)) {
    if (name in hotdocKeywords) continue;
    argument(manual, name, force(value)); // as it was given
  }
}

/** An option of hotdoc's, by its name as a keyword. */
function argument(manual: Manual, name: string, value: Value): void {
  const { words } = manual;
  const option = `--${name.replaceAll('_', '-')}`;
  if (value === undefined || value === false) return;
  if (value === true) words.push(option);
  else if (typeof value === 'string') words.push(`${option}=${value}`);
  else if (isList(value)) {
    // A word that starts like an option is told from one by a space.
    const texts = value
      .flatMap((one) => wordsOf(manual, name, force(one)))
      .map((text) => (text.startsWith('-') ? ` ${text}` : text));
    if (texts.length > 0) words.push(option, ...texts);
  } else words.push(option, ...wordsOf(manual, name, value));
}

function wordsOf(manual: Manual, name: string, value: Value): readonly string[] {
  const { call, depends } = manual;
  const { evaluation } = call;
  if (typeof value === 'string') return [value];
  if (typeof value === 'boolean') return [value ? 'True' : 'False'];
  if (isList(value)) return value.flatMap((one) => wordsOf(manual, name, force(one)));
  if (isA(value, fileType)) return [absolutePath(evaluation, value.file)];
  if (isA(value, includeDirectoriesType)) return absoluteIncludes(evaluation, value.directories);
  if (
    isA(value, customTargetType) ||
    isA(value, customTargetIndexType) ||
    isA(value, buildTargetType)
  ) {
    depends.add(value.target);
    const row = evaluation.tables.targets.get(value.target);
    const at = 'output' in value ? Number(value.output) : 0;
    const output =
      row.kind === 'custom' ? row.outputs[at] : row.kind === 'build' ? row.filename : '';
    return [joinPath(joinPath(evaluation.buildRoot, row.buildSubdir), output ?? '')];
  }
  return call.fail(
    `Argument "${name}=${String(value)}" should be of type: ['str', 'bool', 'File', 'IncludeDirs', 'CustomTarget', 'CustomTargetIndex', 'BuildTarget'].`,
  );
}

/** A file of this folder, as a value that `argument` knows. */
function existing(call: Call, value: HotdocValues['index']): Value {
  if (typeof value !== 'string') return value;
  const path = joinPath(call.scope.subdir, value);
  const whole = joinPath(call.evaluation.sourceRoot, path);
  if (!call.evaluation.host.files.exists(whole)) call.fail(`File ${path} does not exist.`);
  return fileObject({ tree: 'source', path });
}

/** A folder that is there, as seen from where hotdoc runs. */
function folderOf(call: Call, path: string): string {
  const { evaluation, scope } = call;
  const whole = joinPath(currentSourceDir(evaluation, scope), path);
  if (!evaluation.host.files.isDirectory(whole)) call.fail(`"${whole}" is not a directory.`);
  return posix.relative(joinPath(evaluation.buildRoot, scope.buildSubdir), whole);
}

/** The include folders that dependencies bring. */
function dependencyFolders(manual: Manual, given: readonly HotdocDependency[]): readonly string[] {
  const folders = new Set<string>();
  for (const one of given) {
    if ('dependency' in one) addFolders(manual, one.dependency, folders);
    else manual.depends.add(one.target);
  }
  return [...folders];
}

function addFolders(manual: Manual, id: DependencyId, folders: Set<string>): void {
  const { evaluation } = manual.call;
  const row = evaluation.tables.dependencies.get(id);
  if (row.kind !== 'internal')
    for (const arg of compileArgsOf(row)) folders.add(arg.replace(/^[-I]+|[-I]+$/g, ''));
  for (const group of row.includeDirectories)
    for (const folder of absoluteIncludes(evaluation, group)) folders.add(folder);
  for (const { target } of row.linkWith) manual.depends.add(target);
  for (const one of row.dependencies) addFolders(manual, one, folders);
}

/** Another manual becomes part of this one. */
function takeIn(manual: Manual, target: TargetId): void {
  const { evaluation } = manual.call;
  const other = hotdocs(evaluation).get(target);
  if (other === undefined) return;
  manual.depends.add(target);
  manual.subprojects.push(...other.subprojects);
  for (const one of other.subprojects) takeIn(manual, one);
  manual.includePaths.add(posix.dirname(other.configuration));
  manual.words.push(...other.assets.map((path) => `--extra-assets=${path}`));
  addExtensions(manual, other.extensions);
}

function addExtensions(manual: Manual, paths: readonly string[]): void {
  for (const path of paths) {
    if (manual.extensions.has(path)) continue;
    manual.extensions.add(path);
    manual.words.push('--extra-extension-path', path);
  }
}
