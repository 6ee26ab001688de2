import type { Builtin } from '../declare.ts';
import {
  addGlobalArguments,
  addGlobalLinkArguments,
  addProjectArguments,
  addProjectDependencies,
  addProjectLinkArguments,
} from './arguments.ts';
import { configurationData } from './configuration-data.ts';
import { configureFile } from './configure-file.ts';
import { dependency } from './dependency/dependency.ts';
import { environment } from './environment.ts';
import { findProgram } from './find-program.ts';
import { importModule } from './import.ts';
import { addLanguages } from './languages.ts';
import * as messages from './messages.ts';
import { getOption, option } from './option.ts';
import { files, includeDirectories, joinPaths, range } from './paths.ts';
import { project } from './project.ts';
import { runCommand } from './run-command.ts';
import { subdir, subdirDone } from './subdir.ts';
import { subproject } from './subproject.ts';
import { summary } from './summary.ts';
import { targetFunctions } from './targets/table.ts';
import {
  defaultFunction,
  getVariable,
  isVariable,
  setVariable,
  unsetVariable,
} from './variables.ts';

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
  defaultFunction,
  subdir,
  subdirDone,
  files,
  includeDirectories,
  joinPaths,
  range,
  getOption,
  option,
  dependency,
  configurationData,
  configureFile,
  findProgram,
  importModule,
  runCommand,
  subproject,
  addLanguages,
  addGlobalArguments,
  addGlobalLinkArguments,
  addProjectArguments,
  addProjectLinkArguments,
  addProjectDependencies,
  environment,
  summary,
  ...targetFunctions,
];
