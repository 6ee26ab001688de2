import { bool, listOf, object, oneOf, str } from '../argument-type.ts';
import { atLeastOne, builtin, keyword } from '../declare.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { disabler } from '../objects/disabler.ts';
import { type FileObject, fileType } from '../objects/file.ts';
import { absolutePath } from '../paths.ts';
import { findProgram as find, notFoundProgram } from '../programs/find-program.ts';
import { native, optionsKeyword, readOptions, readRequired, required } from './common-keywords.ts';

export const findProgram = builtin({
  name: 'find_program',
  doc: 'A program of the machine, of this folder, or of a subproject.',
  rest: atLeastOne(
    'names',
    oneOf<string | FileObject>(str, object(fileType)),
    'Names to look for; the first that is found counts.',
  ),
  keywords: {
    disabler: keyword(bool, false, 'Gives a disabler when there is none.', { since: '0.49.0' }),
    native: { ...native, quietSince: '0.43.0' },
    required,
    dirs: keyword(listOf(str), [], 'Absolute folders to look in as well.', { since: '0.53.0' }),
    version: keyword(listOf(str), [], 'Requirements of its version.', { since: '0.52.0' }),
    version_argument: keyword(str, '', 'What makes it tell its version.', { since: '1.5.0' }),
    default_options: { ...optionsKeyword, since: '1.3.0' },
  },
  returns: 'external_program',
  run: (call, { rest: names, keywords }) => {
    const { required: must, disabled } = readRequired(call, keywords.required);
    const program = (() => {
      if (disabled !== undefined) {
        const shown = names.map((name) =>
          typeof name === 'string' ? name : absolutePath(call.evaluation, name.file),
        );
        const text = shown.join(' ');
        call.evaluation.log(`Program ${text} skipped: feature ${disabled} disabled`);
        return notFoundProgram(text);
      }
      for (const folder of keywords.dirs)
        if (!folder.startsWith('/'))
          call.fail(`Search directory ${folder} is not an absolute path.`);
      return find(call, {
        names,
        machine: chosenMachine(call, keywords.native),
        required: must,
        version: keywords.version,
        versionArgument: keywords.version_argument,
        dirs: keywords.dirs,
        defaultOptions: readOptions(keywords.default_options),
      });
    })();
    return keywords.disabler && program.found.kind === 'no' ? disabler : program;
  },
});
