import { bool, listOf, object, oneOf, str } from '../../argument-type.ts';
import { keyword } from '../../declare.ts';
import { required } from '../../functions/common-keywords.ts';
import { dependencyType } from '../../objects/dependency.ts';
import {
  type IncludeDirectoriesObject,
  includeDirectoriesType,
} from '../../objects/include-directories.ts';

/** Keywords that checks of a compiler share. */
export const args = keyword(listOf(str), [], 'Arguments for the compiler.');

export const dependencies = keyword(
  listOf(object(dependencyType)),
  [],
  'Dependencies whose arguments the check uses.',
);

export const includeDirectories = keyword(
  listOf(oneOf<string | IncludeDirectoriesObject>(str, object(includeDirectoriesType))),
  [],
  'Folders for headers.',
  {
    sinceValues: [
      {
        feature: 'of type array[str]',
        since: '1.10.0',
        used: (value) => value.some((item) => typeof item === 'string'),
      },
    ],
  },
);

export const prefix = keyword(
  oneOf<string | readonly string[]>(str, listOf(str)),
  '',
  'Code before that of the check: `#include` and `#define` lines.',
  {
    sinceValues: [
      {
        feature: 'of type list',
        since: '1.0.0',
        used: (value) => typeof value !== 'string',
      },
    ],
  },
);

export const noBuiltinArgs = keyword(
  bool,
  false,
  'Leave out what options add: the language standard and such.',
);

const name = keyword(str, '', 'What the log calls the check; it says nothing without.');
const werror = keyword(bool, false, 'Warnings are errors.', { since: '1.3.0' });

/** A check may be required: then evaluation ends where it fails. */
export const requiredSince = (since: string) => ({ ...required, default: false, since });

export const common = {
  args,
  dependencies,
  include_directories: includeDirectories,
  prefix,
  no_builtin_args: noBuiltinArgs,
};

/** Of `compiles`, `links` and `run`. */
export const trial = {
  name,
  args,
  dependencies,
  include_directories: includeDirectories,
  no_builtin_args: noBuiltinArgs,
  werror,
  required: requiredSince('1.5.0'),
};

export const has = { required: requiredSince('1.3.0'), ...common };
export const header = { required: requiredSince('0.50.0'), ...common };
