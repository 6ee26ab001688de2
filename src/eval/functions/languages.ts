import { bool, orNothing, str } from '../argument-type.ts';
import { builtin, keyword, rest } from '../declare.ts';
import { reaches } from '../interpreter/version-range.ts';
import { addLanguages as add, validLanguages } from '../languages/add-languages.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { readRequired, required } from './common-keywords.ts';

export const addLanguages = builtin({
  name: 'add_languages',
  doc: 'Adds languages to the project; whether their compilers were found.',
  rest: rest('languages', str, 'Their names.'),
  keywords: {
    native: keyword(orNothing(bool), undefined, 'For the build machine, or for the host machine.', {
      since: '0.54.0',
    }),
    required,
  },
  returns: 'bool',
  run: (call, { rest: names, keywords }) => {
    const { required: must, disabled } = readRequired(call, keywords.required);
    const languages = validLanguages(call, names, { required: must });
    if (disabled !== undefined) {
      for (const language of [...languages].sort())
        call.evaluation.log(
          `Compiler for language ${language} skipped: feature ${disabled} disabled`,
        );
      return false;
    }
    if (keywords.native !== undefined)
      return (
        add(call, languages, { required: must, machine: chosenMachine(call, keywords.native) }) &&
        languages.length === names.length
      );
    const { target } = call.scope.mesonVersion;
    if (target.kind === 'range' ? reaches(target.range, '0.54') : target.kind === 'none')
      call.warn(
        'add_languages is missing native:, assuming languages are wanted for both host and build.',
      );
    const host = add(call, languages, { required: must, machine: 'host' });
    const build = add(call, languages, { required: false, machine: 'build', told: 'build' });
    return languages.length === names.length && host && build;
  },
});
