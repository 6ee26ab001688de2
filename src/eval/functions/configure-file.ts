import { builtFile, type FileRef, whetherThere } from '../../model/file.ts';
import {
  type ArgumentType,
  anything,
  bool,
  dictOf,
  listOf,
  object,
  oneOf,
  oneOfWords,
  orNothing,
  str,
} from '../argument-type.ts';
import type { Call } from '../call.ts';
import { makeByCommand } from '../configure/make-by-command.ts';
import { makeFromConfiguration } from '../configure/make-from-configuration.ts';
import { fileTemplates, substituted } from '../configure/templates.ts';
import { builtin, type KeywordValues, keyword } from '../declare.ts';
import {
  type ConfigurationDataObject,
  configurationDataType,
} from '../objects/configuration-data.ts';
import { type FileObject, fileObject, fileType } from '../objects/file.ts';
import { shownFolder } from '../option-texts.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { nowWord } from '../programs/run-now.ts';
import { nonEmptyListOf } from '../targets/argument-types.ts';
import { fileModeOf } from '../targets/install-mode.ts';
import { depfile, oneOutput } from '../targets/keywords/command.ts';
import { installMode, installTag } from '../targets/keywords/install.ts';
import { checkBuildSubdir } from '../targets/register.ts';
import { filesOf } from '../targets/sources.ts';
import type { Value } from '../value.ts';

type Configuration = ConfigurationDataObject | ReadonlyMap<string, Value>;
const configuration: ArgumentType<Configuration> = {
  ...oneOf<Configuration>(dictOf(anything), object(configurationDataType)),
  names: ['dict[str | int | bool]', 'ConfigurationData', 'NoneType'],
};

const keywords = {
  depfile: { ...depfile, since: '0.52.0' },
  install_mode: { ...installMode, since: '0.47.0' },
  install_tag: { ...installTag, since: '0.60.0' },
  capture: keyword(bool, false, 'What the command prints becomes the file.', { since: '0.41.0' }),
  command: keyword(orNothing(nonEmptyListOf(nowWord)), undefined, 'Makes the file now.'),
  configuration: keyword(configuration, undefined, 'Values that are put into the template.'),
  copy: keyword(bool, false, 'Copies the input.', { since: '0.47.0' }),
  encoding: keyword(str, 'utf-8', 'Of input and output.', { since: '0.47.0' }),
  format: keyword(str, 'meson', 'How the template writes variables.', {
    since: '0.46.0',
    check: oneOfWords(['meson', 'cmake', 'cmake@']),
  }),
  input: keyword(
    listOf(oneOf<string | FileObject>(object(fileType), str)),
    [],
    'The template, or what the command reads.',
  ),
  install: keyword(orNothing(bool), undefined, 'Installs the file.', { since: '0.50.0' }),
  install_dir: keyword(oneOf<string | boolean>(str, bool), '', 'Where it is installed.', {
    check: (value) => (value === true ? 'must be `false` if boolean' : undefined),
  }),
  output: oneOutput,
  output_format: keyword(str, 'c', 'What a file without template is like.', {
    since: '0.47.0',
    check: oneOfWords(['c', 'json', 'nasm']),
    sinceValues: [{ feature: 'value "json"', since: '1.3.0', used: (value) => value === 'json' }],
  }),
  macro_name: keyword(orNothing(str), undefined, 'The guard of a header without template.', {
    since: '1.3.0',
  }),
  build_subdir: keyword(str, '', 'A folder below, in the build tree.', { since: '1.10.0' }),
};

export type ConfigureKeywords = KeywordValues<typeof keywords>;

export const configureFile = builtin({
  name: 'configure_file',
  doc: 'Makes a file while the build files are read.',
  keywords,
  returns: 'file',
  run: (call, { keywords: given }) => {
    checkActions(call, given);
    const inputs = filesOf(call, given.input);
    const paths = inputs.map((file) => absolutePath(call.evaluation, file));
    for (const [at, file] of inputs.entries())
      if (file.tree === 'source')
        call.evaluation.tables.buildFiles.set(paths[at] ?? file.path, file);
    const templates = fileTemplates(paths, []);
    const name = paths.length === 0 ? given.output : substituted(call, given.output, templates);
    const output = outputOf(call, name, given.build_subdir);
    const absolute = absolutePath(call.evaluation, output);
    call.evaluation.host.files.makeDirectory(absolute.slice(0, absolute.lastIndexOf('/')));
    const task = { call, given, inputs, paths, name, absolute };
    if (given.configuration !== undefined) makeFromConfiguration(task, given.configuration);
    else if (given.command !== undefined)
      makeByCommand(
        task,
        given.command,
        given.depfile === undefined ? undefined : substituted(call, given.depfile, templates),
      );
    else copyFile(call, paths, absolute);
    // Where it is removed, nothing but another setup makes it.
    const watched = builtFile(whetherThere(output.path));
    call.evaluation.tables.buildFiles.set(whetherThere(absolute), watched);
    install(call, given, output);
    return fileObject(output);
  },
});

function checkActions(call: Call, given: ConfigureKeywords): void {
  const actions = [
    ...(given.command === undefined ? [] : ['command']),
    ...(given.configuration === undefined ? [] : ['configuration']),
    ...(given.copy ? ['copy'] : []),
  ].map((name) => `'${name}'`);
  if (actions.length === 0)
    call.fail(
      "Must specify an action with one of these keyword arguments: 'configuration', 'command', or 'copy'.",
    );
  if (actions.length === 2)
    call.fail(
      `Must not specify both ${actions[0]} and ${actions[1]} keyword arguments since they are mutually exclusive.`,
    );
  if (actions.length === 3)
    call.fail(
      `Must specify one of ${actions[0]}, ${actions[1]}, and ${actions[2]} keyword arguments since they are mutually exclusive.`,
    );
  if (given.capture && given.command === undefined)
    call.fail('configure_file: "capture" keyword requires "command" keyword.');
}

/** Where each file was made first: a second one overwrites it, with a warning. */
const made = perEvaluation(() => new Map<string, string>());

function outputOf(call: Call, name: string, buildSubdir: string): FileRef {
  const { evaluation, scope, place } = call;
  if (buildSubdir !== '') checkBuildSubdir(call, name, buildSubdir);
  const path = normalPath(joinPath(scope.buildSubdir, buildSubdir, name));
  const line = place.source.text.slice(0, place.span.start).split('\n').length;
  const here = `${joinPath(scope.subdir, 'meson.build')}:${line}`;
  const first = made(evaluation).get(path);
  if (first === undefined) made(evaluation).set(path, here);
  else
    evaluation.report({
      severity: 'warning',
      message: `Output file "${path}" for configure_file() at ${here} overwrites configure_file() output at ${first}`,
      hints: [],
      related: [],
    });
  return { tree: 'build', path };
}

function copyFile(call: Call, paths: readonly string[], to: string): void {
  const { files } = call.evaluation.host;
  const [from] = paths;
  if (from === undefined || paths.length !== 1)
    call.fail('Exactly one input file must be given in copy mode');
  const copied = files.copy(from, to);
  if (!copied.ok) call.fail(`Could not copy ${from}: ${copied.error.reason}`);
  files.copyTime(from, to);
}

function install(call: Call, given: ConfigureKeywords, file: FileRef): void {
  const { evaluation, scope } = call;
  if (given.install_dir === false)
    call.usesDeprecated(
      'configure_file install_dir: false',
      '0.50.0',
      'Use the `install:` kwarg instead',
    );
  const folder = given.install_dir === false ? '' : String(given.install_dir);
  if (!(given.install ?? folder !== '')) return;
  if (folder === '')
    call.fail('"install_dir" must be specified when "install" in a configure_file is true');
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  evaluation.tables.installs.push({
    kind: 'data',
    shownAs: 'configure',
    subproject: scope.subproject,
    files: [file],
    destinations: [joinPath(folder, name)],
    placeholders: [joinPath(shownFolder(evaluation, folder), name)],
    mode: fileModeOf(call, given.install_mode),
    tag: given.install_tag,
    followSymlinks: undefined,
  });
}
