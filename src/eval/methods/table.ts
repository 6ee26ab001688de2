import type { MethodTable } from '../declare.ts';
import { moduleMethods } from '../modules/table.ts';
import { boolMethods } from './bool.ts';
import { bothLibrariesMethods } from './both-libraries.ts';
import { buildTargetMethods } from './build-target.ts';
import { compilerMethods } from './compiler/compiler.ts';
import { runResultMethods as compilerRunResultMethods } from './compiler/run-result.ts';
import { configurationDataMethods } from './configuration-data.ts';
import { customTargetIndexMethods, customTargetMethods } from './custom-target.ts';
import { dependencyMethods } from './dependency.ts';
import { dictMethods } from './dict.ts';
import { environmentMethods } from './environment.ts';
import { featureMethods } from './feature.ts';
import { fileMethods, includeDirectoriesMethods } from './file.ts';
import { generatorMethods } from './generator.ts';
import { intMethods } from './int.ts';
import { listMethods } from './list.ts';
import { machineMethods } from './machine.ts';
import { mesonMethods } from './meson/meson.ts';
import { programMethods } from './program.ts';
import { rangeMethods } from './range.ts';
import { runResultMethods } from './run-result.ts';
import { strMethods } from './str.ts';
import { subprojectMethods } from './subproject.ts';
import { namedTargets } from './target-names.ts';

/** The methods of every type of value. A new type is one file and one line. */
export const methods: readonly MethodTable[] = [
  strMethods,
  intMethods,
  boolMethods,
  listMethods,
  dictMethods,
  rangeMethods,
  environmentMethods,
  configurationDataMethods,
  featureMethods,
  fileMethods,
  includeDirectoriesMethods,
  compilerMethods,
  compilerRunResultMethods,
  runResultMethods,
  mesonMethods,
  machineMethods,
  programMethods,
  subprojectMethods,
  dependencyMethods,
  ...namedTargets,
  buildTargetMethods,
  bothLibrariesMethods,
  customTargetMethods,
  customTargetIndexMethods,
  generatorMethods,
  ...moduleMethods,
];
