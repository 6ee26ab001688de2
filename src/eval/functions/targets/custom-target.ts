import type { CommandWord } from '../../../model/target.ts';
import { bool, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, type KeywordValues, keyword, optional } from '../../declare.ts';
import { commandOf, dependsOf, programFiles } from '../../targets/command/command-words.ts';
import { customInstall, declareCustomTarget } from '../../targets/command/custom-target.ts';
import { fileModeOf } from '../../targets/install-mode.ts';
import {
  capture,
  command,
  dependFiles,
  depends,
  depfile,
  inputs,
  outputs,
} from '../../targets/keywords/command.ts';
import { buildSubdir } from '../../targets/keywords/common.ts';
import { environment, environmentChanges } from '../../targets/keywords/environment.ts';
import { install, installMode } from '../../targets/keywords/install.ts';
import { fileOf, itemsOf } from '../../targets/sources.ts';

const keywords = {
  command,
  build_always: keyword(orNothing(bool), undefined, 'Made each time.', {
    deprecated: {
      since: '0.47.0',
      instead: 'combine build_by_default and build_always_stale instead.',
    },
  }),
  build_always_stale: keyword(orNothing(bool), undefined, 'Made each time it is asked for.', {
    since: '0.47.0',
  }),
  build_by_default: keyword(orNothing(bool), undefined, 'Made when nothing is named.', {
    since: '0.40.0',
  }),
  input: keyword(inputs, [], 'What it is made of.'),
  install_dir: keyword(
    listOf(oneOf<string | boolean>(str, bool)),
    [],
    'Where the outputs are installed, all or each; false leaves one out.',
    { check: (values) => (values.includes(true) ? 'must be `false` if boolean' : undefined) },
  ),
  install_tag: keyword(
    listOf(oneOf<string | boolean>(str, bool)),
    [],
    'Which installs the outputs are part of.',
    { since: '0.60.0' },
  ),
  output: outputs,
  depends,
  depend_files: dependFiles,
  depfile,
  env: { ...environment, since: '0.57.0' },
  install,
  install_mode: { ...installMode, since: '0.47.0' },
  feed: keyword(bool, false, 'The command reads its input from standard input.', {
    since: '0.59.0',
  }),
  capture,
  console: keyword(bool, false, 'The command has the terminal.', { since: '0.48.0' }),
  build_subdir: buildSubdir,
};

type Values = KeywordValues<typeof keywords>;

export const customTarget = builtin({
  name: 'custom_target',
  doc: 'Files that a command makes.',
  positional: [optional('name', str, 'Its name; the first output when left out.')],
  keywords,
  returns: 'custom_tgt',
  run: (call, { positional: [name], keywords: given }) => {
    if (name === undefined) call.uses('custom_target() with no name argument', '0.60.0');
    const stale = staleness(call, given);
    const items = itemsOf(call, given.input);
    const words = commandOf(call, given.command);
    checkKeywords(call, given, items.length);
    if (given.depfile === undefined && words.some(namesDepfile)) {
      const shown = name ?? given.output[0];
      call.fail(`Custom target '${shown}' has @DEPFILE@ but no depfile keyword argument.`);
    }
    return declareCustomTarget(call, {
      name: name ?? '',
      inputs: items,
      outputs: given.output,
      command: words,
      depfile: given.depfile,
      buildSubdir: given.build_subdir,
      more: {
        ...stale,
        capture: given.capture,
        feed: given.feed,
        console: given.console,
        depends: dependsOf(given.depends),
        dependFiles: [
          ...given.depend_files.map((file) =>
            typeof file === 'string' ? fileOf(call, file, { anywhere: true }) : file.file,
          ),
          ...programFiles(given.depends),
        ],
        environment: environmentChanges(given.env),
        install: given.install
          ? customInstall(call, name ?? given.output[0] ?? '', {
              outputs: given.output,
              directories: given.install_dir,
              tags: given.install_tag,
              mode: fileModeOf(call, given.install_mode),
            })
          : undefined,
      },
    });
  },
});

/** `build_always` is an old word for two others. */
function staleness(
  call: Call,
  given: Values,
): { readonly buildByDefault: boolean; readonly buildAlwaysStale: boolean } {
  const { build_always: always, build_always_stale: stale, build_by_default: byDefault } = given;
  if (always !== undefined && stale !== undefined)
    call.fail('CustomTarget: "build_always" and "build_always_stale" are mutually exclusive');
  return {
    buildByDefault: byDefault ?? (given.install || (always ?? false)),
    buildAlwaysStale: stale ?? always ?? false,
  };
}

function namesDepfile(word: CommandWord): boolean {
  return word.kind === 'text' && word.text.includes('@DEPFILE@');
}

function checkKeywords(call: Call, given: Values, inputCount: number): void {
  const refuse = (why: string): never => call.fail(`custom_target: ${why}`);
  if (inputCount > 1 && given.feed)
    refuse('"feed" keyword argument can only be used with a single input');
  if (inputCount === 0 && given.feed) refuse('"feed" keyword argument needs an input');
  if (given.output.length > 1 && given.capture)
    refuse('"capture" keyword argument can only be used with a single output');
  if (given.capture && given.console)
    refuse('"capture" and "console" keyword arguments are mutually exclusive');
  for (const word of given.command) {
    if (typeof word !== 'string') continue;
    if (given.capture && word.includes('@OUTPUT@'))
      refuse('"capture" keyword argument cannot be used with "@OUTPUT@"');
    if (given.feed && word.includes('@INPUT@'))
      refuse('"feed" keyword argument cannot be used with "@INPUT@"');
  }
  if (given.install && given.install_dir.length === 0)
    refuse('"install_dir" keyword argument must be set when "install" is true.');
  if (given.install_dir.length > 1) call.uses('multiple install_dir for custom_target', '0.40.0');
  const tags = given.install_tag.length;
  if (![0, 1, given.output.length].includes(tags)) {
    refuse(
      `install_tag argument must have 0 or 1 outputs, or the same number of elements as the output keyword argument. (there are ${tags} install_tags, and ${given.output.length} outputs)`,
    );
  }
}
