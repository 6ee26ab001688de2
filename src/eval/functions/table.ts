import type { Builtin } from '../declare.ts';
import { dependency } from './dependency.ts';
import * as messages from './messages.ts';
import { getOption, option } from './option.ts';
import { files, includeDirectories, joinPaths, range } from './paths.ts';
import { project } from './project.ts';
import { subdir, subdirDone } from './subdir.ts';
import { getVariable, isVariable, setVariable, unsetVariable } from './variables.ts';

/** Every function of the language. A new one is one declaration and one line. */
export const functions: readonly Builtin[] = [
  project,
  messages.message,
  messages.warning,
  messages.error,
  messages.debug,
  messages.assert,
  messages.isDisabler,
  messages.disablerFunction,
  messages.expectError,
  setVariable,
  getVariable,
  isVariable,
  unsetVariable,
  subdir,
  subdirDone,
  files,
  includeDirectories,
  joinPaths,
  range,
  getOption,
  option,
  dependency,
];
