import { listOf, str } from '../argument-type.ts';
import { builtin, keyword, positional } from '../declare.ts';
import { doSubproject } from '../subprojects/do-subproject.ts';
import { native, optionsKeyword, readOptions, readRequired, required } from './common-keywords.ts';

export const subproject = builtin({
  name: 'subproject',
  doc: 'Reads a subproject, and gives what it made.',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    required: { ...required, quietSince: '0.48.0' },
    native: { ...native, since: '1.12.0' },
    default_options: { ...optionsKeyword, since: '0.38.0' },
    version: keyword(listOf(str), [], 'Requirements of its version.'),
  },
  returns: 'subproject',
  run: (call, { positional: [name], keywords }) => {
    const { required: must, disabled } = readRequired(call, keywords.required);
    return doSubproject(call, name, {
      required: must,
      native: keywords.native,
      version: keywords.version,
      defaultOptions: readOptions(keywords.default_options),
      ...(disabled === undefined ? {} : { disabled }),
    });
  },
});
